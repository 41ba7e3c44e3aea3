//! From Recruit's JSON to positions and openings. Tolerant of members that are unknown, missing or of another form; strict
//! about what a thing is known by.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use url::Url;

use super::model::{Opening, OpeningStatus, Position};
use crate::value::Personal;
use crate::{Cursor, Page, UnreadableItem};

/// A member that is missing or cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(pub(super) &'static str);

/// A position; otherwise the member that cannot be read.
pub(super) fn position(value: &Value) -> Result<Position, Field> {
    let value = value.get("position").filter(|inner| inner.is_object()).unwrap_or(value);
    Ok(Position {
        uid: id(value, "uid").ok_or(Field("uid"))?,
        name: text(value, "name"),
        status: text(value, "status"),
        custom_id: text(value, "internal_use_custom_id"),
        is_template: value.get("is_template").and_then(Value::as_bool),
        categories: categories(value),
        openings: value.get("openings").and_then(openings),
    })
}

/// An opening; otherwise the member that cannot be read.
pub(super) fn opening(value: &Value) -> Result<Opening, Field> {
    let value = value.get("opening").filter(|inner| inner.is_object()).unwrap_or(value);
    let custom_fields = value.get("custom_fields").and_then(Value::as_object).into_iter().flatten();
    Ok(Opening {
        uid: id(value, "uid").ok_or(Field("uid"))?,
        position: id(value, "position_uid"),
        name: text(value, "name"),
        status: text(value, "status").map(|text| OpeningStatus::read(&text)),
        names_hired: text(value, "hired_candidate_uid").is_some(),
        time_expected_hire: moment(value, "time_expected_hire"),
        reason: text(value, "reason"),
        time_created: moment(value, "time_created"),
        custom_fields: custom_fields
            .filter_map(|(name, value)| Some((name.clone(), Personal::new(plain(value)?))))
            .collect(),
    })
}

/// A page of what `read` makes of the entries. `None`: the answer is no list, or leads on in a way that cannot be followed.
pub(super) fn page<T, Id: FromStr>(
    body: &Value,
    name: &str,
    read: fn(&Value) -> Result<T, Field>,
) -> Option<Page<T, Id>> {
    let list = body.get(name).unwrap_or(body).as_array()?;
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next: next_page(body)? };
    for entry in list {
        match read(entry) {
            Ok(item) => page.items.push(item),
            Err(field) => page.unreadable.push(UnreadableItem { id: id(entry, "uid"), what: field.0.to_owned() }),
        }
    }
    Some(page)
}

/// All openings that a position shows. One that cannot be read hides all: nobody may adopt or make one for the sake of the
/// others.
fn openings(list: &Value) -> Option<Vec<Opening>> {
    list.as_array()?.iter().map(|entry| opening(entry).ok()).collect()
}

fn categories(value: &Value) -> Vec<(String, Personal<String>)> {
    let list = value.get("categories").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|entry| Some((text(entry, "name")?, Personal::new(text(entry, "value")?)))).collect()
}

/// Where the list goes on: an absolute address, of which nothing but the query is taken, so that no token can leave for
/// another host. The inner `None`: nowhere.
fn next_page(body: &Value) -> Option<Option<Cursor>> {
    match body.get("next_page") {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) if text.is_empty() => Some(None),
        Some(Value::String(text)) => {
            let query = Url::parse(text).ok()?.query().filter(|query| !query.is_empty())?.to_owned();
            Some(Some(Cursor::new(query)))
        }
        Some(_) => None,
    }
}

fn id<Id: FromStr>(value: &Value, name: &str) -> Option<Id> {
    text(value, name)?.parse().ok()
}

fn text(value: &Value, name: &str) -> Option<String> {
    plain(value.get(name)?)
}

/// A text that is not blank, or a number.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A moment, or the start of a date in UTC: both are met for the same member.
fn moment(value: &Value, name: &str) -> Option<Timestamp> {
    let text = text(value, name)?;
    let start = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(start)
}
