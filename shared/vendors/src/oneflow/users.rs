//! The call that lists the users of the account: who acts in it must be one of them.

use serde_json::Value;

use super::client::Oneflow;
use super::model::{User, UserId};
use super::operations::LIST_USERS;
use super::paging::{self, Listing};
use super::reading;
use crate::{Cursor, Error};

#[cfg(doc)]
use crate::Kind;

/// One page of the list of users.
pub type Page = crate::Page<User, UserId>;

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`], [`Kind::Incomplete`]: the list cannot be read to its end. Otherwise as for all calls.
pub async fn page(oneflow: &Oneflow, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let url = oneflow.url("users");
    let id = |value: &Value| crate::json::id(value, "id").ok();
    let listing = Listing { operation: LIST_USERS, url, as_user: false, read: reading::user, id };
    paging::page(oneflow, &listing, cursor).await
}
