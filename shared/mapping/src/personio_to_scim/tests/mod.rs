//! From the text of a connection file, a person and a day to what is wanted of an account, and to its attributes.

mod attributes;
mod dates;
mod days;
mod faults;
mod leaves;
mod lives;
mod rights;
mod turns;
mod versions;

use jiff::civil::Date;
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::personio::model::custom::{CustomAttribute, CustomType, CustomValue};
use vendors::personio::model::employment::{
    CostCenter, Employment, EmploymentMember, EmploymentStatus, EmploymentType, OrgUnit, OrgUnitKind,
};
use vendors::personio::model::person::{Person, PersonMember, PersonStatus};
use vendors::personio::model::presence::Presence;
use vendors::personio::model::termination::{Termination, TerminationType};
use vendors::value::Personal;

use super::*;
use crate::document;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The rules of a file with these tables.
fn rules(people: &str, policies: &str) -> ProvisioningRules {
    let attributes = AttributeMapping::default();
    ProvisioningRules {
        attributes,
        people: document::read(people).unwrap(),
        policies: document::read(policies).unwrap(),
    }
}

/// Dora, of whom the credential shows everything.
fn dora() -> Person {
    let members = [
        (PersonMember::Status, Presence::There),
        (PersonMember::Email, Presence::There),
        (PersonMember::FirstName, Presence::There),
        (PersonMember::LastName, Presence::There),
        (PersonMember::PreferredName, Presence::Empty),
        (PersonMember::CustomAttributes, Presence::There),
    ];
    Person {
        id: "3003".parse().unwrap(),
        status: Some(PersonStatus::Active),
        email: Some("dora.klein@agentur.example".parse().unwrap()),
        first_name: Some(Personal::new("Dora".to_owned())),
        last_name: Some(Personal::new("Klein".to_owned())),
        preferred_name: None,
        custom_attributes: vec![custom("dynamic_305", "shift_planning", text("True"))],
        created_at: None,
        updated_at: None,
        members: members.into(),
    }
}

fn text(text: &str) -> CustomValue {
    CustomValue::Text(Personal::new(text.to_owned()))
}

fn custom(id: &str, global_id: &str, value: CustomValue) -> CustomAttribute {
    CustomAttribute { id: Some(id.to_owned()), global_id: Some(global_id.to_owned()), kind: CustomType::Text, value }
}

/// An employment of which the credential shows everything, from this day on.
fn employment(status: EmploymentStatus, start: &str) -> Employment {
    let shown = [
        EmploymentMember::Type,
        EmploymentMember::Position,
        EmploymentMember::StartDate,
        EmploymentMember::Supervisor,
        EmploymentMember::Office,
        EmploymentMember::OrgUnits,
        EmploymentMember::LegalEntity,
        EmploymentMember::CostCenters,
        EmploymentMember::WeeklyHours,
    ];
    Employment {
        id: format!("e-{start}").parse().unwrap(),
        person: Some("3003".parse().unwrap()),
        status,
        employment_type: Some(EmploymentType::Internal),
        position: Some("Art Director".to_owned()),
        start: Some(date(start)),
        end: None,
        contract_end: None,
        termination: None,
        supervisor: Some("2901".parse().unwrap()),
        office: Some("77".parse().unwrap()),
        org_units: vec![OrgUnit { kind: OrgUnitKind::Department, id: "501".parse().unwrap() }],
        legal_entity: Some("4".parse().unwrap()),
        cost_centers: vec![CostCenter { id: "9".parse().unwrap(), weight: Some(100.0) }],
        weekly_hours: Some(40.0),
        updated_at: None,
        shown: shown.into(),
    }
}

/// One that runs and will end: on the contract's last day, with a last working day; `-` is none.
fn ending(contract: &str, working: &str, kind: TerminationType) -> Employment {
    let mut employment = employment(EmploymentStatus::Active, "2022-05-01");
    let day = |text: &str| (text != "-").then(|| date(text));
    let (date, last_working_day) = (day(contract), day(working));
    employment.termination = Some(Termination { date, last_working_day, kind: Some(kind), terminated_at: None });
    employment
}

fn decision(employments: &[Employment], rules: &ProvisioningRules, day: &str) -> Decision {
    decision_of(&dora(), employments, rules, day)
}

fn decision_of(person: &Person, employments: &[Employment], rules: &ProvisioningRules, day: &str) -> Decision {
    let source = SourcePerson { person, employments, absences: &[], absence_types: &[] };
    wanted(source, rules, date(day))
}

/// In words: what is wanted, why, and until when.
fn words(decision: &Decision) -> String {
    let wanted = match &decision.wanted {
        Wanted::Account { active: true, because } => format!("active: {because}"),
        Wanted::Account { active: false, because } => format!("inactive: {because}"),
        Wanted::NoAccount { because } => format!("removed: {because}"),
        Wanted::Waiting(what) => format!("waits for {what}"),
        Wanted::Unknowable(right) => format!("may not read {right}"),
        Wanted::Unclear(problems) => format!("unclear: {problems}"),
    };
    decision.changes_on.map_or(wanted.clone(), |day| format!("{wanted}, until {day}"))
}

fn said(employments: &[Employment], rules: &ProvisioningRules, day: &str) -> String {
    words(&decision(employments, rules, day))
}
