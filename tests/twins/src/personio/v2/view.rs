//! An absence period as the API shows it: <https://developer.personio.de/reference/get_v2-absence-periods>.
//!
//! Times are local, without an offset. Whether a day-tracked end is exclusive, and how a half day at the end looks, is not documented.

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};

use super::absence::Absence;
use super::quirks::{Ends, HalfDayEnd, Halves, Quirks};
use super::span::{Days, Half, Hours, Span};

/// `starts_from.date_time`
pub(super) fn start(span: &Span) -> DateTime {
    match span {
        Span::Days(days) => midnight(days.first),
        Span::Hours(hours) => hours.start,
    }
}

/// `ends_at.date_time`
pub(super) fn end(span: &Span, quirks: &Quirks) -> Option<DateTime> {
    match span {
        Span::Days(Days { last, end_half, .. }) => last.map(|last| day_end(last, *end_half, quirks)),
        Span::Hours(Hours { end, .. }) => *end,
    }
}

fn day_end(last: Date, half: Half, quirks: &Quirks) -> DateTime {
    let whole = match quirks.ends {
        Ends::Exclusive => midnight(last.tomorrow().unwrap_or(last)),
        Ends::Inclusive => midnight(last),
    };
    match (half, quirks.half_day_end) {
        (Half::SecondHalf, _) | (Half::FirstHalf, HalfDayEnd::LikeWholeDays) => whole,
        (Half::FirstHalf, HalfDayEnd::SameMidnight) => midnight(last),
        (Half::FirstHalf, HalfDayEnd::Noon) => last.at(12, 0, 0, 0),
    }
}

fn midnight(date: Date) -> DateTime {
    date.at(0, 0, 0, 0)
}

/// The whole period.
pub(super) fn shown(absence: &Absence, timezone: &str, quirks: &Quirks) -> Value {
    let (first, last) = match absence.span {
        Span::Days(days) => (Some(days.start_half), Some(days.end_half)),
        Span::Hours(_) => (None, None),
    };
    json!({
        "id": absence.id,
        "person": {"id": absence.person.to_string()},
        "starts_from": point(start(&absence.span), first, quirks),
        "ends_at": end(&absence.span, quirks).map(|end| point(end, last, quirks)),
        "timezone_id": timezone,
        "comment": absence.comment,
        "absence_type": {"id": absence.type_id},
        "approval": {"status": absence.status.text()},
        "created_at": format!("{:.3}", absence.created_at),
        "updated_at": format!("{:.3}", absence.updated_at),
        "_meta": {"links": {}},
    })
}

fn point(time: DateTime, half: Option<Half>, quirks: &Quirks) -> Value {
    let fraction = if quirks.milliseconds { 3 } else { 0 };
    let zone = if quirks.zulu { "Z" } else { "" };
    let mut point = Map::from_iter([("date_time".to_owned(), json!(format!("{time:.fraction$}{zone}")))]);
    match quirks.halves {
        Halves::Shown => point.insert("type".to_owned(), json!(half)),
        Halves::Null => point.insert("type".to_owned(), Value::Null),
        Halves::Absent => None,
    };
    Value::Object(point)
}
