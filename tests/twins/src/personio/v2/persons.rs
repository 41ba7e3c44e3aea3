//! `GET /v2/persons` and `/{id}`, after the official `persons-service-api-v2`.
//!
//! Dates in filters are documented as date-times; live, only plain dates were taken, and so they are here. What the credential may not
//! read is left out, and a filter on it finds nobody (assumed).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::personio::Twin;

use super::access::{Caller, Visit, serve};
use super::books::Employee;
use super::errors::Problem;
use super::lists::Paging;
use super::query::Query;
use super::quirks::{PersonField, Quirks};
use super::tenant::PERSONS_READ;

const NAMES: [&str; 12] = [
    "id",
    "email",
    "first_name",
    "last_name",
    "preferred_name",
    "status",
    "created_at",
    "created_at.gt",
    "created_at.lt",
    "updated_at",
    "updated_at.gt",
    "updated_at.lt",
];

pub(super) async fn list(State(twin): State<Twin>, caller: Caller) -> Response {
    serve(&twin, &caller, PERSONS_READ, |visit| listed(&visit))
}

pub(super) async fn one(State(twin): State<Twin>, Path(id): Path<String>, caller: Caller) -> Response {
    serve(&twin, &caller, PERSONS_READ, |visit| {
        Query::read(visit.caller.uri.query(), &[])?;
        let id: u64 = id.parse().map_err(|_| Problem::NOT_FOUND)?;
        let employee = visit.books.persons.get(&id).ok_or(Problem::NOT_FOUND)?;
        Ok(Json(shown(employee, &visit.caller.base, &visit.books.tenant.quirks)).into_response())
    })
}

/// In the order of their ids.
fn listed(visit: &Visit<'_>) -> Result<Response, Problem> {
    let query = Query::read(visit.caller.uri.query(), &NAMES)?;
    let filter = Filter::read(&query)?;
    let paging = Paging::read(visit, &query, 10, 50)?;
    let quirks = &visit.books.tenant.quirks;
    let persons = visit.books.persons.values().enumerate().skip(paging.from);
    let fitting = persons.filter(|(_, employee)| filter.fits(employee, quirks));
    Ok(paging.page(fitting, |employee| shown(employee, &visit.caller.base, quirks)).response())
}

/// What a person must be like.
struct Filter {
    ids: Option<Vec<u64>>,
    texts: Vec<(PersonField, Vec<String>)>,
    created: Days,
    updated: Days,
}

/// On, after and before this day in UTC; after means after its first moment.
struct Days {
    on: Option<Date>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
}

impl Filter {
    fn read(query: &Query) -> Result<Self, Problem> {
        let mut texts = Vec::new();
        for field in [
            PersonField::Email,
            PersonField::FirstName,
            PersonField::LastName,
            PersonField::PreferredName,
            PersonField::Status,
        ] {
            texts.extend(query.many(field.name())?.map(|wanted| (field, wanted)));
        }
        let (created, updated) = (Days::read(query, "created_at")?, Days::read(query, "updated_at")?);
        Ok(Self { ids: query.many("id")?, texts, created, updated })
    }

    fn fits(&self, employee: &Employee, quirks: &Quirks) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&employee.person.id))
            && self
                .texts
                .iter()
                .all(|(field, wanted)| !quirks.unreadable.contains(field) && says(employee, *field, wanted))
            && self.created.fit(employee.created_at)
            && self.updated.fit(employee.updated_at)
    }
}

/// E-mail addresses are compared without case, all else to the letter.
fn says(employee: &Employee, field: PersonField, wanted: &[String]) -> bool {
    let person = &employee.person;
    match field {
        PersonField::Email => wanted.iter().any(|wanted| wanted.to_lowercase() == person.email.to_lowercase()),
        PersonField::LastName => wanted.contains(&person.last_name),
        PersonField::Status => wanted.contains(&person.status),
        _ => wanted.contains(&person.first_name),
    }
}

impl Days {
    fn read(query: &Query, name: &str) -> Result<Self, Problem> {
        let after = date(query, &format!("{name}.gt"))?.map(midnight).transpose()?;
        let before = date(query, &format!("{name}.lt"))?.map(midnight).transpose()?;
        Ok(Self { on: date(query, name)?, after, before })
    }

    fn fit(&self, time: Timestamp) -> bool {
        self.on.is_none_or(|on| time.to_zoned(TimeZone::UTC).date() == on)
            && self.after.is_none_or(|after| time > after)
            && self.before.is_none_or(|before| time < before)
    }
}

fn date(query: &Query, name: &str) -> Result<Option<Date>, Problem> {
    let Some(text) = query.one(name)? else { return Ok(None) };
    let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
    date.map(Some).ok_or(Problem::FILTER)
}

fn midnight(date: Date) -> Result<Timestamp, Problem> {
    date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| Problem::FILTER)
}

/// `created_at` without and `updated_at` with a `Z`, as in the official example.
fn shown(employee: &Employee, base: &str, quirks: &Quirks) -> Value {
    let person = &employee.person;
    let mut shown = json!({
        "id": person.id.to_string(),
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "preferred_name": person.first_name,
        "gender": "UNSPECIFIED",
        "profile_picture": {"url": format!("{base}/v1/company/employees/{}/profile-picture", person.id)},
        "status": person.status,
        "custom_attributes": person.custom_attributes,
        "employments": [{"id": employee.employment}],
        "created_at": format!("{:.3}", employee.created_at).trim_end_matches('Z'),
        "updated_at": format!("{:.3}", employee.updated_at),
        "_meta": {"links": {"employments": {"href": format!("{base}/v2/persons/{}/employments", person.id)}}},
    });
    if let Some(members) = shown.as_object_mut() {
        quirks.unreadable.iter().for_each(|field| drop(members.remove(field.name())));
    }
    shown
}
