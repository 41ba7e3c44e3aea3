//! Values of a contract's data fields: <https://developer.oneflow.com/docs/update-a-data-field-value>.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::Source;
use super::contract::{Contract, DataField};
use super::events::{self, News};
use super::lists;
use super::problem::Problem;
use super::twin::{Twin, Work};
use super::view;

/// In a path, before a custom id.
const CUSTOM: &str = "c::";
const LONGEST: usize = 1024;

/// The body of PUT. What it says of id and custom id must be what the path says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    #[serde(default)]
    id: Option<i64>,
    #[serde(default, rename = "_private_ownerside")]
    ownerside: Option<Ownerside>,
    #[serde(default, deserialize_with = "present")]
    value: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ownerside {
    custom_id: String,
}

/// A null is not the same as nothing.
fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// The text that a value leaves in the field; null clears it. The error says why it cannot be.
pub(super) fn value(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) if text.chars().count() <= LONGEST => Ok(text.clone()),
        Value::String(_) => Err(format!("Longer than maximum length {LONGEST}.")),
        _ => Err("Not a valid string.".to_owned()),
    }
}

/// Whether writes are answered 200 and change nothing.
pub(super) fn is_systems(field: &DataField) -> bool {
    field.source == Source::System
}

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        let account = &work.books.account;
        let fields = contract.data_fields.iter().map(|field| view::data_field(id, field, account, &call.base));
        Ok(lists::whole(&format!("{}/contracts/{id}/data_fields", call.base), fields.collect()))
    })
}

pub(super) async fn one(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((id, field)): Path<(i64, String)>,
) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        let field = contract.data_fields.iter().find(|known| is_named(known, &field)).ok_or_else(Problem::unknown)?;
        Ok(Json(view::data_field(id, field, &work.books.account, &call.base)).into_response())
    })
}

pub(super) async fn update(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((id, name)): Path<(i64, String)>,
    body: Bytes,
) -> Response {
    twin.serve(&headers, |mut work, call| {
        let contract = work.books.contract(id).ok_or_else(Problem::unknown)?.clone();
        let actor = call.caller.actor(&contract)?;
        let update: Update = serde_json::from_slice(&body).map_err(|error| Problem::body(error.to_string()))?;
        let field = contract.data_fields.iter().find(|known| is_named(known, &name)).ok_or_else(Problem::unknown)?;
        fits(&update, field)?;
        if !contract.is_open() {
            return Err(Problem::conflict("The contract cannot be changed any more."));
        }
        let new = update.value.as_ref().map(value).transpose();
        let new = new.map_err(|wrong| Problem::parameter("value", wrong))?;
        let number = field.id;
        if let Some(new) = new.filter(|_| !is_systems(field)) {
            write(&mut work, contract, number, new, actor);
        }
        let contract = work.books.contract(id).ok_or_else(Problem::unknown)?;
        let field = contract.data_fields.iter().find(|known| known.id == number).ok_or_else(Problem::unknown)?;
        Ok(Json(view::data_field(id, field, &work.books.account, &call.base)).into_response())
    })
}

fn is_named(field: &DataField, name: &str) -> bool {
    match name.strip_prefix(CUSTOM) {
        Some(custom_id) => field.custom_id == custom_id,
        None => name.parse() == Ok(field.id),
    }
}

fn fits(update: &Update, field: &DataField) -> Result<(), Problem> {
    if update.id.is_some_and(|id| id != field.id) {
        return Err(Problem::parameter("id", "Does not match the path."));
    }
    if update.ownerside.as_ref().is_some_and(|ownerside| ownerside.custom_id != field.custom_id) {
        return Err(Problem::parameter("_private_ownerside.custom_id", "Does not match the path."));
    }
    Ok(())
}

/// Writes a field and tells it: a write of what is there already is told, too.
pub(super) fn write(work: &mut Work<'_>, mut contract: Contract, field: i64, value: String, actor: Option<String>) {
    let now = work.now;
    let Some(field) = contract.data_fields.iter_mut().find(|known| known.id == field) else { return };
    let subject = json!({"id": field.id, "custom_id": field.custom_id, "name": field.name});
    let news = News::by(actor).changed("data_field:update", subject, "value", &field.value, &value);
    (field.value, field.updated, contract.updated) = (value, now, now);
    events::keep(work, contract, news);
}
