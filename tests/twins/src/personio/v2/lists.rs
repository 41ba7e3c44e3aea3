//! Pages: `limit` and `cursor`, `_data` and `_meta.links.next.href`.
//!
//! A cursor names the place of the next item, so nothing is told twice or left out because of what was created or deleted in
//! between. It belongs to one list of one tenant with one choice of filters; with others it is refused (assumed: the client is about
//! to make a mistake).

use std::iter::once;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::access::Visit;
use super::books::digest;
use super::errors::Problem;
use super::query::Query;
use super::quirks::{LastPage, NextLink};

/// How much of a list is asked for.
pub(super) struct Paging {
    limit: usize,
    /// The place of the first item that may be given.
    pub(super) from: usize,
    next: Next,
}

/// What the link to the next page is made of.
struct Next {
    kind: NextLink,
    last: LastPage,
    base: String,
    path: String,
    /// The query without its cursor.
    pairs: Vec<(String, String)>,
    digest: u64,
    now: Timestamp,
}

impl Paging {
    /// Reads `limit` (1 to `most`) and `cursor`.
    pub(super) fn read(visit: &Visit<'_>, query: &Query, usual: usize, most: usize) -> Result<Self, Problem> {
        let quirks = &visit.books.tenant.quirks;
        let limit = query.one("limit")?.map_or(Ok(usual), str::parse).map_err(|_| Problem::LIMIT)?;
        if !(1..=most).contains(&limit) {
            return Err(Problem::LIMIT);
        }
        let next = Next::new(visit, query, limit);
        let from = query.one("cursor")?.map(|cursor| next.place(cursor, quirks.cursor_seconds)).transpose()?;
        let cap = quirks.page_size_cap.unwrap_or(limit).max(1);
        Ok(Self { limit: limit.min(cap), from: from.unwrap_or_default(), next })
    }

    /// The page, of items in the order of their places, none of them before `from`.
    pub(super) fn page<T>(&self, mut items: impl Iterator<Item = (usize, T)>, show: impl Fn(T) -> Value) -> Page {
        let data = items.by_ref().take(self.limit).map(|(_, item)| show(item)).collect();
        let meta = match items.next() {
            Some((place, _)) => json!({"links": {"next": {"href": self.next.href(place, self.from)}}}),
            None => last_page(self.next.last),
        };
        Page { data, meta }
    }
}

fn last_page(kind: LastPage) -> Value {
    match kind {
        LastPage::Absent => json!({"links": {}}),
        LastPage::Null => json!({"links": {"next": null}}),
        LastPage::NoLinks => json!({}),
    }
}

impl Next {
    fn new(visit: &Visit<'_>, query: &Query, limit: usize) -> Self {
        let path = format!("/v2{}", visit.caller.uri.path());
        let filters = query.0.iter().filter(|(name, _)| name != "limit" && name != "cursor").cloned();
        let mut filters: Vec<_> = filters.collect();
        filters.sort_unstable();
        let digest = digest(&format!("{}{path}{filters:?}", visit.books.salt()));
        let pairs = filters.into_iter().chain(once(("limit".to_owned(), limit.to_string()))).collect();
        let quirks = &visit.books.tenant.quirks;
        let (kind, last) = (quirks.next_link, quirks.last_page);
        Self { kind, last, base: visit.caller.base.clone(), path, pairs, digest, now: visit.now }
    }

    fn cursor(&self, place: usize) -> String {
        format!("{place:x}-{:x}-{:016x}", self.now.as_second(), self.digest)
    }

    /// The place that a cursor names, if it belongs to this list and is young enough.
    fn place(&self, cursor: &str, lifetime: Option<u32>) -> Result<usize, Problem> {
        let [place, second, digest] = cursor.split('-').collect::<Vec<_>>().try_into().map_err(|_| Problem::CURSOR)?;
        let place = usize::from_str_radix(place, 16).map_err(|_| Problem::CURSOR)?;
        let second = i64::from_str_radix(second, 16).map_err(|_| Problem::CURSOR)?;
        let old = lifetime.is_some_and(|lifetime| self.now.as_second() - second > i64::from(lifetime));
        if old || digest != format!("{:016x}", self.digest) { Err(Problem::CURSOR) } else { Ok(place) }
    }

    fn href(&self, place: usize, own: usize) -> String {
        let place = if self.kind == NextLink::SelfPointing { own } else { place };
        let mut query = Serializer::new(String::new());
        let query = query.extend_pairs(&self.pairs).append_pair("cursor", &self.cursor(place)).finish();
        let Self { base, path, .. } = self;
        match self.kind {
            NextLink::Absolute | NextLink::SelfPointing => format!("{base}{path}?{query}"),
            NextLink::Relative => format!("{path}?{query}"),
            NextLink::WrongPath => format!("{base}/v2/employments?{query}"),
        }
    }
}

/// A page of a list.
pub(super) struct Page {
    data: Vec<Value>,
    meta: Value,
}

impl Page {
    /// The answer, with the items under this name.
    pub(super) fn under(self, name: &str) -> Response {
        let members = [(name.to_owned(), Value::Array(self.data)), ("_meta".to_owned(), self.meta)];
        Json(Value::Object(Map::from_iter(members))).into_response()
    }

    /// The answer as every list but one gives it.
    pub(super) fn response(self) -> Response {
        self.under("_data")
    }
}
