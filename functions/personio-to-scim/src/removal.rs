//! Removing an account of ours.

use edge::verdict::Fault;
use reconcile::guard::Effect;
use vendors::scim::model::UserId;
use vendors::scim::operations::DELETE_USER;
use vendors::scim::users::{self, Deleted};

use crate::blocker::Blocker;
use crate::held::held;
use crate::link::Object;
use crate::work::Work;

/// Removes the account, unless the day's budget is used up. Some partners only put it away: its id is kept for somebody
/// who comes back.
pub(crate) async fn remove(work: &Work<'_>, object: &mut Object<'_>, id: &UserId) -> Result<Option<Blocker>, Fault> {
    if let Some(blocker) = held(work, object, Effect::Remove).await? {
        return Ok(Some(blocker));
    }
    work.turn(object).await?;
    let deleted = match users::delete(&work.scim, id).await {
        Ok(deleted) => deleted,
        Err(error) if error.kind.is_refusal() => {
            let reasons = error.kind.reasons().to_vec();
            return Ok(Some(Blocker::step_refused(work.person, "remove the account", &reasons)));
        }
        Err(error) => return Err(error.into()),
    };
    work.has_answered(DELETE_USER);
    match deleted {
        Deleted::Done | Deleted::AlreadyGone => {
            forget_account(object);
            object.save().await?;
            Ok(None)
        }
        Deleted::Unsupported => Ok(Some(Blocker::removes_nobody())),
    }
}

/// The account is not there any more.
pub(crate) fn forget_account(object: &mut Object<'_>) {
    let Some(account) = object.state_mut().account.take() else { return };
    object.release(account.id.as_str());
    object.state_mut().former = Some(account.id);
}
