//! Cancels an opening that Recruit holds.

use edge::verdict::Fault;
use mapping::hibob_to_recruit::CancelReason;
use reconcile::guard::Effect;
use vendors::recruit::model::{OpeningUid, PositionUid};
use vendors::recruit::openings::{self, OpeningByUid};
use vendors::recruit::operations::{CANCEL_OPENING, READ_OPENING};
use vendors::recruit::outcome::Changed;

use crate::blocker::{Blocker, Unsupported};
use crate::budget::used_up;
use crate::change::{refused, uids};
use crate::link::{GroupLink, OpeningLink};
use crate::work::Work;

/// Cancels the opening, unless Recruit says that somebody was hired for it.
pub(crate) async fn cancel(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
    reason: CancelReason,
) -> Result<Vec<Blocker>, Fault> {
    if work.recruit.ways().cancel_opening.is_none() {
        return Ok(vec![Blocker::unsupported(&work.opening, Unsupported::Cancel, &reason)]);
    }
    let Some((position, uid)) = uids(opening) else {
        return Ok(vec![Blocker::unknown_uid(&work.opening, &reason)]);
    };
    if let Some(blocker) = used_up(work, opening, Effect::Remove).await? {
        return Ok(vec![blocker]);
    }
    work.turn(group).await?;
    if is_hired(work, &position, &uid).await? {
        return Ok(vec![Blocker::hired(&work.opening, reason)]);
    }
    let answer = openings::cancel(&work.recruit, &position, &uid, &reason.to_string()).await;
    match work.note(CANCEL_OPENING, answer) {
        Ok(Changed::Done) => {}
        Ok(Changed::Refused(reasons)) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            return Ok(vec![Blocker::step_refused(&work.opening, "cancel the opening", &reasons)]);
        }
        Ok(Changed::Unsupported) => return Ok(vec![Blocker::unsupported(&work.opening, Unsupported::Cancel, &reason)]),
        Err(error) => return refused(work, error, "cancel the opening"),
    }
    if let Some(target) = &mut opening.state_mut().target {
        target.is_cancelled = true;
    }
    opening.save().await?;
    Ok(Vec::new())
}

/// Asks Recruit where the settings name a way. An opening that Recruit does not show is nobody's.
async fn is_hired(work: &Work<'_>, position: &PositionUid, uid: &OpeningUid) -> Result<bool, Fault> {
    match work.note(READ_OPENING, openings::read(&work.recruit, position, uid).await)? {
        OpeningByUid::There(found) => Ok(found.is_hired()),
        OpeningByUid::Gone | OpeningByUid::Unsupported => Ok(false),
    }
}
