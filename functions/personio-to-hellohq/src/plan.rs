//! What must change in helloHQ, given what it should hold for an absence and what it does. Pure and printable; empty is a
//! success.

use std::fmt;

use vendors::hellohq::model::{Entry, EntryId};

use crate::connection::Replace;
use crate::link::{State, Written};

/// What helloHQ should hold for an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Goal {
    /// This entry.
    Entry(Entry),
    /// What it holds, but for what was superseded.
    AsItStands,
    /// Nothing.
    Nothing,
}

/// The steps, in their order. `Display` shows users and ids, nothing of the absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan(pub(crate) Vec<Step>);

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Write this entry.
    Create(Entry),
    /// Remove this entry of ours.
    Delete(EntryId),
}

impl Plan {
    /// From what stands to what should. helloHQ has no update: a change is a new entry and the removal of the old, in
    /// the order that `replace` says. What helloHQ has just refused to remove is not tried again.
    pub(crate) fn of(state: &State, goal: &Goal, replace: Replace) -> Self {
        let creation = match goal {
            Goal::Entry(entry) => Some(entry).filter(|entry| !stands(state, entry)),
            Goal::AsItStands | Goal::Nothing => None,
        };
        let is_superseded = creation.is_some() || *goal == Goal::Nothing;
        let removal = state.written.as_ref().filter(|_| is_superseded);
        let removal = removal.map(|Written { id, .. }| Step::Delete(*id));
        let creation = creation.cloned().map(Step::Create);
        let leftovers = state.superseded.iter().filter(|id| !state.is_refused(**id)).copied().map(Step::Delete);
        let change: Vec<Step> = match replace {
            Replace::CreateThenDelete => creation.into_iter().chain(removal).collect(),
            Replace::DeleteThenCreate => removal.into_iter().chain(creation).collect(),
        };
        Self(leftovers.chain(change).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn stands(state: &State, entry: &Entry) -> bool {
    state.written.as_ref().is_some_and(|written| written.entry.is(entry))
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing to do");
        }
        for (index, step) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            match step {
                Step::Create(entry) => write!(f, "{comma}create an entry of user {}", entry.user)?,
                Step::Delete(id) => write!(f, "{comma}delete entry {id}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use vendors::hellohq::model::{AbsenceType, Period};

    use super::*;
    use crate::link::{Refused, Remembered};

    fn entry(day: i8) -> Entry {
        let start = jiff::civil::date(2026, 3, day).at(0, 0, 0, 0);
        let period = Period::Days { start, end: jiff::civil::date(2026, 3, day + 1).at(0, 0, 0, 0) };
        Entry { kind: AbsenceType::Vacation, user: "11".parse().unwrap(), period, note: "Urlaub".to_owned() }
    }

    fn holding(day: i8) -> State {
        let entry = Remembered::of(&entry(day));
        let written = Written { id: "501".parse().unwrap(), entry, at: Timestamp::UNIX_EPOCH };
        State { written: Some(written), ..State::default() }
    }

    fn plan(state: &State, goal: &Goal, replace: Replace) -> String {
        Plan::of(state, goal, replace).to_string()
    }

    #[test]
    fn what_stands_as_it_should_needs_nothing() {
        let first = Replace::CreateThenDelete;
        assert_eq!(plan(&holding(2), &Goal::Entry(entry(2)), first), "nothing to do");
        assert_eq!(plan(&State::default(), &Goal::Nothing, first), "nothing to do");
        assert_eq!(plan(&holding(2), &Goal::AsItStands, first), "nothing to do");
    }

    #[test]
    fn a_change_is_a_new_entry_and_the_removal_of_the_old() {
        let state = holding(2);
        let desired = Goal::Entry(entry(3));
        assert_eq!(plan(&state, &desired, Replace::CreateThenDelete), "create an entry of user 11, delete entry 501");
        assert_eq!(plan(&state, &desired, Replace::DeleteThenCreate), "delete entry 501, create an entry of user 11");
    }

    #[test]
    fn what_should_not_be_there_is_removed_and_leftovers_first() {
        let state = State { superseded: vec!["400".parse().unwrap()], ..holding(2) };
        assert_eq!(plan(&state, &Goal::Nothing, Replace::CreateThenDelete), "delete entry 400, delete entry 501");
        assert_eq!(plan(&state, &Goal::AsItStands, Replace::CreateThenDelete), "delete entry 400");
        let reasons = vec!["the month is closed".to_owned()];
        let of = |id: &EntryId| Refused { id: *id, code: "closed".to_owned(), reasons: reasons.clone() };
        let refused = State { refused: state.superseded.iter().map(of).collect(), ..state };
        assert_eq!(
            plan(&refused, &Goal::AsItStands, Replace::CreateThenDelete),
            "nothing to do",
            "it was just refused"
        );
        let desired = Goal::Entry(entry(2));
        assert_eq!(plan(&State::default(), &desired, Replace::CreateThenDelete), "create an entry of user 11");
    }
}
