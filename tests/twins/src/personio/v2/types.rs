//! `GET /v2/absence-types` and `/{id}`: <https://developer.personio.de/reference/get_v2-absence-types>.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::personio::Twin;

use super::access::{Caller, serve};
use super::errors::Problem;
use super::lists::Paging;
use super::query::Query;
use super::tenant::{ABSENCES_READ, AbsenceType};

pub(super) async fn list(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, ABSENCES_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &[])?;
        let paging = Paging::read(&visit, &query, 100, 100)?;
        let types = visit.books.tenant.types.iter().enumerate().skip(paging.from);
        Ok(paging.page(types, shown).response())
    })
}

pub(super) async fn one(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, ABSENCES_READ, |visit| {
        Query::read(visit.caller.uri.query(), &[])?;
        let found = visit.books.tenant.types.iter().find(|known| known.id.to_string() == id);
        Ok(Json(shown(found.ok_or(Problem::NOT_FOUND)?)).into_response())
    })
}

fn shown(kind: &AbsenceType) -> Value {
    json!({"id": kind.id, "name": kind.name, "category": kind.category, "unit": kind.unit})
}
