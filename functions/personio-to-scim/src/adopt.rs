//! Who in the partner system is the person, before anything is made. Only who was asked for counts, and the
//! connection's policy says who may be taken.

use edge::verdict::Fault;
use ledger::Subject;
use mapping::personio_to_scim::Adoption;
use vendors::scim::lookup::{self, UserMatch};
use vendors::scim::model::{ExternalId, User, UserId, UserName};
use vendors::scim::operations::{FIND_USER, READ_USER};
use vendors::scim::users::{self, UserById};

use crate::blocker::{Blocker, InTheWay};
use crate::goal::Goal;
use crate::link::Object;
use crate::work::Work;

/// Whom a look-up has found.
#[derive(Debug)]
pub(crate) enum Candidate {
    /// Nobody: an account may be made.
    Nobody,
    /// This user is the person's, says the policy.
    User(Box<User>),
    /// Somebody who may not be taken, or nobody can say: none is made.
    InTheWay(Blocker),
}

/// Looks for the account of a person who has no link to one.
///
/// # Errors
/// The partner's; [`Fault::Throttled`].
pub(crate) async fn candidate(work: &Work<'_>, object: &mut Object<'_>, goal: &Goal) -> Result<Candidate, Fault> {
    if object.state().holds() {
        return Ok(Candidate::Nobody);
    }
    match goal {
        Goal::AsItStands => Ok(Candidate::Nobody),
        // nobody is taken by a name alone only to be locked out: it may be the name of somebody else by now
        Goal::Inactive { known_as } | Goal::Nothing { known_as } => leaver(work, object, known_as.as_ref()).await,
        Goal::Active(content) => {
            if let Some(user) = former(work, object).await? {
                return Ok(Candidate::User(Box::new(user)));
            }
            somebody(work, object, &content.external_id, &content.user_name).await
        }
    }
}

/// Whether the policy lets users be adopted that nobody but their own attributes say are the person's.
pub(crate) fn adopts(work: &Work<'_>) -> bool {
    matches!(work.settings.rules.policies.adoption, Adoption::ExternalId | Adoption::UserName)
}

async fn leaver(work: &Work<'_>, object: &mut Object<'_>, known_as: Option<&ExternalId>) -> Result<Candidate, Fault> {
    let Some(external_id) = known_as.filter(|_| adopts(work)) else { return Ok(Candidate::Nobody) };
    Ok(match by_external_id(work, object, external_id).await? {
        // an account that has gone over to another person is not a leaver's any more
        UserMatch::One(user) if other_holder(work, object, &user.id).await?.is_none() => {
            Candidate::User(Box::new(user))
        }
        UserMatch::One(_) | UserMatch::Nobody | UserMatch::Unclear(_) => Candidate::Nobody,
        UserMatch::Several(users) => Candidate::InTheWay(Blocker::in_the_way(work.person, InTheWay::Several(users))),
    })
}

/// The account that was removed and may only have been put away.
async fn former(work: &Work<'_>, object: &mut Object<'_>) -> Result<Option<User>, Fault> {
    let Some(id) = object.state().former.clone() else { return Ok(None) };
    work.turn(object).await?;
    let read = users::read(&work.scim, &id).await?;
    work.has_answered(READ_USER);
    match read {
        UserById::There(user) => Ok(Some(user)),
        UserById::Gone | UserById::IdRefused(_) => {
            object.state_mut().former = None;
            Ok(None)
        }
    }
}

