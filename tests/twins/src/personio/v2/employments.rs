//! `GET /v2/persons/{id}/employments` and `/{employment}`, after the official `employment-contract-v2`. There is no other way to read an
//! employment, and no list of everybody's.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::Twin;

use super::access::{Caller, Visit, serve};
use super::dates::Dates;
use super::employee::Employee;
use super::employment::{Employment, Termination};
use super::errors::Problem;
use super::lists::Paging;
use super::query::Query;
use super::quirks::Quirks;
use super::staff_quirks::{LastWorking, NoTermination};
use super::tenant::PERSONS_READ;

pub(super) async fn list(State(twin): State<Twin>, Path(person): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, PERSONS_READ, |visit| listed(&visit, &person))
}

pub(super) async fn one(
    State(twin): State<Twin>,
    Path((person, id)): Path<(String, String)>,
    caller: Caller,
) -> Response {
    serve(&twin, &caller, PERSONS_READ, |visit| {
        Query::read(visit.caller.uri.query(), &[])?;
        let employee = found(&visit, &person)?;
        let employment = employee.employments.iter().find(|employment| employment.id.to_string() == id);
        let view = View::of(&visit, employee.person.id);
        Ok(Json(view.shown(employment.ok_or(Problem::NOT_FOUND)?)).into_response())
    })
}

/// Newest first. Equality on `updated_at` finds nothing, as seen live.
fn listed(visit: &Visit<'_>, person: &str) -> Result<Response, Problem> {
    let query = Query::read(visit.caller.uri.query(), &["id", "updated_at", "updated_at.gt", "updated_at.lt"])?;
    let ids: Option<Vec<Uuid>> = query.many("id")?;
    let updated = Dates::read(&query, "updated_at")?;
    let paging = Paging::read(visit, &query, 10, 50)?;
    let employee = found(visit, person)?;
    let fitting = employee.newest_first().enumerate().skip(paging.from).filter(|(_, employment)| {
        ids.as_ref().is_none_or(|ids| ids.contains(&employment.id))
            && updated.on.is_none()
            && updated.fit(employment.updated_at)
    });
    let view = View::of(visit, employee.person.id);
    Ok(paging.page(fitting, |employment| view.shown(employment)).response())
}

fn found<'a>(visit: &'a Visit<'_>, person: &str) -> Result<&'a Employee, Problem> {
    let id: u64 = person.parse().map_err(|_| Problem::NOT_FOUND)?;
    visit.books.persons.seen(id, visit.books.staff_horizon(visit.now)).ok_or(Problem::NOT_FOUND)
}

/// How employments of one person are told.
struct View<'a> {
    person: u64,
    today: Date,
    base: &'a str,
    quirks: &'a Quirks,
}

impl<'a> View<'a> {
    fn of(visit: &'a Visit<'_>, person: u64) -> Self {
        let (today, base) = (visit.books.today(visit.now), visit.caller.base.as_str());
        Self { person, today, base, quirks: &visit.books.tenant.quirks }
    }

    /// `created_at` without and `updated_at` with a `Z`, as in the official example.
    fn shown(&self, employment: &Employment) -> Value {
        let terms = &employment.terms;
        let by_id = |id: Option<u64>| id.map(|id| json!({"id": id.to_string()}));
        let unit = |kind: &str, id: Option<u64>| id.map(|id| json!({"type": kind, "id": id.to_string()}));
        let units = [unit("department", terms.department), unit("team", terms.team)].into_iter().flatten();
        let centers = terms.cost_centers.iter().map(|id| json!({"id": id, "weight": 100 / terms.cost_centers.len()}));
        let mut shown = json!({
            "id": employment.id,
            "status": terms.status_on(self.today),
            "position": terms.position.as_ref().map(|title| json!({"title": title})),
            "weekly_working_hours": terms.weekly_hours,
            "full_time_weekly_working_hours": 40,
            "probation_end_date": terms.probation_end,
            "employment_start_date": terms.start,
            "employment_end_date": terms.end,
            "contract_end_date": terms.contract_end,
            "type": terms.kind,
            "created_at": format!("{:.3}", employment.created_at).trim_end_matches('Z'),
            "updated_at": format!("{:.3}", employment.updated_at),
            "supervisor": by_id(terms.supervisor),
            "office": by_id(terms.office),
            "org_units": units.collect::<Vec<_>>(),
            "person": {"id": self.person.to_string()},
            "cost_centers": centers.collect::<Vec<_>>(),
            "legal_entity": by_id(terms.legal_entity),
            "job": terms.job.map(|id| json!({"id": id})),
            "_meta": {"links": {"person": {"href": format!("{}/v2/persons/{}", self.base, self.person)}}},
        });
        if let Some(members) = shown.as_object_mut() {
            members.extend(self.termination(terms.termination.as_ref()).map(|told| ("termination".to_owned(), told)));
            self.quirks.unreadable_employment.iter().for_each(|field| drop(members.remove(field.name())));
        }
        shown
    }

    fn termination(&self, termination: Option<&Termination>) -> Option<Value> {
        let last_working = match self.quirks.last_working {
            LastWorking::Day => "last_working_day",
            LastWorking::Date => "last_working_date",
        };
        let told = |termination: &Termination, kind: Value| {
            json!({
                "termination_date": termination.termination_date,
                last_working: termination.last_working_day,
                "terminated_at": termination.terminated_at,
                "type": kind,
                "reason": termination.reason,
            })
        };
        match (termination, self.quirks.no_termination) {
            (Some(termination), _) => Some(told(termination, json!(termination.kind))),
            (None, NoTermination::Absent) => None,
            (None, NoTermination::Null) => Some(Value::Null),
            (None, NoTermination::Nulls) => Some(told(&Termination::default(), Value::Null)),
        }
    }
}
