//! From Personio's JSON to an employment. Strict: dates decide over accounts, so an employment of which a member cannot
//! be read is not read at all, and the member is named.

use jiff::civil::Date;
use serde_json::Value;

use super::json::{Field, id, member, optional_moment, optional_text, plain, text};
use super::model::employment::{
    CostCenter, Employment, EmploymentMember, EmploymentStatus, EmploymentType, OrgUnit, OrgUnitKind,
};
use super::model::termination::{Termination, TerminationType};

/// Each member with the names that it has on the wire, its own and those that it was or will be called by.
const MEMBERS: &[(EmploymentMember, &[&str])] = &[
    (EmploymentMember::Type, &["type"]),
    (EmploymentMember::Position, &["position"]),
    (EmploymentMember::StartDate, &["employment_start_date"]),
    (EmploymentMember::EndDate, &["employment_end_date"]),
    (EmploymentMember::ContractEndDate, &["contract_end_date"]),
    (EmploymentMember::Termination, &["termination"]),
    (EmploymentMember::Supervisor, &["supervisor"]),
    (EmploymentMember::Office, &["office", "workplace"]),
    (EmploymentMember::OrgUnits, &["org_units"]),
    (EmploymentMember::LegalEntity, &["legal_entity", "sub_company"]),
    (EmploymentMember::CostCenters, &["cost_centers"]),
    (EmploymentMember::WeeklyHours, &["weekly_working_hours"]),
];

pub(super) fn employment(value: &Value) -> Result<Employment, Field> {
    let is_shown = |names: &[&str]| names.iter().any(|name| value.get(name).is_some());
    let shown = MEMBERS.iter().filter(|(_, names)| is_shown(names)).map(|(member, _)| *member);
    Ok(Employment {
        id: id(value, "id")?,
        person: optional_id(value, "person", "person.id")?,
        status: status(text(value, "status")?),
        employment_type: optional_text(value, "type")?.map(employment_type),
        position: optional_text(value, "position.title")?.map(ToOwned::to_owned),
        start: optional_date(value, "employment_start_date")?,
        end: optional_date(value, "employment_end_date")?,
        contract_end: optional_date(value, "contract_end_date")?,
        termination: termination(value)?,
        supervisor: optional_id(value, "supervisor", "supervisor.id")?,
        office: either_id(value, [("office", "office.id"), ("workplace", "workplace.id")])?,
        org_units: list(value, "org_units")?.iter().map(org_unit).collect::<Result<_, _>>()?,
        legal_entity: either_id(value, [("legal_entity", "legal_entity.id"), ("sub_company", "sub_company.id")])?,
        cost_centers: list(value, "cost_centers")?.iter().map(cost_center).collect::<Result<_, _>>()?,
        weekly_hours: optional_number(value, "weekly_working_hours")?,
        updated_at: optional_moment(value, "updated_at").ok().flatten(),
        shown: shown.collect(),
    })
}

fn status(word: &str) -> EmploymentStatus {
    match word {
        "ACTIVE" => EmploymentStatus::Active,
        "INACTIVE" => EmploymentStatus::Inactive,
        "ONBOARDING" => EmploymentStatus::Onboarding,
        "LEAVE" => EmploymentStatus::Leave,
        "UNSPECIFIED" => EmploymentStatus::Unspecified,
        other => EmploymentStatus::Other(plain(other)),
    }
}

fn employment_type(word: &str) -> EmploymentType {
    match word {
        "INTERNAL" => EmploymentType::Internal,
        "EXTERNAL" => EmploymentType::External,
        "UNSPECIFIED" => EmploymentType::Unspecified,
        other => EmploymentType::Other(plain(other)),
    }
}

/// The reference calls the last day `last_working_day`, its sample `last_working_date`. A termination whose members are
/// all null is none.
fn termination(value: &Value) -> Result<Option<Termination>, Field> {
    const NAME: &str = "termination";
    if member(value, NAME).is_some_and(|termination| !termination.is_object()) {
        return Err(Field(NAME));
    }
    let last_working_day = match optional_date(value, "termination.last_working_day")? {
        Some(day) => Some(day),
        None => optional_date(value, "termination.last_working_date")?,
    };
    let termination = Termination {
        date: optional_date(value, "termination.termination_date")?,
        last_working_day,
        kind: optional_text(value, "termination.type")?.map(termination_type),
        terminated_at: optional_date(value, "termination.terminated_at")?,
    };
    let Termination { date, last_working_day, kind, terminated_at } = &termination;
    let is_there = date.or(*last_working_day).or(*terminated_at).is_some() || kind.is_some();
    Ok(is_there.then_some(termination))
}

