//! Start something in the target for one object of the source, by hand.

use edge::Message;

use crate::command::{Context, Running};

/// Starts something in the target for one object of the source.
pub type StartCommand = for<'a> fn(Context<'a>, Start<'a>) -> Running<'a, Started>;

/// What is to be started.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    /// The object of the source.
    pub object: &'a str,
    /// What it is made from. `None`: as the connection's file has it.
    pub template: Option<&'a str>,
    /// Where it is made. `None`: as the connection's file has it.
    pub workspace: Option<&'a str>,
    /// Whether another one is meant although the same was started today.
    pub again: bool,
}

/// What was found right, and is now to be queued.
#[derive(Debug)]
pub struct Started {
    /// What is started, by ids: a sentence's beginning, such as `a contract from template 31`.
    pub what: String,
    /// What the target will know it by.
    pub key: String,
    /// What is to be sent to the pusher's queue.
    pub message: Message,
}
