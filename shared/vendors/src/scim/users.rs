//! The calls that are about one user: read, create, change, write as a whole, remove (RFC 7644, 3.3 to 3.6).
//!
//! Nothing is tried again here and nothing is looked up by itself, but for one thing: a user counts as gone only where the
//! list of users is still there, for every path below a wrong address answers 404.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::client::Scim;
use super::list;
use super::model::{Attribute, AttributeChange, AttributeValue, User, UserId, UserName};
use super::operations::{CREATE_USER, DELETE_USER, PATCH_USER, READ_USER, REPLACE_USER};
use super::patch::PatchOperation;
use super::refusal::{failure, is_taken, reasons, unexplained};
use super::{reading, resource};
use crate::http::Answer;
use crate::{Error, Kind, Operation, Reason};

/// The schema of a PATCH (RFC 7644, 3.5.2).
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// What came of asking for a user by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserById {
    /// The user.
    There(User),
    /// There is no such user (any more).
    Gone,
    /// The server refuses the id itself (400). Some, Entra ID among them, answer so for an id that they do not know, but it
    /// is no evidence that the user is gone: look them up by `externalId` and `userName`.
    IdRefused(Vec<Reason>),
}

/// What came of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// Made (201).
    Made(User),
    /// The server gave a user with the same login or the same id of ours (200): there before, unless an earlier attempt of
    /// ours made them.
    Existing(User),
    /// Another user holds the login, or something else that must be unique: look them up.
    Taken(Vec<Reason>),
    /// The server refuses the content.
    Refused(Vec<Reason>),
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Updated {
    /// Done, says the server. Whether it did is seen by reading the user again.
    Done,
    /// Another user holds the login, or something else that must be unique.
    Taken(Vec<Reason>),
    /// The server refuses the content: of a PATCH perhaps one path of it (`invalidPath`).
    Refused(Vec<Reason>),
    /// The server does not do this (405, 501). Of a PATCH of `active` alone that means PATCH itself, of another it may be a
    /// path that the server does not know.
    Unsupported,
    /// The server broke over it and says so in SCIM's words (500): over a path that it does not know or a login that is taken
    /// (both met), or for a reason that passes. Whether it was carried out is open. Of several groups the others may go
    /// singly; one alone is tried again later.
    Failed,
}

/// What came of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// Removed, says the server. Some keep the user for a while, inactive.
    Done,
    /// There was no such user (any more).
    AlreadyGone,
    /// The server removes nobody (405, 501).
    Unsupported,
}

/// One user.
///
/// # Errors
/// [`Kind::Unexplained`]: the answer is no user, or another. [`Kind::Invalid`]: the user cannot be read; the reason names the
/// member. Otherwise as for all calls.
pub async fn read(scim: &Scim, id: &UserId) -> Result<UserById, Error> {
    let answer = scim.get(READ_USER, scim.user(id)).await?;
    match answer.status {
        StatusCode::OK => {
            let user = user_of(READ_USER, &answer)?;
            if user.id == *id { Ok(UserById::There(user)) } else { Err(unexplained(READ_USER, &answer)) }
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => gone(scim, READ_USER, &answer).await.map(|()| UserById::Gone),
        StatusCode::BAD_REQUEST => Ok(UserById::IdRefused(reasons(&answer.body))),
        _ => Err(failure(READ_USER, &answer)),
    }
}

/// Creates a user with this login; `values` are all else. Never twice: an answer that was lost is for the flow to look for.
///
/// # Errors
/// [`Kind::Unexplained`] with status 200 or 201: the user was probably made, but the answer does not say who it is, or names
/// somebody else. Otherwise as for all calls.
pub async fn create(scim: &Scim, name: &UserName, values: &[AttributeValue]) -> Result<Created, Error> {
    let answer = scim.post(CREATE_USER, scim.users(), &resource::new_user(name, values)).await?;
    let user = || reading_of(&answer).ok_or_else(|| unexplained(CREATE_USER, &answer));
    match answer.status {
        StatusCode::CREATED => user().map(Created::Made),
        StatusCode::OK => match user()? {
            same if is_asked_for(&same, name, values) => Ok(Created::Existing(same)),
            _ => Err(unexplained(CREATE_USER, &answer)),
        },
        _ => match refused(CREATE_USER, &answer)? {
            Refusal::Taken(reasons) => Ok(Created::Taken(reasons)),
            Refusal::Content(reasons) => Ok(Created::Refused(reasons)),
        },
    }
}

/// Changes a user by PATCH. The operations are those of [`super::patch`].
///
/// # Errors
/// [`Kind::Gone`]: there is no such user (any more). Otherwise as for all calls.
pub async fn patch(scim: &Scim, id: &UserId, operations: &[PatchOperation]) -> Result<Updated, Error> {
    let body = json!({"schemas": [PATCH], "Operations": operations});
    let answer = scim.patch(PATCH_USER, scim.user(id), &body).await?;
    updated(scim, PATCH_USER, &answer).await
}

/// Writes a user as a whole by PUT: what was just read, with the changes in it. `active` is always sent and stands above the
/// changes. A server need not return all that it holds, so the changes are best all values that are wanted.
///
/// # Errors
/// As [`patch`].
pub async fn replace(scim: &Scim, read: &User, active: bool, changes: &[AttributeChange]) -> Result<Updated, Error> {
    let body = resource::merged(read, active, changes);
    let answer = scim.put(REPLACE_USER, scim.user(&read.id), &body).await?;
    updated(scim, REPLACE_USER, &answer).await
}

/// Removes a user.
///
/// # Errors
/// [`Kind::Invalid`]: the server refuses, which some also do for an id that they do not know. Otherwise as for all calls.
pub async fn delete(scim: &Scim, id: &UserId) -> Result<Deleted, Error> {
    let answer = scim.delete(DELETE_USER, scim.user(id)).await?;
    match answer.status {
        StatusCode::OK | StatusCode::ACCEPTED | StatusCode::NO_CONTENT => Ok(Deleted::Done),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            gone(scim, DELETE_USER, &answer).await.map(|()| Deleted::AlreadyGone)
        }
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => Ok(Deleted::Unsupported),
        _ => Err(failure(DELETE_USER, &answer)),
    }
}

