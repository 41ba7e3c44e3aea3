//! Announces what was left behind: failures whose mail is still to go, and halted connections once a day.

use edge::worker::{announce, announcement};
use edge::{Clock, Queue, QueueError, halt};
use jiff::SignedDuration;
use ledger::{Connection, Ledger};

/// The scheduled function.
#[derive(Debug)]
pub struct Poll {
    /// Where failures and connections are kept.
    pub ledger: Ledger,
    /// Where failures are announced.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
}

/// A run that was not finished; the next one does its work as well.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// The table failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`].
    pub async fn run(&self) -> Result<(), Unfinished> {
        for connection in self.ledger.connections().await? {
            self.remind(&connection).await?;
        }
        for (connection, failure) in self.ledger.unmailed().await? {
            self.failures.send(&announcement(&connection, &failure, self.clock.now())).await?;
        }
        Ok(())
    }

    /// The owner hears of a halt on each day that it lasts; the day's failure is stored once, however often this runs.
    async fn remind(&self, connection: &Connection) -> Result<(), Unfinished> {
        let Some(breaker) = &connection.breaker else { return Ok(()) };
        let now = self.clock.now();
        let day = now.duration_since(breaker.since).as_secs() / SignedDuration::from_hours(24).as_secs();
        let failure = halt::halted(&connection.name, &connection.flow, breaker, day, now);
        self.ledger.store_failure(&failure).await?;
        announce(&self.failures, &failure, now).await;
        Ok(())
    }
}
