//! What every pusher does around its flow's own beats: find the connection, respect its breaker, turn a fault into its
//! verdict, store and report what a person must see.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Cause, Failure, Ledger, Outcome};

use crate::batch::{Again, Ended, Record};
use crate::connections::{Connections, Loaded};
use crate::halt;
use crate::verdict::{self, Fault, Verdict};
use crate::{Clock, Message, Queue, clock};

/// The flow name of messages that tell `failures-push` of a stored failure.
pub const FAILURES: &str = "failures";

/// The common part of a flow's pusher.
pub struct Worker<C> {
    /// The flow.
    pub flow: &'static str,
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
}

/// How a flow's beats ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The target holds what it should, by this attempt.
    Now,
    /// By an earlier attempt of this event, whose answer was lost.
    Earlier,
    /// The event's receipt was settled before.
    Before(Outcome),
}

impl<C> Worker<C> {
    /// Handles one record: `beats` are the flow's own.
    pub async fn handle(
        &self,
        record: Record<'_>,
        beats: impl AsyncFnOnce(&Record<'_>, &Loaded<C>) -> Result<Done, Fault>,
    ) -> Ended {
        let name = &record.message.connection;
        let loaded = match self.connections.get(name).await {
            Ok(loaded) => loaded,
            Err(trouble) => return self.ended_badly(&record, &Fault::Connection(trouble)).await,
        };
        match halt::gate(&self.ledger, name, loaded.breaker.as_ref(), self.clock.now()).await {
            Ok(None) => {}
            Ok(Some(rest)) => return Ended::again("halted", "waiting for the connection", Again::In(rest)),
            Err(error) => return self.ended_badly(&record, &Fault::Ledger(error)).await,
        }
        let result = beats(&record, &loaded).await;
        if result.as_ref().map_or_else(verdict::shows_login_good, |done| !matches!(done, Done::Before(_))) {
            self.mend(name, &loaded).await;
        }
        match result {
            Ok(Done::Now) => Ended::settled("done", ""),
            Ok(Done::Earlier) => Ended::settled("done", "an earlier attempt had arrived, its answer was lost"),
            Ok(Done::Before(Outcome::Rejected)) => Ended::settled("skipped", "rejected by an earlier delivery"),
            Ok(Done::Before(Outcome::Done | Outcome::DoneBefore)) => {
                Ended::settled("skipped", "done by an earlier delivery")
            }
            Err(fault) => self.ended_badly(&record, &fault).await,
        }
    }

    async fn ended_badly(&self, record: &Record<'_>, fault: &Fault) -> Ended {
        let resting = verdict::rest(self.first_retry, record.receive);
        let reason = fault.to_string();
        match verdict::of(fault) {
            Verdict::Retry { at_least } => {
                Ended::again("retry", reason, Again::In(resting.max(at_least.unwrap_or_default())))
            }
            Verdict::Wait(until) => Ended::again("waiting", reason, Again::In(clock::until(self.clock.now(), until))),
            Verdict::Again => Ended::again("again", reason, Again::In(Duration::ZERO)),
            Verdict::Reject(cause) => match self.reject(record, fault, cause).await {
                Ok(()) => Ended::settled("rejected", reason),
                Err(error) => Ended::again("retry", error.to_string(), Again::In(resting)),
            },
            Verdict::Halt => self.halt(record.message, reason, resting).await,
        }
    }

    /// Stores the failure together with the receipt, then announces it.
    async fn reject(&self, record: &Record<'_>, fault: &Fault, cause: Cause) -> Result<(), ledger::Error> {
        let message = record.message;
        let failure = Failure {
            id: format!("{}-{}", message.event, message.generation),
            connection: message.connection.clone(),
            flow: message.flow.clone(),
            cause,
            ids: message.ids.clone(),
            reasons: verdict::reasons(fault),
            message: Some(record.text.to_owned()),
            failed: self.clock.now(),
            mailed: None,
        };
        self.ledger.reject(&message.identity(), &failure).await?;
        announce(&self.failures, &failure, failure.failed).await;
        Ok(())
    }

    async fn halt(&self, message: &Message, reason: String, resting: Duration) -> Ended {
        let (name, now) = (&message.connection, self.clock.now());
        self.connections.forget(name);
        match halt::open(&self.ledger, name, self.flow, reason.clone(), now).await {
            Ok(Some(failure)) => announce(&self.failures, &failure, now).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(connection = name, %error, "the halt could not be written down"),
        }
        Ended::again("halted", reason, Again::In(resting.max(Duration::from_secs(60)).min(halt::LONGEST_REST)))
    }

    async fn mend(&self, name: &str, loaded: &Loaded<C>) {
        let Some(breaker) = &loaded.breaker else { return };
        self.connections.forget(name);
        match halt::close(&self.ledger, name, self.flow, breaker, self.clock.now()).await {
            Ok(failure) => announce(&self.failures, &failure, self.clock.now()).await,
            Err(error) => tracing::warn!(connection = name, %error, "the mended connection could not be written down"),
        }
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
        f.debug_struct("Worker").field("flow", &self.flow).finish_non_exhaustive()
    }
}
