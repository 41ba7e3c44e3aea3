//! From Personio's JSON to the values of [`super::model`]: tolerant where the vendor is undocumented or has been seen
//! to differ (unknown members, milliseconds, `Z`, nulls), strict about what everything else stands on, and always with
//! the name of the field that cannot be read, never with its value.

use jiff::civil::DateTime;
use serde_json::Value;

use super::json::{Field, id, member, optional_moment, optional_text, plain, text};
use super::model::absence::{AbsencePeriod, AbsenceType, Approval, Boundary, DayShare, Half, Unit};
use super::model::id::AbsenceId;

pub(super) fn absence(value: &Value) -> Result<AbsencePeriod, Field> {
    Ok(AbsencePeriod {
        id: id(value, "id")?,
        person: id(value, "person.id")?,
        absence_type: id(value, "absence_type.id")?,
        starts: boundary(value, "starts_from.date_time", "starts_from.type")?,
        ends: match member(value, "ends_at") {
            None => None,
            Some(_) => Some(boundary(value, "ends_at.date_time", "ends_at.type")?),
        },
        time_zone: optional_text(value, "timezone_id")?.map(ToOwned::to_owned),
        // a type that needs no approval may show none
        approval: optional_text(value, "approval.status")?.map_or(Approval::Approved, approval),
        updated_at: optional_moment(value, "updated_at")?,
    })
}

/// The id of an absence that may be unreadable otherwise.
pub(super) fn absence_id(value: &Value) -> Option<AbsenceId> {
    id(value, "id").ok()
}

pub(super) fn day_share(value: &Value) -> Result<DayShare, Field> {
    const VALUE: &str = "effective_duration.value";
    let date = wall_clock(text(value, "date")?).ok_or(Field("date"))?.date();
    let share = member(value, VALUE).and_then(Value::as_f64).filter(|share| *share >= 0.0);
    Ok(DayShare { date, unit: unit(value, "effective_duration.unit")?, value: share.ok_or(Field(VALUE))? })
}

pub(super) fn absence_type(value: &Value) -> Result<AbsenceType, Field> {
    Ok(AbsenceType {
        id: id(value, "id")?,
        name: text(value, "name")?.to_owned(),
        category: optional_text(value, "category")?.map(ToOwned::to_owned),
        unit: unit(value, "unit")?,
    })
}

fn boundary(value: &Value, at: &'static str, half: &'static str) -> Result<Boundary, Field> {
    let half_of = match optional_text(value, half)? {
        None => None,
        Some("FIRST_HALF") => Some(Half::First),
        Some("SECOND_HALF") => Some(Half::Second),
        Some(_) => return Err(Field(half)),
    };
    Ok(Boundary { at: wall_clock(text(value, at)?).ok_or(Field(at))?, half: half_of })
}

fn approval(status: &str) -> Approval {
    match status {
        "APPROVED" => Approval::Approved,
        "PENDING" => Approval::Pending,
        "SUBSTITUTE_REQUESTED" => Approval::SubstituteRequested,
        "DELETION_PENDING" => Approval::DeletionPending,
        "REJECTED" => Approval::Rejected,
        other => Approval::Other(plain(other)),
    }
}

fn unit(value: &Value, path: &'static str) -> Result<Option<Unit>, Field> {
    match optional_text(value, path)? {
        None => Ok(None),
        Some("DAY") => Ok(Some(Unit::Day)),
        Some("HOUR") => Ok(Some(Unit::Hour)),
        Some(_) => Err(Field(path)),
    }
}

