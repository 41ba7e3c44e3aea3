//! Carries out what must change, one step after the other.

use edge::verdict::Fault;
use reconcile::{Signal, Trigger};

use crate::blocker::Blocker;
use crate::cancel::cancel;
use crate::change::change;
use crate::create_opening::create_opening;
use crate::create_position::create_position;
use crate::desired::Desired;
use crate::forward::send;
use crate::link::{GroupLink, OpeningLink};
use crate::plan::{Plan, Step};
use crate::register::forget;
use crate::source::Record;
use crate::work::Work;

/// Carries out what must change. What stands in the way of the rest; what a step leaves out is told and holds up nothing.
///
/// # Errors
/// A vendor's, where they are about more than this one opening; [`Fault::Throttled`], [`Fault::OutOfTime`].
pub(crate) async fn apply(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    source: &Record,
    desired: &Desired,
    plan: Plan,
) -> Result<Vec<Blocker>, Fault> {
    let mut blockers = Vec::new();
    for step in plan.0 {
        let found = match (step, desired) {
            (Step::CreatePosition, Desired::Open(mapped)) => {
                create_position(work, opening, group, source, mapped).await?
            }
            (Step::CreateOpening, Desired::Open(mapped)) => create_opening(work, opening, group, mapped).await?,
            (Step::Change(fields), Desired::Open(mapped)) => change(work, opening, group, mapped, &fields).await?,
            (Step::Cancel(reason), _) => cancel(work, opening, group, reason).await?,
            (Step::GiveUp, _) => give_up(work, opening, group).await?,
            // a plan holds none of these without what is to be written
            (Step::CreatePosition | Step::CreateOpening | Step::Change(_), _) => Vec::new(),
        };
        let is_stopped = found.iter().any(|blocker| !blocker.is_by_the_way());
        blockers.extend(found);
        if is_stopped {
            return Ok(blockers);
        }
    }
    if let Desired::Open(mapped) = desired {
        blockers.extend(mapped.left_out.iter().map(Blocker::left_out));
    }
    Ok(blockers)
}

/// The opening is nobody's from now on, and its turn comes at its new position. The signal goes first: a link that was
/// given up and that nobody looks at would stay so.
async fn give_up(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
) -> Result<Vec<Blocker>, Fault> {
    send(work.shared, work.attempt, &Signal::new(opening.subject().clone(), Trigger::Changed)).await?;
    if let Some(position) = opening.state().position.clone() {
        forget(work.attempt, &position, &work.opening).await?;
    }
    group.state_mut().openings.insert(work.opening.clone(), false);
    group.save().await?;
    opening.begin_anew().await?;
    Ok(Vec::new())
}
