//! The schedule's fan-out: one message for each connection and slice.

use std::fmt::Display;
use std::time::Duration;

use edge::{Message, Queue, QueueError, telemetry};
use jiff::Timestamp;
use ledger::{Connection, Ledger};

/// A run of the schedule that was not finished; its repetition starts what was left.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// The table failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// Connections cannot be read; all others were swept. Names their items.
    #[error("items of the table cannot be read: {}", .0.join(", "))]
    Unreadable(Vec<String>),
    /// A task cannot be serialized: a defect.
    #[error("a task cannot be written")]
    Task(#[from] serde_json::Error),
}

/// How many runs of a schedule are missed before it counts as late.
const MISSED: u32 = 3;

/// One run of a flow's schedule.
#[derive(Debug, Clone, Copy)]
pub struct PollRun {
    /// The flow.
    pub flow: &'static str,
    /// How much time lies between two runs, as the template says.
    pub every: Duration,
    /// When this one began.
    pub now: Timestamp,
}

/// Starts a sweep of each connection of the run's flow, with the messages that `tasks` makes for one. One connection's
/// trouble keeps no other from being swept. A run that did all of its work is noted: `failures-poll` counts the flows that
/// are late.
///
/// # Errors
/// The first [`Unfinished`].
pub async fn start_sweeps(
    ledger: &Ledger,
    sweeps: &Queue,
    run: PollRun,
    tasks: impl Fn(&Connection) -> Result<Vec<Message>, serde_json::Error>,
) -> Result<(), Unfinished> {
    let PollRun { flow, every, now } = run;
    let result = match start_all(ledger, sweeps, flow, tasks).await {
        Ok(()) => ledger.note_poll(flow, now + every * MISSED).await.map_err(Unfinished::from),
        unfinished => unfinished,
    };
    telemetry::poll(flow, result.as_ref().err().map(|error| error as &dyn Display));
    result
}

async fn start_all(
    ledger: &Ledger,
    sweeps: &Queue,
    flow: &'static str,
    tasks: impl Fn(&Connection) -> Result<Vec<Message>, serde_json::Error>,
) -> Result<(), Unfinished> {
    let mut result = Ok(());
    let connections = ledger.connections().await?;
    for connection in connections.items.iter().filter(|connection| connection.flow == flow) {
        let started = match tasks(connection) {
            Ok(messages) => sweeps.send_all(&messages).await.map_err(Unfinished::from),
            Err(error) => Err(error.into()),
        };
        result = result.and(started);
    }
    if connections.unreadable.is_empty() {
        result
    } else {
        result.and(Err(Unfinished::Unreadable(connections.unreadable)))
    }
}
