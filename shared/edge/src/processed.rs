//! What a flow's work on one record came to, where nothing failed.

use ledger::Settlement;
use vendors::Operation;

use crate::outcome::Outcome;

/// What a flow's work on one record came to. Made by the constructors, so that it is done, skipped or rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Processed {
    /// What becomes of the record.
    pub outcome: Outcome,
    /// Why, in words without personal data; may be empty.
    pub reason: String,
    /// The operations that vendors have answered well: a halt that one of them is about is over.
    pub answered: Vec<Operation>,
}

impl Processed {
    /// The target holds what it should, by this attempt.
    #[must_use]
    pub fn done(answered: impl Into<Vec<Operation>>) -> Self {
        Self::new(Outcome::Done, "", answered)
    }

    /// The target holds what it should, by an earlier attempt whose answer was lost.
    #[must_use]
    pub fn done_earlier(answered: impl Into<Vec<Operation>>) -> Self {
        Self::new(Outcome::Done, "an earlier attempt had arrived, its answer was lost", answered)
    }

    /// Nothing was to be done.
    #[must_use]
    pub fn skipped(reason: impl Into<String>, answered: impl Into<Vec<Operation>>) -> Self {
        Self::new(Outcome::Skipped, reason, answered)
    }

    /// An earlier delivery of the same event was handled to its end. No vendor is called again.
    #[must_use]
    pub fn settled_earlier(settlement: Settlement) -> Self {
        let reason = match settlement {
            Settlement::Rejected => "rejected by an earlier delivery",
            Settlement::Done | Settlement::DoneBefore => "done by an earlier delivery",
        };
        Self::skipped(reason, [])
    }

    /// Something stands in the way, and a person has been told.
    #[must_use]
    pub fn rejected(reason: impl Into<String>, answered: impl Into<Vec<Operation>>) -> Self {
        Self::new(Outcome::Rejected, reason, answered)
    }

    /// The same with another reason, e.g. how much a sweep has found.
    #[must_use]
    pub fn with_reason(self, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), ..self }
    }

    fn new(outcome: Outcome, reason: impl Into<String>, answered: impl Into<Vec<Operation>>) -> Self {
        Self { outcome, reason: reason.into(), answered: answered.into() }
    }
}
