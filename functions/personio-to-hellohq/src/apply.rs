//! Steps in helloHQ: the intent, the write, the link, the next. helloHQ's creation has no key that would make a repeat
//! harmless, so what is sent is written down before, and an unanswered one is looked for before it is sent again.

use std::time::Duration;

use edge::verdict::{self, Fault};
use ledger::{Fingerprint, Guarded};
use mapping::personio_to_hellohq::reference;
use reconcile::Answered;
use reconcile::guard::{self, Effect};
use vendors::hellohq::model::{Entry, EntryId};
use vendors::hellohq::operations::{CREATE_ABSENCE, DELETE_ABSENCE, READ_ABSENCE};
use vendors::{Error, Http};

use crate::connection::Replace;
use crate::desired::Blocker;
use crate::link::{Object, Written};
use crate::plan::{Plan, Step};
use crate::recover::bears;
use crate::work::Work;

/// What a write needs: its own time limit, and some time for its outcome to be written down.
const WRITE: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// Carries out what must change. What stands in the way of it: a refused removal keeps nothing else from being done, but
/// for a creation that is to follow it; a refused creation keeps what it would take the place of.
pub(crate) async fn apply(
    work: &Work<'_>,
    object: &mut Object<'_>,
    desired: Option<&Entry>,
) -> Result<Vec<Blocker>, Fault> {
    let replace = work.settings().replace;
    let plan = Plan::of(object.state(), desired, replace);
    tracing::debug!(connection = work.attempt.connection(), absence = %object.subject(), "{plan}");
    let mut blockers = Vec::new();
    for step in plan.0 {
        match step {
            Step::Create(_) if replace == Replace::DeleteThenCreate && !blockers.is_empty() => return Ok(blockers),
            Step::Create(entry) => {
                if let Some(blocker) = create(work, object, entry).await? {
                    blockers.push(blocker);
                    return Ok(blockers);
                }
            }
            Step::Delete(id) if desired.is_none() && is_held(work, object, id).await? => {
                let most = work.settings().sweeps.removals_per_day;
                blockers.push(Blocker::held(work.attempt.connection(), work.attempt.today(), most));
            }
            Step::Delete(id) => blockers.extend(remove(work, object, id).await?),
        }
    }
    Ok(blockers)
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
    object.intend(entry.clone()).await?;
    let answer = work.accounts.hellohq.create(&entry).await;
    match object.answered(answer).await? {
        Answered::Made(id) => {
            work.has_answered(CREATE_ABSENCE);
            object.claim(id.to_string());
            object.state_mut().enter(Written { id, entry });
            object.save().await?;
            Ok(None)
        }
        Answered::Refused { code, reasons } => {
            let sent = serde_json::to_string(&entry).map_err(|error| Fault::Defect(error.to_string()))?;
            let digest = Fingerprint::of(&sent).to_string();
            Ok(Some(Blocker::refused(format!("{}-create-{digest:.8}", work.absence), code, reasons)))
        }
    }
}

/// Removes an entry of ours. One that is gone already counts as removed; one that helloHQ shows and that does not bear our
/// reference is none of ours (any more), and stays. Look and removal are two calls with a turn each: what the look has
/// found is kept, so a low limit costs receives and no further calls.
async fn remove(work: &Work<'_>, object: &mut Object<'_>, id: EntryId) -> Result<Option<Blocker>, Fault> {
    work.attempt.needs(WRITE)?;
    if object.state().looked_at != Some(id) {
        object.turn(&work.limit(), "look").await?;
        let found = work.accounts.hellohq.entry(id).await?;
        work.has_answered(READ_ABSENCE);
        if found.is_some_and(|found| !bears(&found, &reference(work.absence))) {
            object.state_mut().forget(id);
            object.release(id.to_string());
            return Ok(Some(Blocker::foreign(work.absence, id)));
        }
        object.state_mut().looked_at = Some(id);
    }
    // written down before: whether the entry still stands is open until the answer comes
    let before = object.state_mut().begin_removal(id);
    if before.is_some() {
        object.save().await?;
    }
    object.turn(&work.limit(), "remove").await?;
    object.state_mut().looked_at = None;
    match work.accounts.hellohq.delete(id).await {
        Ok(()) => {
            work.has_answered(DELETE_ABSENCE);
            object.state_mut().removed(id);
            object.release(id.to_string());
            Ok(None)
        }
        Err(error) => {
            if let Some(before) = before.filter(|_| error.kind.certainly_not_done()) {
                object.state_mut().undo_removal(before);
            }
            not_removed(work, id, error)
        }
    }
}

/// A refusal of this one entry is told, once for each id; anything else is the whole connection's, or passes.
fn not_removed(work: &Work<'_>, id: EntryId, error: Error) -> Result<Option<Blocker>, Fault> {
    if !error.kind.is_refusal() {
        return Err(error.into());
    }
    let fault = Fault::from(error);
    let (code, reasons) = (verdict::code(&fault), verdict::reasons(&fault));
    Ok(Some(Blocker::refused(format!("{}-remove-{id}", work.absence), code, reasons)))
}
