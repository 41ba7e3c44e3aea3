//! helloHQ's JSON: what is sent, and what is read of its answers.
//!
//! Reading is lenient, for the OpenAPI document and live answers differ: numbers may be texts, texts may be null, a
//! list may be wrapped. Names that end in `On` are UTC, names that end in `Date` are local and never converted.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::Serialize;
use serde_json::Value;

use super::model::{AbsenceType, Entry, EntryId, Found, Period, User, UserId};
use crate::value::Email;

/// The body of `POST /v2/Absences`: exactly the documented members.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post<'a> {
    r#type: &'static str,
    user_id: UserId,
    start: String,
    end: String,
    note: &'a str,
    is_approved: bool,
}

/// How an entry is sent.
pub(super) fn post(entry: &Entry) -> Post<'_> {
    let (start, end) = match entry.period {
        Period::Days { start, end } => (start.to_string(), end.to_string()),
        Period::Hours { start, end } => (start.to_string(), end.to_string()),
    };
    Post { r#type: entry.kind.wire(), user_id: entry.user, start, end, note: &entry.note, is_approved: true }
}

/// The id of what was made.
pub(super) fn created(body: &[u8]) -> Option<EntryId> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    let made = WRAPPERS.iter().find_map(|wrapper| body.get(wrapper)).unwrap_or(&body);
    number(made, "id")
}

/// The entries of a page; `None` where it is no list, or an item has no readable ids.
pub(super) fn entries(body: &[u8]) -> Option<Vec<Found>> {
    list(body)?.iter().map(entry).collect()
}

/// The ids of a page's entries; `None` where it is no list.
pub(super) fn ids(body: &[u8]) -> Option<Vec<Option<EntryId>>> {
    Some(list(body)?.iter().map(|item| number(item, "id")).collect())
}

/// One entry.
pub(super) fn one(body: &[u8]) -> Option<Found> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    entry(WRAPPERS.iter().find_map(|wrapper| body.get(wrapper)).unwrap_or(&body))
}

/// How many days helloHQ counts for one entry; `None` where it does not say.
pub(super) fn missed_days(body: &[u8]) -> Option<f64> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    number(WRAPPERS.iter().find_map(|wrapper| body.get(wrapper)).unwrap_or(&body), "missedDays")
}

/// The users of a page; `None` where it is no list, or an item has no readable id.
pub(super) fn users(body: &[u8]) -> Option<Vec<User>> {
    list(body)?.iter().map(user).collect()
}

const WRAPPERS: [&str; 2] = ["data", "value"];

fn list(body: &[u8]) -> Option<Vec<Value>> {
    match serde_json::from_slice(body).ok()? {
        Value::Array(items) => Some(items),
        Value::Object(mut wrapped) => WRAPPERS.iter().find_map(|wrapper| match wrapped.remove(*wrapper) {
            Some(Value::Array(items)) => Some(items),
            _ => None,
        }),
        _ => None,
    }
}

fn entry(item: &Value) -> Option<Found> {
    let kind = text(item, "type").and_then(AbsenceType::from_wire);
    Some(Found {
        id: number(item, "id")?,
        user: number(item, "userId").or_else(|| number(item.get("user")?, "id"))?,
        kind,
        period: period(item, kind),
        note: text(item, "note").map(ToOwned::to_owned),
        created: text(item, "createdOn").and_then(instant),
    })
}

/// An entry may fill the members of both kinds; its type says which of them count.
fn period(item: &Value, kind: Option<AbsenceType>) -> Option<Period> {
    let days = || Some(Period::Days { start: local(text(item, "startDate")?)?, end: local(text(item, "endDate")?)? });
    let hours = || Some(Period::Hours { start: instant(text(item, "startOn")?)?, end: instant(text(item, "endOn")?)? });
    match kind {
        Some(kind) if kind.in_hours() => hours(),
        Some(_) => days(),
        None => days().or_else(hours),
    }
}

fn user(item: &Value) -> Option<User> {
    let email = |member| text(item, member).and_then(|text| text.parse::<Email>().ok());
    Some(User {
        id: number(item, "id")?,
        work: email("eMailWork"),
        private: email("eMailPrivate"),
        deactivated: item.get("isDeactivated").is_some_and(is_true),
    })
}

fn number<T: FromStr>(item: &Value, member: &str) -> Option<T> {
    match item.get(member)? {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn text<'a>(item: &'a Value, member: &str) -> Option<&'a str> {
    item.get(member)?.as_str()
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(is) => *is,
        Value::Number(number) => number.as_i64().is_some_and(|number| number != 0),
        Value::String(text) => text.trim().eq_ignore_ascii_case("true") || text.trim() == "1",
        _ => false,
    }
}

/// A local date-time; a zone behind it is not meant and passed over.
fn local(text: &str) -> Option<DateTime> {
    text.trim().trim_end_matches(['Z', 'z']).parse().ok()
}

