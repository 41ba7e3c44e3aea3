//! Members of Personio's JSON, by path; what is missing or not of its form is named by its path, never by its value.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::text::trimmed;
use crate::{Kind, Meaning, Reason};

/// The most of a text of the vendor's that is kept where anything may stand.
const LONGEST_PLAIN: usize = 40;

/// A field that is missing or cannot be read: its name, with dots for the objects around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(pub(super) &'static str);

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Field> for Kind {
    fn from(field: Field) -> Self {
        let meaning = Some(Meaning {
            means: "missing in Personio's answer, or not of the documented form",
            to_do: "Look whether the credential may read it (Settings > API credentials > readable attributes).",
        });
        Self::Invalid(vec![Reason { field: Some(field.to_string()), code: "unreadable".to_owned(), meaning }])
    }
}

/// The member at a path of names with dots between them; a null counts as missing.
pub(super) fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// A text that must be there and must not be blank.
pub(super) fn text<'a>(value: &'a Value, path: &'static str) -> Result<&'a str, Field> {
    optional_text(value, path)?.ok_or(Field(path))
}

/// A text that may be missing, null or blank.
pub(super) fn optional_text<'a>(value: &'a Value, path: &'static str) -> Result<Option<&'a str>, Field> {
    match member(value, path) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(trimmed(text)).filter(|text| !text.is_empty())),
        Some(_) => Err(Field(path)),
    }
}

/// An id that is a `T`. It comes as a text or, from some accounts, as a number.
pub(super) fn id<T: FromStr>(value: &Value, path: &'static str) -> Result<T, Field> {
    id_text(value, path)?.parse().map_err(|_| Field(path))
}

/// An id as a text, be it sent as one or as a whole number.
pub(super) fn id_text(value: &Value, path: &'static str) -> Result<String, Field> {
    match member(value, path) {
        Some(Value::Number(number)) if number.is_u64() => Ok(number.to_string()),
        _ => text(value, path).map(ToOwned::to_owned),
    }
}

/// A moment; one without an offset is UTC.
pub(super) fn moment(value: &Value, path: &'static str) -> Result<Timestamp, Field> {
    optional_moment(value, path)?.ok_or(Field(path))
}

/// A moment that may be missing, null or blank.
pub(super) fn optional_moment(value: &Value, path: &'static str) -> Result<Option<Timestamp>, Field> {
    let Some(text) = optional_text(value, path)? else { return Ok(None) };
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(utc).map(Some).ok_or(Field(path))
}

/// The start of a text that may hold anything, in characters that are fit for a log line.
pub(super) fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    text.chars().take(LONGEST_PLAIN).map(|c| if is_plain(c) { c } else { '?' }).collect()
}

/// The one thing that was asked for. It comes bare, but wrapped answers have been met too.
pub(super) fn bare(body: Value) -> Option<Value> {
    let Value::Object(mut object) = body else { return None };
    let wrapped = ["_data", "data"].into_iter().find(|name| object.get(*name).is_some_and(Value::is_object));
    match wrapped {
        Some(name) => object.remove(name),
        None => Some(Value::Object(object)),
    }
}

/// The entries of a list: in `_data`, and in other wrappings that have been met.
pub(super) fn entries(body: Value) -> Option<Vec<Value>> {
    let list = match body {
        Value::Object(mut object) => ["_data", "data"].into_iter().find_map(|name| object.remove(name))?,
        list => list,
    };
    match list {
        Value::Array(entries) => Some(entries),
        _ => None,
    }
}
