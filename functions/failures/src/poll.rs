//! Announces what was left behind: failures whose mail is still to go, summaries that are due, and halted connections
//! once a day.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::Duration;

use edge::worker::{FAILURES, announce, announcement};
use edge::{Clock, Message, Queue, QueueError, halt, telemetry};
use jiff::SignedDuration;
use ledger::{Connection, Ledger, Unmailed, due};

use crate::summary::Wake;

/// The scheduled function.
#[derive(Debug)]
pub struct Poll {
    /// Where failures and connections are kept.
    pub ledger: Ledger,
    /// Where failures are announced.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
    /// For how many minutes failures of one cause are told together.
    pub summary_minutes: u64,
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
    /// A message cannot be written: a defect.
    #[error("the message that asks for a summary cannot be written")]
    Unwritable(#[from] serde_json::Error),
}

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`].
    pub async fn run(&self) -> Result<(), Unfinished> {
        let unmailed = self.ledger.unmailed().await.map_err(Unfinished::from);
        let stuck = unmailed.as_ref().ok().map(|unmailed| stuck(unmailed));
        let announced = match unmailed {
            Ok(unmailed) => self.announce_left_behind(&unmailed).await,
            Err(error) => Err(error),
        };
        let reminded = self.remind_all().await;
        let result = announced.and(reminded);
        telemetry::poll(FAILURES, stuck, result.as_ref().err().map(|error| error as &dyn Display));
        result
    }

    /// Failures that are told alone, and storms whose summary is due.
    async fn announce_left_behind(&self, unmailed: &[Unmailed]) -> Result<(), Unfinished> {
        let now = self.clock.now();
        for alone in unmailed.iter().filter(|it| it.folded().is_none()) {
            self.announce_again(alone, || Ok(announcement(&alone.connection, &alone.failure, now))).await?;
        }
        let window = Duration::from_secs(60 * self.summary_minutes);
        for due in due(unmailed, &self.ledger.storms().await?, window, now) {
            self.announce_again(due.first, || Wake::message(&due, now)).await?;
        }
        Ok(())
    }

    /// Announced again only after hours: the first announcement may still be in the queue, waiting for SES. Noted at
    /// `unmailed`.
    async fn announce_again(
        &self,
        unmailed: &Unmailed,
        message: impl FnOnce() -> Result<Message, serde_json::Error>,
    ) -> Result<(), Unfinished> {
        if unmailed.announced.is_some_and(|last| self.clock.since(last) < AGAIN) {
            return Ok(());
        }
        self.failures.send(&message()?).await?;
        self.ledger.announced(unmailed, self.clock.now()).await?;
        Ok(())
    }

    /// One connection's trouble keeps no other from being reminded of.
    async fn remind_all(&self) -> Result<(), Unfinished> {
        let connections = self.ledger.connections().await?;
        for (flow, (halted, all)) in halted_by_flow(&connections) {
            telemetry::halted(flow, halted, all);
        }
        let mut result = Ok(());
        for connection in &connections {
            result = result.and(self.remind(connection).await);
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

/// How many failures an earlier run has announced already: their mail was refused since, or never tried.
fn stuck(unmailed: &[Unmailed]) -> u64 {
    unmailed.iter().map(|unmailed| u64::from(unmailed.announced.is_some())).sum()
}

/// Each flow's halted connections and all of them. Flows without a halted one are in it, so that their alarm ends.
fn halted_by_flow(connections: &[Connection]) -> BTreeMap<&str, (u64, u64)> {
    let mut flows = BTreeMap::new();
    for connection in connections {
        let (halted, all) = flows.entry(connection.flow.as_str()).or_default();
        *halted += u64::from(connection.breaker.is_some());
        *all += 1;
    }
    flows
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use ledger::Breaker;

    use super::*;

    fn connection(flow: &str, is_halted: bool) -> Connection {
        let (flow, name, now) = (flow.to_owned(), "careers".to_owned(), Timestamp::UNIX_EPOCH);
        let breaker = is_halted.then(|| Breaker::open("the login is refused".to_owned(), now));
        let (owner, document) = ("owner@company.example".to_owned(), String::new());
        Connection { name, flow, owner, document, revision: 1, applied: now, breaker }
    }

    #[test]
    fn every_flow_tells_its_halted_connections_also_none() {
        let connections = [connection("a-to-b", true), connection("c-to-d", false), connection("a-to-b", false)];
        let found: Vec<_> = halted_by_flow(&connections).into_iter().collect();
        assert_eq!(found, [("a-to-b", (1, 2)), ("c-to-d", (0, 1))]);
    }
}
