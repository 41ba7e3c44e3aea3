//! Members of a server's JSON, by name. Names are the same in any case (RFC 7643, 2.1); what is not of its form is named,
//! never its value.

use std::fmt;

use serde_json::{Map, Value};

use crate::{Meaning, Reason};

/// A member that is missing or cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(pub(super) &'static str);

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Field> for Reason {
    fn from(field: Field) -> Self {
        let meaning = Some(Meaning {
            means: "missing in the system's answer, or not of the standard's form",
            to_do: "Ask the system's support about the user: its SCIM answer cannot be read.",
        });
        Self { field: Some(field.to_string()), code: "unreadable".to_owned(), meaning }
    }
}

/// The member with this name; a null counts as missing.
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let object = value.as_object()?;
    object.get(spelling(object, name)?).filter(|value| !value.is_null())
}

/// How an object spells a name: as it is written here, else in another case.
pub(super) fn spelling<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let exact = object.get_key_value(name).map(|(key, _)| key.as_str());
    exact.or_else(|| object.keys().find(|key| key.eq_ignore_ascii_case(name)).map(String::as_str))
}

/// A text or a number as text; `None` where it is missing or blank.
pub(super) fn text(value: &Value, name: &'static str) -> Result<Option<String>, Field> {
    match member(value, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.trim().is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(Field(name)),
    }
}

/// A boolean, be it sent as one or as the text of one; `None` where it is missing.
pub(super) fn flag(value: &Value, name: &'static str) -> Result<Option<bool>, Field> {
    match member(value, name) {
        None => Ok(None),
        Some(Value::Bool(is)) => Ok(Some(*is)),
        Some(Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(Field(name)),
        },
        Some(_) => Err(Field(name)),
    }
}

/// A whole number that is not negative, be it sent as one or as the text of one; `None` where it is missing or neither.
pub(super) fn count(value: &Value, name: &str) -> Option<usize> {
    match member(value, name)? {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
