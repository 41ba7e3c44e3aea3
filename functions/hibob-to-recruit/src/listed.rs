//! The openings that Recruit lists of a position, where the connection names a way to list them.

use edge::verdict::Fault;
use vendors::recruit::model::{Opening, OpeningUid, PositionUid};
use vendors::recruit::openings::{self, OpeningsOfPosition};
use vendors::recruit::operations::LIST_OPENINGS;
use vendors::{Kind, Page};

use crate::link::{GroupLink, claim_of_opening};
use crate::work::Work;

/// All openings of a position. `None`: the connection names no way, or Recruit does not show the position: an app may not
/// see what it made.
///
/// # Errors
/// Recruit's; [`Fault::Throttled`], [`Fault::OutOfTime`].
pub(crate) async fn listed(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    position: &PositionUid,
) -> Result<Option<Page<Opening, OpeningUid>>, Fault> {
    if work.recruit.ways().list_openings.is_none() {
        return Ok(None);
    }
    work.turn(group).await?;
    let listed = openings::of_position(&work.recruit, position).await;
    match work.note(LIST_OPENINGS, listed) {
        Ok(OpeningsOfPosition::Listed(listed)) => Ok(Some(listed)),
        Ok(OpeningsOfPosition::Unsupported) => Ok(None),
        Err(error) if error.kind == Kind::Gone => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether something of Recruit's belongs to a link.
pub(crate) async fn is_claimed(work: &Work<'_>, claim: &str) -> Result<bool, Fault> {
    Ok(work.attempt.ledger.claimed_by(work.attempt.connection(), claim).await?.is_some())
}

/// The open openings of a position that hrsync has not made. Nobody knows of a position that cannot be listed.
///
/// # Errors
/// As [`listed`]; where the table fails.
pub(crate) async fn made_by_hand(
    work: &Work<'_>,
    group: &mut GroupLink<'_>,
    position: &PositionUid,
) -> Result<Vec<OpeningUid>, Fault> {
    let listed = listed(work, group, position).await?;
    let mut by_hand = Vec::new();
    for opening in listed.into_iter().flat_map(|page| page.items).filter(Opening::is_open) {
        if !is_claimed(work, &claim_of_opening(&opening.uid)).await? {
            by_hand.push(opening.uid);
        }
    }
    Ok(by_hand)
}
