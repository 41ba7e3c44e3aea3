//! What every pusher and sweeper does around its flow's own work on a record.
//!
//! Before: find the connection, let its vendor cool down, respect its breaker. After: open or close the breaker, turn a
//! fault into its verdict, store what a person must see and notify.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ledger::{Breaker, Cause, Failure, Ledger};
use vendors::Operation;

use crate::breaker::{self, Gate};
use crate::clock::{Clock, until};
use crate::connections::{Connections, LoadError, Loaded};
use crate::cooldown::{Cooldowns, Trouble};
use crate::forgotten::is_forgotten;
use crate::handled::{Again, Handled};
use crate::message::Message;
use crate::notify::{failure, notify};
use crate::processed::Processed;
use crate::queue::Queue;
use crate::record::Record;
use crate::suspicion::{Suspected, Suspicions};
use crate::verdict::{self, Fault, Verdict};

/// How old a record may become before it is given up. Queues keep messages for 14 days and then delete them unseen.
const OLDEST: Duration = Duration::from_secs(12 * 24 * 60 * 60);

/// The longest wait that is asked of the queue: SQS takes at most 12 hours, counted from when the record was received.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);

/// The shortest wait of a record whose fault halts the connection.
const SHORTEST_HALT: Duration = Duration::from_secs(60);

/// The common part of a flow's pusher or sweeper.
pub struct Worker<C> {
    /// What is remembered.
    pub ledger: Ledger,
    /// The flow's connections.
    pub connections: Connections<C>,
    /// The queue of `failures-push`.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
    /// How long the first retry waits.
    pub first_retry: Duration,
    /// The connections whose vendor does not answer just now.
    cooldowns: Cooldowns,
    /// The odd answers that connections have met.
    suspicions: Suspicions,
    on_removed: OnRemoved,
    on_no_secret: OnNoSecret,
}

/// What becomes of records of a connection that has no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnNoSecret {
    /// The connection halts, and its owner is told.
    Halt,
    /// Nothing: its set-up is not over.
    Skip,
}

/// What becomes of records that still wait when their connection is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnRemoved {
    /// They are stored as failures: each is the only copy of something.
    Store,
    /// Nothing: each only names something that its source still has.
    Skip,
}

