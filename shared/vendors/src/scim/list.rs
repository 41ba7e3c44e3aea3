//! The list of all users, page by page (RFC 7644, 3.4.2.4).
//!
//! `startIndex` counts from 1. A page may be shorter than was asked for and is no last one for that: the list is read to
//! the number that it tells, or counts as not read. Users whom others remove meanwhile may push another past the reading.

use reqwest::StatusCode;
use url::Url;

use super::client::Scim;
use super::model::{User, UserId};
use super::operations::LIST_USERS;
use super::reading::{self, Listed};
use super::refusal::{failure, unexplained};
use crate::http::Answer;
use crate::{Cursor, Error, Kind, Operation, UnreadableItem};

/// How many users are asked for on a page: a page must fit into what is read of an answer, and many servers give no more.
pub const PAGE: usize = 100;

/// One page of the list.
pub type Page = crate::Page<User, UserId>;

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`]: the page is the one before once more, so the server passes over `startIndex`. [`Kind::Incomplete`]: the
/// list ends before the number of users that it tells, or tells none. Otherwise as for all calls.
pub async fn page(scim: &Scim, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let fails = |kind| Error::new(LIST_USERS, kind);
    let (start, first_before) = match cursor {
        None => (1, None),
        Some(cursor) => position(cursor).ok_or_else(|| fails(Kind::Endless))?,
    };
    let listed = part(scim, LIST_USERS, start, PAGE).await?;
    let ids: Vec<_> = listed.resources.iter().map(|resource| reading::id(resource).ok()).collect();
    if first_before.is_some_and(|before| ids.contains(&Some(before))) {
        return Err(fails(Kind::Endless));
    }
    let total = listed.total.ok_or_else(|| fails(Kind::Incomplete))?;
    let next = start.saturating_add(ids.len());
    let is_last = next > total;
    if ids.is_empty() && !is_last {
        return Err(fails(Kind::Incomplete));
    }
    let next = (!is_last).then(|| cursor_at(next, ids.into_iter().flatten().next()));
    Ok(with_users(&listed, next))
}

/// As many users as `count` says, from the `start`-th.
pub(super) async fn part(scim: &Scim, operation: Operation, start: usize, count: usize) -> Result<Listed, Error> {
    let answer = scim.get(operation, address(scim, start, count)).await?;
    match answer.status {
        StatusCode::OK => listed(operation, &answer),
        _ => Err(failure(operation, &answer)),
    }
}

/// The list that an answer holds.
pub(super) fn listed(operation: Operation, answer: &Answer) -> Result<Listed, Error> {
    reading::listed(&answer.body).ok_or_else(|| unexplained(operation, answer))
}

fn address(scim: &Scim, start: usize, count: usize) -> Url {
    let mut url = scim.users();
    url.set_query(Some(&format!("startIndex={start}&count={count}")));
    url
}

fn with_users(listed: &Listed, next: Option<Cursor>) -> Page {
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next };
    for resource in &listed.resources {
        match reading::user(resource) {
            Ok(user) => page.items.push(user),
            Err(field) => {
                let id = reading::id(resource).ok();
                page.unreadable.push(UnreadableItem { id, what: field.to_string() });
            }
        }
    }
    page
}

/// Where the next page begins, and who came first on this one.
fn cursor_at(start: usize, first: Option<UserId>) -> Cursor {
    let first = first.map(String::from).unwrap_or_default();
    Cursor::new(format!("{start} {first}"))
}

fn position(cursor: &Cursor) -> Option<(usize, Option<UserId>)> {
    let (start, first) = cursor.as_str().split_once(' ')?;
    Some((start.parse().ok()?, first.parse().ok()))
}
