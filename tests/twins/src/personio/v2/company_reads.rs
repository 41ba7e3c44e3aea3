//! `GET /v2/org-units`, `/v2/workplaces` and `/v2/legal-entities`: what the ids in employments are called, each with a right of its own.
//!
//! <https://developer.personio.de/reference/org-units>, `/listworkplaces`, `/legal-entities`. An org unit is read with its `type`; a
//! workplace cannot be read alone.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::personio::Twin;

use super::access::{Caller, Visit, serve};
use super::company::{LegalEntity, OrgUnit, OrgUnitType, Workplace};
use super::errors::Problem;
use super::lists::Paging;
use super::query::Query;
use super::tenant::{LEGAL_ENTITIES_READ, ORG_UNITS_READ, WORKPLACES_READ};

pub(super) async fn org_units(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, ORG_UNITS_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &["type", "include_parent_chain"])?;
        let (kind, chain) = asked(&query)?;
        let paging = Paging::read(&visit, &query, 20, 100)?;
        let units = &visit.books.tenant.org_units;
        let fitting = units.iter().enumerate().skip(paging.from).filter(|(_, unit)| unit.kind == kind);
        Ok(paging.page(fitting, |unit| shown(unit, chain.then_some(units))).response())
    })
}

pub(super) async fn org_unit(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, ORG_UNITS_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &["type", "include_parent_chain"])?;
        let (kind, chain) = asked(&query)?;
        let units = &visit.books.tenant.org_units;
        let unit = units.iter().find(|unit| unit.kind == kind && unit.id.to_string() == id);
        Ok(Json(shown(unit.ok_or(Problem::NOT_FOUND)?, chain.then_some(units))).into_response())
    })
}

/// In the order of their ids. There is no other way to read one.
pub(super) async fn workplaces(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, WORKPLACES_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &["id", "name"])?;
        let (ids, names): (Option<Vec<u64>>, Option<Vec<String>>) = (query.many("id")?, query.many("name")?);
        let paging = Paging::read(&visit, &query, 20, 100)?;
        let mut places: Vec<&Workplace> = visit.books.tenant.workplaces.iter().collect();
        places.sort_by_key(|place| place.id);
        let fitting = places.into_iter().enumerate().skip(paging.from).filter(|(_, place)| {
            ids.as_ref().is_none_or(|ids| ids.contains(&place.id))
                && names.as_ref().is_none_or(|names| names.contains(&place.name))
        });
        Ok(paging
            .page(fitting, |place| json!({"id": place.id.to_string(), "name": place.name, "_meta": {}}))
            .response())
    })
}

/// Newest first.
pub(super) async fn legal_entities(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, LEGAL_ENTITIES_READ, |visit| {
        let query = Query::read(visit.caller.uri.query(), &["id", "country"])?;
        let (ids, countries): (Option<Vec<u64>>, Option<Vec<String>>) = (query.many("id")?, query.many("country")?);
        let paging = Paging::read(&visit, &query, 20, 100)?;
        let entities = visit.books.tenant.legal_entities.iter().rev().enumerate().skip(paging.from);
        let fitting = entities.filter(|(_, entity)| {
            ids.as_ref().is_none_or(|ids| ids.contains(&entity.id))
                && countries.as_ref().is_none_or(|countries| countries.contains(&entity.country))
        });
        Ok(paging.page(fitting, entity).response())
    })
}

pub(super) async fn legal_entity(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, LEGAL_ENTITIES_READ, |Visit { books, caller, .. }| {
        Query::read(caller.uri.query(), &[])?;
        let found = books.tenant.legal_entities.iter().find(|entity| entity.id.to_string() == id);
        Ok(Json(entity(found.ok_or(Problem::NOT_FOUND)?)).into_response())
    })
}

/// The `type`, which must be given, and whether what stands above is wanted, too.
fn asked(query: &Query) -> Result<(OrgUnitType, bool), Problem> {
    let kind = match query.one("type")? {
        Some("department") => OrgUnitType::Department,
        Some("team") => OrgUnitType::Team,
        _ => return Err(Problem::PARAMETERS),
    };
    let chain = query.one("include_parent_chain")?.map_or(Ok(false), str::parse).map_err(|_| Problem::PARAMETERS)?;
    Ok((kind, chain))
}

fn shown(unit: &OrgUnit, all: Option<&Vec<OrgUnit>>) -> Value {
    let mut told = json!({
        "id": unit.id.to_string(),
        "type": unit.kind,
        "name": unit.name,
        "parent_id": unit.parent.map(|parent| parent.to_string()),
        "_meta": {},
    });
    if let (Some(all), Some(members)) = (all, told.as_object_mut()) {
        members.insert("parent_chain".to_owned(), Value::Array(chain(unit, all)));
    }
    told
}

/// No longer than there are units: a circle ends.
fn chain(unit: &OrgUnit, all: &[OrgUnit]) -> Vec<Value> {
    let above = |unit: &&OrgUnit| all.iter().find(|other| other.kind == unit.kind && Some(other.id) == unit.parent);
    let parents = std::iter::successors(Some(unit), above).skip(1).take(all.len());
    parents.map(|parent| shown(parent, None)).collect()
}

fn entity(entity: &LegalEntity) -> Value {
    json!({"id": entity.id.to_string(), "name": entity.name, "country": entity.country, "_meta": {}})
}
