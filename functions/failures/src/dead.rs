//! Stores what a flow's dead-letter queue holds, for it would vanish there unseen after 14 days.

use edge::batch::{Again, Ended, Odd, Record};
use edge::worker::{self, announce};
use edge::{Clock, Queue};
use ledger::{Cause, Failure, Ledger, Receipt, UNREADABLE};

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
    /// Handles one dead letter: stored together with its receipt, then announced. One whose event was settled after all
    /// (the function ended before it could say so) is no failure.
    pub async fn bury(&self, record: Record<'_>) -> Ended {
        let event = record.message.identity();
        match self.ledger.receipt(&event).await {
            Ok(Receipt::Settled(_)) => return Ended::settled("skipped", "settled before it came here"),
            Ok(Receipt::New | Receipt::Waiting(_)) => {}
            Err(error) => return retry(&error),
        }
        let failure = failure(&record, &self.clock);
        match self.ledger.reject(&event, &failure).await {
            Ok(()) => self.buried(&failure).await,
            Err(error) => retry(&error),
        }
    }

    /// A dead letter that cannot be read is kept as it is. Nobody knows whose it is: the mail goes to the stack's sender.
    pub async fn bury_unread(&self, odd: Odd<'_>) -> Ended {
        let failure = Failure {
            id: odd.id.to_owned(),
            connection: UNREADABLE.to_owned(),
            flow: "unknown".to_owned(),
            cause: Cause::Dead,
            ids: Vec::new(),
            reasons: vec![odd.error.to_string()],
            advice: Vec::new(),
            message: Some(odd.text.to_owned()),
            failed: self.clock.now(),
            mailed: None,
        };
        match self.ledger.store_failure(&failure).await {
            Ok(()) => self.buried(&failure).await,
            Err(error) => retry(&error),
        }
    }

    async fn buried(&self, failure: &Failure) -> Ended {
        announce(&self.failures, failure, failure.failed).await;
        Ended::settled("dead", failure.reasons.join("; "))
    }
}

fn retry(error: &ledger::Error) -> Ended {
    Ended::again("retry", error.to_string(), Again::AsTheQueueSays)
}

fn failure(record: &Record<'_>, clock: &Clock) -> Failure {
    let received = record.message.received;
    let received = received.round(jiff::Unit::Second).unwrap_or(received);
    let why = format!("received {received}, tried until it came to the dead-letter queue");
    worker::failure(record, "-dead", Cause::Dead, vec![why], clock.now())
}
