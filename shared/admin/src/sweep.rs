//! Sweeps that a person starts, and steps that a person confirms.

use edge::Message;
use ledger::Held;

use crate::command::{Command, Context};
use crate::error::Error;

/// How sweeps are started by hand.
#[derive(Debug, Clone, Copy)]
pub struct SweepCommands {
    /// Plans a run. `whole`: everything, not just what is recent.
    pub start: fn(context: Context<'_>, whole: bool) -> Result<SweepRun, Error>,
    /// Whether a message belongs to the sweeper, not to the pusher.
    pub is_task: fn(message: &Message) -> bool,
    /// Lets go what waits for a person, once the messages are queued; `None`: nothing waits.
    pub confirm: Command<Option<Confirmation>>,
}

/// A run that is to be queued.
#[derive(Debug, Clone)]
pub struct SweepRun {
    /// Its name.
    pub run: String,
    /// The names of its slices, in order.
    pub slices: Vec<String>,
    /// For the sweeper's queue, one for each slice.
    pub messages: Vec<Message>,
}

/// What a person has confirmed.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The run of a sweep that was held.
    pub held: Option<Held>,
    /// How many steps waited because a day's budget was used up.
    pub steps: usize,
    /// For the sweeper's queue.
    pub messages: Vec<Message>,
}
