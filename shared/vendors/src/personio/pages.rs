//! Lists of the HR API v2, page by page.
//!
//! A page's link to the next one has been seen relative, with a wrong path and pointing at itself. So nothing is taken
//! from it but its `cursor`, which goes with the original filters to the original address: no token can leave for
//! another host, and a cursor that comes twice ends the reading with [`Kind::Endless`]. A link that holds no cursor is
//! no last page but an answer without an explanation: who takes a part for the whole might delete the rest.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use super::hr::{Addressed, Hr};
use super::json::{self, Field};
use crate::{Cursor, Error, Kind, Operation, Page, UnreadableItem};

/// The pages of a list of `T`s, which are known by their `Id`s.
#[derive(Debug)]
pub struct Listing<'a, T, Id> {
    walk: Walk<'a>,
    read: fn(&Value) -> Result<T, Field>,
    /// The id of an entry that may be unreadable otherwise.
    id: fn(&Value) -> Option<Id>,
}

impl<'a, T, Id> Listing<'a, T, Id> {
    pub(super) fn new(walk: Walk<'a>, read: fn(&Value) -> Result<T, Field>, id: fn(&Value) -> Option<Id>) -> Self {
        Self { walk, read, id }
    }

    /// The next page, `None` after the last one. After an error, the same page can be asked for again.
    ///
    /// # Errors
    /// [`Kind::Endless`]: the page leads back to one that this listing has read. [`Kind::Stale`]: the cursor is no
    /// longer taken. Otherwise as [`Hr`] says of all calls.
    pub async fn next(&mut self) -> Result<Option<Page<T, Id>>, Error> {
        let Some(raw) = self.walk.next().await? else { return Ok(None) };
        let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next: raw.next };
        for item in &raw.items {
            match (self.read)(item) {
                Ok(read) => page.items.push(read),
                Err(field) => page.unreadable.push(UnreadableItem { id: (self.id)(item), what: field.to_string() }),
            }
        }
        Ok(Some(page))
    }
}

/// A walk over a list of whatever, which remembers every cursor it has met.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    hr: &'a Hr,
    operation: Operation,
    /// With filters and limit, without a cursor.
    list: Url,
    addressed: Addressed,
    at: At,
    seen: HashSet<Cursor>,
}

#[derive(Debug)]
enum At {
    Start,
    Cursor(Cursor),
    End,
}

/// A page as it was sent.
pub(super) struct RawPage {
    pub(super) items: Vec<Value>,
    pub(super) next: Option<Cursor>,
}

impl<'a> Walk<'a> {
    /// A walk from the list's start.
    pub(super) fn new(hr: &'a Hr, operation: Operation, list: Url, addressed: Addressed) -> Self {
        Self { hr, operation, list, addressed, at: At::Start, seen: HashSet::new() }
    }

    /// The same walk from where an earlier one stood, if it stood anywhere.
    pub(super) fn from(mut self, cursor: Option<Cursor>) -> Self {
        self.seen.extend(cursor.iter().cloned());
        self.at = cursor.map_or(At::Start, At::Cursor);
        self
    }

    pub(super) async fn next(&mut self) -> Result<Option<RawPage>, Error> {
        let url = match &self.at {
            At::Start => self.list.clone(),
            At::Cursor(cursor) => with_cursor(&self.list, cursor),
            At::End => return Ok(None),
        };
        let has_cursor = matches!(self.at, At::Cursor(_));
        let body = self.hr.get(self.operation, url, self.addressed).await;
        let body = body.map_err(|error| error.stale_if(has_cursor))?;
        let fails = |kind| Error::new(self.operation, kind);
        let page = raw_page(body).ok_or_else(|| fails(Kind::Unexplained { status: 200 }))?;
        self.at = match &page.next {
            Some(cursor) if !self.seen.insert(cursor.clone()) => return Err(fails(Kind::Endless)),
            Some(cursor) => At::Cursor(cursor.clone()),
            None => At::End,
        };
        Ok(Some(page))
    }

    /// All entries of all pages.
    pub(super) async fn all(mut self) -> Result<Vec<Value>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next().await? {
            all.extend(page.items);
        }
        Ok(all)
    }
}

/// A list of so many entries a page.
pub(super) fn limited(mut list: Url, limit: &str) -> Url {
    list.query_pairs_mut().append_pair("limit", limit);
    list
}

fn with_cursor(list: &Url, cursor: &Cursor) -> Url {
    let mut url = list.clone();
    url.query_pairs_mut().append_pair("cursor", cursor.as_str());
    url
}

/// Entries and next cursor of a page; `None` where it lacks its entries or its link cannot be followed.
fn raw_page(body: Value) -> Option<RawPage> {
    let next = match next_link(&body)? {
        Link::Last => None,
        Link::Next(href) => Some(cursor_of(href)?),
    };
    Some(RawPage { items: json::entries(body)?, next })
}

enum Link<'a> {
    Last,
    Next(&'a str),
}

/// The link to the next page. A last page has been seen without it, with null, empty, and without links at all.
fn next_link(body: &Value) -> Option<Link<'_>> {
    match body.pointer("/_meta/links/next") {
        None | Some(Value::Null) => Some(Link::Last),
        Some(Value::String(href)) => Some(Link::Next(href)),
        Some(Value::Object(next)) if next.is_empty() => Some(Link::Last),
        Some(next) => match next.get("href")? {
            Value::Null => Some(Link::Last),
            href => href.as_str().map(Link::Next),
        },
    }
}

/// The link's `cursor`, whatever host and path it shows. A plus sign stays one: cursors look like Base64, and a blank
/// in one would be refused.
fn cursor_of(href: &str) -> Option<Cursor> {
    let (_, query) = href.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let value = query.split('&').find_map(|pair| pair.strip_prefix("cursor="))?;
    let cursor = percent_decode_str(value).decode_utf8().ok()?;
    (!cursor.is_empty()).then(|| Cursor::new(cursor.into_owned()))
}
