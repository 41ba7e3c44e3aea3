//! Looking a user up by what is known of them, before anything is created and after a name is said to be taken.
//!
//! An answer to a filter may be everybody, so every user who comes is compared with what was asked. Each function is one
//! call; the flow decides which come after one another.

use reqwest::StatusCode;
use serde_json::Value;

use super::client::Scim;
use super::json::Field;
use super::list;
use super::model::{ExternalId, User, UserName};
use super::operations::{FIND_USER, LIST_USERS};
use super::reading::{self, Listed};
use super::refusal::{self, failure};
use crate::encoding::encoded;
use crate::value::Email;
use crate::{Error, Reason};

#[cfg(doc)]
use crate::Kind;

/// Whom a look-up found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserMatch {
    /// No such user.
    Nobody,
    /// One such user.
    One(User),
    /// So many such users: none of them may be taken.
    Several(usize),
    /// The look-up says nothing: the server does not take the filter (its reasons), shows others and not everybody, or
    /// shows somebody who cannot be read (the member).
    Unclear(Vec<Reason>),
}

/// The user with this id of ours.
///
/// # Errors
/// [`Kind::Unexplained`] where the answer is no list. Otherwise as for all calls.
pub async fn by_external_id(scim: &Scim, id: &ExternalId) -> Result<UserMatch, Error> {
    by_filter(scim, "externalId", id.as_str(), |user| user.is_known_as(id)).await
}

/// The user with this login, whatever its case; asked for in the case that is given.
///
/// # Errors
/// As [`by_external_id`].
pub async fn by_user_name(scim: &Scim, name: &UserName) -> Result<UserMatch, Error> {
    by_filter(scim, "userName", name.as_str(), |user| user.is_named(name)).await
}

/// The same, asked for in lower case: some servers keep it so, and compare exactly.
///
/// # Errors
/// As [`by_external_id`].
pub async fn by_lower_case_user_name(scim: &Scim, name: &UserName) -> Result<UserMatch, Error> {
    by_filter(scim, "userName", name.lower_case().as_str(), |user| user.is_named(name)).await
}

/// The user with this address among theirs, whatever its case.
///
/// # Errors
/// As [`by_external_id`].
pub async fn by_email(scim: &Scim, email: &Email) -> Result<UserMatch, Error> {
    by_filter(scim, "emails.value", email.reveal(), |user| user.has_email(email)).await
}

/// The user with this login or this id of ours on the list's first page: the last resort of servers that filter wrongly.
///
/// # Errors
/// As [`by_external_id`].
pub async fn on_first_page(scim: &Scim, name: &UserName, id: &ExternalId) -> Result<UserMatch, Error> {
    let listed = list::part(scim, LIST_USERS, 1, list::PAGE).await?;
    Ok(of_list(&listed, |user| user.is_named(name) || user.is_known_as(id)))
}

async fn by_filter(
    scim: &Scim,
    attribute: &str,
    value: &str,
    fits: impl Fn(&User) -> bool,
) -> Result<UserMatch, Error> {
    let mut url = scim.users();
    let filter = filter(attribute, value);
    // by hand, for a form's `+` may not count as a blank within a filter
    url.set_query(Some(&format!("filter={}", encoded(&filter))));
    let answer = scim.get(FIND_USER, url).await?;
    match answer.status {
        StatusCode::OK => Ok(of_list(&list::listed(FIND_USER, &answer)?, fits)),
        StatusCode::BAD_REQUEST | StatusCode::NOT_IMPLEMENTED => Ok(UserMatch::Unclear(refusal::reasons(&answer.body))),
        _ => Err(failure(FIND_USER, &answer)),
    }
}

/// `attribute eq "value"`. Values are written as in JSON: quotes and backslashes with a backslash (RFC 7644, 3.4.2.2).
fn filter(attribute: &str, value: &str) -> String {
    format!("{attribute} eq {}", Value::from(value))
}

/// One who cannot be read may be the one who is looked for, so nobody may be taken or created for the sake of the others.
fn of_list(listed: &Listed, fits: impl Fn(&User) -> bool) -> UserMatch {
    let users: Result<Vec<_>, Field> = listed.resources.iter().map(reading::user).collect();
    let users = match users {
        Ok(users) => users,
        Err(field) => return UserMatch::Unclear(vec![field.into()]),
    };
    let given = users.len();
    let mut fitting: Vec<_> = users.into_iter().filter(fits).collect();
    let has_others = fitting.len() < given;
    let is_whole = listed.total.is_none_or(|total| total <= given);
    if !is_whole && (has_others || fitting.is_empty()) {
        return UserMatch::Unclear(Vec::new());
    }
    let count = fitting.len();
    match fitting.pop() {
        None => UserMatch::Nobody,
        Some(user) if count == 1 => UserMatch::One(user),
        Some(_) => UserMatch::Several(count),
    }
}
