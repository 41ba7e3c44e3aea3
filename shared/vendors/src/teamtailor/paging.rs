//! Lists that Teamtailor gives page by page, 30 things at most. `links.next` leads on; only what it says of the page is taken
//! from it and sent with the original filters to the original address.

use serde_json::Value;
use url::Url;

use super::client::Teamtailor;
use super::document::{self, Resource};
use crate::json::{Field, id};
use crate::{Cursor, Error, Kind, Operation, Page, UnreadableItem};

/// How many things are asked for on a page: as many as Teamtailor gives.
const PAGE: &str = "30";

/// What says which page it is. The first counts pages, the second has been met.
const PAGE_NAMES: [&str; 2] = ["page[number]", "page[after]"];

/// How the things of a list are read.
pub(super) struct Listing<T> {
    pub(super) operation: Operation,
    /// With filters, without a page.
    pub(super) url: Url,
    pub(super) read: fn(Resource<'_>) -> Result<T, Field>,
}

/// The page that a page before leads to, or the first.
///
/// [`Kind::Endless`]: the page leads to itself or back.
pub(super) async fn page<T, Id: std::str::FromStr>(
    teamtailor: &Teamtailor,
    listing: &Listing<T>,
    cursor: Option<&Cursor>,
) -> Result<Page<T, Id>, Error> {
    let fails = |kind| Error::new(listing.operation, kind);
    let document = teamtailor.get(listing.operation, address(&listing.url, cursor)).await?;
    let unexplained = || fails(Kind::Unexplained { status: 200 });
    let resources = document::many(&document).ok_or_else(unexplained)?;
    let next = next(&document).map_err(|NoPage| unexplained())?;
    if next.as_ref().is_some_and(|next| leads_back(next, cursor)) {
        return Err(fails(Kind::Endless));
    }
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next };
    for resource in resources {
        match (listing.read)(resource) {
            Ok(thing) => page.items.push(thing),
            Err(field) => {
                page.unreadable.push(UnreadableItem { id: id(resource.value, "id").ok(), what: field.to_string() });
            }
        }
    }
    Ok(page)
}

/// A link that names no page.
struct NoPage;

fn address(list: &Url, cursor: Option<&Cursor>) -> Url {
    let mut url = list.clone();
    url.query_pairs_mut().append_pair("page[size]", PAGE);
    if let Some((name, value)) = cursor.and_then(|cursor| cursor.as_str().split_once('=')) {
        url.query_pairs_mut().append_pair(name, value);
    }
    url
}

fn next(document: &Value) -> Result<Option<Cursor>, NoPage> {
    let link = match document.pointer("/links/next") {
        None | Some(Value::Null) => return Ok(None),
        Some(link) => link.as_str().or_else(|| link.get("href")?.as_str()).ok_or(NoPage)?,
    };
    if link.is_empty() {
        return Ok(None);
    }
    let (_, query) = link.split_once('?').ok_or(NoPage)?;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let page = pairs.find(|(name, _)| PAGE_NAMES.contains(&name.as_ref())).ok_or(NoPage)?;
    Ok(Some(Cursor::new(format!("{}={}", page.0, page.1))))
}

/// Pages that are counted go up; of others only the same again is known to be wrong.
fn leads_back(next: &Cursor, current: Option<&Cursor>) -> bool {
    let number = |cursor: &Cursor| cursor.as_str().strip_prefix("page[number]=")?.parse::<u64>().ok();
    match (number(next), current) {
        (Some(next), None) => next <= 1,
        (Some(next), Some(current)) => number(current).is_some_and(|current| next <= current),
        (None, current) => Some(next) == current,
    }
}