fn termination_type(word: &str) -> TerminationType {
    TerminationType::from_word(word).unwrap_or_else(|| TerminationType::Other(plain(word)))
}

fn org_unit(value: &Value) -> Result<OrgUnit, Field> {
    let kind = optional_text(value, "type").ok().flatten().ok_or(Field("org_units.type"))?;
    let kind = match kind.to_ascii_lowercase().as_str() {
        "department" => OrgUnitKind::Department,
        "team" => OrgUnitKind::Team,
        _ => OrgUnitKind::Other(plain(kind)),
    };
    Ok(OrgUnit { kind, id: id(value, "id").map_err(|_| Field("org_units.id"))? })
}

fn cost_center(value: &Value) -> Result<CostCenter, Field> {
    let weight = optional_number(value, "weight").map_err(|_| Field("cost_centers.weight"))?;
    Ok(CostCenter { id: id(value, "id").map_err(|_| Field("cost_centers.id"))?, weight })
}

/// A list that may be missing or null.
fn list<'a>(value: &'a Value, name: &'static str) -> Result<&'a [Value], Field> {
    match member(value, name) {
        None => Ok(&[]),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(Field(name)),
    }
}

/// The id of a thing that may be missing or null.
fn optional_id<T: std::str::FromStr>(value: &Value, thing: &str, path: &'static str) -> Result<Option<T>, Field> {
    member(value, thing).map(|_| id(value, path)).transpose()
}

