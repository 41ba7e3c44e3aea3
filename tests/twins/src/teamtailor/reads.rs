//! Reads: lists, single resources, and what these are related to.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::graph;
use super::include::{self, Include};
use super::problem::{JSON_API, Problem};
use super::queries::Query;
use super::resource::{Related, Resource};
use super::store::Books;
use super::twin::{Call, Twin};

pub(super) async fn list(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((region, kind)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    twin.serve(&region, &headers, |call| {
        if !graph::LISTS.contains(&kind.as_str()) {
            return Err(Problem::unknown());
        }
        let all = graph::all(call.books, &kind);
        paged(&call, &kind, all, &format!("{}/{kind}", call.base), &uri)
    })
}

pub(super) async fn one(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((region, kind, id)): Path<(String, String, String)>,
    uri: Uri,
) -> Response {
    twin.serve(&region, &headers, |call| {
        let found = found(call.books, &kind, &id)?;
        let include = Query::include_only(uri.query())?;
        told(StatusCode::OK, call.books, &found, &include, &call.base)
    })
}

pub(super) async fn company(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path(region): Path<String>,
    uri: Uri,
) -> Response {
    twin.serve(&region, &headers, |call| {
        let include = Query::include_only(uri.query())?;
        told(StatusCode::OK, call.books, &graph::company(call.books), &include, &call.base)
    })
}

/// What a resource's `related` link leads to.
pub(super) async fn related(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((region, kind, id, relation)): Path<(String, String, String, String)>,
    uri: Uri,
) -> Response {
    twin.serve(&region, &headers, |call| {
        let from = found(call.books, &kind, &id)?;
        match from.related(&relation).ok_or_else(Problem::unknown)? {
            Related::Many(names) => {
                let all = names.iter().filter_map(|(kind, id)| graph::find(call.books, kind, *id)).collect();
                let to = names.first().map_or("", |(kind, _)| kind);
                paged(&call, to, all, &format!("{}/{kind}/{id}/{relation}", call.base), &uri)
            }
            Related::One(name) => {
                let one = name.and_then(|(kind, id)| graph::find(call.books, kind, id));
                let include = Query::include_only(uri.query())?;
                match one {
                    Some(one) => told(StatusCode::OK, call.books, &one, &include, &call.base),
                    None => Ok(body(StatusCode::OK, &json!({"data": null}))),
                }
            }
            Related::Unbuilt => Err(Problem::unknown()),
        }
    })
}

fn found(books: &Books, kind: &str, id: &str) -> Result<Resource, Problem> {
    let id = id.parse().map_err(|_| Problem::unknown())?;
    graph::find(books, kind, id).ok_or_else(Problem::unknown)
}

fn paged(call: &Call<'_>, kind: &str, all: Vec<Resource>, address: &str, uri: &Uri) -> Result<Response, Problem> {
    let query = Query::read(uri.query())?;
    let fitting = query.fitting(kind, all)?;
    let mut shown = include::many(call.books, &query.page(&fitting), &query.include, &call.base)?;
    let (meta, links) = query.frame(address, fitting.len());
    shown.insert("meta".to_owned(), meta);
    shown.insert("links".to_owned(), links);
    Ok(body(StatusCode::OK, &Value::Object(shown)))
}

/// An answer about one resource.
pub(super) fn told(
    status: StatusCode,
    books: &Books,
    resource: &Resource,
    include: &Include,
    base: &str,
) -> Result<Response, Problem> {
    Ok(body(status, &include::one(books, resource, include, base)?))
}

fn body(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, JSON_API)], body.to_string()).into_response()
}
