//! The schedule, every five minutes: starts a sweep of each connection whose turn it is, and has HiBob's list of openings
//! read where positions wait for theirs. Reads no vendor and no secret; a connection whose file cannot be read gets a
//! message all the same, so that the sweeper halts it and its owner is told.

use std::time::Duration;

use edge::{Clock, Message, Queue};
use jiff::Timestamp;
use ledger::{Connection as Stored, Ledger};
use reconcile::poll::{PollRun, Unfinished, start_sweeps};
use reconcile::{Scheduled, changes_only, tasks};

use crate::connection::Connection;
use crate::name::NAME;

/// How much time lies between two schedules, as template.yaml says.
pub const EVERY: Duration = Duration::from_secs(5 * 60);
const SLOT_SECONDS: i64 = 5 * 60;
const HOUR_SECONDS: i64 = 60 * 60;
/// How often a first sweep is begun until one has ended.
const FIRST_SECONDS: i64 = 15 * 60;

/// The scheduled function.
#[derive(Debug)]
pub struct Poll {
    /// Where connections are kept.
    pub ledger: Ledger,
    /// The sweeper's queue.
    pub sweeps: Queue,
    /// The clock.
    pub clock: Clock,
    /// Whether the stack is local.
    pub local: bool,
}

/// What a connection needs at a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Needs {
    /// How many hours lie between two sweeps.
    every_hours: u8,
    /// Whether a first sweep has ended.
    has_been_swept: bool,
    /// Whether positions wait for HiBob's list of openings.
    is_waiting: bool,
}

/// What a schedule starts for a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Start {
    Sweep(Scheduled),
    /// HiBob's list of openings is read for the positions that wait.
    List(String),
    Nothing,
}

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`]: what was not started is started by the repetition.
    pub async fn run(&self) -> Result<(), Unfinished> {
        let now = self.clock.now();
        let mut needs = std::collections::BTreeMap::new();
        for connection in self.ledger.connections().await?.items.iter().filter(|connection| connection.flow == NAME) {
            needs.insert(connection.name.clone(), self.needs(connection, now).await?);
        }
        let run = PollRun { flow: NAME, every: EVERY, now };
        start_sweeps(&self.ledger, &self.sweeps, run, |stored| messages(stored, needs.get(&stored.name), now)).await
    }

    /// `None`: the file cannot be read.
    async fn needs(&self, stored: &Stored, now: Timestamp) -> Result<Option<(Connection, Needs)>, ledger::Error> {
        let Ok(connection) = Connection::read(&stored.document, self.local) else { return Ok(None) };
        let needs = Needs {
            every_hours: connection.sweeps.every_hours,
            has_been_swept: self.ledger.cursor(&stored.name).await?.is_some(),
            is_waiting: !self.ledger.waiting_for_list(&stored.name, now).await?.is_empty(),
        };
        Ok(Some((connection, needs)))
    }
}

fn messages(
    stored: &Stored,
    needs: Option<&Option<(Connection, Needs)>>,
    now: Timestamp,
) -> Result<Vec<Message>, serde_json::Error> {
    let Some(Some((connection, needs))) = needs else {
        return unreadable(stored, now);
    };
    match start(*needs, now) {
        Start::Sweep(scheduled) => tasks(NAME, &stored.name, connection.sweeps.rhythm(), &scheduled, now),
        Start::List(run) => changes_only(NAME, &stored.name, &run, now).map(|message| vec![message]),
        Start::Nothing => Ok(Vec::new()),
    }
}

/// The sweeper halts the connection, and its owner is told. Any task will do, once an hour: what halts a connection stays in
/// the queue.
fn unreadable(stored: &Stored, now: Timestamp) -> Result<Vec<Message>, serde_json::Error> {
    let is_due = now.as_second().rem_euclid(HOUR_SECONDS) < SLOT_SECONDS;
    let message = is_due.then(|| changes_only(NAME, &stored.name, &format!("unreadable-{now}"), now));
    message.into_iter().collect()
}

/// What the schedule at `now` starts. Every repetition of one schedule starts the same.
fn start(needs: Needs, now: Timestamp) -> Start {
    let slot = now.as_second().div_euclid(SLOT_SECONDS) * SLOT_SECONDS;
    let name = Timestamp::from_second(slot).map(|slot| slot.strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    let every = HOUR_SECONDS * i64::from(needs.every_hours.max(1));
    if !needs.has_been_swept && slot % FIRST_SECONDS == 0 {
        Start::Sweep(Scheduled { run: format!("first-{name}"), whole: true })
    } else if needs.has_been_swept && slot % every == 0 {
        Start::Sweep(Scheduled { run: name, whole: slot % (24 * HOUR_SECONDS) == 0 })
    } else if needs.has_been_swept && needs.is_waiting {
        Start::List(format!("openings-{name}"))
    } else {
        Start::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schedule_starts_what_is_due() {
        let needs = |every_hours, has_been_swept, is_waiting| Needs { every_hours, has_been_swept, is_waiting };
        let table = [
            ("10:00", needs(1, true, false), "sweep 2026-03-02T10:00"),
            ("10:04", needs(1, true, true), "sweep 2026-03-02T10:00"),
            ("10:05", needs(1, true, false), "nothing"),
            ("10:05", needs(1, true, true), "list openings-2026-03-02T10:05"),
            ("10:00", needs(4, true, false), "nothing"),
            ("12:00", needs(4, true, false), "sweep 2026-03-02T12:00"),
            ("00:00", needs(24, true, false), "whole sweep 2026-03-02T00:00"),
            ("10:16", needs(24, false, true), "whole sweep first-2026-03-02T10:15"),
            ("10:20", needs(1, false, true), "nothing"),
        ];
        for (time, needs, wanted) in table {
            let now: Timestamp = format!("2026-03-02T{time}:30Z").parse().unwrap();
            let started = match start(needs, now) {
                Start::Sweep(Scheduled { run, whole: true }) => format!("whole sweep {run}"),
                Start::Sweep(Scheduled { run, whole: false }) => format!("sweep {run}"),
                Start::List(run) => format!("list {run}"),
                Start::Nothing => "nothing".to_owned(),
            };
            assert_eq!(started, wanted, "{time} {needs:?}");
        }
    }
}
