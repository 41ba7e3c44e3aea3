//! Values of custom fields: what each kind takes, and how it is read again.

use jiff::civil::{Date, DateTime};
use reqwest::Url;
use serde_json::{Value, json};

use crate::email::is_email;

use super::account::{Account, CustomField, FieldKind, NullClears};
use super::problem::Problem;

const POINTER: &str = "/data/attributes/value";

/// What is kept of a value that was sent. Null: the field is cleared.
pub(super) fn taken(field: &CustomField, sent: &Value, account: &Account) -> Result<Value, Problem> {
    let clears = match account.null_clears {
        NullClears::Null => sent.is_null(),
        NullClears::Empty => sent == "",
    };
    if clears {
        return Ok(Value::Null);
    }
    match fits(field, sent) {
        true => Ok(sent.clone()),
        false => Err(Problem::invalid(POINTER, "is invalid")),
    }
}

fn fits(field: &CustomField, sent: &Value) -> bool {
    let text = |rule: fn(&str) -> bool| sent.as_str().is_some_and(rule);
    match field.kind {
        FieldKind::Text | FieldKind::Phone => text(|_| true),
        FieldKind::Email => text(is_email),
        FieldKind::Url => text(is_link),
        FieldKind::Date => text(is_date),
        FieldKind::Checkbox => sent.is_boolean(),
        FieldKind::Number => sent.is_number(),
        FieldKind::Select => choices(field, sent) == Some(1),
        FieldKind::MultiSelect => choices(field, sent).is_some(),
    }
}

fn is_link(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())
}

fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok() || text.parse::<DateTime>().is_ok()
}

/// How many options a list of ids names; `None` where it is no such list.
fn choices(field: &CustomField, sent: &Value) -> Option<usize> {
    let ids = sent.as_array()?;
    let known = |id: &Value| id.as_str().and_then(|id| id.parse().ok()).is_some_and(|id| field.option(id).is_some());
    ids.iter().all(known).then_some(ids.len())
}

/// How a value is read.
pub(super) fn shown(field: &CustomField, value: &Value, account: &Account) -> Value {
    match (field.kind, value) {
        (_, Value::Null) => Value::Null,
        (FieldKind::Checkbox, Value::Bool(checked)) if !account.native_checkboxes => json!(checked.to_string()),
        (FieldKind::Number, Value::Number(number)) if account.numbers_as_text => json!(number.to_string()),
        (FieldKind::Date, Value::String(date)) if account.dates_with_time && date.len() == 10 => {
            json!(format!("{date}T00:00:00.000+00:00"))
        }
        (FieldKind::Select | FieldKind::MultiSelect, Value::Array(ids)) if !account.selects_as_ids => {
            ids.iter().filter_map(|id| label(field, id)).collect()
        }
        _ => value.clone(),
    }
}

fn label(field: &CustomField, id: &Value) -> Option<Value> {
    field.option(id.as_str()?.parse().ok()?).map(|option| json!(option.value))
}

/// The value that a recruiter's choice of labels stands for; other kinds are sent as they are.
pub(super) fn chosen(field: &CustomField, picked: &Value) -> Option<Value> {
    match picked {
        Value::Array(labels) if field.is_select() => {
            let id = |label: &Value| field.options.iter().find(|option| *label == option.value);
            labels.iter().map(|label| id(label).map(|option| json!(option.id.to_string()))).collect()
        }
        other => Some(other.clone()),
    }
}
