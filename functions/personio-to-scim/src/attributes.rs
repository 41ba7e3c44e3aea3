//! Writing attributes: in one PATCH, or group by group where the partner refuses the whole for the sake of one; by PUT
//! where it knows no PATCH.

use edge::verdict::Fault;
use vendors::scim::model::{AttributeChange, UserId};
use vendors::scim::operations::PATCH_USER;
use vendors::scim::patch::{self, AttributeGroup};
use vendors::scim::users::{self, Updated};

use crate::activation::{Patched, patch_active};
use crate::blocker::{Blocker, InTheWay};
use crate::link::{Object, WriteBy};
use crate::put::put;
use crate::work::Work;

/// Writes changes. `wanted`: all that the account is to hold, for a partner that takes whole accounts only. What was
/// not taken stands in the way; all else was written.
pub(crate) async fn change(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    changes: &[AttributeChange],
    wanted: &[AttributeChange],
) -> Result<Vec<Blocker>, Fault> {
    if work.write_by(object) == Some(WriteBy::Put) {
        return Ok(put(work, object, id, true, wanted).await?.into_iter().collect());
    }
    work.turn(object).await?;
    let answer = users::patch(&work.scim, id, &patch::operations(changes, work.settings.dialect)).await?;
    match answer {
        Updated::Done => {
            work.has_answered(PATCH_USER);
            work.learn(object, WriteBy::Patch);
            object.state_mut().has_sent(changes);
            object.save().await?;
            Ok(Vec::new())
        }
        // of one path, or of PATCH itself: a PATCH of `active` alone, as it is anyway, tells the two apart
        Updated::Unsupported if work.write_by(object).is_none() => match patch_active(work, object, id, true).await? {
            Patched::Unsupported => Ok(put(work, object, id, true, wanted).await?.into_iter().collect()),
            Patched::Done | Patched::Refused(_) => by_groups(work, object, id, changes).await,
        },
        Updated::Unsupported | Updated::Taken(_) | Updated::Refused(_) | Updated::Failed => {
            by_groups(work, object, id, changes).await
        }
    }
}

/// The same in one PATCH for each group.
async fn by_groups(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    changes: &[AttributeChange],
) -> Result<Vec<Blocker>, Fault> {
    let mut blockers = Vec::new();
    for (group, operations) in patch::groups(changes, work.settings.dialect) {
        work.turn(object).await?;
        match users::patch(&work.scim, id, &operations).await? {
            Updated::Done => {
                work.has_answered(PATCH_USER);
                let written = changes.iter().filter(|change| AttributeGroup::of(change.attribute()) == group);
                object.state_mut().has_sent(written);
            }
            Updated::Taken(_) => blockers.push(Blocker::in_the_way(work.person, InTheWay::Login)),
            Updated::Unsupported => blockers.push(Blocker::attributes_refused(group, "it does not know it")),
            Updated::Failed => blockers.push(Blocker::attributes_refused(group, "it breaks over it")),
            Updated::Refused(reasons) => {
                let listed: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                blockers.push(Blocker::attributes_refused(group, &listed.join("; ")));
            }
        }
    }
    object.save().await?;
    Ok(blockers)
}
