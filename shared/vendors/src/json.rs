//! Members of a vendor's JSON, by path; what is missing or not of its form is named by its path, never by its value.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::text::trimmed;

/// The most of a text of the vendor's that is kept where anything may stand.
const LONGEST_PLAIN: usize = 40;

/// A field that is missing or cannot be read: its name, with dots for the objects around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field(pub(crate) &'static str);

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The member at a path of names with dots between them; a null counts as missing.
pub(crate) fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, name| value.get(name)).filter(|value| !value.is_null())
}

/// A text that must be there and must not be blank.
pub(crate) fn text<'a>(value: &'a Value, path: &'static str) -> Result<&'a str, Field> {
    optional_text(value, path)?.ok_or(Field(path))
}

/// A text that may be missing, null or blank.
pub(crate) fn optional_text<'a>(value: &'a Value, path: &'static str) -> Result<Option<&'a str>, Field> {
    match member(value, path) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(trimmed(text)).filter(|text| !text.is_empty())),
        Some(_) => Err(Field(path)),
    }
}

/// An id that is a `T`. It comes as a text or, from some accounts, as a number.
pub(crate) fn id<T: FromStr>(value: &Value, path: &'static str) -> Result<T, Field> {
    id_text(value, path)?.parse().map_err(|_| Field(path))
}

/// An id as a text, be it sent as one or as a whole number.
pub(crate) fn id_text(value: &Value, path: &'static str) -> Result<String, Field> {
    match member(value, path) {
        Some(Value::Number(number)) if number.is_u64() => Ok(number.to_string()),
        _ => text(value, path).map(ToOwned::to_owned),
    }
}

/// An id that may be missing, null or blank.
pub(crate) fn optional_id<T: FromStr>(value: &Value, path: &'static str) -> Result<Option<T>, Field> {
    match member(value, path) {
        None => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(_) => id(value, path).map(Some),
    }
}

/// A boolean, be it sent as one or as the text of one; `None` where it is missing.
pub(crate) fn flag(value: &Value, path: &'static str) -> Result<Option<bool>, Field> {
    match member(value, path) {
        None => Ok(None),
        Some(Value::Bool(is)) => Ok(Some(*is)),
        Some(Value::String(text)) => text.trim().to_ascii_lowercase().parse().map(Some).map_err(|_| Field(path)),
        Some(_) => Err(Field(path)),
    }
}

/// A moment; one without an offset is UTC.
pub(crate) fn moment(value: &Value, path: &'static str) -> Result<Timestamp, Field> {
    optional_moment(value, path)?.ok_or(Field(path))
}

/// A moment that may be missing, null or blank.
pub(crate) fn optional_moment(value: &Value, path: &'static str) -> Result<Option<Timestamp>, Field> {
    let Some(text) = optional_text(value, path)? else { return Ok(None) };
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(utc).map(Some).ok_or(Field(path))
}

/// The start of a text that may hold anything, in characters that are fit for a log line.
pub(crate) fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    text.chars().take(LONGEST_PLAIN).map(|c| if is_plain(c) { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn moments_are_read_in_all_their_forms() {
        for text in [
            "2020-07-06T15:14:14+0000",
            "2020-07-06T15:14:14+00:00",
            "2020-07-06T15:14:14Z",
            "2020-07-06T15:14:14",
            "2020-07-06T17:14:14.000+02:00",
        ] {
            let read = moment(&json!({"at": text}), "at").unwrap();
            assert_eq!(read.to_string(), "2020-07-06T15:14:14Z", "{text}");
        }
        assert_eq!(moment(&json!({"at": "yesterday"}), "at"), Err(Field("at")));
        assert_eq!(optional_moment(&json!({"at": null}), "at"), Ok(None));
    }

    #[test]
    fn flags_and_ids_may_be_texts() {
        let value = json!({"a": true, "b": "False", "c": 1, "d": "7", "e": 7, "f": "", "g": null});
        assert_eq!((flag(&value, "a"), flag(&value, "b")), (Ok(Some(true)), Ok(Some(false))));
        assert_eq!((flag(&value, "c"), flag(&value, "g")), (Err(Field("c")), Ok(None)));
        for path in ["d", "e"] {
            assert_eq!(optional_id::<u8>(&value, path), Ok(Some(7)));
        }
        assert_eq!((optional_id::<u8>(&value, "f"), optional_id::<u8>(&value, "a")), (Ok(None), Err(Field("a"))));
    }
}
