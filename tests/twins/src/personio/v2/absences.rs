//! `GET /v2/absence-periods`, `/{id}` and `/{id}/breakdowns`.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use uuid::Uuid;

use crate::personio::Twin;

use super::absence::Absence;
use super::access::{Caller, Visit, serve};
use super::breakdowns::{self, Entry};
use super::errors::Problem;
use super::filter::{self, Filter};
use super::lists::Paging;
use super::query::Query;
use super::tenant::ABSENCES_READ;
use super::view;

pub(super) async fn list(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, ABSENCES_READ, |visit| listed(&visit))
}

pub(super) async fn one(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, ABSENCES_READ, |visit| {
        Query::read(visit.caller.uri.query(), &[])?;
        let tenant = &visit.books.tenant;
        Ok(Json(view::shown(seen(&visit, &id)?, &tenant.timezone, &tenant.quirks)).into_response())
    })
}

pub(super) async fn days(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, ABSENCES_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &[])?;
        let paging = Paging::read(&visit, &query, 28, 28)?;
        let entries = breakdowns::of(seen(&visit, &id)?, visit.books).into_iter().enumerate().skip(paging.from);
        Ok(paging.page(entries, |entry: Entry| entry.shown()).response())
    })
}

fn listed(visit: &Visit<'_>) -> Result<Response, Problem> {
    let query = Query::read(visit.caller.uri.query(), &filter::NAMES)?;
    let filter = Filter::read(&query)?;
    let paging = Paging::read(visit, &query, 100, 100)?;
    let (tenant, shelf) = (&visit.books.tenant, &visit.books.shelf);
    let horizon = visit.books.horizon(visit.now);
    let fits = |found: &(usize, &Absence)| filter.fits(found.1, &tenant.quirks);
    let show = |absence: &Absence| view::shown(absence, &tenant.timezone, &tenant.quirks);
    let page = match &filter.ids {
        Some(ids) => paging.page(shelf.among(ids, paging.from, horizon).filter(fits), show),
        None => paging.page(shelf.from(paging.from, horizon).filter(fits), show),
    };
    Ok(page.response())
}

fn seen<'a>(visit: &'a Visit<'_>, id: &str) -> Result<&'a Absence, Problem> {
    let id = Uuid::parse_str(id).map_err(|_| Problem::NOT_FOUND)?;
    visit.books.shelf.seen(id, visit.books.horizon(visit.now)).ok_or(Problem::NOT_FOUND)
}
