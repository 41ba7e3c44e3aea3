//! What stands in a field of a row. It may be about a person, so `Debug` shows nothing of it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::text::{cleaned, is_blank};
use crate::value::Personal;

/// What stands in a field. A field that HiBob does not know or does not show makes no cell at all; one that is empty makes
/// an empty cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    value: Personal<Value>,
    label: Option<Personal<String>>,
}

/// A cell holds something that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

impl Cell {
    /// A cell with a value as HiBob sends it, and with its label.
    #[must_use]
    pub fn new(value: Value, label: Option<String>) -> Self {
        Self { value: Personal::new(value), label: label.map(Personal::new) }
    }

    /// The value as HiBob sent it.
    #[must_use]
    pub const fn value(&self) -> &Personal<Value> {
        &self.value
    }

    /// Whether nothing stands in the field: null, a blank text, a list of none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self.value.reveal() {
            Value::Null => true,
            Value::String(text) => is_blank(text),
            Value::Array(list) => list.is_empty(),
            _ => false,
        }
    }

    /// The value as a text: a text, a number, a boolean, or the one of these that a list holds. `None` where the cell is
    /// empty or holds anything else.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        plain(self.value.reveal())
    }

    /// The value in words, where HiBob gave some.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_ref().map(|label| label.reveal().as_str())
    }

    /// The value as a boolean, be it sent as one or as its text.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        self.text()?.to_ascii_lowercase().parse().ok()
    }

    /// The date, where the cell is not empty. Of a moment it is the day in UTC.
    #[must_use]
    pub fn date(&self) -> Option<Result<Date, NotADate>> {
        if self.is_empty() {
            return None;
        }
        Some(self.text().and_then(|text| date_of(&text)).ok_or(NotADate))
    }
}

/// A text, number or boolean as text; of a list its one.
pub(in crate::hibob) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(cleaned(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(whole(number).unwrap_or_else(|| number.to_string())),
        Value::Bool(is) => Some(is.to_string()),
        Value::Array(list) => match list.as_slice() {
            [one] if !one.is_array() => plain(one),
            _ => None,
        },
        Value::Null | Value::Object(_) => None,
    }
}

/// `100.0` says no more than `100`.
fn whole(number: &serde_json::Number) -> Option<String> {
    let text = number.to_string();
    text.strip_suffix(".0").map(ToOwned::to_owned)
}

fn date_of(text: &str) -> Option<Date> {
    // a moment first: read as a date, it would lose its offset
    let moment = text.parse::<Timestamp>().ok();
    moment.map(|moment| moment.to_zoned(TimeZone::UTC).date()).or_else(|| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn cell(value: Value) -> Cell {
        Cell::new(value, None)
    }

    #[test]
    fn values_are_read_as_texts() {
        for (value, text) in [
            (json!(" vacant "), "vacant"),
            (json!(2_251_800_820_033_996_u64), "2251800820033996"),
            (json!(100.0), "100"),
            (json!(62.5), "62.5"),
            (json!(true), "true"),
            (json!(["12"]), "12"),
            (json!([12]), "12"),
        ] {
            assert_eq!(cell(value.clone()).text().as_deref(), Some(text), "{value}");
        }
        for other in [json!(null), json!(" "), json!([]), json!(["1", "2"]), json!({"id": 1}), json!([["1"]])] {
            assert_eq!(cell(other.clone()).text(), None, "{other}");
        }
    }

    #[test]
    fn an_empty_cell_is_told_from_an_odd_one() {
        assert!([json!(null), json!(""), json!([])].map(cell).iter().all(Cell::is_empty));
        assert!(![json!(["1", "2"]), json!({}), json!(0), json!(false)].map(cell).iter().any(Cell::is_empty));
    }

    #[test]
    fn dates_and_moments_are_read_as_dates() {
        for text in ["2026-01-15", "2026-01-15T09:30:00.123", "2026-01-15T23:30:00Z", "2026-01-14T23:30:00-02:00"] {
            assert_eq!(cell(json!(text)).date(), Some(Ok(date(2026, 1, 15))), "{text}");
        }
        assert_eq!(cell(json!(null)).date(), None);
        for odd in [json!("15/01/2026"), json!("2026-02-30"), json!(["a", "b"]), json!(7)] {
            assert_eq!(cell(odd.clone()).date(), Some(Err(NotADate)), "{odd}");
        }
    }

    #[test]
    fn booleans_are_read_as_texts_too() {
        assert_eq!(
            [json!(true), json!("False"), json!("no"), json!(null)].map(|value| cell(value).flag()),
            [Some(true), Some(false), None, None]
        );
    }
}
