//! An opening that HiBob does not show any more. Recruit's is cancelled, and what was remembered of the opening goes.

use edge::Processed;
use edge::verdict::Fault;
use ledger::Fingerprint;
use mapping::hibob_to_recruit::CancelReason;
use reconcile::{Blocked, Evidence, Gone, Observed, Shown, Trigger};

use crate::blocker::Blocker;
use crate::cancel::cancel;
use crate::count::count;
use crate::link::{GroupLink, LastHolder, OpeningLink, claim_of_opening};
use crate::processed::{WINDOW, block, hold};
use crate::recover::{Cleared, recover};
use crate::register;
use crate::work::Work;

/// Deals with an opening that HiBob does not show. That alone proves nothing: it needs the event of a deletion, or two
/// sweeps.
///
/// # Errors
/// Whatever keeps the opening from being dealt with now.
pub(crate) async fn process_gone(
    work: &Work<'_>,
    trigger: &Trigger,
    mut opening: OpeningLink<'_>,
    mut group: GroupLink<'_>,
) -> Result<Processed, Fault> {
    if opening.summary().is_none() {
        opening.forget().await?;
        return Ok(Processed::skipped("HiBob does not show it, and Recruit has none", work.answered()));
    }
    if !is_proved(&mut opening, trigger).await? {
        return Ok(Processed::skipped("HiBob does not show it, which alone proves nothing", work.answered()));
    }
    opening.state_mut().is_gone = true;
    if let Cleared::Undecided(blocker) = recover(work, &mut opening, &mut group).await? {
        // what a person decides is carried out by the retry, which has to find that the opening is gone
        return hold(work, &mut opening, vec![blocker]).await;
    }
    let is_open = opening.state().holds();
    let uid = opening.state().target.as_ref().and_then(|target| target.uid.clone());
    if is_open {
        let blockers = end(work, &mut opening, &mut group).await?;
        if !blockers.is_empty() {
            return stay(work, opening, blockers).await;
        }
    }
    let blockers = count(work, &opening, &mut group).await?;
    if !blockers.is_empty() {
        return hold(work, &mut opening, blockers).await;
    }
    forget(work, opening, group).await?;
    Ok(match is_open {
        true => {
            let which = uid.map(|uid| format!(" {uid}")).unwrap_or_default();
            Processed::done(work.answered()).with_reason(format!("cancelled opening{which}"))
        }
        false => Processed::skipped("gone, and nothing is open in Recruit", work.answered()),
    })
}

/// Recruit's opening stays. What every sweep tries again is held; of what a person alone can do the owner is told once, and
/// the opening no longer counts among those that HiBob should list.
async fn stay(work: &Work<'_>, mut opening: OpeningLink<'_>, blockers: Vec<Blocker>) -> Result<Processed, Fault> {
    if blockers.iter().any(|blocker| blocker.ends == Blocked::Waiting) {
        return hold(work, &mut opening, blockers).await;
    }
    opening.state_mut().is_told_gone = true;
    let shown = Shown::new(Fingerprint::of("gone"), None);
    let observed = Observed { shown, window: WINDOW, due: None, holds: false };
    block(work, &mut opening, blockers, observed).await
}

/// HiBob can no longer be asked who holds the opening: what it last showed counts.
async fn end(work: &Work<'_>, opening: &mut OpeningLink<'_>, group: &mut GroupLink<'_>) -> Result<Vec<Blocker>, Fault> {
    match opening.state().holder {
        LastHolder::Nobody => cancel(work, opening, group, CancelReason::Deleted).await,
        LastHolder::Somebody => Ok(vec![Blocker::held_by_somebody(&work.opening, CancelReason::Deleted)]),
        LastHolder::Unknown => Ok(vec![Blocker::holder_unknown(&work.opening, CancelReason::Deleted)]),
    }
}

/// What was remembered of the opening goes: from its position and its group first, from its own link last.
async fn forget(work: &Work<'_>, mut opening: OpeningLink<'_>, mut group: GroupLink<'_>) -> Result<(), Fault> {
    if let Some(position) = opening.state().position.clone() {
        register::forget(work.attempt, &position, &work.opening).await?;
    }
    if group.state_mut().openings.remove(&work.opening).is_some() {
        group.save().await?;
    }
    if let Some(uid) = opening.state_mut().target.take().and_then(|target| target.uid) {
        opening.release(claim_of_opening(&uid));
    }
    opening.forget().await
}

/// Whether the opening counts as deleted.
async fn is_proved(opening: &mut OpeningLink<'_>, trigger: &Trigger) -> Result<bool, Fault> {
    let evidence = match trigger {
        Trigger::Event { deleted: true, .. } => Evidence::Event,
        Trigger::Missing => Evidence::NotListed,
        // an earlier attempt had the proof, and a step was held
        _ => return Ok(opening.state().is_gone),
    };
    Ok(opening.missed(evidence).await? == Gone::Yes)
}
