//! Contracts as callers make, read, publish and delete them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::acts;
use super::contract::Contract;
use super::create::{self, Draft};
use super::lists::{self, Page};
use super::problem::Problem;
use super::queries;
use super::twin::{Call, Twin, Work};
use super::view;

pub(super) async fn ping(State(twin): State<Twin>, headers: HeaderMap) -> Response {
    twin.serve(&headers, |_, _| Ok(Json(json!({})).into_response()))
}

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, uri: Uri) -> Response {
    twin.serve(&headers, |work, call| {
        let query = lists::query(uri.query());
        let page = Page::read(&query, &queries::KNOWN)?;
        let found = queries::fitting(work.books.read_all(work.now), &query)?;
        let shown = found.into_iter().map(|one| view::listed(one, &work.books.account, &call.base, work.now));
        Ok(page.of(&format!("{}/contracts", call.base), &query, shown.collect()))
    })
}

pub(super) async fn one(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        Ok(shown(contract, &work, call))
    })
}

pub(super) async fn create(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    twin.serve(&headers, |mut work, call| {
        let maker = call.caller.maker()?;
        let draft: Draft = serde_json::from_slice(&body).map_err(|error| Problem::body(error.to_string()))?;
        let contract = create::drafted(&draft, &work.books.account, maker, work.ids, work.now)?;
        let contract = acts::create(&mut work, Contract { by_api: true, ..contract });
        Ok(shown(&contract, &work, call))
    })
}

/// The body of a publication.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitation {
    subject: String,
    message: String,
}

pub(super) async fn publish(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    body: Bytes,
) -> Response {
    twin.serve(&headers, |mut work, call| {
        let contract = work.books.contract(id).ok_or_else(Problem::unknown)?.clone();
        let actor = call.caller.named_actor(&contract)?;
        let Invitation { subject, message } =
            serde_json::from_slice(&body).map_err(|error| Problem::body(error.to_string()))?;
        let published = acts::publish(&mut work, contract, actor, &subject, &message);
        let contract = published.map_err(Problem::conflict)?;
        Ok(shown(&contract, &work, call))
    })
}

pub(super) async fn remove(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |mut work, call| {
        let contract = work.books.contract(id).ok_or_else(Problem::unknown)?.clone();
        let actor = call.caller.actor(&contract)?;
        acts::delete(&mut work, contract, actor);
        Ok(Json(json!({})).into_response())
    })
}

fn shown(contract: &Contract, work: &Work<'_>, call: &Call) -> Response {
    Json(view::contract(contract, &work.books.account, &call.base, work.now)).into_response()
}