/// The id of a thing under its name or its other one.
fn either_id<T: std::str::FromStr>(value: &Value, paths: [(&str, &'static str); 2]) -> Result<Option<T>, Field> {
    let there = paths.into_iter().find(|(thing, _)| member(value, thing).is_some());
    there.map(|(_, path)| id(value, path)).transpose()
}

/// A date that may be missing, null or blank. The time that may follow it says nothing.
fn optional_date(value: &Value, path: &'static str) -> Result<Option<Date>, Field> {
    let Some(text) = optional_text(value, path)? else { return Ok(None) };
    let (day, time) = text.split_at_checked(10).ok_or(Field(path))?;
    let day = day.parse().ok().filter(|_| time.is_empty() || time.starts_with('T'));
    day.map(Some).ok_or(Field(path))
}

/// A number that may be missing or null, or come as a text.
fn optional_number(value: &Value, path: &'static str) -> Result<Option<f64>, Field> {
    let number = match member(value, path) {
        None => return Ok(None),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(other) => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite()).map(Some).ok_or(Field(path))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    /// The employment of the vendor's reference.
    fn sample() -> Value {
        json!({"id": "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1", "status": "ACTIVE", "position": {"title": "Art Director"},
            "weekly_working_hours": 40, "full_time_weekly_working_hours": 40, "probation_end_date": "2022-10-31",
            "employment_start_date": "2022-05-01", "employment_end_date": null, "contract_end_date": null,
            "type": "INTERNAL", "created_at": "2022-04-26T13:18:00.417", "updated_at": "2026-02-03T07:11:42.000Z",
            "supervisor": {"id": "2901"}, "office": {"id": "77"},
            "org_units": [{"type": "department", "id": "501"}, {"type": "team", "id": "612"}], "person": {"id": "3003"},
            "termination": {"termination_date": "2026-03-31", "last_working_day": "2026-03-20",
                "terminated_at": "2026-01-15", "type": "EMPLOYEE", "reason": "..."},
            "cost_centers": [{"id": "9", "weight": 100}], "legal_entity": {"id": "4"}, "job": {"id": "0b6b70bb"},
            "_meta": {"links": {}}})
    }

    fn with(path: &str, to: Value) -> Result<Employment, Field> {
        let mut value = sample();
        *value.pointer_mut(path).unwrap() = to;
        employment(&value)
    }

    #[test]
    fn an_employment_is_read_whole() {
        let read = employment(&sample()).unwrap();
        assert_eq!(
            (&read.status, read.employment_type.as_ref().unwrap().word()),
            (&EmploymentStatus::Active, "INTERNAL")
        );
        assert_eq!((read.position.as_deref(), read.weekly_hours), (Some("Art Director"), Some(40.0)));
        assert_eq!((read.start, read.end, read.contract_end), (Some(date(2022, 5, 1)), None, None));
        assert_eq!((read.supervisor, read.person), ("2901".parse().ok(), "3003".parse().ok()));
        assert_eq!(read.org_unit(&OrgUnitKind::Team), Some(&"612".parse().unwrap()));
        assert_eq!((read.office.clone(), read.legal_entity.clone()), ("77".parse().ok(), "4".parse().ok()));
        assert_eq!(read.updated_at.unwrap().to_string(), "2026-02-03T07:11:42Z");
        assert_eq!(read.cost_centers, [CostCenter { id: "9".parse().unwrap(), weight: Some(100.0) }]);
        let wanted = Termination {
            date: Some(date(2026, 3, 31)),
            last_working_day: Some(date(2026, 3, 20)),
            kind: Some(TerminationType::Employee),
            terminated_at: Some(date(2026, 1, 15)),
        };
        assert_eq!(read.termination, Some(wanted));
        assert_eq!((read.shown.len(), read.missing_right(), read.lacks_rights()), (MEMBERS.len(), None, false));
    }

    #[test]
    fn a_termination_has_two_spellings_and_may_be_nothing() {
        let other = json!({"last_working_date": "2026-03-20T00:00:00", "termination_date": null});
        let read = with("/termination", other).unwrap().termination.unwrap();
        assert_eq!((read.last_working_day, read.date, read.kind), (Some(date(2026, 3, 20)), None, None));
        for nothing in [json!(null), json!({}), json!({"termination_date": null, "type": null, "reason": "x"})] {
            let read = with("/termination", nothing).unwrap();
            assert!(read.termination.is_none() && read.shows(EmploymentMember::Termination));
        }
    }

    #[test]
    fn a_credential_without_rights_is_seen() {
        let bare = json!({"id": "6e0f", "person": {"id": "3003"}, "status": "ACTIVE", "_meta": {}});
        let read = employment(&bare).unwrap();
        assert!(read.lacks_rights());
        assert_eq!(read.missing_right().unwrap().to_string(), "employment_start_date");
        let some = json!({"id": "6e0f", "status": "ACTIVE", "position": null});
        let read = employment(&some).unwrap();
        assert!(!read.lacks_rights() && read.missing_right().is_some() && read.person.is_none());
    }

    #[test]
    fn unknown_words_are_kept_as_unknown() {
        assert_eq!(with("/status", json!("PAUSED")).unwrap().status, EmploymentStatus::Other("PAUSED".to_owned()));
        let read = with("/type", json!("Ä")).unwrap();
        assert_eq!(read.employment_type, Some(EmploymentType::Other("?".to_owned())));
        let read = with("/termination/type", json!("GARDEN")).unwrap();
        assert_eq!(read.termination.unwrap().kind, Some(TerminationType::Other("GARDEN".to_owned())));
        let read = with("/org_units/0/type", json!("SQUAD")).unwrap();
        assert_eq!(read.org_units[0].kind, OrgUnitKind::Other("SQUAD".to_owned()));
        for listed in TerminationType::LISTED {
            assert_eq!(&termination_type(listed.word()), listed);
        }
    }

    #[test]
    fn older_and_newer_names_are_read() {
        let value = json!({"id": 7, "status": "ACTIVE", "workplace": {"id": 77}, "sub_company": {"id": 4},
            "weekly_working_hours": "38.5", "org_units": [{"type": "DEPARTMENT", "id": 501}]});
        let read = employment(&value).unwrap();
        assert_eq!((read.office.clone(), read.legal_entity.clone()), ("77".parse().ok(), "4".parse().ok()));
        assert_eq!((read.weekly_hours, &read.org_units[0].kind), (Some(38.5), &OrgUnitKind::Department));
        assert!(read.shows(EmploymentMember::Office) && read.shows(EmploymentMember::LegalEntity));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (path, to, field) in [
            ("/id", json!("a/b"), "id"),
            ("/status", json!(null), "status"),
            ("/person/id", json!("x"), "person.id"),
            ("/employment_start_date", json!("01.05.2022"), "employment_start_date"),
            ("/employment_start_date", json!("2022-05-01 noon"), "employment_start_date"),
            ("/employment_end_date", json!(7), "employment_end_date"),
            ("/termination", json!("soon"), "termination"),
            ("/termination/termination_date", json!("soon"), "termination.termination_date"),
            ("/supervisor", json!({}), "supervisor.id"),
            ("/org_units", json!({}), "org_units"),
            ("/org_units/1/id", json!(null), "org_units.id"),
            ("/cost_centers/0/weight", json!("much"), "cost_centers.weight"),
            ("/weekly_working_hours", json!([]), "weekly_working_hours"),
        ] {
            assert_eq!(with(path, to.clone()), Err(Field(field)), "{path} = {to}");
        }
    }
}
