//! Which of a flow's proposals are taken: exact matches always, others as a person says.

use std::io::{IsTerminal, stdin};

use admin::{Certainty, Proposal, Proposed};

use crate::ends::Failure;
use crate::say;

/// What becomes of a match that is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubts {
    /// A person is asked.
    Ask,
    /// It becomes a comment.
    Comment,
    /// It is taken.
    Take,
}

impl Doubts {
    /// `yes`: nothing is to be asked. `likely`: what is likely is to be taken.
    pub(super) fn settled(yes: bool, likely: bool) -> Self {
        match (likely, yes || !stdin().is_terminal()) {
            (true, _) => Self::Take,
            (false, true) => Self::Comment,
            (false, false) => Self::Ask,
        }
    }
}

/// For each proposal whether it is taken.
pub(super) fn taken(proposals: &[Proposal], doubts: Doubts) -> Result<Vec<bool>, Failure> {
    proposals.iter().map(|proposal| is_taken(proposal, doubts)).collect()
}

fn is_taken(proposal: &Proposal, doubts: Doubts) -> Result<bool, Failure> {
    match (proposal.certainty, doubts) {
        (Certainty::Exact, _) | (Certainty::Likely, Doubts::Take) => Ok(true),
        (Certainty::Likely, Doubts::Comment) => Ok(false),
        (Certainty::Likely, Doubts::Ask) => asked(&question(proposal)),
    }
}

fn question(Proposal { about, place, value, .. }: &Proposal) -> String {
    match value {
        Proposed::Entry(_) => format!("{about}: does it go under {}.\"{}\"? [y/N]", place.table, place.key),
        Proposed::Text(text) => format!("{about}: is {}.{} \"{text}\"? [y/N]", place.table, place.key),
    }
}

fn asked(question: &str) -> Result<bool, Failure> {
    say::aside(question);
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    read.map_err(|error| Failure::Refused(format!("the answer cannot be read ({error}); use --yes")))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja"))
}

#[cfg(test)]
mod tests {
    use admin::Place;

    use super::*;

    #[test]
    fn without_a_person_only_exact_matches_are_taken() {
        let proposal = |certainty| Proposal {
            about: "Personio's absence type `Urlaub`".to_owned(),
            place: Place { table: "mapping", key: "Holiday".to_owned() },
            value: Proposed::Entry("Urlaub".to_owned()),
            certainty,
            otherwise: None,
        };
        let proposals = [proposal(Certainty::Exact), proposal(Certainty::Likely)];
        assert_eq!(taken(&proposals, Doubts::Comment), Ok(vec![true, false]));
        assert_eq!(taken(&proposals, Doubts::Take), Ok(vec![true, true]));
        assert_eq!(Doubts::settled(true, false), Doubts::Comment);
        let expected = "Personio's absence type `Urlaub`: does it go under mapping.\"Holiday\"? [y/N]";
        assert_eq!(question(&proposals[1]), expected);
    }
}
