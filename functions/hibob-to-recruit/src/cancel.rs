//! Cancels an opening that Recruit holds.

use edge::verdict::Fault;
use mapping::hibob_to_recruit::CancelReason;
use reconcile::guard::Effect;
use vendors::Kind;
use vendors::recruit::model::{OpeningStatus, OpeningUid, PositionUid};
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
        return Ok(vec![Blocker::unsupported(&work.opening, Unsupported::Cancel, &reason, "cancel")]);
    }
    let Some((position, uid)) = uids(opening) else {
        return Ok(vec![Blocker::unknown_uid(&work.opening, &reason)]);
    };
    if let Some(blocker) = used_up(work, opening, Effect::Remove).await? {
        return Ok(vec![blocker]);
    }
    work.turn(group).await?;
    match look(work, &position, &uid).await? {
        Found::Hired => return Ok(vec![Blocker::hired(&work.opening, reason)]),
        Found::Over => return is_over(opening).await,
        Found::Open => {}
    }
    let answer = openings::cancel(&work.recruit, &position, &uid, &reason.to_string()).await;
    match work.note(CANCEL_OPENING, answer) {
        Ok(Changed::Done) => is_over(opening).await,
        // an answer may have been lost, or a recruiter has removed it
        Err(error) if error.kind == Kind::Gone => is_over(opening).await,
        Ok(Changed::Refused(reasons)) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            Ok(vec![Blocker::step_refused(&work.opening, "cancel the opening", &reasons)])
        }
        Ok(Changed::Unsupported) => {
            Ok(vec![Blocker::unsupported(&work.opening, Unsupported::Cancel, &reason, "cancel")])
        }
        Err(error) => refused(work, error, "cancel the opening"),
    }
}

/// The opening is no longer open in Recruit.
async fn is_over(opening: &mut OpeningLink<'_>) -> Result<Vec<Blocker>, Fault> {
    if let Some(target) = &mut opening.state_mut().target {
        target.is_cancelled = true;
    }
    opening.save().await?;
    Ok(Vec::new())
}

/// What Recruit says of an opening that is to be cancelled.
enum Found {
    Open,
    Hired,
    /// Cancelled already, by a call whose answer was lost or by a recruiter.
    Over,
}

/// Asks Recruit where the settings name a way. An opening that Recruit does not show is nobody's.
async fn look(work: &Work<'_>, position: &PositionUid, uid: &OpeningUid) -> Result<Found, Fault> {
    match work.note(READ_OPENING, openings::read(&work.recruit, position, uid).await)? {
        OpeningByUid::There(found) if found.is_hired() => Ok(Found::Hired),
        OpeningByUid::There(found) if found.status == Some(OpeningStatus::Canceled) => Ok(Found::Over),
        OpeningByUid::There(_) | OpeningByUid::Gone | OpeningByUid::Unsupported => Ok(Found::Open),
    }
}
