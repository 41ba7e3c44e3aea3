//! What became of a creation that got no answer.

use std::time::Duration;

use edge::verdict::Fault;
use mapping::personio_to_hellohq::reference;
use reconcile::{Intent, Recovered};
use vendors::hellohq::model::Found;

use crate::desired::of_list;
use crate::link::{Object, Remembered, State, Written};
use crate::work::Work;

/// By how much helloHQ's clock may be behind ours, when an entry is judged by when it was made.
const CLOCKS_APART: Duration = Duration::from_secs(5 * 60);

/// Finds out what became of an unanswered creation. helloHQ may show a new entry late, so one that is not there yet is given
/// time before it counts as never made.
pub(crate) async fn recover(work: &Work<'_>, object: &mut Object<'_>) -> Result<Recovered<()>, Fault> {
    let Some(intent) = object.intent().cloned() else { return Ok(Recovered::NothingOpen) };
    object.turn(&work.limit(), "look for an unanswered entry").await?;
    let standing = work.accounts.hellohq.entries_of(intent.sent.user).await.map_err(of_list)?;
    let reference = reference(work.absence);
    let own = standing.iter().filter(|found| is_own(found, &intent, &reference, object.state()));
    let (same, others): (Vec<_>, Vec<_>) = own.partition(|found| intent.sent.is_shown_as(found));
    let state = object.state_mut();
    // entries of ours that nobody knows of: of an attempt before, or not as they were sent
    state.superseded.extend(others.iter().map(|found| found.id));
    let Some((first, doubled)) = same.split_first() else {
        return Ok(object.not_found(work.settings().visible_within));
    };
    state.enter(Written { id: first.id, entry: intent.sent, at: intent.at });
    state.superseded.extend(doubled.iter().map(|found| found.id));
    object.claim(first.id.to_string());
    let found = object.found(());
    object.save().await?;
    Ok(found)
}

/// Whether an entry can only be one that an unanswered attempt has made: it bears the absence's reference, was made since,
/// and is not known already.
fn is_own(found: &Found, intent: &Intent<Remembered>, reference: &str, state: &State) -> bool {
    let is_new = found.created.is_none_or(|created| created + CLOCKS_APART >= intent.at);
    found.user == intent.sent.user && bears(found, reference) && is_new && !state.knows(found.id)
}

/// Whether an entry bears our reference to an absence.
pub(crate) fn bears(found: &Found, reference: &str) -> bool {
    found.note.as_ref().is_some_and(|note| note.contains(reference))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use vendors::hellohq::model::{AbsenceType, Entry, EntryId, Period};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn sent() -> Entry {
        let start = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        let period = Period::Days { start, end: jiff::civil::date(2026, 3, 3).at(0, 0, 0, 0) };
        let note = "Urlaub [hrsync 1a2b3c4d]".to_owned();
        Entry { kind: AbsenceType::Vacation, user: "11".parse().unwrap(), period, note }
    }

    fn intent() -> Intent<Remembered> {
        Intent { sent: Remembered::of(&sent()), at: at("2026-03-01T10:00:00Z") }
    }

    fn found() -> Found {
        let Entry { kind, user, period, note } = sent();
        let (kind, period, note) = (Some(kind), Some(period), Some(note));
        Found { id: "501".parse().unwrap(), user, kind, period, note, created: Some(intent().at) }
    }

    fn own(found: &Found, state: &State) -> bool {
        is_own(found, &intent(), "1a2b3c4d", state)
    }

    #[test]
    fn only_what_bears_the_reference_and_was_made_since_is_ours() {
        let nothing = State::default();
        assert!(own(&found(), &nothing) && intent().sent.is_shown_as(&found()));
        let behind = Found { created: Some(at("2026-03-01T09:56:00Z")), ..found() };
        assert!(own(&behind, &nothing), "helloHQ's clock may be a little behind");
        let otherwise = Found { period: None, ..found() };
        assert!(own(&otherwise, &nothing) && !intent().sent.is_shown_as(&otherwise));
        for other in [
            Found { created: Some(at("2026-03-01T09:54:00Z")), ..found() },
            Found { note: Some("Urlaub".to_owned()), ..found() },
            Found { note: None, ..found() },
            Found { user: "12".parse().unwrap(), ..found() },
        ] {
            assert!(!own(&other, &nothing), "{:?}", other.id);
        }
    }

    #[test]
    fn what_is_known_already_is_not_found_again() {
        let id: EntryId = "501".parse().unwrap();
        let written =
            State { written: Some(Written { id, entry: intent().sent, at: intent().at }), ..State::default() };
        let superseded = State { superseded: vec![id], ..State::default() };
        let removed = State { removed: vec![id], ..State::default() };
        for state in [written, superseded, removed] {
            assert!(!own(&found(), &state), "{state:?}");
        }
    }
}
