//! Writes down which openings a position has, and whose turn an opening comes in.

use edge::verdict::Fault;
use ledger::Subject;

use crate::link::{self, LastHolder, OpeningLink, PositionLink};
use crate::source::Record;
use crate::work::Work;
use mapping::hibob_to_recruit::{Holder, holder};

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
    opening.state_mut().holder = match holder(source.row()) {
        Holder::Nobody => LastHolder::Nobody,
        Holder::Somebody => LastHolder::Somebody,
        Holder::Unknown => LastHolder::Unknown,
    };
    let position = &source.position.id;
    let is_known = opening.state().position.as_ref() == Some(position);
    if !is_known {
        let mut link = PositionLink::load(work.attempt, &link::position(position)).await?;
        if link.state_mut().openings.insert(work.opening.clone()) {
            link.save().await?;
        }
    }
    if opening.state().target.is_none() {
        opening.state_mut().position = Some(position.clone());
        opening.state_mut().group = Some(group.clone());
    }
    Ok(())
}
