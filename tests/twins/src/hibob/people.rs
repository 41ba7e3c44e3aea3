//! `POST /v1/people/search`: who works at the company. Only ids, addresses and names are kept.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::company::{Company, Person};
use super::problem::Problem;
use super::quirks::PeopleForm;
use super::search::parse;
use super::serve::{Endpoint, serve};
use super::twin::Twin;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Search {
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    filters: Vec<Filter>,
    #[serde(default)]
    human_readable: Option<HumanReadable>,
    #[serde(default, rename = "showInactive")]
    _show_inactive: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Filter {
    field_path: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Operator {
    Equals,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum HumanReadable {
    Append,
    Replace,
}

/// Everybody who fits, with the fields that were asked for.
pub(super) async fn search(State(twin): State<Twin>, headers: HeaderMap, body: Bytes) -> Response {
    serve(&twin, Endpoint::PeopleSearch, &headers, |books, _| found(&books.company, &parse(&body)?))
}

fn found(company: &Company, search: &Search) -> Result<Value, Problem> {
    for filter in &search.filters {
        let Filter { field_path, operator: Operator::Equals, values } = filter;
        if !["root.id", "root.email"].contains(&dotted(field_path).as_str()) || values.is_empty() {
            return Err(Problem::bad(field_path, "cannot be filtered by"));
        }
    }
    let fits = |person: &&Person| {
        let mut filters = search.filters.iter();
        filters.all(|filter| {
            value(person, &dotted(&filter.field_path)).is_some_and(|value| filter.values.contains(&value))
        })
    };
    let form = match search.human_readable {
        Some(HumanReadable::Replace) => PeopleForm::Plain,
        Some(HumanReadable::Append) | None => company.quirks.people,
    };
    let employees: Vec<_> = company.people.iter().filter(fits).map(|person| told(person, search, form)).collect();
    Ok(json!({"employees": employees}))
}

/// Fields that nobody knows are left out without a word; without fields the id, address and name are told.
fn told(person: &Person, search: &Search, form: PeopleForm) -> Value {
    let usual = ["root.id", "root.email", "root.fullName"].map(str::to_owned);
    let asked = if search.fields.is_empty() { usual.to_vec() } else { search.fields.clone() };
    let told = asked.iter().map(|field| dotted(field)).filter_map(|field| {
        let value = value(person, &field)?;
        Some(match form {
            PeopleForm::Cells => (format!("/{}", field.replace('.', "/")), json!({"value": value})),
            PeopleForm::Plain => (field.trim_start_matches("root.").to_owned(), json!(value)),
        })
    });
    Value::Object(told.collect::<Map<_, _>>())
}

/// A field's id is spelt with dots or with slashes.
fn dotted(field: &str) -> String {
    field.trim_start_matches('/').replace('/', ".")
}

fn value(person: &Person, field: &str) -> Option<String> {
    match field {
        "root.id" => Some(person.id.clone()),
        "root.email" => Some(person.email.clone()),
        "root.fullName" => Some(person.full_name.clone()),
        _ => None,
    }
}
