//! The look-ups that the pusher would make for a person without an account of ours.

use std::time::Duration;

use admin::{Error, Explanation};
use edge::verdict::Fault;
use mapping::personio_to_scim::Adoption;
use vendors::personio::model::id::PersonId;
use vendors::scim::lookup::{self, UserMatch};
use vendors::scim::model::{ExternalId, User, UserName};
use vendors::scim::users::{self, UserById};

use super::desk::Desk;
use crate::blocker::{Blocker, InTheWay};
use crate::goal::Goal;
use crate::link::State;

/// Whom the look-ups have found.
pub(super) enum Found {
    Nobody,
    User(Box<User>),
    /// Somebody who may not be taken, or nobody can say.
    InTheWay(String),
}

/// Looks for the account of a person; each look-up is told.
pub(super) async fn search(
    desk: &Desk<'_>,
    person: PersonId,
    state: &State,
    goal: &Goal,
    told: &mut Explanation,
) -> Result<Found, Error> {
    if state.holds() {
        return Ok(Found::Nobody);
    }
    match goal {
        Goal::AsItStands => Ok(Found::Nobody),
        Goal::Inactive { known_as } | Goal::Nothing { known_as } => leaver(desk, person, known_as.as_ref(), told).await,
        Goal::Active(content) => {
            if let Some(user) = former(desk, state, told).await? {
                return Ok(Found::User(Box::new(user)));
            }
            somebody(desk, person, &content.external_id, &content.user_name, told).await
        }
    }
}

async fn leaver(
    desk: &Desk<'_>,
    person: PersonId,
    known_as: Option<&ExternalId>,
    told: &mut Explanation,
) -> Result<Found, Error> {
    let Some(external_id) = known_as.filter(|_| adopts(desk)) else { return Ok(Found::Nobody) };
    Ok(match by_external_id(desk, external_id, told).await? {
        UserMatch::One(user) if desk.other_holder(&person.to_string(), &user.id).await?.is_none() => {
            Found::User(Box::new(user))
        }
        UserMatch::One(_) | UserMatch::Nobody | UserMatch::Unclear(_) => Found::Nobody,
        UserMatch::Several(users) => in_the_way(person, InTheWay::Several(users)),
    })
}

/// The account that was removed and may only have been put away.
async fn former(desk: &Desk<'_>, state: &State, told: &mut Explanation) -> Result<Option<User>, Error> {
    let Some(id) = &state.former else { return Ok(None) };
    let read = patiently(async || users::read(&desk.scim, id).await).await?;
    let found = match read {
        UserById::There(user) => Some(user),
        UserById::Gone | UserById::IdRefused(_) => None,
    };
    told.add("the account that was removed", if found.is_some() { "is still there" } else { "is gone" });
    Ok(found)
}

async fn somebody(
    desk: &Desk<'_>,
    person: PersonId,
    external_id: &ExternalId,
    name: &UserName,
    told: &mut Explanation,
) -> Result<Found, Error> {
    if desk.settings.rules.policies.adoption == Adoption::Off {
        return Ok(Found::Nobody);
    }
    match by_external_id(desk, external_id, told).await? {
        UserMatch::One(user) if adopts(desk) => return unless_held(desk, person, user).await,
        UserMatch::One(_) => return Ok(in_the_way(person, InTheWay::Known)),
        UserMatch::Several(users) => return Ok(in_the_way(person, InTheWay::Several(users))),
        UserMatch::Unclear(_) => return Ok(in_the_way(person, InTheWay::Unclear)),
        UserMatch::Nobody => {}
    }
    let named = patiently(async || lookup::by_user_name(&desk.scim, name).await).await?;
    told.add("users with the person's login", counted(&named));
    match named {
        UserMatch::Nobody => Ok(Found::Nobody),
        UserMatch::One(user) if may_take(desk, person, &user, external_id).await? => {
            unless_held(desk, person, user).await
        }
        UserMatch::One(_) => Ok(in_the_way(person, InTheWay::Login)),
        UserMatch::Several(users) => Ok(in_the_way(person, InTheWay::Several(users))),
        UserMatch::Unclear(_) => Ok(in_the_way(person, InTheWay::Unclear)),
    }
}

fn adopts(desk: &Desk<'_>) -> bool {
    matches!(desk.settings.rules.policies.adoption, Adoption::ExternalId | Adoption::UserName)
}

async fn may_take(desk: &Desk<'_>, person: PersonId, user: &User, external_id: &ExternalId) -> Result<bool, Error> {
    let allows = match desk.settings.rules.policies.adoption {
        Adoption::UserName => true,
        Adoption::ExternalId => user.is_known_as(external_id),
        Adoption::LinkOnly | Adoption::Off => false,
    };
    Ok(allows || desk.other_holder(&person.to_string(), &user.id).await?.is_some())
}

/// An account of ours goes over to another person only where its holder is to have none; that is found out when it is
/// done.
async fn unless_held(desk: &Desk<'_>, person: PersonId, user: User) -> Result<Found, Error> {
    Ok(match desk.other_holder(&person.to_string(), &user.id).await? {
        None => Found::User(Box::new(user)),
        Some(holder) => Found::InTheWay(format!(
            "the account that fits is that of {holder}; it goes over where {holder} is to have none any more"
        )),
    })
}

async fn by_external_id(desk: &Desk<'_>, id: &ExternalId, told: &mut Explanation) -> Result<UserMatch, Error> {
    let found = patiently(async || lookup::by_external_id(&desk.scim, id).await).await?;
    told.add("users with the person's external id", counted(&found));
    Ok(found)
}

fn counted(found: &UserMatch) -> String {
    match found {
        UserMatch::Nobody => "none".to_owned(),
        UserMatch::One(_) => "one".to_owned(),
        UserMatch::Several(users) => format!("{users}, which is too many"),
        UserMatch::Unclear(_) => "the partner system's answer says nothing".to_owned(),
    }
}

fn in_the_way(person: PersonId, why: InTheWay) -> Found {
    Found::InTheWay(Blocker::in_the_way(person, why).notice.reasons.join("; "))
}

/// Repeats a call that the partner puts off: thousands of calls meet a rate limit sooner or later.
async fn patiently<T>(mut call: impl AsyncFnMut() -> Result<T, vendors::Error>) -> Result<T, Fault> {
    for rest in [1, 4, 16, 60] {
        match call().await {
            Err(vendors::Error { kind: vendors::Kind::RateLimited { retry_after }, .. }) => {
                let rest = retry_after.unwrap_or_default().max(Duration::from_secs(rest));
                tokio::time::sleep(rest).await;
            }
            answer => return Ok(answer?),
        }
    }
    Ok(call().await?)
}
