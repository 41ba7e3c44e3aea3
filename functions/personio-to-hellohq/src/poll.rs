//! The schedule: starts a sweep of each connection whose turn it is. Reads no vendor and no secret; a connection whose file
//! cannot be read gets a message all the same, so that the sweeper halts it and its owner is told.

use std::fmt::Display;

use edge::{Clock, Message, Queue, QueueError, telemetry};
use ledger::Ledger;

use crate::NAME;
use crate::connection::Connection;
use crate::sweep::{changes_only, run_of, tasks};

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

/// A run that was not finished; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// The table failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A task is no JSON: a defect.
    #[error("a task cannot be written")]
    Task(#[from] serde_json::Error),
}

impl Poll {
    /// One run.
    ///
    /// # Errors
    /// [`Unfinished`]: what was not started is started by the repetition.
    pub async fn run(&self) -> Result<(), Unfinished> {
        let result = self.start_all().await;
        telemetry::poll(NAME, None, result.as_ref().err().map(|error| error as &dyn Display));
        result
    }

    /// One connection's trouble keeps no other from being swept.
    async fn start_all(&self) -> Result<(), Unfinished> {
        let mut result = Ok(());
        for connection in self.ledger.connections().await?.iter().filter(|connection| connection.flow == NAME) {
            let started = self.start(&connection.name, &connection.document).await;
            result = result.and(started);
        }
        result
    }

    async fn start(&self, name: &str, document: &str) -> Result<(), Unfinished> {
        let messages = self.tasks(name, document)?;
        Ok(self.sweeps.send_all(&messages).await?)
    }

    fn tasks(&self, name: &str, document: &str) -> Result<Vec<Message>, serde_json::Error> {
        let now = self.clock.now();
        let Ok(connection) = Connection::read(document, self.local) else {
            // any task will do: the sweeper does not come to it
            return changes_only(name, &format!("unreadable-{now}"), now).map(|message| vec![message]);
        };
        let Some((run, whole)) = run_of(&connection.sync, now) else { return Ok(Vec::new()) };
        tasks(name, &connection.sync, &run, whole, now)
    }
}
