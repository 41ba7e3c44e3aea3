//! Steps in helloHQ: the intent, the write, the link, the next. helloHQ's creation has no key that would make a repeat
//! harmless, so what is sent is written down before, and an unanswered one is looked for before it is sent again.

use std::time::Duration;

use edge::verdict::{self, Fault};
use ledger::{Fingerprint, Guarded};
use reconcile::guard::{self, Effect};
use reconcile::{Answered, tell};
use vendors::hellohq::model::{Entry, EntryId};
use vendors::hellohq::operations::{CREATE_ABSENCE, DELETE_ABSENCE};
use vendors::{Error, Http};

use crate::connection::Replace;
use crate::desired::Blocker;
use crate::link::{Object, Remembered, Written};
use crate::look::look_at;
use crate::plan::{Goal, Plan, Step};
use crate::work::Work;

/// What a write needs: its own time limit, and some time for its outcome to be written down.
const WRITE: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// Carries out what must change. What stands in the way of it: a refused removal keeps nothing else from being done, but
/// for a creation that is to follow it; a refused creation keeps what it would take the place of.
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
            Step::Delete(id) => blockers.extend(remove(work, object, id).await?),
        }
    }
    Ok(blockers)
}

/// Whether something that is to go first still stands.
fn is_in_the_way(object: &Object<'_>, blockers: &[Blocker]) -> bool {
    !blockers.is_empty() || !object.state().refused.is_empty()
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
        Answered::Refused(reasons) => {
            let sent = serde_json::to_string(&sent).map_err(|error| Fault::Defect(error.to_string()))?;
            let digest = Fingerprint::of(&sent).to_string();
            Ok(Some(Blocker::refused(&format!("{}-create-{digest:.8}", work.absence), reasons)))
        }
    }
}

/// Removes an entry of ours. One that is gone already counts as removed; one that helloHQ shows and that does not bear our
/// reference is none of ours (any more), and stays. Look and removal are two calls with a turn each: what the look has
/// found is kept, so a low limit costs receives and no further calls.
async fn remove(work: &Work<'_>, object: &mut Object<'_>, id: EntryId) -> Result<Option<Blocker>, Fault> {
    work.attempt.needs(WRITE)?;
    if !look_at(work, object, id).await?.is_ours {
        object.state_mut().forget(id);
        object.release(id.to_string());
        let blocker = Blocker::foreign(work.absence, id);
        // at once: the next step may have to wait for its turn, and a later attempt does not come here again
        tell(work.attempt, blocker.notice.clone()).await?;
        return Ok(Some(blocker));
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
            Ok(None)
        }
        Err(error) => {
            if error.shows_good_login() {
                work.has_answered(DELETE_ABSENCE);
            }
            if let Some(before) = before.filter(|_| error.kind.certainly_not_done()) {
                object.state_mut().undo_removal(before);
            }
            let blocker = not_removed(work, id, error)?;
            tell(work.attempt, blocker.notice.clone()).await?;
            object.state_mut().refused.push(id);
            Ok(Some(blocker))
        }
    }
}

/// A refusal of this one entry is told, once for each id; anything else is the whole connection's, or passes.
fn not_removed(work: &Work<'_>, id: EntryId, error: Error) -> Result<Blocker, Fault> {
    if !error.kind.is_refusal() {
        return Err(error.into());
    }
    let reasons = verdict::reasons(&error.into());
    Ok(Blocker::not_removed(work.absence, id, reasons))
}

/// What helloHQ has refused to remove in an earlier attempt at the same work.
pub(crate) fn refused_before(work: &Work<'_>, object: &Object<'_>) -> Vec<Blocker> {
    let reason = |id| vec![format!("helloHQ refuses to remove the entry {id}")];
    object.state().refused.iter().map(|id| Blocker::not_removed(work.absence, *id, reason(id))).collect()
}
