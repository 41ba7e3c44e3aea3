//! Steps in helloHQ: the intent, the write, the link, the next. helloHQ's creation has no key that would make a repeat
//! harmless, so what is sent is written down before, and an unanswered one is looked for before it is sent again.

use std::time::Duration;

use edge::verdict::{self, Fault};
use jiff::SignedDuration;
use ledger::Link;
use vendors::hellohq::model::{Entry, EntryId, Found};
use vendors::{Error, Http, Kind};

use super::{Pusher, Work};
use crate::link::{Entered, Intent, State};
use crate::plan::{Plan, Step};
use crate::wanted::Told;

/// What is left of an invocation after a write's own time, for its outcome to be written down.
const MARGIN: Duration = Duration::from_secs(5);

/// By how much helloHQ's clock may be behind ours, when an entry is judged by when it was made.
const CLOCKS_APART: Duration = Duration::from_secs(5 * 60);

impl Pusher {
    /// Carries out what must change. The inner error: helloHQ refuses a step, and those after it were not tried.
    pub(super) async fn apply(
        &self,
        work: &Work<'_>,
        link: &mut Link<State>,
        wanted: Option<&Entry>,
    ) -> Result<Result<(), Told>, Fault> {
        let plan = Plan::of(&link.state, wanted, work.settings().replace);
        tracing::debug!(connection = work.connection(), absence = link.glance.object, "{plan}");
        for step in plan.0 {
            let done = match step {
                Step::Create(entry) => self.create(work, link, entry).await?,
                Step::Delete(id) => self.delete(work, link, id).await?,
            };
            if let Err(told) = done {
                return Ok(Err(told));
            }
        }
        Ok(Ok(()))
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

    /// Removes an entry of ours. One that is gone already counts as removed.
    async fn delete(&self, work: &Work<'_>, link: &mut Link<State>, id: EntryId) -> Result<Result<(), Told>, Fault> {
        self.time_for_a_write(work)?;
        self.turn(work).await?;
        match work.accounts.hellohq.delete(id).await {
            Ok(()) => {
                // written with the next step; a repeated removal is harmless
                link.state.superseded.retain(|superseded| *superseded != id);
                link.state.entered.take_if(|entered| entered.id == id);
                Ok(Ok(()))
            }
            Err(error) => refused(error, &format!("{}-remove-{id}", link.glance.object)),
        }
    }

    /// Finds out what became of an unanswered creation. helloHQ may show a new entry late, so one that is not there yet is
    /// given time before it counts as never made. Whether it was found.
    pub(super) async fn resolve(&self, work: &Work<'_>, link: &mut Link<State>) -> Result<bool, Fault> {
        let Some(intent) = &link.state.intent else { return Ok(false) };
        self.turn(work).await?;
        let standing = work.accounts.hellohq.entries_of(intent.entry.user).await?;
        let mut ours = standing.iter().filter(|found| is_ours(found, intent, &link.state)).map(|found| found.id);
        let Some(first) = ours.next() else {
            let shown_by = intent.at + work.settings().shows_within;
            if self.worker.clock.now() < shown_by {
                return Err(Fault::Showing(shown_by));
            }
            link.state.intent = None;
            return Ok(false);
        };
        let (doubled, entry): (Vec<EntryId>, _) = (ours.collect(), intent.entry.clone());
        enter(&mut link.state, Entered { id: first, entry });
        link.state.superseded.extend(doubled);
        self.write(work, link).await?;
        Ok(true)
    }

    /// Waits for the account's turn, where it is near; otherwise the record comes back at its turn.
    async fn turn(&self, work: &Work<'_>) -> Result<(), Fault> {
        const NEAR: SignedDuration = SignedDuration::from_secs(2);
        let (account, now) = (&work.settings().hellohq, self.worker.clock.now());
        let spacing = Duration::from_secs(60) / work.settings().calls_per_minute;
        let slot = self.worker.ledger.take_slot(&format!("hellohq#{}", account.key()), spacing, now).await?;
        let ahead = slot.duration_since(now);
        if ahead > NEAR {
            return Err(Fault::Slot(slot));
        }
        tokio::time::sleep(ahead.try_into().unwrap_or_default()).await;
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

/// Whether an entry is the one that was sent: the same in all that was written, its reference to the absence included, made
/// since, and not one that is known already.
fn is_ours(found: &Found, intent: &Intent, state: &State) -> bool {
    let Entry { kind, user, period, note } = &intent.entry;
    let same = found.user == *user
        && found.kind == Some(*kind)
        && found.period == Some(*period)
        && found.note.as_ref() == Some(note);
    let is_new = found.created.is_none_or(|created| created + CLOCKS_APART >= intent.at);
    let is_known =
        state.entered.as_ref().is_some_and(|entered| entered.id == found.id) || state.superseded.contains(&found.id);
    same && is_new && !is_known
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

    #[test]
    fn only_what_was_sent_since_the_intent_is_adopted() {
        let nothing = State::default();
        assert!(is_ours(&found(), &intent(), &nothing));
        let behind = Found { created: Some(at("2026-03-01T09:56:00Z")), ..found() };
        assert!(is_ours(&behind, &intent(), &nothing), "helloHQ's clock may be a little behind");
        for other in [
            Found { created: Some(at("2026-03-01T09:54:00Z")), ..found() },
            Found { note: Some("Urlaub".to_owned()), ..found() },
            Found { note: None, ..found() },
            Found { kind: Some(AbsenceType::SpecialLeave), ..found() },
            Found { user: "12".parse().unwrap(), ..found() },
            Found { period: None, ..found() },
        ] {
            assert!(!is_ours(&other, &intent(), &nothing), "{:?}", other.id);
        }
    }

    #[test]
    fn what_is_known_already_is_not_found_again() {
        let standing = Entered { id: "501".parse().unwrap(), entry: intent().entry };
        let entered = State { entered: Some(standing), ..State::default() };
        let superseded = State { superseded: vec!["501".parse().unwrap()], ..State::default() };
        assert!(!is_ours(&found(), &intent(), &entered));
        assert!(!is_ours(&found(), &intent(), &superseded));
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
