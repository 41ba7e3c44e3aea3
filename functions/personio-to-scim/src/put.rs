//! A change by PUT: what was just read, with all that is wanted in it.

use edge::verdict::Fault;
use vendors::scim::model::{AttributeChange, UserId};
use vendors::scim::operations::{READ_USER, REPLACE_USER};
use vendors::scim::users::{self, Updated, UserById};
use vendors::{Error, Kind};

use crate::blocker::Blocker;
use crate::link::{Object, WriteBy};
use crate::work::Work;

/// Writes the account as a whole. `None`: done, says the partner.
pub(crate) async fn put(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &UserId,
    active: bool,
    changes: &[AttributeChange],
) -> Result<Option<Blocker>, Fault> {
    work.turn(object).await?;
    let user = match users::read(&work.scim, id).await? {
        UserById::There(user) => user,
        UserById::Gone => return Err(Error::new(READ_USER, Kind::Gone).into()),
        UserById::IdRefused(reasons) => {
            return Ok(Some(Blocker::step_refused(work.person, "show the account", &reasons)));
        }
    };
    work.turn(object).await?;
    match users::replace(&work.scim, &user, active, changes).await? {
        Updated::Done => {
            work.has_answered(REPLACE_USER);
            work.learn(object, WriteBy::Put);
            object.state_mut().has_sent(changes);
            Ok(None)
        }
        Updated::Taken(reasons) | Updated::Refused(reasons) => {
            Ok(Some(Blocker::step_refused(work.person, "change the account", &reasons)))
        }
        Updated::Unsupported => Err(neither()),
        // nobody can say whether it was carried out: tried again
        Updated::Failed => Err(Error::new(REPLACE_USER, Kind::Unavailable { retry_after: None }).into()),
    }
}

fn neither() -> Fault {
    let what = "`scim`: the partner system takes neither PATCH nor PUT, so accounts can be made and never changed";
    Fault::Setting(what.to_owned())
}
