//! An opening that HiBob does not show any more. Recruit's is cancelled, and what was remembered of the opening goes.

use edge::Processed;
use edge::verdict::Fault;
use mapping::hibob_to_recruit::CancelReason;
use reconcile::{Evidence, Gone, Recovered, Trigger};

use crate::blocker::Blocker;
use crate::cancel::cancel;
use crate::count::count;
use crate::link::PositionLink;
use crate::link::{GroupLink, LastHolder, OpeningLink, claim_of_opening, position};
use crate::processed::{hold, reject};
use crate::recover::{recover_opening, recover_position};
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
    let about = opening.subject().clone();
    let of_position = recover_position(work, &mut group, &about).await?;
    let of_opening = recover_opening(work, &mut opening, &mut group).await?;
    let unknowable = [Blocker::unknowable_position(group.subject()), Blocker::unknowable_opening(&work.opening)];
    for (recovered, blocker) in [of_position, of_opening].into_iter().zip(unknowable) {
        match recovered {
            Recovered::Found(()) | Recovered::NothingOpen => {}
            Recovered::NotYet(until) => return Err(Fault::NotYetVisible { until }),
            Recovered::Unknowable => return reject(work, &opening, blocker).await,
        }
    }
    let is_open = opening.state().holds();
    if is_open {
        let blockers = end(work, &mut opening, &mut group).await?;
        if !blockers.is_empty() {
            return hold(work, &mut opening, blockers).await;
        }
    }
    let blockers = count(work, &opening, &mut group).await?;
    if !blockers.is_empty() {
        return hold(work, &mut opening, blockers).await;
    }
    forget(work, opening, group).await?;
    Ok(match is_open {
        true => Processed::done(work.answered()),
        false => Processed::skipped("gone, and nothing is open in Recruit", work.answered()),
    })
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
    if let Some(id) = &opening.state().position {
        let mut of_position = PositionLink::load(work.attempt, &position(id)).await?;
        if of_position.state_mut().openings.remove(&work.opening) {
            of_position.save().await?;
        }
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
