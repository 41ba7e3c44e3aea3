//! Letting a person log in, or no longer: a call of its own, read back. A partner that refuses an attribute must not
//! keep a leaver active for that.

use edge::verdict::Fault;
use reconcile::guard::Effect;
use vendors::scim::model::{AttributeChange, UserId};
use vendors::scim::operations::{PATCH_USER, READ_USER};
use vendors::scim::patch;
use vendors::scim::users::{self, Updated, UserById};
use vendors::{Error, Kind};

use crate::blocker::Blocker;
use crate::held::held;
use crate::link::{Object, WriteBy};
use crate::put::put;
use crate::work::Work;

/// What came of a PATCH of `active` alone.
pub(crate) enum Patched {
    /// The partner has done it, says the answer.
    Done,
    /// The partner refuses it.
    Refused(Blocker),
    /// The partner knows no PATCH.
    Unsupported,
}

/// Lets a person log in. `wanted`: all that the account is to hold, for a partner that takes whole accounts only.
pub(crate) async fn activate(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    wanted: &[AttributeChange],
) -> Result<Option<Blocker>, Fault> {
    set_active(work, object, id, true, wanted).await
}

/// Lets a person log in no longer, unless the day's budget is used up.
pub(crate) async fn deactivate(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
) -> Result<Option<Blocker>, Fault> {
    if let Some(blocker) = held(work, object, Effect::Deactivate).await? {
        return Ok(Some(blocker));
    }
    set_active(work, object, id, false, &[]).await
}

async fn set_active(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    active: bool,
    wanted: &[AttributeChange],
) -> Result<Option<Blocker>, Fault> {
    let patched = match work.write_by(object) {
        Some(WriteBy::Put) => Patched::Unsupported,
        Some(WriteBy::Patch) | None => patch_active(work, object, id, active).await?,
    };
    let blocker = match patched {
        Patched::Done => None,
        Patched::Refused(blocker) => Some(blocker),
        Patched::Unsupported => put(work, object, id, active, wanted).await?,
    };
    match blocker {
        Some(blocker) => Ok(Some(blocker)),
        None => read_back(work, object, id, active).await,
    }
}

/// A PATCH of `active` alone. It teaches whether the partner knows PATCH at all.
pub(crate) async fn patch_active(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    active: bool,
) -> Result<Patched, Fault> {
    work.turn(object).await?;
    match users::patch(&work.scim, id, &patch::activation(active, work.settings.dialect)).await? {
        Updated::Done => {
            work.has_answered(PATCH_USER);
            work.learn(object, WriteBy::Patch);
            Ok(Patched::Done)
        }
        Updated::Unsupported => {
            work.learn(object, WriteBy::Put);
            Ok(Patched::Unsupported)
        }
        Updated::Taken(reasons) | Updated::Refused(reasons) => {
            let step = if active { "activate the account" } else { "deactivate the account" };
            Ok(Patched::Refused(Blocker::step_refused(work.person, step, &reasons)))
        }
        // nobody can say whether it was carried out: tried again
        Updated::Failed => Err(Error::new(PATCH_USER, Kind::Unavailable { retry_after: None }).into()),
    }
}

/// Some partners say yes and leave the account as it was.
async fn read_back(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    active: bool,
) -> Result<Option<Blocker>, Fault> {
    work.turn(object).await?;
    let read = users::read(&work.scim, id).await?;
    work.has_answered(READ_USER);
    let is_so = match read {
        UserById::There(user) => user.active == Some(active),
        // who is gone cannot log in
        UserById::Gone => !active,
        UserById::IdRefused(_) => false,
    };
    if !is_so {
        return Ok(Some(Blocker::not_carried_out(work.person, active)));
    }
    object.state_mut().is_active(active);
    object.save().await?;
    Ok(None)
}
