//! Stores what a flow's dead-letter queue holds, for it would vanish there unseen after 14 days.

use edge::batch::{Again, Ended, Record};
use edge::worker::announce;
use edge::{Clock, Queue};
use ledger::{Cause, Failure, Ledger};

/// The function behind the dead-letter queues.
#[derive(Debug)]
pub struct Undertaker {
    /// Where failures are kept.
    pub ledger: Ledger,
    /// Where they are announced.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
}

impl Undertaker {
    /// Handles one dead letter: stored together with its receipt, then announced.
    pub async fn bury(&self, record: Record<'_>) -> Ended {
        let failure = failure(&record, &self.clock);
        if let Err(error) = self.ledger.reject(&record.message.identity(), &failure).await {
            return Ended::again("retry", error.to_string(), Again::AsTheQueueSays);
        }
        announce(&self.failures, &failure, failure.failed).await;
        Ended::settled("dead", "")
    }
}

fn failure(record: &Record<'_>, clock: &Clock) -> Failure {
    let message = record.message;
    let received = message.received.round(jiff::Unit::Second).unwrap_or(message.received);
    Failure {
        id: format!("{}-{}-dead", message.event, message.generation),
        connection: message.connection.clone(),
        flow: message.flow.clone(),
        cause: Cause::Dead,
        ids: message.ids.clone(),
        reasons: vec![format!("received {received}, tried until it came to the dead-letter queue")],
        message: Some(record.text.to_owned()),
        failed: clock.now(),
        mailed: None,
    }
}
