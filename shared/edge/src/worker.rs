//! What every pusher does around its flow's own beats: find the connection, respect its breaker, turn a fault into its
//! verdict, store and report what a person must see.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Cause, Failure, Ledger, Outcome};

use crate::batch::{Again, Ended, Record};
use crate::connections::{Connections, Loaded, Read};
use crate::halt;
use crate::pause::Pauses;
use crate::verdict::{self, Fault, Verdict};
use crate::{Clock, Message, Queue, Setup, SetupError, clock};

/// The flow name of messages that tell `failures-push` of a stored failure.
pub const FAILURES: &str = "failures";

/// How old a record may become before it is given up. Queues keep messages for 14 days and then delete them unseen.
const OLDEST: Duration = Duration::from_secs(12 * 24 * 60 * 60);

/// The longest rest that is asked of the queue: SQS takes at most 12 hours, counted from when the record was received.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);

/// The common part of a flow's pusher.
pub struct Worker<C> {
    /// What is remembered.
    pub ledger: Ledger,
    /// The flow's connections.
    pub connections: Connections<C>,
    /// Where stored failures are announced.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
    /// How long the first retry rests.
    pub first_retry: Duration,
    /// The connections whose vendor does not answer just now.
    pauses: Pauses,
}

/// How a flow's beats ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The target holds what it should, by this attempt.
    Now,
    /// By an earlier attempt of this event, whose answer was lost.
    Earlier,
    /// The event's receipt was settled before.
    Before(Outcome),
    /// Otherwise than by a change in the target, after these have answered well: vendors (`personio`), and their
    /// operations (`personio list absences`).
    Without(Without, String, &'static [&'static str]),
}

/// How a record ends that changed nothing in the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// A list was read.
    Read,
    /// Nothing was to be changed.
    Skipped,
    /// Something stands in the way, and a person has been told.
    Rejected,
}

impl Done {
    /// Nothing was to be changed: why, and which vendors have answered well.
    pub fn skipped(why: impl Into<String>, answered: &'static [&'static str]) -> Self {
        Self::Without(Without::Skipped, why.into(), answered)
    }

    /// Whether this shows that what halted the connection is over.
    fn ends(&self, breaker: &Breaker) -> bool {
        match (self, &breaker.about) {
            (Self::Before(_), _) => false,
            (Self::Now | Self::Earlier, _) => true,
            (Self::Without(_, _, answered), Some(about)) => answered.contains(&about.as_str()),
            (Self::Without(_, _, answered), None) => !answered.is_empty(),
        }
    }
}

