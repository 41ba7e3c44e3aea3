//! Searches for positions and openings, and the metadata of their fields.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::fields::Kind;
use super::metadata;
use super::problem::Problem;
use super::quirks::{LastPage, ListForm, NextCursor, Quirks};
use super::rows;
use super::search::{self, Page, Search};
use super::serve::{Endpoint, serve};
use super::store::Books;
use super::twin::Twin;

/// `POST /v1/objects/position/search`: everything that fits at once.
pub(super) async fn positions(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    serve(&twin, Endpoint::PositionSearch, &headers, |books, now| {
        let search = Search::read(Kind::Position, &body)?;
        let rows = found(books, Kind::Position, &search, 0, now).map(|(_, row)| row).collect();
        Ok(wrapped(rows, books.company.quirks.position_list, "positionEntries"))
    })
}

/// `POST /v1/positions/position-openings/search`: a page.
pub(super) async fn openings(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    serve(&twin, Endpoint::OpeningSearch, &headers, |books, now| {
        let search = Search::read(Kind::Opening, &body)?;
        page(books, &search, &search.page()?, now)
    })
}

/// `GET /v1/metadata/objects/position`
pub(super) async fn position_fields(State(twin): State<Twin>, headers: HeaderMap) -> Response {
    serve(&twin, Endpoint::PositionMetadata, &headers, |books, _| Ok(metadata::of(Kind::Position, &books.company)))
}

/// `GET /v1/positions/position-openings/metadata`
pub(super) async fn opening_fields(State(twin): State<Twin>, headers: HeaderMap) -> Response {
    serve(&twin, Endpoint::OpeningMetadata, &headers, |books, _| Ok(metadata::of(Kind::Opening, &books.company)))
}

fn page(books: &Books, search: &Search, page: &Page, now: Timestamp) -> Result<Value, Problem> {
    let quirks = &books.company.quirks;
    let mut rest = found(books, Kind::Opening, search, page.from, now);
    if quirks.opening_list == ListForm::Bare {
        return Ok(json!(rest.map(|(_, row)| row).collect::<Vec<_>>()));
    }
    let rows = rest.by_ref().take(page.limit).map(|(_, row)| row).collect();
    let next = rest.next().map(|(place, _)| search::cursor(place));
    let repeated = page.sent.clone().filter(|_| quirks.repeats_cursor);
    let mut body = wrapped(rows, quirks.opening_list, "positionOpeningEntries");
    if let (Some(members), Some((key, metadata))) = (body.as_object_mut(), metadata_of(repeated.or(next), quirks)) {
        members.insert(key.to_owned(), metadata);
    }
    Ok(body)
}

/// The member that says how to go on.
fn metadata_of(next: Option<String>, quirks: &Quirks) -> Option<(&'static str, Value)> {
    let (member, key) = match quirks.next_cursor {
        NextCursor::Snake => ("response_metadata", "next_cursor"),
        NextCursor::Camel => ("responseMetadata", "nextCursor"),
    };
    match (next, quirks.last_page) {
        (None, LastPage::NoMetadata) => None,
        (None, LastPage::EmptyMetadata) => Some((member, json!({}))),
        (next, _) => Some((member, json!({key: next}))),
    }
}

fn found<'a>(
    books: &'a Books,
    kind: Kind,
    search: &'a Search,
    from: usize,
    now: Timestamp,
) -> impl Iterator<Item = (usize, Value)> + 'a {
    let company = &books.company;
    let fitting = books.found(kind, from, now).filter(move |(_, row)| search.fits(kind, row, &company.quirks));
    fitting.map(move |(place, row)| (place, rows::told(kind, row, search, company)))
}

fn wrapped(rows: Vec<Value>, form: ListForm, name: &str) -> Value {
    match form {
        ListForm::Bare => json!(rows),
        ListForm::Values => json!({"values": rows}),
        ListForm::Entries => json!({"entries": rows}),
        ListForm::Named => json!({name: rows}),
        ListForm::NamedNested => json!({name: rows.into_iter().map(|row| json!([row])).collect::<Vec<_>>()}),
    }
}
