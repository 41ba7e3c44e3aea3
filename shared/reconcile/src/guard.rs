//! A budget per connection and day for steps that hurt, taken from by sweeps, events and changed files alike. Beyond the
//! budget a step is held until a person confirms.

use edge::verdict::Fault;
use ledger::{Budget, Guarded, Subject};

use crate::Attempt;

/// What a step does that hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The target gets a new object.
    Create,
    /// The target's object stays, and its owner can use it no longer.
    Deactivate,
    /// The target's object goes, and nothing takes its place.
    Remove,
}

impl Effect {
    /// The word for it, as it is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Deactivate => "deactivate",
            Self::Remove => "remove",
        }
    }
}

/// The budget of an attempt's connection for today.
#[must_use]
pub fn budget<'a>(attempt: &Attempt<'a>, effect: Effect, most: u32) -> Budget<'a> {
    Budget { connection: attempt.connection(), effect: effect.word(), day: attempt.today(), most }
}

/// Takes a step of `subject` from today's budget of `most` subjects. A repeated attempt takes nothing again.
///
/// # Errors
/// Where the table fails; then the step must not be taken.
pub async fn take(attempt: &Attempt<'_>, effect: Effect, most: u32, subject: &Subject) -> Result<Guarded, Fault> {
    let budget = budget(attempt, effect, most);
    Ok(attempt.ledger.take_from(budget, subject, attempt.now()).await?)
}
