//! The schedule: starts a sweep of each connection whose turn it is. Reads no vendor and no secret; a connection whose file
//! cannot be read gets a message all the same, so that the sweeper halts it and its owner is told.

use std::time::Duration;

use edge::{Clock, Message, Queue};
use ledger::{Connection as Stored, Ledger};
use reconcile::poll::{PollRun, Unfinished, start_sweeps};
use reconcile::{changes_only, scheduled, tasks};

use crate::connection::{Connection, SCHEDULE_HOURS};
use crate::name::NAME;

/// How much time lies between two schedules.
pub const EVERY: Duration = Duration::from_secs(SCHEDULE_HOURS as u64 * 60 * 60);

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

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`]: what was not started is started by the repetition.
    pub async fn run(&self) -> Result<(), Unfinished> {
        let run = PollRun { flow: NAME, every: EVERY, now: self.clock.now() };
        start_sweeps(&self.ledger, &self.sweeps, run, |stored| messages(self, stored)).await
    }
}

fn messages(poll: &Poll, stored: &Stored) -> Result<Vec<Message>, serde_json::Error> {
    let now = poll.clock.now();
    let Ok(connection) = Connection::read(&stored.document, poll.local) else {
        // any task will do: the sweeper does not come to it
        let run = format!("unreadable-{now}");
        return changes_only(NAME, &stored.name, &run, now).map(|message| vec![message]);
    };
    let rhythm = connection.sweeps.rhythm();
    match scheduled(rhythm, now) {
        Some(scheduled) => tasks(NAME, &stored.name, rhythm, &scheduled, now),
        None => Ok(Vec::new()),
    }
}
