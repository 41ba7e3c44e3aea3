//! Carries out what must change, one step after the other.

use edge::verdict::Fault;
use mapping::hibob_to_recruit::{CancelReason, MappedOpening};

use crate::blocker::Blocker;
use crate::cancel::cancel;
use crate::change::change;
use crate::create_opening::create_opening;
use crate::create_position::create_position;
use crate::desired::Desired;
use crate::link::{GroupLink, OpeningLink};
use crate::plan::{Plan, Step};
use crate::source::Record;
use crate::take_over::take_over;
use crate::work::Work;

/// What was done.
pub(crate) struct Applied {
    /// What stands in the way of the rest.
    pub(crate) blockers: Vec<Blocker>,
    /// Whether the opening has been given up here and belongs to another position.
    pub(crate) goes_elsewhere: bool,
}

/// Carries out what must change. What a step leaves out is told and holds up nothing.
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
) -> Result<Applied, Fault> {
    let mut applied = Applied { blockers: Vec::new(), goes_elsewhere: false };
    for step in plan.0 {
        let moves = step == Step::Cancel(CancelReason::Moved);
        let found = match (step, desired) {
            (Step::TakeOver, _) => take_over(work, opening, group).await?,
            (Step::CreatePosition, Desired::Open(mapped)) => {
                create_position(work, opening, group, source, mapped).await?
            }
            (Step::CreateOpening, Desired::Open(mapped)) => create_opening(work, opening, group, mapped).await?,
            (Step::Change(fields), Desired::Open(mapped)) => change(work, opening, group, mapped, &fields).await?,
            (Step::Cancel(reason), _) => cancel(work, opening, group, reason).await?,
            // a plan holds none of these without what is to be written
            (Step::CreatePosition | Step::CreateOpening | Step::Change(_), _) => Vec::new(),
        };
        let is_stopped = found.iter().any(|blocker| !blocker.is_by_the_way());
        applied.blockers.extend(found);
        if is_stopped {
            return Ok(applied);
        }
        if moves {
            let state = opening.state_mut();
            (state.target, state.group, state.position) = (None, None, None);
            applied.goes_elsewhere = true;
        }
    }
    if let Desired::Open(mapped) = desired {
        applied.blockers.extend(left_out(mapped));
    }
    Ok(applied)
}

fn left_out(mapped: &MappedOpening) -> impl Iterator<Item = Blocker> {
    mapped.left_out.iter().map(Blocker::left_out)
}
