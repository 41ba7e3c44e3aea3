//! Announces what was left behind: failures whose mail is still to go, and halted connections once a day.

use std::time::Duration;

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

/// How long after an announcement the next one follows.
const AGAIN: Duration = Duration::from_secs(6 * 60 * 60);

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
        let announced = self.announce_left_behind().await;
        let reminded = self.remind_all().await;
        announced.and(reminded)
    }

    /// A failure is announced again only after hours: its first announcement may still be in the queue, waiting for SES.
    async fn announce_left_behind(&self) -> Result<(), Unfinished> {
        for unmailed in self.ledger.unmailed().await? {
            if unmailed.announced.is_some_and(|last| self.clock.since(last) < AGAIN) {
                continue;
            }
            let now = self.clock.now();
            self.failures.send(&announcement(&unmailed.connection, &unmailed.failure, now)).await?;
            self.ledger.announced(&unmailed, now).await?;
        }
        Ok(())
    }

    /// One connection's trouble keeps no other from being reminded of.
    async fn remind_all(&self) -> Result<(), Unfinished> {
        let mut result = Ok(());
        for connection in self.ledger.connections().await? {
            result = result.and(self.remind(&connection).await);
        }
        result
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
