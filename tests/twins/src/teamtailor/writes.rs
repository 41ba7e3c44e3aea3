//! Writes of callers, by the kind of resource.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::Value;

use crate::email::is_email;

use super::account::{CustomField, SecondValue};
use super::changes;
use super::definitions;
use super::graph;
use super::include::Include;
use super::problem::Problem;
use super::reads;
use super::sent::Document;
use super::store::{Books, Note};
use super::twin::{Call, Twin};
use super::uploads;
use super::values;

const FIELDS: [&str; 2] = ["custom-fields", "custom-field-selects"];

pub(super) async fn create(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((region, kind)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    twin.serve(&region, &headers, |mut call| {
        let document = |kind| Document::read(&headers, &body, kind, None);
        let (status, id) = match kind.as_str() {
            "custom-field-values" => create_value(&mut call, &document("custom-field-values")?)?,
            "uploads" => (StatusCode::CREATED, uploads::create(call.books, &document("uploads")?, call.now)?),
            "notes" => (StatusCode::CREATED, note(&mut call, &document("notes")?)?),
            "custom-fields" => (StatusCode::CREATED, definitions::field(call.books, &document("custom-fields")?)?),
            "custom-field-selects" => {
                (StatusCode::CREATED, definitions::select(call.books, &document("custom-field-selects")?)?)
            }
            _ => return Err(Problem::method()),
        };
        shown(&call, status, &kind, id)
    })
}

pub(super) async fn update(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((region, kind, id)): Path<(String, String, String)>,
    body: Bytes,
) -> Response {
    twin.serve(&region, &headers, |mut call| {
        let id: u64 = id.parse().map_err(|_| Problem::unknown())?;
        graph::find(call.books, &kind, id).ok_or_else(Problem::unknown)?;
        let document = |kind| Document::read(&headers, &body, kind, Some(id));
        match kind.as_str() {
            "custom-field-values" => change_value(&mut call, id, &document("custom-field-values")?)?,
            "candidates" => change_candidate(&mut call, id, &document("candidates")?)?,
            "job-applications" => move_application(&mut call, id, &document("job-applications")?)?,
            _ => return Err(Problem::method()),
        }
        shown(&call, StatusCode::OK, &kind, id)
    })
}

fn shown(call: &Call<'_>, status: StatusCode, kind: &str, id: u64) -> Result<Response, Problem> {
    let resource = graph::find(call.books, kind, id).ok_or_else(Problem::unknown)?;
    reads::told(status, call.books, &resource, &Include::default(), &call.base)
}

fn create_value(call: &mut Call<'_>, document: &Document) -> Result<(StatusCode, u64), Problem> {
    document.only(&["value"], &["custom-field", "owner"])?;
    let field = field(call.books, document.required("custom-field", &FIELDS)?)?;
    let owner = owner(call.books, document)?;
    let value = value(call.books, &field, document)?;
    let second = call.books.account.second_value;
    match (call.books.value_of(owner, field.id).is_some(), second) {
        (true, SecondValue::Refused) => {
            Err(Problem::invalid("/data/relationships/custom-field", "has already been taken"))
        }
        (true, SecondValue::Updates) => {
            Ok((StatusCode::OK, changes::set_value(call.books, owner, field.id, value, call.now)))
        }
        _ => Ok((StatusCode::CREATED, changes::add_value(call.books, owner, field.id, value, call.now))),
    }
}

/// Owner and field may be repeated, and must be the same then.
fn change_value(call: &mut Call<'_>, id: u64, document: &Document) -> Result<(), Problem> {
    document.only(&["value"], &["custom-field", "owner"])?;
    let known = call.books.values.iter().find(|known| known.id == id).ok_or_else(Problem::unknown)?;
    let (owner, field_id) = (known.candidate, known.field);
    let same = |relation: &str, kinds: &[&str], known: u64| {
        document.related(relation, kinds).map(|sent| sent.is_none_or(|sent| sent == known))
    };
    if !same("owner", &["candidates"], owner)? || !same("custom-field", &FIELDS, field_id)? {
        return Err(Problem::invalid("/data/relationships", "cannot be changed"));
    }
    let field = field(call.books, field_id)?;
    let value = value(call.books, &field, document)?;
    changes::change_value(call.books, id, value, call.now);
    Ok(())
}

fn field(books: &Books, id: u64) -> Result<CustomField, Problem> {
    let missing = || Problem::invalid("/data/relationships/custom-field", "must exist");
    books.account.field(id).cloned().ok_or_else(missing)
}

fn owner(books: &Books, document: &Document) -> Result<u64, Problem> {
    let id = document.required("owner", &["candidates"])?;
    let known = books.candidate(id).map(|candidate| candidate.id);
    known.ok_or_else(|| Problem::invalid("/data/relationships/owner", "must exist"))
}

fn value(books: &Books, field: &CustomField, document: &Document) -> Result<Value, Problem> {
    let missing = || Problem::invalid("/data/attributes/value", "can't be blank");
    values::taken(field, document.attributes.get("value").ok_or_else(missing)?, &books.account)
}

fn note(call: &mut Call<'_>, document: &Document) -> Result<u64, Problem> {
    document.only(&["note"], &["candidate", "user"])?;
    let note = document.text("note")?;
    let missing = |relation: &str| Problem::invalid(format!("/data/relationships/{relation}"), "must exist");
    let candidate = document.required("candidate", &["candidates"])?;
    call.books.candidate(candidate).ok_or_else(|| missing("candidate"))?;
    let user = document.required("user", &["users"])?;
    call.books.account.user(user).ok_or_else(|| missing("user"))?;
    let id = call.books.next_id();
    call.books.notes.push(Note { id, candidate, user, note, created: call.now });
    Ok(id)
}

fn change_candidate(call: &mut Call<'_>, id: u64, document: &Document) -> Result<(), Problem> {
    document.only(&["first-name", "last-name", "email", "phone", "linkedin-url", "pitch"], &[])?;
    let mut changed = call.books.candidate(id).cloned().ok_or_else(Problem::unknown)?;
    for (name, sent) in &document.attributes {
        let text = sent.as_str().ok_or_else(|| Problem::invalid(format!("/data/attributes/{name}"), "is invalid"))?;
        let member = match name.as_str() {
            "first-name" => &mut changed.first_name,
            "last-name" => &mut changed.last_name,
            "email" => &mut changed.email,
            "linkedin-url" => &mut changed.linkedin_url,
            "pitch" => &mut changed.pitch,
            _ => &mut changed.phone,
        };
        text.clone_into(member);
    }
    let pointer = "/data/attributes/email";
    let taken =
        |email: &str| call.books.candidates.iter().any(|one| one.id != id && one.email.eq_ignore_ascii_case(email));
    if !is_email(&changed.email) {
        return Err(Problem::invalid(pointer, "is invalid"));
    }
    if taken(&changed.email) {
        return Err(Problem::invalid(pointer, "has already been taken"));
    }
    changes::candidate(call.books, id, call.now, |candidate| *candidate = changed);
    Ok(())
}

fn move_application(call: &mut Call<'_>, id: u64, document: &Document) -> Result<(), Problem> {
    document.only(&[], &["stage"])?;
    let stage = document.required("stage", &["stages"])?;
    changes::move_to(call.books, id, stage, call.now)
}
