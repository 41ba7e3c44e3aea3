//! One queued record as a handler sees it. `Debug` shows no part of what was queued.

use std::fmt;

use crate::clock::Deadline;
use crate::message::{Message, Unreadable};

/// One record that can be read.
pub struct Record<'a> {
    /// What was queued.
    pub message: &'a Message,
    /// The message's own text, for a failure that is to be replayed.
    pub text: &'a str,
    /// How often it was received, this time included.
    pub receive: u32,
    /// When this invocation ends.
    pub deadline: Deadline,
}

/// A record that cannot be read.
pub struct Malformed<'a> {
    /// The queue's own id of the message.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Why it cannot be read.
    pub error: Unreadable,
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, receive, deadline, .. } = self;
        let mut shown = f.debug_struct("Record");
        shown.field("message", message).field("receive", receive).field("deadline", deadline).finish_non_exhaustive()
    }
}

impl fmt::Debug for Malformed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Malformed").field("id", &self.id).field("error", &self.error).finish_non_exhaustive()
    }
}