async fn somebody(
    work: &Work<'_>,
    object: &mut Object<'_>,
    external_id: &ExternalId,
    name: &UserName,
) -> Result<Candidate, Fault> {
    if work.settings.rules.policies.adoption == Adoption::Off {
        return Ok(Candidate::Nobody);
    }
    let in_the_way = |why| Candidate::InTheWay(Blocker::in_the_way(work.person, why));
    match by_external_id(work, object, external_id).await? {
        UserMatch::One(user) if adopts(work) => return Ok(Candidate::User(Box::new(user))),
        UserMatch::One(_) => return Ok(in_the_way(InTheWay::Known)),
        UserMatch::Several(users) => return Ok(in_the_way(InTheWay::Several(users))),
        UserMatch::Unclear(_) => return Ok(in_the_way(InTheWay::Unclear)),
        UserMatch::Nobody => {}
    }
    Ok(match by_name(work, object, name).await? {
        UserMatch::Nobody => Candidate::Nobody,
        UserMatch::One(user) if may_take(work, object, &user, external_id).await? => Candidate::User(Box::new(user)),
        UserMatch::One(_) => in_the_way(InTheWay::Login),
        UserMatch::Several(users) => in_the_way(InTheWay::Several(users)),
        UserMatch::Unclear(_) => in_the_way(InTheWay::Unclear),
    })
}

/// Whether a user may be taken who has the person's login: where the policy says so, or where the account is hrsync's
/// already, for another person of the connection.
pub(crate) async fn may_take(
    work: &Work<'_>,
    object: &Object<'_>,
    user: &User,
    external_id: &ExternalId,
) -> Result<bool, Fault> {
    let allows = match work.settings.rules.policies.adoption {
        Adoption::UserName => true,
        Adoption::ExternalId => user.is_known_as(external_id),
        Adoption::LinkOnly | Adoption::Off => false,
    };
    Ok(allows || other_holder(work, object, &user.id).await?.is_some())
}

/// Who else of the connection holds the partner's id.
pub(crate) async fn other_holder(work: &Work<'_>, object: &Object<'_>, id: &UserId) -> Result<Option<Subject>, Fault> {
    let holder = work.attempt.ledger.claimed_by(work.attempt.connection(), id.as_str()).await?;
    Ok(holder.filter(|holder| holder != object.subject()))
}

/// The user who is in the way of a creation that the partner refuses as taken. Some compare names exactly and keep them
/// in lower case, and some find nobody by a filter at all.
///
/// # Errors
/// As [`candidate`].
pub(crate) async fn after_taken(
    work: &Work<'_>,
    object: &mut Object<'_>,
    external_id: &ExternalId,
    name: &UserName,
) -> Result<Candidate, Fault> {
    work.turn(object).await?;
    let mut found = lookup::by_lower_case_user_name(&work.scim, name).await?;
    if !matches!(found, UserMatch::One(_) | UserMatch::Several(_)) {
        found = by_external_id(work, object, external_id).await?;
    }
    if !matches!(found, UserMatch::One(_) | UserMatch::Several(_)) {
        work.turn(object).await?;
        found = lookup::on_first_page(&work.scim, name, external_id).await?;
    }
    work.has_answered(FIND_USER);
    let in_the_way = |why| Candidate::InTheWay(Blocker::in_the_way(work.person, why));
    Ok(match found {
        UserMatch::One(user) if may_take(work, object, &user, external_id).await? => Candidate::User(Box::new(user)),
        UserMatch::One(_) => in_the_way(InTheWay::Login),
        UserMatch::Several(users) => in_the_way(InTheWay::Several(users)),
        UserMatch::Nobody | UserMatch::Unclear(_) => in_the_way(InTheWay::Taken),
    })
}

/// The user with our id of the person.
pub(crate) async fn by_external_id(
    work: &Work<'_>,
    object: &mut Object<'_>,
    id: &ExternalId,
) -> Result<UserMatch, Fault> {
    work.turn(object).await?;
    let found = lookup::by_external_id(&work.scim, id).await?;
    work.has_answered(FIND_USER);
    Ok(found)
}

/// The user with the person's login.
pub(crate) async fn by_name(work: &Work<'_>, object: &mut Object<'_>, name: &UserName) -> Result<UserMatch, Fault> {
    work.turn(object).await?;
    let found = lookup::by_user_name(&work.scim, name).await?;
    work.has_answered(FIND_USER);
    Ok(found)
}