impl<C> Worker<C> {
    /// The common part of a pusher, from its parts.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        connections: Connections<C>,
        failures: Queue,
        clock: Clock,
        first_retry: Duration,
    ) -> Self {
        Self { ledger, connections, failures, clock, first_retry, pauses: Pauses::default() }
    }

    /// The same from a function's environment.
    ///
    /// # Errors
    /// Where the function does not declare what it needs.
    pub fn of(setup: &Setup, flow: &'static str, read: Read<C>) -> Result<Self, SetupError> {
        let (connections, failures) = (setup.connections(flow, read)?, setup.queue("HRSYNC_FAILURES_QUEUE")?);
        Ok(Self::new(setup.ledger_of_failures()?, connections, failures, setup.clock.clone(), setup.first_retry()?))
    }

    /// Handles one record: `beats` are the flow's own.
    pub async fn handle(
        &self,
        record: Record<'_>,
        beats: impl AsyncFnOnce(&Record<'_>, &Loaded<C>) -> Result<Done, Fault>,
    ) -> Ended {
        let name = &record.message.connection;
        let loaded = match self.connections.get(name).await {
            Ok(loaded) => loaded,
            Err(trouble) => return self.ended_badly(&record, None, &Fault::Connection(trouble)).await,
        };
        if let Some(rest) = self.pauses.rest(name, self.clock.now()) {
            let rest = rest.max(verdict::rest(self.first_retry, record.receive));
            return Ended::again("resting", "the vendor has just not answered for another record", Again::In(rest));
        }
        match halt::gate(&self.ledger, name, loaded.breaker.as_ref(), self.clock.now()).await {
            Ok(None) => {}
            Ok(Some(rest)) => {
                self.connections.forget(name);
                return Ended::again("halted", "waiting for the connection", Again::In(rest));
            }
            Err(error) => return self.ended_badly(&record, None, &Fault::Ledger(error)).await,
        }
        let result = beats(&record, &loaded).await;
        self.learn(record.message, &loaded, &result).await;
        match result {
            Ok(Done::Now) => Ended::settled("done", ""),
            Ok(Done::Earlier) => Ended::settled("done", "an earlier attempt had arrived, its answer was lost"),
            Ok(Done::Before(Outcome::Rejected)) => Ended::settled("skipped", "rejected by an earlier delivery"),
            Ok(Done::Before(Outcome::Done | Outcome::DoneBefore)) => {
                Ended::settled("skipped", "done by an earlier delivery")
            }
            Ok(Done::Without(end, reason, _)) => Ended::settled(end.word(), reason),
            Err(fault) => self.ended_badly(&record, loaded.breaker.as_ref(), &fault).await,
        }
    }

    /// What a result says of the whole connection: whether others should pause, and whether a halt is over.
    async fn learn(&self, message: &Message, loaded: &Loaded<C>, result: &Result<Done, Fault>) {
        let (name, now) = (&message.connection, self.clock.now());
        match result {
            Err(fault) if verdict::is_of_the_vendor(fault) => self.pauses.begin(name, self.first_retry, now),
            Err(Fault::Vendor(_)) | Ok(Done::Now | Done::Earlier | Done::Without(..)) => self.pauses.end(name),
            _ => {}
        }
        let Some(breaker) = &loaded.breaker else { return };
        self.connections.forget(name);
        if result.as_ref().map_or_else(|fault| verdict::ends(fault, breaker), |done| done.ends(breaker)) {
            self.mend(message, breaker).await;
        } else if result.as_ref().err().is_none_or(|fault| !verdict::is_an_answer(fault)) {
            // the probe was not used: the next record may be it
            if let Err(error) = self.ledger.probe_now(name, now).await {
                tracing::warn!(connection = name, %error, "the unused probe could not be given back");
            }
        }
    }

    /// `standing`: the breaker that was open before.
    async fn ended_badly(&self, record: &Record<'_>, standing: Option<&Breaker>, fault: &Fault) -> Ended {
        let resting = verdict::rest(self.first_retry, record.receive);
        let reason = fault.to_string();
        let verdict = verdict::of(fault);
        if !matches!(verdict, Verdict::Reject(_)) && self.clock.since(record.message.received) > OLDEST {
            return self.give_up(record, fault, reason, resting).await;
        }
        match verdict {
            Verdict::Retry { at_least } => {
                Ended::again("retry", reason, Again::In(resting.max(at_least.unwrap_or_default()).min(LONGEST_WAIT)))
            }
            Verdict::Wait(until) => {
                Ended::again("waiting", reason, Again::In(clock::until(self.clock.now(), until).min(LONGEST_WAIT)))
            }
            Verdict::Again => Ended::again("again", reason, Again::In(Duration::ZERO)),
            Verdict::Reject(cause) => match self.reject(record, fault, cause).await {
                Ok(()) => Ended::settled("rejected", reason),
                Err(error) => Ended::again("retry", error.to_string(), Again::In(resting)),
            },
            Verdict::Halt => self.halt(record.message, standing, fault, resting).await,
        }
    }

    /// A record that would soon outlive the queue, which deletes without a trace.
    async fn give_up(&self, record: &Record<'_>, fault: &Fault, reason: String, resting: Duration) -> Ended {
        match self.reject(record, fault, Cause::Dead).await {
            Ok(()) => Ended::settled("dead", reason),
            Err(error) => Ended::again("retry", error.to_string(), Again::In(resting)),
        }
    }

    /// Tells a person of something that outlasts the record: stored under `id`, once however often it is met, then
    /// announced.
    ///
    /// # Errors
    /// Where the table fails; then nobody is told yet.
    pub async fn tell(
        &self,
        record: &Record<'_>,
        id: String,
        cause: Cause,
        reasons: Vec<String>,
    ) -> Result<(), ledger::Error> {
        let failure = Failure { id, ..failure(record, "", cause, reasons, self.clock.now()) };
        self.ledger.store_failure(&failure).await?;
        announce(&self.failures, &failure, failure.failed).await;
        Ok(())
    }

    /// Stores the failure together with the receipt, then announces it.
    async fn reject(&self, record: &Record<'_>, fault: &Fault, cause: Cause) -> Result<(), ledger::Error> {
        let message = record.message;
        let failure = failure(record, "", cause, verdict::reasons(fault), self.clock.now());
        let failure = Failure { advice: verdict::advice(fault), ..failure };
        self.ledger.reject(&message.identity(), &failure).await?;
        announce(&self.failures, &failure, failure.failed).await;
        Ok(())
    }

    async fn halt(&self, message: &Message, standing: Option<&Breaker>, fault: &Fault, resting: Duration) -> Ended {
        let (name, now, reason) = (&message.connection, self.clock.now(), fault.to_string());
        self.connections.forget(name);
        let breaker = Breaker::open(&reason, now).about(verdict::about(fault));
        match halt::open(&self.ledger, name, &message.flow, breaker, standing, now).await {
            Ok(Some(failure)) => announce(&self.failures, &failure, now).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(connection = name, %error, "the halt could not be written down"),
        }
        Ended::again("halted", reason, Again::In(resting.max(Duration::from_secs(60)).min(halt::LONGEST_REST)))
    }

    async fn mend(&self, message: &Message, breaker: &Breaker) {
        let name = &message.connection;
        match halt::close(&self.ledger, name, &message.flow, breaker, self.clock.now()).await {
            Ok(failure) => announce(&self.failures, &failure, self.clock.now()).await,
            Err(error) => tracing::warn!(connection = name, %error, "the mended connection could not be written down"),
        }
    }
}

