//! Steps in helloHQ: the intent, the write, the link, the next. helloHQ's creation has no key that would make a repeat
//! harmless, so what is sent is written down before, and an unanswered one is looked for before it is sent again.

use std::time::Duration;

use edge::verdict::{self, Fault};
use ledger::Link;
use mapping::personio_to_hellohq::reference;
use vendors::hellohq::model::{Entry, EntryId, Found};
use vendors::{Error, Http, Kind};

use super::{Pusher, Work};
use crate::connection::Replace;
use crate::link::{Entered, Intent, State};
use crate::plan::{Plan, Step};
use crate::wanted::{Told, of_list};

/// What is left of an invocation after a write's own time, for its outcome to be written down.
const MARGIN: Duration = Duration::from_secs(5);

/// By how much helloHQ's clock may be behind ours, when an entry is judged by when it was made.
const CLOCKS_APART: Duration = Duration::from_secs(5 * 60);

/// How many removed entries a link remembers.
const REMEMBERED: usize = 8;

impl Pusher {
    /// Carries out what must change. What helloHQ has refused of it: a refused removal keeps nothing else from being done,
    /// but for a creation that is to follow it; a refused creation keeps what it would take the place of.
    pub(super) async fn apply(
        &self,
        work: &Work<'_>,
        link: &mut Link<State>,
        wanted: Option<&Entry>,
    ) -> Result<Vec<Told>, Fault> {
        let replace = work.settings().replace;
        let plan = Plan::of(&link.state, wanted, replace);
        tracing::debug!(connection = work.connection(), absence = link.glance.object, "{plan}");
        let mut refused = Vec::new();
        for step in plan.0 {
            match step {
                Step::Create(_) if replace == Replace::DeleteThenCreate && !refused.is_empty() => return Ok(refused),
                Step::Create(entry) => {
                    if let Err(told) = self.create(work, link, entry).await? {
                        refused.push(told);
                        return Ok(refused);
                    }
                }
                Step::Delete(id) => refused.extend(self.delete(work, link, id).await?.err()),
            }
        }
        Ok(refused)
    }

    async fn create(&self, work: &Work<'_>, link: &mut Link<State>, entry: Entry) -> Result<Result<(), Told>, Fault> {
        self.time_for_a_write(work)?;
        self.turn(work).await?;
        link.state.intent = Some(Intent { entry: entry.clone(), at: self.worker.clock.now() });
        self.write(work, link).await?;
        match work.accounts.hellohq.create(&entry).await {
            Ok(id) => {
                enter(&mut link.state, Entered { id, entry });
                self.write(work, link).await?;
                Ok(Ok(()))
            }
            Err(error) if error.kind.certainly_not_done() => {
                link.state.intent = None;
                self.write(work, link).await?;
                let digest = edge::event_id(&[&serde_json::to_string(&entry).unwrap_or_default()]);
                refused(error, &format!("{}-create-{digest:.8}", link.glance.object))
            }
            // it may have arrived: the intent stands, and the next attempt looks for it
            Err(error) => Err(error.into()),
        }
    }

    /// Removes an entry of ours. One that is gone already counts as removed; one that helloHQ shows and that does not bear
    /// our reference is none of ours (any more), and stays.
    async fn delete(&self, work: &Work<'_>, link: &mut Link<State>, id: EntryId) -> Result<Result<(), Told>, Fault> {
        self.time_for_a_write(work)?;
        self.turn(work).await?;
        let found = work.accounts.hellohq.entry(id).await?;
        if found.is_some_and(|found| !bears(&found, &reference(work.absence()))) {
            link.state.superseded.retain(|superseded| *superseded != id);
            link.state.entered.take_if(|entered| entered.id == id);
            return Ok(Err(Told::foreign(&link.glance.object, id)));
        }
        // written down before: whether it still stands is open until the answer comes
        let before = link.state.entered.take_if(|entered| entered.id == id);
        if before.is_some() {
            link.state.superseded.push(id);
            self.write(work, link).await?;
        }
        self.turn(work).await?;
        match work.accounts.hellohq.delete(id).await {
            Ok(()) => {
                link.state.superseded.retain(|superseded| *superseded != id);
                link.state.removed.push(id);
                let forgotten = link.state.removed.len().saturating_sub(REMEMBERED);
                link.state.removed.drain(..forgotten);
                Ok(Ok(()))
            }
            Err(error) => {
                if error.kind.certainly_not_done() && before.is_some() {
                    link.state.superseded.retain(|superseded| *superseded != id);
                    link.state.entered = before;
                }
                refused(error, &format!("{}-remove-{id}", link.glance.object))
            }
        }
    }

