//! Stores what the flows' dead-letter queues hold, for it would vanish there unseen after 14 days.

use std::time::Duration;

use edge::batch::{Again, BatchContext, Handled, Malformed, Record};
use edge::drain::drain;
use edge::notify::{self, notify};
use edge::{Clock, Deadline, Queue, QueueError, is_forgotten};
use ledger::{Cause, Failure, Hidden, Kind, Ledger, Receipt, UNREADABLE};

/// The dead-letter queues of all flows, and where their letters go.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    /// Where failures are kept.
    pub ledger: Ledger,
    /// Where `failures-push` is notified.
    pub failures: Queue,
    /// The dead-letter queues.
    pub queues: Vec<Queue>,
    /// The clock, and the count of AWS requests.
    pub context: BatchContext,
}

/// For how long a run reads dead letters: less than the function's time limit, which the rest of the run needs as well.
const AT_MOST: Duration = Duration::from_secs(4 * 60);

impl DeadLetters {
    /// Stores what lies in the queues. How many letters could not be stored: they stay, for the next run.
    ///
    /// # Errors
    /// Where a queue refuses or cannot be reached.
    pub async fn store_all(&self) -> Result<usize, QueueError> {
        let deadline = Deadline(self.context.clock.now() + AT_MOST);
        let store = async |record: Record<'_>| self.store(record).await;
        let store_unreadable = async |malformed: Malformed<'_>| self.store_unreadable(malformed).await;
        drain(&self.queues, &self.context, deadline, store, store_unreadable).await
    }

    /// Handles one dead letter: stored together with its receipt, then notified. One whose event was settled after all
    /// (the function ended before it could say so) is no failure.
    pub async fn store(&self, record: Record<'_>) -> Handled {
        let event = record.message.identity();
        match self.ledger.receipt(&event).await {
            Ok(Receipt::Settled(_)) => return Handled::skipped("settled before it came here"),
            Ok(Receipt::New | Receipt::Waiting(_)) => {}
            Err(error) => return retry(&error),
        }
        match self.is_forgotten(&record).await {
            Ok(false) => {}
            Ok(true) => return Handled::skipped("its person was forgotten"),
            Err(error) => return retry(&error),
        }
        let failure = failure(&record, &self.context.clock);
        match self.ledger.reject(&event, &failure).await {
            Ok(()) => self.stored(&failure).await,
            Err(error) => retry(&error),
        }
    }

    /// A dead letter that cannot be read is kept as it is. Nobody knows whose it is: the mail goes to the stack's sender.
    pub async fn store_unreadable(&self, malformed: Malformed<'_>) -> Handled {
        let failure = Failure {
            id: malformed.id.to_owned(),
            connection: UNREADABLE.to_owned(),
            flow: "unknown".to_owned(),
            cause: Cause::Dead,
            key: None,
            code: Some("unreadable".to_owned()),
            thread: None,
            ids: Vec::new(),
            reasons: vec![malformed.error.to_string()],
            advice: Vec::new(),
            message: Some(Hidden::new(malformed.text.to_owned())),
            failed: self.context.clock.now(),
            mailed: None,
        };
        match self.ledger.store_failure(&failure).await {
            Ok(()) => self.stored(&failure).await,
            Err(error) => retry(&error),
        }
    }

    /// A connection that cannot be read keeps no letter from being stored: the queue would delete the letter in the end.
    async fn is_forgotten(&self, record: &Record<'_>) -> Result<bool, ledger::Error> {
        let connection = match self.ledger.connection(&record.message.connection).await {
            Err(error) if error.kind == Kind::Unreadable => return Ok(false),
            connection => connection?,
        };
        is_forgotten(&self.ledger, record.message, connection.and_then(|it| it.forgot)).await
    }

    async fn stored(&self, failure: &Failure) -> Handled {
        notify(&self.failures, failure, failure.failed).await;
        Handled::dead(failure.reasons.join("; "))
    }
}

fn retry(error: &ledger::Error) -> Handled {
    Handled::retry(error.to_string(), Again::AsTheQueueSays)
}

fn failure(record: &Record<'_>, clock: &Clock) -> Failure {
    let received = record.message.received;
    let received = received.round(jiff::Unit::Second).unwrap_or(received);
    let why = format!("received {received}, tried until it came to the dead-letter queue");
    let failure = notify::failure(record, "-dead", Cause::Dead, vec![why], clock.now());
    Failure { code: Some("dead-letter".to_owned()), ..failure }
}