async fn updated(scim: &Scim, operation: Operation, answer: &Answer) -> Result<Updated, Error> {
    match answer.status {
        StatusCode::OK | StatusCode::NO_CONTENT => Ok(Updated::Done),
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => Ok(Updated::Unsupported),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            gone(scim, operation, answer).await?;
            Err(Error::new(operation, Kind::Gone))
        }
        StatusCode::INTERNAL_SERVER_ERROR if !reasons(&answer.body).is_empty() => Ok(Updated::Failed),
        _ => match refused(operation, answer)? {
            Refusal::Taken(reasons) => Ok(Updated::Taken(reasons)),
            Refusal::Content(reasons) => Ok(Updated::Refused(reasons)),
        },
    }
}

/// A refusal that is a normal result.
enum Refusal {
    Taken(Vec<Reason>),
    Content(Vec<Reason>),
}

fn refused(operation: Operation, answer: &Answer) -> Result<Refusal, Error> {
    let error = failure(operation, answer);
    match error.kind {
        Kind::Conflict(reasons) => Ok(Refusal::Taken(reasons)),
        Kind::Invalid(reasons) if is_taken(&reasons) => Ok(Refusal::Taken(reasons)),
        Kind::Invalid(reasons) => Ok(Refusal::Content(reasons)),
        _ => Err(error),
    }
}

/// Makes sure that a 404 is about the user: that the server still shows its list of users. A page that is no JSON is a
/// gateway's.
async fn gone(scim: &Scim, operation: Operation, answer: &Answer) -> Result<(), Error> {
    let is_page = !answer.body.trim_ascii().is_empty() && serde_json::from_slice::<Value>(&answer.body).is_err();
    if is_page {
        return Err(unexplained(operation, answer));
    }
    list::part(scim, operation, 1, 1).await.map(|_| ())
}

fn user_of(operation: Operation, answer: &Answer) -> Result<User, Error> {
    let body = serde_json::from_slice::<Value>(&answer.body).ok().filter(Value::is_object);
    let body = body.ok_or_else(|| unexplained(operation, answer))?;
    reading::user(&body).map_err(|field| Error::new(operation, Kind::Invalid(vec![field.into()])))
}

fn reading_of(answer: &Answer) -> Option<User> {
    reading::user(&serde_json::from_slice(&answer.body).ok()?).ok()
}

/// Whether a user who was not made is the one that was to be made.
fn is_asked_for(user: &User, name: &UserName, values: &[AttributeValue]) -> bool {
    let external_id = values.iter().find(|value| value.attribute() == Attribute::ExternalId);
    let external_id = external_id.and_then(|value| value.json().as_str()?.parse().ok());
    user.is_named(name) || external_id.is_some_and(|id| user.is_known_as(&id))
}