impl<C> Worker<C> {
    /// The common part, from its parts.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        connections: Connections<C>,
        failures: Queue,
        clock: Clock,
        first_retry: Duration,
    ) -> Self {
        let cooldowns = Cooldowns::default();
        let suspicions = Suspicions::default();
        let on_removed = OnRemoved::Store;
        let on_no_secret = OnNoSecret::Halt;
        Self { ledger, connections, failures, clock, first_retry, cooldowns, suspicions, on_removed, on_no_secret }
    }

    /// The same for records that copy nothing: those of a removed connection are skipped instead of stored.
    #[must_use]
    pub fn for_signals(self) -> Self {
        Self { on_removed: OnRemoved::Skip, ..self }
    }

    /// The same for a schedule's records of a flow whose secret is known only after its webhook was registered: a connection
    /// without a secret is left alone until it has one.
    #[must_use]
    pub fn waiting_for_secrets(self) -> Self {
        Self { on_no_secret: OnNoSecret::Skip, ..self }
    }

    /// Handles one record: `process` is the flow's own work on it.
    pub async fn handle(
        &self,
        record: Record<'_>,
        process: impl AsyncFnOnce(&Record<'_>, &Loaded<C>) -> Result<Processed, Fault>,
    ) -> Handled {
        let loaded = match self.connections.get(&record.message.connection).await {
            Ok(loaded) => loaded,
            Err(error) => return self.without_connection(&record, error).await,
        };
        match is_forgotten(&self.ledger, record.message, loaded.forgot).await {
            Ok(false) => {}
            Ok(true) => return Handled::skipped("its person was forgotten"),
            Err(error) => return self.decide(&record, None, &Fault::Ledger(error)).await,
        }
        if let Some(handled) = self.stand_still(&record, &loaded).or_else(|| self.cool_down(&record)) {
            return handled;
        }
        if let Some(handled) = self.pass_gate(&record, loaded.breaker.as_ref()).await {
            return handled;
        }
        let result = process(&record, &loaded).await;
        self.learn(record.message, loaded.breaker.as_ref(), &result).await;
        match result {
            Ok(processed) => Handled::from(processed),
            Err(fault) => self.decide(&record, loaded.breaker.as_ref(), &fault).await,
        }
    }

    /// The record's connection is not there, or cannot be used.
    async fn without_connection(&self, record: &Record<'_>, error: Arc<LoadError>) -> Handled {
        let Message { connection, flow, .. } = record.message;
        if self.on_no_secret == OnNoSecret::Skip && matches!(*error, LoadError::NoSecret) {
            return Handled::skipped("the connection has no secret yet");
        }
        let is_unknown = matches!(*error, LoadError::Unknown);
        let fault = Fault::Connection(error);
        if !is_unknown {
            return self.decide(record, None, &fault).await;
        }
        match self.ledger.removed(connection).await {
            Ok(Some(removed)) if removed.flow == *flow => match self.on_removed {
                OnRemoved::Skip => Handled::skipped("its connection was removed"),
                OnRemoved::Store => {
                    let handled = Handled::dead("its connection was removed");
                    self.store(record, &fault, Cause::Dead, handled).await
                }
            },
            Ok(_) => self.decide(record, None, &fault).await,
            Err(error) => self.decide(record, None, &Fault::Ledger(error)).await,
        }
    }

    /// The record waits while a person has its connection stand still.
    fn stand_still(&self, record: &Record<'_>, loaded: &Loaded<C>) -> Option<Handled> {
        loaded.is_paused.then(|| {
            self.connections.forget(&record.message.connection);
            Handled::waiting("the connection is paused", Again::In(breaker::LONGEST_WAIT))
        })
    }

    /// The record waits while its vendor, which has just not answered for another one, cools down.
    fn cool_down(&self, record: &Record<'_>) -> Option<Handled> {
        let (wait, trouble) = self.cooldowns.rest(&record.message.connection, self.clock.now())?;
        let wait = wait.max(self.rest(record));
        Some(Handled::waiting(trouble.reason(), Again::In(wait)))
    }

    /// The record waits while its connection is halted, unless it is the probe.
    async fn pass_gate(&self, record: &Record<'_>, standing: Option<&Breaker>) -> Option<Handled> {
        let name = &record.message.connection;
        match breaker::gate(&self.ledger, name, standing, self.clock.now()).await {
            Ok(Gate::Open) => None,
            Ok(Gate::Closed(wait)) => {
                self.connections.forget(name);
                Some(Handled::halted("waiting for the connection", Again::In(wait)))
            }
            Err(error) => Some(self.decide(record, None, &Fault::Ledger(error)).await),
        }
    }

    /// What a result says of the whole connection.
    async fn learn(&self, message: &Message, standing: Option<&Breaker>, result: &Result<Processed, Fault>) {
        self.learn_of_vendor(&message.connection, result);
        self.suspicions.clear(&message.connection, &answered(result));
        if let Some(breaker) = standing {
            self.connections.forget(&message.connection);
            self.learn_of_probe(message, breaker, result).await;
        }
    }

    /// Whether other records should leave the vendor alone for a while.
    fn learn_of_vendor(&self, name: &str, result: &Result<Processed, Fault>) {
        match result {
            Err(fault) if fault.is_of_the_vendor() => {
                self.cooldowns.begin(name, Trouble::of(fault), self.first_retry, self.clock.now());
            }
            Err(fault) if fault.is_of_a_call() => self.cooldowns.end(name),
            Ok(processed) if !processed.answered.is_empty() => self.cooldowns.end(name),
            _ => {}
        }
    }

    /// Whether the halt is over. A probe that called nobody is given back: the next record may be it.
    async fn learn_of_probe(&self, message: &Message, standing: &Breaker, result: &Result<Processed, Fault>) {
        if breaker::is_ended_by(standing, &answered(result)) {
            self.close_breaker(message, standing).await;
            return;
        }
        if result.as_ref().is_err_and(Fault::is_of_a_call) {
            return;
        }
        let name = &message.connection;
        if let Err(error) = self.ledger.probe_now(name, self.clock.now()).await {
            tracing::warn!(connection = name, %error, "the unused probe could not be given back");
        }
    }

    /// Turns a fault into what becomes of the record. `standing`: the breaker that was open before.
    async fn decide(&self, record: &Record<'_>, standing: Option<&Breaker>, fault: &Fault) -> Handled {
        let verdict = verdict::of(fault);
        let is_rejected = matches!(verdict, Verdict::Reject(_));
        // the queue would soon delete the record without a trace
        if !is_rejected && self.clock.since(record.message.received) > OLDEST {
            return self.store(record, fault, Cause::Dead, Handled::dead(fault.to_string())).await;
        }
        match verdict {
            Verdict::Reject(cause) => self.store(record, fault, cause, Handled::rejected(fault.to_string())).await,
            Verdict::Halt => self.halt(record, standing, fault).await,
            Verdict::Suspect => match self.suspect(record, fault) {
                Suspected::Confirmed => self.halt(record, standing, fault).await,
                Suspected::NotYet => self.retry(record, fault, Duration::ZERO),
            },
            Verdict::Wait(then) => {
                let wait = until(self.clock.now(), then).min(LONGEST_WAIT);
                Handled::waiting(fault.to_string(), Again::In(wait))
            }
            Verdict::AtOnce => Handled::waiting(fault.to_string(), Again::In(Duration::ZERO)),
            Verdict::Retry { at_least } => self.retry(record, fault, at_least.unwrap_or_default()),
        }
    }

    fn retry(&self, record: &Record<'_>, fault: &Fault, at_least: Duration) -> Handled {
        let wait = self.rest(record).max(at_least).min(LONGEST_WAIT);
        Handled::retry(fault.to_string(), Again::In(wait))
    }

    fn suspect(&self, record: &Record<'_>, fault: &Fault) -> Suspected {
        let Fault::Vendor(error) = fault else { return Suspected::NotYet };
        self.suspicions.add(&record.message.connection, error, self.clock.now())
    }

    /// Stores the failure together with the receipt and notifies; then the record is `handled`.
    async fn store(&self, record: &Record<'_>, fault: &Fault, cause: Cause, handled: Handled) -> Handled {
        let failure = failure(record, "", cause, verdict::reasons(fault), self.clock.now());
        let failure = Failure { code: Some(verdict::code(fault)), advice: verdict::advice(fault), ..failure };
        match self.ledger.reject(&record.message.identity(), &failure).await {
            Ok(()) => {
                self.notify(&failure).await;
                handled
            }
            Err(error) => Handled::retry(error.to_string(), Again::In(self.rest(record))),
        }
    }

    /// Opens the breaker; the record waits.
    async fn halt(&self, record: &Record<'_>, standing: Option<&Breaker>, fault: &Fault) -> Handled {
        let name = &record.message.connection;
        self.connections.forget(name);
        match self.open_breaker(record, standing, fault).await {
            Ok(Some(failure)) => self.notify(&failure).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(connection = name, %error, "the breaker could not be opened"),
        }
        let wait = self.rest(record).max(SHORTEST_HALT).min(breaker::LONGEST_WAIT);
        Handled::halted(fault.to_string(), Again::In(wait))
    }

    /// The failure that tells of the halt, where nobody was told of this one before. A connection that could not be loaded
    /// may be halted all the same.
    async fn open_breaker(
        &self,
        record: &Record<'_>,
        standing: Option<&Breaker>,
        fault: &Fault,
    ) -> Result<Option<Failure>, ledger::Error> {
        let (name, now) = (&record.message.connection, self.clock.now());
        let stored = match standing {
            Some(_) => None,
            None => self.ledger.connection(name).await?.and_then(|connection| connection.breaker),
        };
        let standing = standing.or(stored.as_ref());
        let breaker = Breaker::open(fault.to_string(), now).with_scope(verdict::scope(fault));
        let breaker = breaker.with_deliveries(verdict::deliveries(fault));
        breaker::open(&self.ledger, name, &record.message.flow, breaker, standing, now).await
    }

    async fn close_breaker(&self, message: &Message, standing: &Breaker) {
        let name = &message.connection;
        match breaker::close(&self.ledger, name, &message.flow, standing, self.clock.now()).await {
            Ok(failure) => self.notify(&failure).await,
            Err(error) => tracing::warn!(connection = name, %error, "the breaker could not be closed"),
        }
    }

    async fn notify(&self, failure: &Failure) {
        notify(&self.failures, failure, failure.failed).await;
    }

    fn rest(&self, record: &Record<'_>) -> Duration {
        verdict::rest(self.first_retry, record.receive)
    }
}

impl<C> fmt::Debug for Worker<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

/// The operations that vendors have answered well.
fn answered(result: &Result<Processed, Fault>) -> Vec<Operation> {
    match result {
        Ok(processed) => processed.answered.clone(),
        Err(fault) => fault.answered().into_iter().collect(),
    }
}