impl Without {
    fn word(self) -> &'static str {
        match self {
            Self::Read => "done",
            Self::Skipped => "skipped",
            Self::Rejected => "rejected",
        }
    }
}

/// What a person must see of a record. `suffix` tells apart several failures of one event.
#[must_use]
pub fn failure(record: &Record<'_>, suffix: &str, cause: Cause, reasons: Vec<String>, now: Timestamp) -> Failure {
    let message = record.message;
    Failure {
        id: format!("{}-{}{suffix}", message.event, message.generation),
        connection: message.connection.clone(),
        flow: message.flow.clone(),
        cause,
        ids: message.ids.clone(),
        reasons,
        advice: Vec::new(),
        message: Some(record.text.to_owned()),
        failed: now,
        mailed: None,
    }
}

/// Wakes `failures-push`. Only a hint: a failure that is not announced is found by the schedule of `failures-poll`.
pub async fn announce(failures: &Queue, failure: &Failure, now: Timestamp) {
    let message = announcement(&failure.connection, &failure.id, now);
    if let Err(error) = failures.send(&message).await {
        tracing::warn!(connection = failure.connection, failure = failure.id, %error, "a failure was not announced");
    }
}

/// The message that wakes `failures-push` for one failure.
#[must_use]
pub fn announcement(connection: &str, failure: &str, now: Timestamp) -> Message {
    let nothing = serde_json::value::RawValue::NULL.to_owned();
    Message::new(FAILURES, connection, failure.to_owned(), now, nothing).with_id("failure", failure)
}

impl<C> std::fmt::Debug for Worker<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}
