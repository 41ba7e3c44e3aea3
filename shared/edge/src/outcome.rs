//! What becomes of a record: one type from a flow's own work to the log line and the metrics.

use std::fmt;

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The target holds what it should.
    Done,
    /// Nothing was to be done.
    Skipped,
    /// A person has been told.
    Rejected,
    /// Tried for too long and given up; a person has been told.
    Dead,
    /// Stays in the queue: something failed that may pass.
    Retry,
    /// Stays in the queue: nothing has failed, its turn has not come.
    Waiting,
    /// Stays in the queue: the whole connection stands still.
    Halted,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Done, Self::Skipped, Self::Rejected, Self::Dead, Self::Retry, Self::Waiting, Self::Halted];

    /// The word in logs and in the dimension `Outcome` of metrics.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Rejected => "rejected",
            Self::Dead => "dead",
            Self::Retry => "retry",
            Self::Waiting => "waiting",
            Self::Halted => "halted",
        }
    }

    /// The one with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// Whether the record has left its queue.
    #[must_use]
    pub const fn ends(self) -> bool {
        match self {
            Self::Done | Self::Skipped | Self::Rejected | Self::Dead => true,
            Self::Retry | Self::Waiting | Self::Halted => false,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
