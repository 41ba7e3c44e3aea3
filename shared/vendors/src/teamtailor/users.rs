//! The calls that list the company's users: recruiters, and those in whose name notes are written.

use super::client::Teamtailor;
use super::model::{User, UserId};
use super::operations::LIST_USERS;
use super::paging::{self, Listing};
use super::reading;
use crate::value::Email;
use crate::{Cursor, Error};

#[cfg(doc)]
use crate::Kind;

/// One page of the list of users.
pub type Page = crate::Page<User, UserId>;

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`]: the list leads back. Otherwise as for all calls.
pub async fn page(teamtailor: &Teamtailor, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let listing = Listing { operation: LIST_USERS, url: teamtailor.url("users"), read: reading::user };
    paging::page(teamtailor, &listing, cursor).await
}

/// The user with this address, whatever its case; each who comes is compared.
///
/// # Errors
/// As [`page`].
pub async fn by_email(teamtailor: &Teamtailor, email: &Email) -> Result<Option<User>, Error> {
    let mut url = teamtailor.url("users");
    url.query_pairs_mut().append_pair("filter[email]", email.reveal());
    let page: Page =
        paging::page(teamtailor, &Listing { operation: LIST_USERS, url, read: reading::user }, None).await?;
    let is_theirs = |user: &User| user.email.as_ref().is_some_and(|own| own.folded() == email.folded());
    Ok(page.items.into_iter().find(is_theirs))
}
