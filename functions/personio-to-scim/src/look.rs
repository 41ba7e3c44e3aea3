//! Whether the partner still has the account that a link names, where its list did not show it.

use edge::verdict::Fault;
use vendors::scim::operations::READ_USER;
use vendors::scim::users::{self, UserById};

use crate::link::Object;
use crate::removal::forget_account;
use crate::work::Work;

/// Whether an account that the partner's list did not show was removed there. Then the link forgets it, and the person
/// is as one who has none.
///
/// # Errors
/// The partner's; [`Fault::Throttled`].
pub(crate) async fn was_removed(work: &Work<'_>, object: &mut Object<'_>) -> Result<bool, Fault> {
    let Some(id) = object.state().account.as_ref().map(|account| account.id.clone()) else { return Ok(false) };
    work.turn(object).await?;
    let read = users::read(&work.scim, &id).await?;
    work.has_answered(READ_USER);
    match read {
        UserById::There(_) | UserById::IdRefused(_) => Ok(false),
        UserById::Gone => {
            forget_account(object);
            object.save().await?;
            Ok(true)
        }
    }
}
