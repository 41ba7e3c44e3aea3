//! What becomes of a request at a receiver.

use std::fmt;

/// What becomes of a request at a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Received {
    /// It is in the queue.
    Queued,
    /// It is right, and nothing follows from it.
    Ignored,
    /// Its sender may deliver, and it cannot be used: it is stored as a failure.
    Rejected,
    /// It is wrong: the sender or the address. Nothing is kept of it.
    Refused,
    /// It cannot be taken just now.
    Unavailable,
}

impl Received {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Ignored, Self::Rejected, Self::Refused, Self::Unavailable];

    /// The word in logs and in the dimension `Outcome` of metrics.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Ignored => "ignored",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|received| received.word() == word)
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
