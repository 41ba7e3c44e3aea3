//! Checks of single members of a body.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::problem::Problem;

/// A body, or an object in it.
pub(super) type Members = Map<String, Value>;

pub(super) type Checked<T = ()> = Result<T, Problem>;

/// Refuses members that nobody knows, so that a misspelt one cannot pass for none.
pub(super) fn known(members: &Members, names: &[&str]) -> Checked {
    match members.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => Err(Problem::bad(format!("Unknown property {name}"))),
        None => Ok(()),
    }
}

/// Refuses a body without one of these.
pub(super) fn required(members: &Members, names: &[&str]) -> Checked {
    match names.iter().find(|name| members.get(**name).is_none_or(Value::is_null)) {
        Some(name) => Err(Problem::bad(format!("{name} is required"))),
        None => Ok(()),
    }
}

/// Text that is not blank.
pub(super) fn text<'a>(name: &str, value: &'a Value) -> Checked<&'a str> {
    let text = value.as_str().filter(|text| !text.trim().is_empty());
    text.ok_or_else(|| Problem::bad(format!("{name} must be text")))
}

pub(super) fn boolean(name: &str, value: &Value) -> Checked {
    if value.is_boolean() { Ok(()) } else { Err(Problem::bad(format!("{name} must be a boolean"))) }
}

/// One of these texts, in their case.
pub(super) fn one_of<'a>(name: &str, value: &'a Value, texts: &[&str]) -> Checked<&'a str> {
    let text = value.as_str().filter(|text| texts.contains(text));
    text.ok_or_else(|| Problem::bad(format!("{name} must be one of {}", texts.join(", "))))
}

pub(super) fn object<'a>(name: &str, value: &'a Value) -> Checked<&'a Members> {
    value.as_object().ok_or_else(|| Problem::bad(format!("{name} must be an object")))
}

pub(super) fn list<'a>(name: &str, value: &'a Value) -> Checked<&'a [Value]> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| Problem::bad(format!("{name} must be a list")))
}

/// A date, or `YYYY-MM-DDTHH:MM:SSZ`: the table says the one, the samples show the other.
pub(super) fn day(name: &str, value: &Value) -> Checked<String> {
    let text = text(name, value)?;
    if text.len() == 10 && text.parse::<Date>().is_ok() { Ok(text.to_owned()) } else { time(name, value) }
}

/// `YYYY-MM-DDTHH:MM:SSZ`
pub(super) fn time(name: &str, value: &Value) -> Checked<String> {
    let text = text(name, value)?;
    let is_time = text.len() == 20 && text.ends_with('Z') && text.parse::<Timestamp>().is_ok();
    if is_time { Ok(text.to_owned()) } else { Err(Problem::bad(format!("{name} must be YYYY-MM-DDTHH:MM:SSZ"))) }
}
