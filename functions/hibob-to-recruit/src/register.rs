//! Writes down which openings a position has, and whose turn an opening comes in.

use edge::verdict::Fault;
use ledger::Subject;
use mapping::hibob_to_recruit::{Fate, Holder, fate, holder};
use reconcile::Attempt;
use vendors::hibob::model::{OpeningId, PositionId};

use crate::link::{self, LastHolder, OpeningLink, PositionLink};
use crate::source::Record;
use crate::work::Work;

/// The opening belongs to its position and to the group from now on; the next save of its link writes that down. An
/// opening of which Recruit holds one stays where it is.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn register(
    work: &Work<'_>,
    opening: &mut OpeningLink<'_>,
    group: &Subject,
    source: &Record,
) -> Result<(), Fault> {
    remember_holder(work, opening, source);
    let position = &source.position.id;
    let is_known = opening.state().position.as_ref() == Some(position);
    if !is_known {
        know(work.attempt, position, &work.opening).await?;
    }
    if opening.state().target.is_none() {
        opening.state_mut().position = Some(position.clone());
        opening.state_mut().group = Some(group.clone());
    }
    Ok(())
}

/// The position has the opening: an event of the position wakes it.
pub(crate) async fn know(attempt: &Attempt<'_>, position: &PositionId, opening: &OpeningId) -> Result<(), Fault> {
    let mut link = PositionLink::load(attempt, &link::position(position)).await?;
    if link.state_mut().openings.insert(opening.clone()) {
        link.save().await?;
    }
    Ok(())
}

/// The position does not have the opening any more.
pub(crate) async fn forget(attempt: &Attempt<'_>, position: &PositionId, opening: &OpeningId) -> Result<(), Fault> {
    let mut link = PositionLink::load(attempt, &link::position(position)).await?;
    if link.state_mut().openings.remove(opening) {
        link.save().await?;
    }
    Ok(())
}

/// Who held the opening when HiBob last showed that. HiBob takes the holders away from what is cancelled, so that a
/// cancelled opening shows nobody says nothing; that it shows somebody does.
fn remember_holder(work: &Work<'_>, opening: &mut OpeningLink<'_>, source: &Record) {
    let is_open = matches!(fate(source.row(), &work.settings.rules.policies), Ok(Fate::Open));
    let shown = match holder(source.row()) {
        Holder::Nobody => LastHolder::Nobody,
        Holder::Somebody => LastHolder::Somebody,
        Holder::Unknown => LastHolder::Unknown,
    };
    if is_open || shown == LastHolder::Somebody || opening.state().holder == LastHolder::Unknown {
        opening.state_mut().holder = shown;
    }
}
