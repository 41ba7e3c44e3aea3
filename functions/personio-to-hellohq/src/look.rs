//! A look at an entry of ours before anything rests on it: before it counts as standing, and before it is removed.

use edge::verdict::Fault;
use mapping::personio_to_hellohq::reference;
use vendors::Http;
use vendors::hellohq::model::{EntryId, Found};
use vendors::hellohq::operations::READ_ABSENCE;

use crate::desired::of_list;
use crate::link::{Look, Object, Written};
use crate::recover::bears;
use crate::work::Work;

/// Whether what counts as standing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// As far as helloHQ shows it does, or nothing was entered.
    AsKnown,
    /// Somebody has removed this entry. It is forgotten.
    Removed(EntryId),
}

/// Looks at what counts as standing. helloHQ may show an entry late, and a single 404 may be a gateway's, so an entry counts as
/// removed only some time after it was made, and where its user's list does not hold it either.
pub(crate) async fn look(work: &Work<'_>, object: &mut Object<'_>) -> Result<Standing, Fault> {
    let Some(Written { id, entry, at }) = object.state().written.clone() else { return Ok(Standing::AsKnown) };
    if object.state().look_at(id).is_some() {
        return Ok(Standing::AsKnown);
    }
    let mut found = read(work, object, id).await?;
    let is_shown_by_now = work.attempt.now() >= at + work.settings().visible_within;
    if found.is_none() && is_shown_by_now {
        // follows at once, so its turn is taken afterwards
        let listed = work.accounts.hellohq.entries_of(entry.user).await.map_err(of_list)?;
        work.limit().reserve(work.attempt.ledger, 1, work.attempt.now()).await?;
        found = listed.into_iter().find(|listed| listed.id == id);
        if found.is_none() {
            object.state_mut().forget(id);
            object.release(id.to_string());
            return Ok(Standing::Removed(id));
        }
    }
    note(work, object, id, found.as_ref());
    Ok(Standing::AsKnown)
}

/// What helloHQ shows of an entry, asked for once in all the attempts that the work on the absence takes. Look and what follows
/// have a turn each, so a low limit costs receives and no further calls. One that is not shown is ours as far as is known.
pub(crate) async fn look_at(work: &Work<'_>, object: &mut Object<'_>, id: EntryId) -> Result<Look, Fault> {
    if let Some(look) = object.state().look_at(id) {
        return Ok(look);
    }
    let found = read(work, object, id).await?;
    Ok(note(work, object, id, found.as_ref()))
}

async fn read(work: &Work<'_>, object: &mut Object<'_>, id: EntryId) -> Result<Option<Found>, Fault> {
    work.attempt.needs(Http::TIMEOUT)?;
    object.turn(&work.limit(), "look").await?;
    let found = work.accounts.hellohq.entry(id).await?;
    work.has_answered(READ_ABSENCE);
    Ok(found)
}

fn note(work: &Work<'_>, object: &mut Object<'_>, id: EntryId, found: Option<&Found>) -> Look {
    let is_ours = found.is_none_or(|found| bears(found, &reference(work.absence)));
    let look = Look { id, is_ours };
    object.state_mut().looked_at.push(look);
    look
}
