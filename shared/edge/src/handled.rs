//! What becomes of one record of a batch, and when it comes back.

use std::time::Duration;

use crate::outcome::Outcome;
use crate::processed::Processed;

/// What becomes of one record. Made by the constructors, so that outcome and `again` fit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Handled {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why, in words without personal data; may be empty.
    pub reason: String,
    /// When it comes back; `None`: it leaves the queue.
    pub again: Option<Again>,
}

/// When a record comes back that stays in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// After this long.
    In(Duration),
    /// After the queue's own visibility timeout.
    AsTheQueueSays,
}

impl Handled {
    /// The target holds what it should.
    #[must_use]
    pub fn done(reason: impl Into<String>) -> Self {
        Self::leaves(Outcome::Done, reason)
    }

    /// Nothing was to be done.
    #[must_use]
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self::leaves(Outcome::Skipped, reason)
    }

    /// A person has been told.
    #[must_use]
    pub fn rejected(reason: impl Into<String>) -> Self {
        Self::leaves(Outcome::Rejected, reason)
    }

    /// Given up; a person has been told.
    #[must_use]
    pub fn dead(reason: impl Into<String>) -> Self {
        Self::leaves(Outcome::Dead, reason)
    }

    /// Something failed that may pass.
    #[must_use]
    pub fn retry(reason: impl Into<String>, again: Again) -> Self {
        Self::stays(Outcome::Retry, reason, again)
    }

    /// Nothing failed, but the record's turn has not come.
    #[must_use]
    pub fn waiting(reason: impl Into<String>, again: Again) -> Self {
        Self::stays(Outcome::Waiting, reason, again)
    }

    /// The whole connection stands still.
    #[must_use]
    pub fn halted(reason: impl Into<String>, again: Again) -> Self {
        Self::stays(Outcome::Halted, reason, again)
    }

    fn leaves(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self { outcome, reason: reason.into(), again: None }
    }

    fn stays(outcome: Outcome, reason: impl Into<String>, again: Again) -> Self {
        Self { outcome, reason: reason.into(), again: Some(again) }
    }
}

impl From<Processed> for Handled {
    fn from(processed: Processed) -> Self {
        Self::leaves(processed.outcome, processed.reason)
    }
}

impl Again {
    /// After how long, where the function says that itself.
    #[must_use]
    pub fn delay(self) -> Option<Duration> {
        match self {
            Self::In(delay) => Some(delay),
            Self::AsTheQueueSays => None,
        }
    }
}
