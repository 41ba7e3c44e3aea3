//! A saved webhook delivery, read as the flow's functions read it: without an account, without AWS, without a sender.

use jiff::Timestamp;
use mapping::document::Fault;

use crate::error::Error;
use crate::preview::Explanation;

/// Reads a saved delivery. Neither calls nor writes.
pub type PayloadCommand = fn(&SavedPayload<'_>) -> Result<PayloadReading, Error>;

/// A delivery that somebody has kept, and the settings to read it by.
#[derive(Clone, Copy)]
pub struct SavedPayload<'a> {
    /// The connection's file.
    pub document: &'a str,
    /// Whether the stack itself is local.
    pub local: bool,
    /// The body as it arrived.
    pub body: &'a [u8],
    /// The time.
    pub now: Timestamp,
}

impl SavedPayload<'_> {
    /// The connection's file, as `read` reads it.
    ///
    /// # Errors
    /// Everything wrong with the file.
    pub fn connection<T>(&self, read: impl FnOnce(&str, bool) -> Result<T, Vec<Fault>>) -> Result<T, Error> {
        read(self.document, self.local).map_err(|faults| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Error::Refused(format!("the file cannot be used: {}", lines.join("; ")))
        })
    }
}

/// What a delivery comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadReading {
    /// What it is about, e.g. `absence/1d8e...`; empty where that cannot be read.
    pub object: String,
    /// What would become of it.
    pub end: PayloadEnd,
    /// How it is read, step by step.
    pub explanation: Explanation,
}

/// What would become of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadEnd {
    /// It would be entered as it stands.
    Created,
    /// It wakes the pusher, which reads its object anew: `preview --object` says what follows.
    Queued,
    /// It is answered as accepted, and nothing follows.
    Dropped,
    /// It is stored as a failure, and the owner is told.
    Rejected,
}

impl PayloadEnd {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Queued => "queued",
            Self::Dropped => "dropped",
            Self::Rejected => "rejected",
        }
    }
}

impl PayloadReading {
    /// A delivery that wakes the pusher about `object`.
    #[must_use]
    pub fn queued(event: impl Into<String>, object: impl Into<String>) -> Self {
        let object = object.into();
        let mut explanation = Explanation::default();
        explanation.add("read as", event);
        explanation.add("object", object.clone());
        Self { object, end: PayloadEnd::Queued, explanation }
    }

    /// A delivery that nothing follows from, and why.
    #[must_use]
    pub fn dropped(event: impl Into<String>, why: impl Into<String>) -> Self {
        let mut explanation = Explanation::default();
        explanation.add("read as", event);
        explanation.add("dropped because", why);
        Self { object: String::new(), end: PayloadEnd::Dropped, explanation }
    }

    /// A delivery that cannot be read, and why.
    #[must_use]
    pub fn unreadable(why: impl Into<String>) -> Self {
        let mut explanation = Explanation::default();
        explanation.add("unreadable", why);
        Self { object: String::new(), end: PayloadEnd::Rejected, explanation }
    }
}
