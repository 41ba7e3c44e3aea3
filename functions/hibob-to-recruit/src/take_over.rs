//! An opening of Recruit becomes an opening of HiBob's: its uid is claimed in the same write as the link.

use edge::verdict::Fault;
use vendors::recruit::model::{OpeningUid, PositionUid};

use crate::blocker::Blocker;
use crate::link::{First, GroupLink, OpeningLink, Target, claim_of_opening};
use crate::listed::listed;
use crate::work::Work;

/// Takes over the opening that was made together with the position. Where no answer has shown which it is, the position's
/// only opening is the one.
pub(crate) async fn take_over(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &mut GroupLink<'_>,
) -> Result<Vec<Blocker>, Fault> {
    let Some(First { uid, sent, .. }) = group.state().first.clone() else { return Ok(Vec::new()) };
    let Some(position) = group.state().position.clone() else { return Ok(Vec::new()) };
    let uid = match uid {
        Some(uid) => Some(uid),
        None => only_one(work, group, &position).await?,
    };
    let target = Target { uid, position, sent, is_cancelled: false };
    hold(opening, target).await
}

/// Recruit holds an opening for this one.
pub(crate) async fn hold(opening: &mut OpeningLink<'_>, target: Target) -> Result<Vec<Blocker>, Fault> {
    if let Some(uid) = &target.uid {
        opening.claim(claim_of_opening(uid));
    }
    opening.state_mut().target = Some(target);
    opening.state_mut().is_left = false;
    opening.save().await?;
    Ok(Vec::new())
}

async fn only_one(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    position: &PositionUid,
) -> Result<Option<OpeningUid>, Fault> {
    let Some(listed) = listed(work, group, position).await? else { return Ok(None) };
    match listed.items.as_slice() {
        [only] if listed.unreadable.is_empty() => Ok(Some(only.uid.clone())),
        _ => Ok(None),
    }
}