    /// Finds out what became of an unanswered creation. helloHQ may show a new entry late, so one that is not there yet is
    /// given time before it counts as never made. Whether it was found.
    pub(super) async fn resolve(&self, work: &Work<'_>, link: &mut Link<State>) -> Result<bool, Fault> {
        let Some(intent) = link.state.intent.clone() else { return Ok(false) };
        self.turn(work).await?;
        let standing = work.accounts.hellohq.entries_of(intent.entry.user).await.map_err(of_list)?;
        let reference = reference(work.absence());
        let ours = standing.iter().filter(|found| is_ours(found, &intent, &reference, &link.state));
        let (same, others): (Vec<_>, Vec<_>) = ours.partition(|found| is_same(found, &intent.entry));
        // entries of ours that nobody knows of: of an attempt before, or not as they were sent
        link.state.superseded.extend(others.iter().map(|found| found.id));
        if let Some((first, doubled)) = same.split_first() {
            enter(&mut link.state, Entered { id: first.id, entry: intent.entry });
            link.state.superseded.extend(doubled.iter().map(|found| found.id));
            self.write(work, link).await?;
            return Ok(true);
        }
        let shown_by = intent.at + work.settings().shows_within;
        if self.worker.clock.now() < shown_by {
            return Err(Fault::Showing(shown_by));
        }
        link.state.intent = None;
        Ok(false)
    }

    /// Waits for the account's turn, where it is near; otherwise the record comes back when it may be.
    async fn turn(&self, work: &Work<'_>) -> Result<(), Fault> {
        const NEAR: Duration = Duration::from_secs(2);
        let (account, now) = (&work.settings().hellohq, self.worker.clock.now());
        let spacing = Duration::from_secs(60) / work.settings().calls_per_minute;
        let bucket = format!("hellohq#{}", account.key());
        let slot = self.worker.ledger.take_near_slot(&bucket, spacing, NEAR, now).await?;
        let slot = slot.map_err(Fault::Slot)?;
        tokio::time::sleep(slot.duration_since(now).try_into().unwrap_or_default()).await;
        Ok(())
    }

    /// Writes the link over the revision that was read. Another writer can only be an earlier worker of this record that
    /// outlived its time: what it has done shows in the link, so all is worked out again.
    pub(super) async fn write(&self, work: &Work<'_>, link: &mut Link<State>) -> Result<(), Fault> {
        let record = work.record;
        let by = format!("{}-{}-{}", record.receive, record.deadline.0.as_millisecond(), link.rev);
        if self.worker.ledger.put_link(work.connection(), link, by).await? { Ok(()) } else { Err(Fault::Overtaken) }
    }

    /// No write starts with less time left than its own limit, and some to write its outcome down.
    fn time_for_a_write(&self, work: &Work<'_>) -> Result<(), Fault> {
        let enough = work.record.deadline.leaves(Http::TIMEOUT + MARGIN, &self.worker.clock);
        if enough { Ok(()) } else { Err(Fault::OutOfTime) }
    }
}

/// The entry stands; the one before it is to be removed.
fn enter(state: &mut State, entered: Entered) {
    let before = state.entered.replace(entered);
    state.superseded.extend(before.map(|before| before.id));
    state.intent = None;
}

