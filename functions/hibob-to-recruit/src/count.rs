//! Which openings of a group are open in Recruit, and what becomes of a position that has none left.

use edge::verdict::Fault;
use mapping::hibob_to_recruit::WhenLastGone;
use vendors::recruit::model::{PositionStatus, PositionUid};
use vendors::recruit::operations::SET_POSITION_STATUS;
use vendors::recruit::outcome::Changed;
use vendors::recruit::positions;

use crate::blocker::{Blocker, Unsupported};
use crate::change::refused;
use crate::link::{GroupLink, OpeningLink};
use crate::listed::made_by_hand;
use crate::work::Work;

/// Writes down in the group whether the opening is open in Recruit, as the opening's own link says, and does what the
/// connection's policy says where it was the last. An attempt that broke off before is made good by the next one.
pub(crate) async fn count(
    work: &Work<'_>,
    opening: &OpeningLink<'_>,
    group: &mut GroupLink<'_>,
) -> Result<Vec<Blocker>, Fault> {
    if opening.state().target.is_some() {
        note(work, group, opening.state().holds()).await?;
    }
    let is_open = group.state().first.is_some() || group.state().openings.values().any(|is_open| *is_open);
    match (group.state().position.clone(), is_open) {
        (Some(position), true) if group.state().is_ended => {
            set_status(work, group, &position, PositionStatus::Open, false).await
        }
        (Some(position), false) if !group.state().is_ended => end_position(work, group, &position).await,
        _ => Ok(Vec::new()),
    }
}

async fn note(work: &Work<'_>, group: &mut GroupLink<'_>, is_open: bool) -> Result<(), Fault> {
    let state = group.state_mut();
    let before = state.openings.insert(work.opening.clone(), is_open);
    let first = state.first.take_if(|first| first.opening == work.opening);
    if before == Some(is_open) && first.is_none() {
        return Ok(());
    }
    group.save().await
}

/// Sets the status of a position without open openings of ours, once.
async fn end_position(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    position: &PositionUid,
) -> Result<Vec<Blocker>, Fault> {
    let status = match work.settings.rules.policies.last_opening_gone {
        WhenLastGone::Leave => return Ok(Vec::new()),
        WhenLastGone::OnHold => PositionStatus::OnHold,
        WhenLastGone::Close => PositionStatus::Closed,
    };
    let by_hand = made_by_hand(work, group, position).await?;
    let mut blockers = set_status(work, group, position, status, true).await?;
    if !by_hand.is_empty() && blockers.is_empty() {
        blockers.push(Blocker::made_by_hand(position, status, &by_hand));
    }
    Ok(blockers)
}

async fn set_status(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    position: &PositionUid,
    status: PositionStatus,
    is_ended: bool,
) -> Result<Vec<Blocker>, Fault> {
    work.turn(group).await?;
    let answer = positions::set_status(&work.recruit, position, status).await;
    let blockers = match work.note(SET_POSITION_STATUS, answer) {
        Ok(Changed::Done) => Vec::new(),
        Ok(Changed::Refused(reasons)) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            vec![Blocker::step_refused(&work.opening, "set the position's status", &reasons)]
        }
        Ok(Changed::Unsupported) => {
            vec![Blocker::unsupported(&work.opening, Unsupported::PositionStatus, &status, status.as_str())]
        }
        Err(error) => refused(work, error, "set the position's status")?,
    };
    group.state_mut().is_ended = is_ended;
    group.save().await?;
    Ok(blockers)
}
