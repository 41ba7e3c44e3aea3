//! What is kept of each absence: the entry that helloHQ holds for it, and where a change stands that was cut off.

use std::fmt;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::Fingerprint;
use serde::{Deserialize, Serialize};
use vendors::hellohq::model::{AbsenceType, Entry, EntryId, Found, Period, UserId};

/// The kind of this flow's subjects.
pub const KIND: &str = "absence";

/// How many removed entries a link remembers.
const REMEMBERED: usize = 8;

/// A link with this flow's state, whose intents are entries on their way.
pub(crate) type Object<'a> = reconcile::Object<'a, State, Remembered>;

/// A link's own part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What stands in helloHQ for the absence.
    pub written: Option<Written>,
    /// Entries of ours that are to be removed.
    #[serde(default)]
    pub superseded: Vec<EntryId>,
    /// What looks at entries have found since the work on them began: the steps that follow need none of their own.
    #[serde(default)]
    pub looked_at: Vec<Look>,
    /// Entries whose removal helloHQ has refused since the work on them began.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Entries that were to be removed since then and turned out to be none of ours.
    #[serde(default)]
    pub foreign: Vec<EntryId>,
    /// Somebody has removed the entry in helloHQ, and it stays removed until its absence is edited.
    #[serde(default)]
    pub removed_by_hand: bool,
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
    pub entry: Remembered,
    /// When.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// What is remembered of an entry: of its note no more than a digest, for people's own words stay where they are. Its `Debug`
/// shows neither type nor time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remembered {
    /// Its type in helloHQ.
    pub kind: AbsenceType,
    /// Whose it is.
    pub user: UserId,
    /// From when to when.
    pub period: Period,
    /// The digest of its note.
    pub note: Fingerprint,
}

/// What a look at an entry has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The entry.
    pub id: EntryId,
    /// Whether it is ours (still), as far as helloHQ shows.
    pub is_ours: bool,
}

/// A removal that helloHQ has refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The entry.
    pub id: EntryId,
    /// The problem code.
    pub code: String,
    /// Why, one line each.
    pub reasons: Vec<String>,
}

impl Remembered {
    /// What is remembered of this entry.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let Entry { kind, user, period, note } = entry;
        Self { kind: *kind, user: *user, period: *period, note: Fingerprint::of(note) }
    }

    /// Whether this is the entry, note included.
    #[must_use]
    pub fn is(&self, entry: &Entry) -> bool {
        *self == Self::of(entry)
    }

    /// Whether this is the entry, but for its note.
    #[must_use]
    pub fn is_but_for_the_note(&self, entry: &Entry) -> bool {
        (self.kind, self.user, self.period) == (entry.kind, entry.user, entry.period)
    }

    /// Whether helloHQ shows just this.
    #[must_use]
    pub fn is_shown_as(&self, found: &Found) -> bool {
        let note = found.note.as_deref().map(Fingerprint::of);
        found.kind == Some(self.kind) && found.period == Some(self.period) && note == Some(self.note)
    }
}

impl fmt::Debug for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembered").field("user", &self.user).finish_non_exhaustive()
    }
}

impl State {
    /// Whether entries of ours are still to be removed.
    #[must_use]
    pub fn has_leftovers(&self) -> bool {
        !self.superseded.is_empty()
    }

    /// Whether an entry's id is known from before.
    #[must_use]
    pub fn knows(&self, id: EntryId) -> bool {
        let stands = self.written.as_ref().is_some_and(|written| written.id == id);
        stands || self.superseded.contains(&id) || self.removed.contains(&id)
    }

    /// A new entry stands, as helloHQ has just said. The one before it is to be removed.
    pub(crate) fn enter(&mut self, written: Written) {
        self.looked_at.push(Look { id: written.id, is_ours: true });
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
        self.look_again(id);
    }

    /// What a look at this entry has found, where the work on it has had one.
    #[must_use]
    pub fn look_at(&self, id: EntryId) -> Option<Look> {
        self.looked_at.iter().copied().find(|look| look.id == id)
    }

    /// What was found of this entry may have changed.
    pub(crate) fn look_again(&mut self, id: EntryId) {
        self.looked_at.retain(|look| look.id != id);
    }

    /// Whether helloHQ has refused the removal of this entry since the work on it began.
    #[must_use]
    pub fn is_refused(&self, id: EntryId) -> bool {
        self.refused.iter().any(|refused| refused.id == id)
    }

    /// The work on the absence ends for now: the next one looks for itself, and tries again what was refused.
    pub(crate) fn end_work(&mut self) {
        self.looked_at.clear();
        self.refused.clear();
        self.foreign.clear();
    }

    /// A removal was certainly not carried out: the entry stands as before.
    pub(crate) fn undo_removal(&mut self, before: Written) {
        self.superseded.retain(|superseded| *superseded != before.id);
        self.written = Some(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(id: i32) -> Written {
        let start = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        let period = Period::Days { start, end: jiff::civil::date(2026, 3, 3).at(0, 0, 0, 0) };
        let entry =
            Entry { kind: AbsenceType::Vacation, user: "11".parse().unwrap(), period, note: "Urlaub".to_owned() };
        Written { id: id.to_string().parse().unwrap(), entry: Remembered::of(&entry), at: Timestamp::UNIX_EPOCH }
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
    fn a_link_holds_ids_dates_the_targets_type_and_a_digest_of_the_note() {
        let state = State { written: Some(written(501)), ..State::default() };
        insta::assert_snapshot!(serde_json::to_string(&state).unwrap(), @r#"{"written":{"id":501,"entry":{"kind":"Vacation","user":11,"period":{"days":{"start":"2026-03-02T00:00:00","end":"2026-03-03T00:00:00"}},"note":3878629012646207485},"at_ms":0},"superseded":[],"looked_at":[],"refused":[],"foreign":[],"removed_by_hand":false,"removed":[]}"#);
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