/// Whether an entry can only be one that an unanswered attempt has made: it bears the absence's reference, was made since,
/// and is not known already.
fn is_ours(found: &Found, intent: &Intent, reference: &str, state: &State) -> bool {
    let is_new = found.created.is_none_or(|created| created + CLOCKS_APART >= intent.at);
    let is_entered = state.entered.as_ref().is_some_and(|entered| entered.id == found.id);
    let is_known = is_entered || state.superseded.contains(&found.id) || state.removed.contains(&found.id);
    found.user == intent.entry.user && bears(found, reference) && is_new && !is_known
}

fn bears(found: &Found, reference: &str) -> bool {
    found.note.as_ref().is_some_and(|note| note.contains(reference))
}

/// Whether it is just what was sent.
fn is_same(found: &Found, entry: &Entry) -> bool {
    found.kind == Some(entry.kind) && found.period == Some(entry.period) && found.note.as_ref() == Some(&entry.note)
}

/// A refusal of this one entry is told, once for each `id`; anything else is the whole connection's, or passes.
fn refused(error: Error, id: &str) -> Result<Result<(), Told>, Fault> {
    match error.kind {
        Kind::Invalid(_) | Kind::Conflict(_) => {
            let reasons = verdict::reasons(&Fault::Vendor(error));
            Ok(Err(Told::refused(id, reasons)))
        }
        _ => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use vendors::hellohq::model::{AbsenceType, Period};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn intent() -> Intent {
        let start = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        let period = Period::Days { start, end: jiff::civil::date(2026, 3, 3).at(0, 0, 0, 0) };
        let note = "Urlaub [hrsync 1a2b3c4d]".to_owned();
        let entry = Entry { kind: AbsenceType::Vacation, user: "11".parse().unwrap(), period, note };
        Intent { entry, at: at("2026-03-01T10:00:00Z") }
    }

    fn found() -> Found {
        let Intent { entry: Entry { kind, user, period, note }, at } = intent();
        let (kind, period, note) = (Some(kind), Some(period), Some(note));
        Found { id: "501".parse().unwrap(), user, kind, period, note, created: Some(at) }
    }

    fn ours(found: &Found, state: &State) -> bool {
        is_ours(found, &intent(), "1a2b3c4d", state)
    }

    #[test]
    fn only_what_bears_the_reference_and_was_made_since_is_ours() {
        let nothing = State::default();
        assert!(ours(&found(), &nothing) && is_same(&found(), &intent().entry));
        let behind = Found { created: Some(at("2026-03-01T09:56:00Z")), ..found() };
        assert!(ours(&behind, &nothing), "helloHQ's clock may be a little behind");
        let otherwise = Found { period: None, ..found() };
        assert!(ours(&otherwise, &nothing) && !is_same(&otherwise, &intent().entry));
        for other in [
            Found { created: Some(at("2026-03-01T09:54:00Z")), ..found() },
            Found { note: Some("Urlaub".to_owned()), ..found() },
            Found { note: None, ..found() },
            Found { user: "12".parse().unwrap(), ..found() },
        ] {
            assert!(!ours(&other, &nothing), "{:?}", other.id);
        }
    }

    #[test]
    fn what_is_known_already_is_not_found_again() {
        let id: EntryId = "501".parse().unwrap();
        let standing = Entered { id, entry: intent().entry };
        let entered = State { entered: Some(standing), ..State::default() };
        let superseded = State { superseded: vec![id], ..State::default() };
        let removed = State { removed: vec![id], ..State::default() };
        for state in [entered, superseded, removed] {
            assert!(!ours(&found(), &state), "{state:?}");
        }
    }

    #[test]
    fn a_new_entry_supersedes_the_one_before() {
        let mut state = State { intent: Some(intent()), ..State::default() };
        enter(&mut state, Entered { id: "501".parse().unwrap(), entry: intent().entry });
        enter(&mut state, Entered { id: "502".parse().unwrap(), entry: intent().entry });
        assert_eq!(state.superseded, ["501".parse().unwrap()]);
        assert_eq!(state.entered.map(|entered| entered.id), Some("502".parse().unwrap()));
        assert_eq!(state.intent, None);
    }
}
