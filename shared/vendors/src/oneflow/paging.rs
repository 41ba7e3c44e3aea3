//! Lists that Oneflow gives by offset (developer.oneflow.com/docs/pagination).
//!
//! The last page may carry a link to a next one, so a list is read by `count` and offset. What others add or remove meanwhile
//! may push another past the reading.

use reqwest::StatusCode;
use serde_json::Value;
use url::Url;

use super::client::{Oneflow, json};
use super::refusal::{failure, unexplained};
use crate::json::{Field, member};
use crate::{Cursor, Error, Kind, Operation, Page, UnreadableItem};

/// How many things are asked for on a page: as many as Oneflow gives.
const PAGE: usize = 100;

/// The furthest that Oneflow counts.
const LAST_OFFSET: usize = 19_900;

/// How the things of a list are read.
pub(super) struct Listing<T, Id> {
    pub(super) operation: Operation,
    /// With filters, without offset and limit.
    pub(super) url: Url,
    /// Whether the list is what the acting user sees, or all.
    pub(super) as_user: bool,
    pub(super) read: fn(&Value) -> Result<T, Field>,
    pub(super) id: fn(&Value) -> Option<Id>,
}

/// The page that a page before leads to, or the first.
///
/// [`Kind::Endless`]: the page is the one before once more. [`Kind::Incomplete`]: the list ends before the number that it
/// tells, tells none, or goes on beyond what Oneflow gives.
pub(super) async fn page<T, Id: ToString>(
    oneflow: &Oneflow,
    listing: &Listing<T, Id>,
    cursor: Option<&Cursor>,
) -> Result<Page<T, Id>, Error> {
    let fails = |kind| Error::new(listing.operation, kind);
    let (offset, first_before) = match cursor {
        None => (0, None),
        Some(cursor) => position(cursor).ok_or_else(|| fails(Kind::Endless))?,
    };
    if offset > LAST_OFFSET {
        return Err(fails(Kind::Incomplete));
    }
    let body = part(oneflow, listing, offset).await?;
    let items = body.get("data").and_then(Value::as_array);
    let items = items.ok_or_else(|| fails(Kind::Unexplained { status: 200 }))?;
    let first = items.first().and_then(listing.id).map(|id| id.to_string());
    if first.is_some() && first.as_deref() == first_before {
        return Err(fails(Kind::Endless));
    }
    let total = count(&body).ok_or_else(|| fails(Kind::Incomplete))?;
    let next = offset + items.len();
    if items.is_empty() && next < total {
        return Err(fails(Kind::Incomplete));
    }
    let next = (next < total).then(|| cursor_at(next, first.as_deref()));
    Ok(read(listing, items, next))
}

async fn part<T, Id>(oneflow: &Oneflow, listing: &Listing<T, Id>, offset: usize) -> Result<Value, Error> {
    let operation = listing.operation;
    let mut url = listing.url.clone();
    url.query_pairs_mut().append_pair("limit", &PAGE.to_string()).append_pair("offset", &offset.to_string());
    let answer = match listing.as_user {
        true => oneflow.get_as_user(operation, url).await?,
        false => oneflow.get(operation, url).await?,
    };
    match answer.status {
        StatusCode::OK => json(operation, &answer),
        // a list is always there, whatever stands on it
        StatusCode::NOT_FOUND => Err(unexplained(operation, &answer)),
        _ => Err(failure(operation, &answer)),
    }
}

fn count(body: &Value) -> Option<usize> {
    usize::try_from(member(body, "count")?.as_u64()?).ok()
}

fn read<T, Id>(listing: &Listing<T, Id>, items: &[Value], next: Option<Cursor>) -> Page<T, Id> {
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next };
    for item in items {
        match (listing.read)(item) {
            Ok(thing) => page.items.push(thing),
            Err(field) => page.unreadable.push(UnreadableItem { id: (listing.id)(item), what: field.to_string() }),
        }
    }
    page
}

/// Where the next page begins, and what came first on this one.
fn cursor_at(offset: usize, first: Option<&str>) -> Cursor {
    Cursor::new(format!("{offset} {}", first.unwrap_or_default()))
}

fn position(cursor: &Cursor) -> Option<(usize, Option<&str>)> {
    let (offset, first) = cursor.as_str().split_once(' ')?;
    Some((offset.parse().ok()?, Some(first).filter(|first| !first.is_empty())))
}
