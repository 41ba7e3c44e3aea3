//! What is done about an entry of ours that somebody has removed in helloHQ.

use edge::verdict::Fault;
use vendors::hellohq::model::EntryId;
use vendors::personio::model::absence::AbsencePeriod;

use crate::connection::WhenRemovedByHand;
use crate::desired::Mapper;
use crate::fingerprint::shown;
use crate::link::Object;
use crate::look::{Standing, look};
use crate::work::Work;

/// Whether an absence is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByHand {
    /// As Personio and the mapping want it.
    AsWanted,
    /// Not any more: this entry of it was just found to be removed.
    JustRemoved(EntryId),
    /// Not any more, as was found before.
    StaysRemoved,
}

/// Looks at what counts as standing, and judges what is not there any more. It stays removed while nothing says otherwise: an
/// edited absence, a setting, a person's retry. Where something had blocked it, or its person is another user by now, somebody
/// has followed what the owner was told, and the absence is entered anew.
pub(crate) async fn by_hand(
    mapper: &Mapper,
    work: &Work<'_>,
    object: &mut Object<'_>,
    absence: &AbsencePeriod,
) -> Result<ByHand, Fault> {
    let was = object.state().written.as_ref().map(|written| written.entry.user);
    let is_wanted = object.is_edited(&shown(absence))
        || work.attempt.is_replay()
        || work.settings().sweeps.when_removed_by_hand == WhenRemovedByHand::Restore;
    let removed = match (look(work, object).await?, was) {
        (Standing::Removed(id), Some(was)) => {
            let is_advised =
                object.blocked().is_some() || mapper.has_moved(&work.accounts, absence.person, was).await?;
            (!is_wanted && !is_advised).then_some(ByHand::JustRemoved(id))
        }
        _ => (object.state().removed_by_hand && !is_wanted).then_some(ByHand::StaysRemoved),
    };
    object.state_mut().removed_by_hand = removed.is_some();
    Ok(removed.unwrap_or(ByHand::AsWanted))
}
