//! Steps in helloHQ: the intent, the write, the link, the next. helloHQ's creation has no key that would make a repeat
//! harmless, so what is sent is written down before, and an unanswered one is looked for before it is sent again.

use std::time::Duration;

use edge::verdict::{self, Fault};
use ledger::{Fingerprint, Guarded};
use reconcile::Answered;
use reconcile::guard::{self, Effect};
use vendors::hellohq::model::{Entry, EntryId};
use vendors::hellohq::operations::{CREATE_ABSENCE, DELETE_ABSENCE};
use vendors::{Error, Http};

use crate::connection::Replace;
use crate::desired::Blocker;
use crate::link::{Object, Refused, Remembered, Written};
use crate::look::look_at;
use crate::plan::{Goal, Plan, Step};
use crate::work::Work;

/// What a write needs: its own time limit, and some time for its outcome to be written down.
const WRITE: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// Carries out what must change. What stands in the way of it, but for what is [`not_removed`]. A refused removal keeps
/// nothing else from being done, but for a creation that is to follow it; a refused creation keeps what it would take the
/// place of.
pub(crate) async fn apply(work: &Work<'_>, object: &mut Object<'_>, goal: &Goal) -> Result<Vec<Blocker>, Fault> {
    let replace = work.settings().replace;
    let plan = Plan::of(object.state(), goal, replace);
    tracing::debug!(connection = work.attempt.connection(), absence = %object.subject(), "{plan}");
    let mut blockers = Vec::new();
    for step in plan.0 {
        match step {
            Step::Create(_) if replace == Replace::DeleteThenCreate && is_in_the_way(object, &blockers) => {
                return Ok(blockers);
            }
            Step::Create(entry) => {
                if let Some(blocker) = create(work, object, entry).await? {
                    blockers.push(blocker);
                    return Ok(blockers);
                }
            }
            Step::Delete(id) if *goal == Goal::Nothing && is_held(work, object, id).await? => {
                let most = work.settings().sweeps.removals_per_day;
                blockers.push(Blocker::held(work.attempt.connection(), work.attempt.today(), most));
            }
            Step::Delete(id) => remove(work, object, id).await?,
        }
    }
    Ok(blockers)
}

/// Whether something that is to go first still stands.
fn is_in_the_way(object: &Object<'_>, blockers: &[Blocker]) -> bool {
    let state = object.state();
    !blockers.is_empty() || !state.refused.is_empty() || !state.foreign.is_empty()
}

/// Whether a removal that nothing takes the place of waits for a person. What was superseded before was taken from the
/// budget then, or something took its place.
async fn is_held(work: &Work<'_>, object: &Object<'_>, id: EntryId) -> Result<bool, Fault> {
    if object.state().superseded.contains(&id) {
        return Ok(false);
    }
    let most = work.settings().sweeps.removals_per_day;
    Ok(guard::take(work.attempt, Effect::Remove, most, object.subject()).await? == Guarded::Held)
}

async fn create(work: &Work<'_>, object: &mut Object<'_>, entry: Entry) -> Result<Option<Blocker>, Fault> {
    work.attempt.needs(WRITE)?;
    object.turn(&work.limit(), "create").await?;
    let sent = Remembered::of(&entry);
    object.intend(sent.clone()).await?;
    let at = work.attempt.now();
    let answer = work.accounts.hellohq.create(&entry).await;
    if answer.as_ref().is_err_and(Error::shows_good_login) {
        work.has_answered(CREATE_ABSENCE);
    }
    match object.answered(answer).await? {
        Answered::Made(id) => {
            work.has_answered(CREATE_ABSENCE);
            object.claim(id.to_string());
            object.state_mut().enter(Written { id, entry: sent, at });
            object.save().await?;
            Ok(None)
        }
        Answered::Refused { code, reasons } => {
            let spelled = serde_json::to_string(&sent).map_err(|error| Fault::Defect(error.to_string()))?;
            let digest = Fingerprint::of(&spelled).to_string();
            let key = format!("{}-create-{digest:.8}", work.absence);
            Ok(Some(Blocker::not_created(key, code, &sent, reasons)))
        }
    }
}

/// Removes an entry of ours. One that is gone already counts as removed; one that helloHQ shows and that does not bear our
/// reference is none of ours (any more), and stays. Look and removal are two calls with a turn each: what the look has
/// found is kept, so a low limit costs receives and no further calls. What keeps an entry from being removed is kept as
/// well: a later attempt, which does not come here again, tells it.
async fn remove(work: &Work<'_>, object: &mut Object<'_>, id: EntryId) -> Result<(), Fault> {
    work.attempt.needs(WRITE)?;
    if !look_at(work, object, id).await?.is_ours {
        object.state_mut().forget(id);
        object.state_mut().foreign.push(id);
        object.release(id.to_string());
        return Ok(());
    }
    // written down before: whether the entry still stands is open until the answer comes
    let before = object.state_mut().begin_removal(id);
    if before.is_some() {
        object.save().await?;
    }
    object.turn(&work.limit(), "remove").await?;
    object.state_mut().look_again(id);
    match work.accounts.hellohq.delete(id).await {
        Ok(()) => {
            work.has_answered(DELETE_ABSENCE);
            object.state_mut().removed(id);
            object.release(id.to_string());
            Ok(())
        }
        Err(error) => {
            if error.shows_good_login() {
                work.has_answered(DELETE_ABSENCE);
            }
            if let Some(before) = before.filter(|_| error.kind.certainly_not_done()) {
                object.state_mut().undo_removal(before);
            }
            object.state_mut().refused.push(refusal(id, error)?);
            Ok(())
        }
    }
}

/// A refusal of this one entry is told, once for each id; anything else is the whole connection's, or passes.
fn refusal(id: EntryId, error: Error) -> Result<Refused, Fault> {
    let is_refusal = error.kind.is_refusal();
    let fault = Fault::from(error);
    if !is_refusal {
        return Err(fault);
    }
    Ok(Refused { id, code: verdict::code(&fault), reasons: verdict::reasons(&fault) })
}

/// What was to be removed since the work on the absence began, in this attempt or an earlier one, and stands.
pub(crate) fn not_removed(work: &Work<'_>, object: &Object<'_>) -> Vec<Blocker> {
    let state = object.state();
    let foreign = state.foreign.iter().map(|id| Blocker::foreign(work.absence, *id));
    let refused = state.refused.iter().map(|refused| Blocker::not_removed(work.absence, refused));
    foreign.chain(refused).collect()
}