/// A time on the clock of the absence's zone. A `Z` behind it has been seen and says nothing about the zone.
fn wall_clock(text: &str) -> Option<DateTime> {
    text.strip_suffix('Z').unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use serde_json::json;

    use super::*;

    const ID: &str = "1d8e3f7a-0000-4000-8000-000000000001";

    /// A period as the reference shows it, with one member set (or, with a null, as good as missing).
    fn with(path: &str, to: Value) -> Value {
        let mut period = json!({"id": ID, "person": {"id": "3003"},
            "starts_from": {"date_time": "2026-12-28T00:00:00", "type": "FIRST_HALF"},
            "ends_at": {"date_time": "2027-01-01T00:00:00", "type": "SECOND_HALF"},
            "timezone_id": "Europe/Berlin", "comment": null,
            "absence_type": {"id": "7c5b1b3e-0000-4000-8000-0000000000aa"},
            "approval": {"status": "APPROVED"},
            "created_at": "2026-03-01T08:00:00.000Z", "updated_at": "2026-03-02T08:00:00.000Z",
            "_meta": {"links": {}}});
        *period.pointer_mut(path).unwrap() = to;
        period
    }

    #[test]
    fn a_period_is_read_whole() {
        let read = absence(&with("/comment", json!("at the doctor's"))).unwrap();
        let boundary = |date: Date, half| Boundary { at: date.at(0, 0, 0, 0), half: Some(half) };
        let wanted = AbsencePeriod {
            id: ID.parse().unwrap(),
            person: "3003".parse().unwrap(),
            absence_type: "7c5b1b3e-0000-4000-8000-0000000000aa".parse().unwrap(),
            starts: boundary(date(2026, 12, 28), Half::First),
            ends: Some(boundary(date(2027, 1, 1), Half::Second)),
            time_zone: Some("Europe/Berlin".to_owned()),
            approval: Approval::Approved,
            updated_at: Some("2026-03-02T08:00:00Z".parse().unwrap()),
        };
        assert_eq!(read, wanted);
    }

    #[test]
    fn times_come_with_and_without_milliseconds_and_z() {
        let wanted = date(2026, 12, 28).at(9, 30, 0, 0);
        for text in
            ["2026-12-28T09:30:00", "2026-12-28T09:30:00.000", "2026-12-28T09:30:00Z", "2026-12-28T09:30:00.000Z"]
        {
            let read = absence(&with("/starts_from/date_time", json!(text))).unwrap();
            assert_eq!(read.starts.at, wanted, "{text}");
        }
        for text in ["2026-03-02T08:00:00.5", "2026-03-02T08:00:00.500Z", "2026-03-02T09:00:00.5+01:00"] {
            let read = absence(&with("/updated_at", json!(text))).unwrap();
            assert_eq!(read.updated_at.unwrap().to_string(), "2026-03-02T08:00:00.5Z", "{text}");
        }
    }

    #[test]
    fn halves_zone_and_end_may_be_missing() {
        for nothing in [json!(null), json!("")] {
            assert_eq!(absence(&with("/starts_from/type", nothing.clone())).unwrap().starts.half, None);
            assert_eq!(absence(&with("/timezone_id", nothing)).unwrap().time_zone, None);
        }
        let halfless = absence(&with("/ends_at", json!({"date_time": "2026-12-29T00:00:00"}))).unwrap();
        assert_eq!(halfless.ends.unwrap().half, None);
        assert_eq!(absence(&with("/ends_at", json!(null))).unwrap().ends, None);
        let mut open = with("/comment", json!(null));
        open.as_object_mut().unwrap().remove("ends_at");
        assert_eq!(absence(&open).unwrap().ends, None);
    }

    #[test]
    fn what_live_accounts_leave_out_has_a_meaning() {
        for nothing in [json!(null), json!(""), json!({})] {
            let read = absence(&with("/approval", nothing.clone())).unwrap();
            assert_eq!(read.approval, Approval::Approved, "{nothing}");
        }
        let mut bare = with("/approval/status", json!(null));
        assert_eq!(absence(&bare).unwrap().approval, Approval::Approved);
        let members = bare.as_object_mut().unwrap();
        members.remove("approval");
        members.remove("updated_at");
        members.remove("timezone_id");
        let read = absence(&bare).unwrap();
        assert_eq!((read.approval, read.updated_at, read.time_zone), (Approval::Approved, None, None));
        assert_eq!(absence(&with("/person/id", json!(3003))).unwrap(), absence(&with("/comment", json!(""))).unwrap());
    }

    #[test]
    fn a_unit_may_be_missing_but_is_never_guessed() {
        let of_type = |unit: Value| {
            let value = json!({"id": "7c5b1b3e-0000-4000-8000-0000000000aa", "name": "Urlaub", "unit": unit});
            absence_type(&value).map(|absence_type| absence_type.unit)
        };
        assert_eq!(of_type(json!(null)), Ok(None));
        assert_eq!(of_type(json!("HOUR")), Ok(Some(Unit::Hour)));
        assert_eq!(of_type(json!("YEAR")), Err(Field("unit")));
        let share = day_share(&json!({"date": "2026-12-28", "effective_duration": {"value": 0.5}})).unwrap();
        assert_eq!((share.unit, share.value), (None, 0.5));
    }

    #[test]
    fn an_unknown_approval_is_kept_short_and_plain() {
        let approval = |status: &str| absence(&with("/approval/status", json!(status))).unwrap().approval;
        for (status, known) in [
            ("PENDING", Approval::Pending),
            ("SUBSTITUTE_REQUESTED", Approval::SubstituteRequested),
            ("DELETION_PENDING", Approval::DeletionPending),
            ("REJECTED", Approval::Rejected),
            ("CANCELLED", Approval::Other("CANCELLED".to_owned())),
            ("Für\n\"Mina\"", Approval::Other("F?r??Mina?".to_owned())),
        ] {
            assert_eq!(approval(status), known);
        }
        assert_eq!(approval(&"Ä".repeat(50)), Approval::Other("?".repeat(40)));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let date_time = |text: &str| json!({"date_time": text, "type": null});
        for (path, to, field) in [
            ("/id", json!("12345"), "id"),
            ("/id", json!(null), "id"),
            ("/person/id", json!(-3003), "person.id"),
            ("/person/id", json!(30.5), "person.id"),
            ("/person", json!(null), "person.id"),
            ("/absence_type/id", json!("54321"), "absence_type.id"),
            ("/starts_from/date_time", json!("28.12.2026"), "starts_from.date_time"),
            ("/starts_from", json!(null), "starts_from.date_time"),
            ("/starts_from/type", json!("THIRD_HALF"), "starts_from.type"),
            ("/starts_from/type", json!(1), "starts_from.type"),
            ("/ends_at", json!({}), "ends_at.date_time"),
            ("/ends_at", json!("2026-12-29"), "ends_at.date_time"),
            ("/ends_at", date_time("2026-13-01T00:00:00"), "ends_at.date_time"),
            ("/ends_at/type", json!("HALF"), "ends_at.type"),
            ("/timezone_id", json!(1), "timezone_id"),
            ("/approval/status", json!(1), "approval.status"),
            ("/updated_at", json!("yesterday"), "updated_at"),
            ("/updated_at", json!(0), "updated_at"),
        ] {
            assert_eq!(absence(&with(path, to.clone())), Err(Field(field)), "{path} = {to}");
        }
        for odd in [json!(null), json!([]), json!("x"), json!(7)] {
            assert_eq!(absence(&odd), Err(Field("id")));
        }
    }
}
