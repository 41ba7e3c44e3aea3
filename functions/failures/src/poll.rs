//! Notifies `failures-push` of what was left behind: failures whose mail is still to go, digests that are due, and halted
//! connections once a day. Counts the flows whose schedules are late and the records that nothing
//! brings back, and has dead letters stored.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::Duration;

use edge::notify::{FAILURES, notification, notify};
use edge::{Clock, Message, Queue, QueueError, breaker, telemetry};
use jiff::SignedDuration;
use ledger::{Connection, Ledger, Listing, OutboxEntry, due_digests};
use logs::ReadError;

use crate::dead::DeadLetters;
use crate::digest;
use crate::late::late;
use crate::unaccounted::Unaccounted;

/// The scheduled function.
#[derive(Debug)]
pub struct Poll {
    /// Where failures and connections are kept.
    pub ledger: Ledger,
    /// Where `failures-push` is notified.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
    /// For how many minutes failures of one group are told together.
    pub digest_minutes: u64,
    /// The flows whose schedules are on.
    pub polled_flows: Vec<String>,
    /// What lies in the dead-letter queues.
    pub dead_letters: DeadLetters,
    /// The records that have not ended and do not come back.
    pub unaccounted: Unaccounted,
}

/// How long after a notification the next one follows.
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
    /// A log cannot be read.
    #[error(transparent)]
    Logs(#[from] ReadError),
    /// Items cannot be read; all others were dealt with. Names them.
    #[error("items of the table cannot be read: {}", .0.join(", "))]
    Unreadable(Vec<String>),
    /// So many dead letters could not be stored.
    #[error("{0} dead letters could not be stored")]
    Unstored(usize),
    /// A message cannot be written: a defect.
    #[error("the message that asks for a digest cannot be written")]
    Unwritable(#[from] serde_json::Error),
}

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`].
    pub async fn run(&self) -> Result<(), Unfinished> {
        let outbox = self.ledger.outbox().await.map_err(Unfinished::from);
        let stuck = outbox.as_ref().ok().map(|outbox| stuck(&outbox.items));
        let notified = match outbox {
            Ok(outbox) => self.notify_left_behind(outbox).await,
            Err(error) => Err(error),
        };
        let reminded = self.remind_all().await;
        let late = late(&self.ledger, &self.polled_flows, self.clock.now()).await;
        let stored = self.store_dead_letters().await;
        let unaccounted = self.unaccounted.count(self.clock.now()).await;
        let found = telemetry::Found {
            unmailed: stuck,
            late: late.as_ref().ok().copied(),
            unaccounted: unaccounted.as_ref().ok().copied(),
        };
        let counted = late.map(drop).map_err(Unfinished::from).and(unaccounted.map(drop).map_err(Unfinished::from));
        let result = notified.and(reminded).and(counted).and(stored);
        telemetry::watch(FAILURES, found, result.as_ref().err().map(|error| error as &dyn Display));
        result
    }

    async fn store_dead_letters(&self) -> Result<(), Unfinished> {
        match self.dead_letters.store_all().await? {
            0 => Ok(()),
            staying => Err(Unfinished::Unstored(staying)),
        }
    }

    /// Failures that get a mail of their own, and digests that are due.
    async fn notify_left_behind(&self, outbox: Listing<OutboxEntry>) -> Result<(), Unfinished> {
        let now = self.clock.now();
        for entry in outbox.items.iter().filter(|entry| entry.digest().is_none()) {
            self.notify(entry, || Ok(notification(&entry.connection, &entry.failure, now))).await?;
        }
        let length = Duration::from_secs(60 * self.digest_minutes);
        let rounds = self.ledger.rounds().await?;
        for due in due_digests(&outbox.items, &rounds.items, length, now) {
            self.notify(due.first, || digest::message(&due, now)).await?;
        }
        all_read([outbox.unreadable, rounds.unreadable].concat())
    }

    /// Notifies again only after hours: the first notification may still be in the queue, waiting for SES. Noted at
    /// `entry`.
    async fn notify(
        &self,
        entry: &OutboxEntry,
        message: impl FnOnce() -> Result<Message, serde_json::Error>,
    ) -> Result<(), Unfinished> {
        if entry.notified.is_some_and(|last| self.clock.since(last) < AGAIN) {
            return Ok(());
        }
        self.failures.send(&message()?).await?;
        self.ledger.notified(entry, self.clock.now()).await?;
        Ok(())
    }

    /// One connection's trouble keeps no other from being reminded of.
    async fn remind_all(&self) -> Result<(), Unfinished> {
        let connections = self.ledger.connections().await?;
        for (flow, (halted, all)) in halted_by_flow(&connections.items) {
            telemetry::halted(flow, halted, all);
        }
        let mut result = Ok(());
        for connection in &connections.items {
            result = result.and(self.remind(connection).await);
        }
        result.and(all_read(connections.unreadable))
    }

    /// The owner hears of a halt on each day that it lasts; the day's failure is stored once, however often this runs.
    async fn remind(&self, connection: &Connection) -> Result<(), Unfinished> {
        let Some(breaker) = &connection.breaker else { return Ok(()) };
        let now = self.clock.now();
        let day = now.duration_since(breaker.since).as_secs() / SignedDuration::from_hours(24).as_secs();
        let failure = breaker::halted(&connection.name, &connection.flow, breaker, day, now);
        self.ledger.store_failure(&failure).await?;
        notify(&self.failures, &failure, now).await;
        Ok(())
    }
}

/// What cannot be read has stopped nothing else; it is told at the end, so that the alarm on unfinished runs goes off.
fn all_read(unreadable: Vec<String>) -> Result<(), Unfinished> {
    if unreadable.is_empty() { Ok(()) } else { Err(Unfinished::Unreadable(unreadable)) }
}

/// Of how many failures an earlier run has notified already: their mail was refused since, or never tried.
fn stuck(outbox: &[OutboxEntry]) -> u64 {
    outbox.iter().map(|entry| u64::from(entry.notified.is_some())).sum()
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
        let now = Timestamp::UNIX_EPOCH;
        Connection {
            name: "careers".to_owned(),
            flow: flow.to_owned(),
            owner: "owner@company.example".to_owned(),
            document: String::new(),
            revision: 1,
            applied: now,
            breaker: is_halted.then(|| Breaker::open("the login is refused".to_owned(), now)),
            paused: None,
            forgot: None,
        }
    }

    #[test]
    fn every_flow_tells_its_halted_connections_also_none() {
        let connections = [connection("a-to-b", true), connection("c-to-d", false), connection("a-to-b", false)];
        let found: Vec<_> = halted_by_flow(&connections).into_iter().collect();
        assert_eq!(found, [("a-to-b", (1, 2)), ("c-to-d", (0, 1))]);
    }
}
