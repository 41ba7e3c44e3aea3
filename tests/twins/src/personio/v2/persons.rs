//! `GET /v2/persons` and `/{id}`, after the official `persons-service-api-v2`.
//!
//! Dates in filters are documented as date-times; live, only plain dates were taken, and so they are here. What the credential may not
//! read is left out, and a filter on it finds nobody (assumed).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::personio::Twin;

use super::access::{Caller, Visit, serve};
use super::dates::Dates;
use super::employee::Employee;
use super::errors::Problem;
use super::lists::Paging;
use super::query::Query;
use super::quirks::Quirks;
use super::rights::PersonField;
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
        let employee = visit.books.persons.seen(id, visit.books.staff_horizon(visit.now)).ok_or(Problem::NOT_FOUND)?;
        let today = visit.books.today(visit.now);
        Ok(Json(shown(employee, today, &visit.caller.base, &visit.books.tenant.quirks)).into_response())
    })
}

/// In the order in which they came, which is that of their ids in the seed.
fn listed(visit: &Visit<'_>) -> Result<Response, Problem> {
    let query = Query::read(visit.caller.uri.query(), &NAMES)?;
    let filter = Filter::read(&query)?;
    let paging = Paging::read(visit, &query, 10, 50)?;
    let (quirks, today) = (&visit.books.tenant.quirks, visit.books.today(visit.now));
    let persons = visit.books.persons.from(paging.from, visit.books.staff_horizon(visit.now));
    let fitting = persons.filter(|(_, employee)| filter.fits(employee, today, quirks));
    Ok(paging.page(fitting, |employee| shown(employee, today, &visit.caller.base, quirks)).response())
}

/// What a person must be like.
struct Filter {
    ids: Option<Vec<u64>>,
    texts: Vec<(PersonField, Vec<String>)>,
    created: Dates,
    updated: Dates,
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
        let (created, updated) = (Dates::read(query, "created_at")?, Dates::read(query, "updated_at")?);
        Ok(Self { ids: query.many("id")?, texts, created, updated })
    }

    fn fits(&self, employee: &Employee, today: Date, quirks: &Quirks) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&employee.person.id))
            && self
                .texts
                .iter()
                .all(|(field, wanted)| !quirks.unreadable.contains(field) && says(employee, today, *field, wanted))
            && self.created.fit(employee.created_at)
            && self.updated.fit(employee.updated_at)
    }
}

/// E-mail addresses are compared without case, all else to the letter.
fn says(employee: &Employee, today: Date, field: PersonField, wanted: &[String]) -> bool {
    let person = &employee.person;
    match field {
        PersonField::Email => wanted.iter().any(|wanted| wanted.to_lowercase() == person.email.to_lowercase()),
        PersonField::LastName => wanted.contains(&person.last_name),
        PersonField::Status => wanted.iter().any(|wanted| wanted == employee.status(today)),
        PersonField::PreferredName => wanted.iter().any(|wanted| wanted == person.preferred()),
        _ => wanted.contains(&person.first_name),
    }
}

/// `created_at` without and `updated_at` with a `Z`, as in the official example.
fn shown(employee: &Employee, today: Date, base: &str, quirks: &Quirks) -> Value {
    let person = &employee.person;
    let mut shown = json!({
        "id": person.id.to_string(),
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "preferred_name": person.preferred(),
        "gender": person.gender,
        "profile_picture": {"url": format!("{base}/v1/company/employees/{}/profile-picture", person.id)},
        "status": employee.status(today),
        "custom_attributes": readable(&person.custom_attributes, quirks),
        "employments": employee.newest_first().map(|employment| json!({"id": employment.id})).collect::<Vec<_>>(),
        "created_at": format!("{:.3}", employee.created_at).trim_end_matches('Z'),
        "updated_at": format!("{:.3}", employee.updated_at),
        "_meta": {"links": {"employments": {"href": format!("{base}/v2/persons/{}/employments", person.id)}}},
    });
    if let Some(members) = shown.as_object_mut() {
        quirks.unreadable.iter().for_each(|field| drop(members.remove(field.name())));
    }
    shown
}

/// Attributes that the credential may not read are missing one by one.
fn readable<'a>(attributes: &'a [Value], quirks: &Quirks) -> Vec<&'a Value> {
    let hidden = |attribute: &Value| {
        let id = attribute.get("id").and_then(Value::as_str);
        id.is_some_and(|id| quirks.unreadable_custom.contains(id))
    };
    attributes.iter().filter(|attribute| !hidden(attribute)).collect()
}