/// An instant; UTC where it says no zone.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(item: &str) -> Found {
        entries(format!("[{item}]").as_bytes()).unwrap().remove(0)
    }

    const SAMPLE: &str = r#"{"id":7,"createdOn":"2023-12-01T09:30:00.125Z","createdBy":1,"startOn":"2023-12-24T14:23:55.234Z",
        "startDate":"2023-12-24T00:00:00","endOn":"2023-12-24T23:23:55.234Z","endDate":"2023-12-25T00:00:00",
        "missedDays":"5","type":"Vacation","note":"I am on vacation","isApproved":true,"userId":15,"user":{"id":15}}"#;

    #[test]
    fn an_entrys_type_says_which_of_its_times_count() {
        let days = found(SAMPLE);
        let day = |text: &str| text.parse::<DateTime>().unwrap();
        let expected = Period::Days { start: day("2023-12-24T00:00:00"), end: day("2023-12-25T00:00:00") };
        assert_eq!((days.kind, days.period), (Some(AbsenceType::Vacation), Some(expected)));
        assert_eq!((days.id.to_string(), days.user.to_string()), ("7".to_owned(), "15".to_owned()));
        assert_eq!(days.note.as_deref(), Some("I am on vacation"));
        assert_eq!(days.created, Some("2023-12-01T09:30:00.125Z".parse().unwrap()));
        let hours = found(&SAMPLE.replace("Vacation", "CompanyAbsence"));
        let instant = |text: &str| text.parse::<Timestamp>().unwrap();
        let (start, end) = (instant("2023-12-24T14:23:55.234Z"), instant("2023-12-24T23:23:55.234Z"));
        assert_eq!(hours.period, Some(Period::Hours { start, end }));
    }

    #[test]
    fn types_that_are_never_written_are_kept_without_a_kind() {
        for wire in ["Outage", "Maintenence", "BuildingMeasure", "ForeignVacation", "Newer"] {
            let odd = found(&SAMPLE.replace("Vacation", wire));
            assert_eq!((odd.kind, odd.period), (None, found(SAMPLE).period), "{wire}");
        }
    }

    #[test]
    fn numbers_may_be_texts_and_texts_may_be_null_or_left_out() {
        let bare = found(r#"{"id":"7","userId":"15","type":null,"note":null,"createdOn":"2023-12-01T09:30:00"}"#);
        assert_eq!((bare.id, bare.user), (found(SAMPLE).id, found(SAMPLE).user));
        assert_eq!((bare.kind, bare.period, bare.note), (None, None, None));
        assert_eq!(bare.created, Some("2023-12-01T09:30:00Z".parse().unwrap()));
        let zoned = SAMPLE.replace("25T00:00:00", "25T00:00:00Z").replace("24T00:00:00", "24T00:00:00+01:00");
        assert_eq!(found(&zoned).period, found(SAMPLE).period);
        assert_eq!(found(&SAMPLE.replace("2023-12-25", "soon")).period, None);
    }

    #[test]
    fn whose_an_entry_is_may_stand_in_its_user() {
        assert_eq!(found(r#"{"id":7,"user":{"id":15}}"#).user, found(SAMPLE).user);
    }

    #[test]
    fn the_days_that_count_are_read_where_they_are_told() {
        for (body, days) in [
            (SAMPLE, Some(5.0)),
            (r#"{"data":{"missedDays":0.5}}"#, Some(0.5)),
            (r#"{"missedDays":null}"#, None),
            ("<html>", None),
        ] {
            assert_eq!(missed_days(body.as_bytes()), days, "{body}");
        }
    }

    #[test]
    fn a_list_is_bare_or_wrapped() {
        for body in ["[{\"id\":1}]", "{\"data\":[{\"id\":1}]}", "{\"value\":[{\"id\":\"1\"}]}"] {
            assert_eq!(users(body.as_bytes()).unwrap().len(), 1, "{body}");
        }
        for body in ["", "null", "{}", "{\"data\":{}}", "<html>", "[7]", "[{\"id\":0}]", "[{\"id\":\"x\"}]"] {
            assert_eq!(users(body.as_bytes()), None, "{body}");
        }
        assert_eq!(entries(br#"[{"id":1}]"#), None, "an entry that is nobody's");
        assert_eq!(users(b"[]"), Some(Vec::new()));
    }

    #[test]
    fn a_users_addresses_may_be_missing() {
        let body = r#"[{"id":1,"eMailWork":" Dora@Example.com ","eMailPrivate":null,"isDeactivated":false},
            {"id":2,"eMailWork":"","eMailPrivate":"d@example.com","isDeactivated":true},{"id":3,"eMailWork":"none"}]"#;
        let users = users(body.as_bytes()).unwrap();
        let folded = |email: &Option<Email>| email.as_ref().map_or_else(String::new, Email::folded);
        let seen: Vec<_> = users.iter().map(|u| (folded(&u.work), folded(&u.private), u.deactivated)).collect();
        let expected = [("dora@example.com", "", false), ("", "d@example.com", true), ("", "", false)];
        assert_eq!(seen, expected.map(|(work, private, gone)| (work.to_owned(), private.to_owned(), gone)));
        for (said, gone) in [("1", true), ("\"True\"", true), ("0", false), ("null", false), ("\"no\"", false)] {
            let user = format!(r#"[{{"id":1,"isDeactivated":{said}}}]"#);
            assert_eq!(super::users(user.as_bytes()).unwrap()[0].deactivated, gone, "{said}");
        }
    }

    #[test]
    fn the_id_of_what_was_made_is_read() {
        let seven = "7".parse::<EntryId>().unwrap();
        for body in ["{\"id\":7}", "{\"id\":\"7\"}", "{\"data\":{\"id\":7}}", "{\"value\":{\"id\":7}}"] {
            assert_eq!(created(body.as_bytes()), Some(seven), "{body}");
        }
        for body in ["", "{}", "7", "{\"id\":0}", "{\"id\":null}", "[]"] {
            assert_eq!(created(body.as_bytes()), None, "{body}");
        }
    }
}
