//! What an attempt has done to a person's account, in words for the log. Without the partner's id: some partners make it of
//! an address.

use crate::adopt::Candidate;
use crate::goal::Goal;
use crate::link::Object;

/// Where a person's account comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is none.
    Missing,
    /// The link holds it.
    Held,
    /// A look-up has found one that may be taken.
    Found,
}

impl Standing {
    /// How it stands before the candidate is entered.
    pub(crate) fn of(object: &Object<'_>, candidate: &Candidate) -> Self {
        match candidate {
            Candidate::User(_) => Self::Found,
            Candidate::Nobody | Candidate::InTheWay(_) if object.state().holds() => Self::Held,
            Candidate::Nobody | Candidate::InTheWay(_) => Self::Missing,
        }
    }
}

/// What was done to bring the account to its goal.
pub(crate) fn done(goal: &Goal, before: Standing) -> &'static str {
    match (goal, before) {
        (Goal::Nothing { .. }, _) => "removed the account",
        (Goal::Inactive { .. }, _) => "deactivated the account",
        (Goal::Active(_) | Goal::AsItStands, Standing::Missing) => "created the account",
        (Goal::Active(_) | Goal::AsItStands, Standing::Found) => "adopted the account",
        (Goal::Active(_) | Goal::AsItStands, Standing::Held) => "changed the account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_said_in_a_few_words() {
        assert_eq!(done(&Goal::Inactive { known_as: None }, Standing::Held), "deactivated the account");
        assert_eq!(done(&Goal::Nothing { known_as: None }, Standing::Held), "removed the account");
        assert_eq!(done(&Goal::AsItStands, Standing::Found), "adopted the account");
        assert_eq!(done(&Goal::AsItStands, Standing::Missing), "created the account");
        assert_eq!(done(&Goal::AsItStands, Standing::Held), "changed the account");
    }
}
