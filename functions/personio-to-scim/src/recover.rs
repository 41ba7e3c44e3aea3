//! What became of a creation that got no answer.

use edge::verdict::Fault;
use reconcile::Recovered;
use vendors::scim::lookup::UserMatch;
use vendors::scim::model::{User, UserName};

use crate::adopt::{by_external_id, by_name, other_holder};
use crate::link::{Account, Object, Origin, Sent, digest_of_name};
use crate::work::Work;

/// Whom the look-ups have found.
enum Found {
    One(Box<User>),
    Nobody,
    /// The look-ups say nothing, or name several.
    Unknowable,
}

/// Finds out what became of an unanswered creation: by our id of the user, then by the login. `name`: the person's
/// login, where it can be made.
///
/// # Errors
/// The partner's; [`Fault::Throttled`], [`Fault::Claimed`].
pub(crate) async fn recover(
    work: &Work<'_>,
    object: &mut Object<'_>,
    name: Option<&UserName>,
) -> Result<Recovered<()>, Fault> {
    let Some(intent) = object.intent().cloned() else { return Ok(Recovered::NothingOpen) };
    match find(work, object, &intent.sent, name).await? {
        Found::Unknowable => Ok(Recovered::Unknowable),
        Found::Nobody => Ok(object.not_found(work.settings.visible_within)),
        Found::One(user) => {
            object.claim(user.id.as_str());
            let Sent { digests, .. } = intent.sent;
            object.state_mut().account =
                Some(Account { id: user.id, origin: Origin::Created, active: user.active, sent: digests });
            let found = object.found(());
            object.save().await?;
            Ok(found)
        }
    }
}

async fn find(work: &Work<'_>, object: &mut Object<'_>, sent: &Sent, name: Option<&UserName>) -> Result<Found, Fault> {
    let by_id = by_external_id(work, object, &sent.external_id).await?;
    match by_id {
        UserMatch::One(user) => return unless_anothers(work, object, user).await,
        UserMatch::Several(_) => return Ok(Found::Unknowable),
        UserMatch::Nobody | UserMatch::Unclear(_) => {}
    }
    let is_unclear = matches!(by_id, UserMatch::Unclear(_));
    // whoever has another login by now was perhaps made with the one before, which no link keeps
    let Some(name) = name.filter(|name| digest_of_name(name) == sent.user_name) else { return Ok(Found::Unknowable) };
    Ok(match by_name(work, object, name).await? {
        UserMatch::One(user) if is_ours(&user, sent) => return unless_anothers(work, object, user).await,
        UserMatch::Nobody if !is_unclear => Found::Nobody,
        UserMatch::One(_) | UserMatch::Nobody | UserMatch::Several(_) | UserMatch::Unclear(_) => Found::Unknowable,
    })
}

/// An account that another person of the connection holds is not what was made.
async fn unless_anothers(work: &Work<'_>, object: &Object<'_>, user: User) -> Result<Found, Fault> {
    let holder = other_holder(work, object, &user.id).await?;
    Ok(if holder.is_none() { Found::One(Box::new(user)) } else { Found::Unknowable })
}

/// Nobody had the login before it was sent, and the user bears no other id: the partner may not return ours.
fn is_ours(user: &User, sent: &Sent) -> bool {
    let bears_another = user.external_id.as_ref().is_some_and(|id| *id != sent.external_id);
    sent.was_looked_for && !bears_another
}
