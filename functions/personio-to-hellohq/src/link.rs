//! What is kept of each absence: the entry that helloHQ holds for it, and where a change stands that was cut off.

use serde::{Deserialize, Serialize};
use vendors::hellohq::model::{Entry, EntryId};

/// The kind of this flow's subjects.
pub const KIND: &str = "absence";

/// How many removed entries a link remembers.
const REMEMBERED: usize = 8;

/// A link with this flow's state, whose intents are entries on their way.
pub(crate) type Object<'a> = reconcile::Object<'a, State, Entry>;

/// A link's own part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What stands in helloHQ for the absence.
    pub written: Option<Written>,
    /// Entries of ours that are to be removed.
    #[serde(default)]
    pub superseded: Vec<EntryId>,
    /// The entry that was looked at and is ours: the next step removes it.
    #[serde(default)]
    pub looked_at: Option<EntryId>,
    /// Entries of ours that were removed lately: helloHQ may show them for a while.
    #[serde(default)]
    pub removed: Vec<EntryId>,
}

/// An entry of ours in helloHQ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// helloHQ's id.
    pub id: EntryId,
    /// What was written.
    pub entry: Entry,
}

impl State {
    /// Whether entries of ours are still to be removed.
    #[must_use]
    pub fn has_leftovers(&self) -> bool {
        !self.superseded.is_empty()
    }

    /// The entry that stands.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.written.as_ref().map(|written| &written.entry)
    }

    /// Whether an entry's id is known from before.
    #[must_use]
    pub fn knows(&self, id: EntryId) -> bool {
        let stands = self.written.as_ref().is_some_and(|written| written.id == id);
        stands || self.superseded.contains(&id) || self.removed.contains(&id)
    }

    /// A new entry stands. The one before it is to be removed.
    pub(crate) fn enter(&mut self, written: Written) {
        let before = self.written.replace(written);
        self.superseded.extend(before.map(|before| before.id));
    }

    /// An entry is about to be removed: whether it stands is open from now on. What stood, where it is this one.
    pub(crate) fn begin_removal(&mut self, id: EntryId) -> Option<Written> {
        let before = self.written.take_if(|written| written.id == id);
        if before.is_some() {
            self.superseded.push(id);
        }
        before
    }

    /// An entry was removed.
    pub(crate) fn removed(&mut self, id: EntryId) {
        self.forget(id);
        self.removed.push(id);
        let forgotten = self.removed.len().saturating_sub(REMEMBERED);
        self.removed.drain(..forgotten);
    }

    /// An entry is none of ours (any more).
    pub(crate) fn forget(&mut self, id: EntryId) {
        self.superseded.retain(|superseded| *superseded != id);
        self.written.take_if(|written| written.id == id);
        self.looked_at.take_if(|looked_at| *looked_at == id);
    }

    /// A removal was certainly not carried out: the entry stands as before.
    pub(crate) fn undo_removal(&mut self, before: Written) {
        self.superseded.retain(|superseded| *superseded != before.id);
        self.written = Some(before);
    }
}

#[cfg(test)]
mod tests {
    use vendors::hellohq::model::{AbsenceType, Period};

    use super::*;

    fn written(id: i32) -> Written {
        let start = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        let period = Period::Days { start, end: jiff::civil::date(2026, 3, 3).at(0, 0, 0, 0) };
        let entry = Entry { kind: AbsenceType::Vacation, user: "11".parse().unwrap(), period, note: String::new() };
        Written { id: id.to_string().parse().unwrap(), entry }
    }

    #[test]
    fn a_new_entry_supersedes_the_one_before() {
        let mut state = State::default();
        state.enter(written(501));
        state.enter(written(502));
        assert_eq!(state.superseded, [written(501).id]);
        assert_eq!(state.written, Some(written(502)));
    }

    #[test]
    fn a_removal_is_open_until_its_answer_comes() {
        let mut state = State { written: Some(written(501)), ..State::default() };
        let before = state.begin_removal(written(501).id).unwrap();
        assert!(state.written.is_none() && state.has_leftovers());
        state.undo_removal(before);
        assert!(state.written.is_some() && !state.has_leftovers());
        state.begin_removal(written(501).id);
        state.removed(written(501).id);
        assert!(!state.has_leftovers() && state.knows(written(501).id));
    }

    #[test]
    fn only_the_entries_removed_last_are_remembered() {
        let mut state = State::default();
        for id in 1..=10 {
            state.removed(written(id).id);
        }
        assert_eq!(state.removed.len(), REMEMBERED);
        assert!(!state.knows(written(2).id) && state.knows(written(3).id));
    }
}
