//! What of the source decides, as one text.

use super::*;

fn spelled(person: &Person, employments: &[Employment], names: &Names) -> String {
    let source = SourcePerson { person, employments, absences: &[], absence_types: &[] };
    version(source, names).reveal().clone()
}

/// A released hrsync keeps fingerprints of such texts in links.
#[test]
fn the_text_of_a_version_stays_what_it_is() {
    let leaver = [ending("2026-05-31", "2026-03-20", TerminationType::Employee)];
    let names = Names { office: Some("Berlin".to_owned()), ..Names::default() };
    insta::assert_snapshot!(spelled(&dora(), &leaver, &names), @r"
    person=4:3003
    status=6:ACTIVE
    email=26:dora.klein@agentur.example
    first_name=4:Dora
    last_name=5:Klein
    preferred_name
    custom=11:dynamic_305
    global=14:shift_planning
    value=4:True
    employment=12:e-2022-05-01
    status=6:ACTIVE
    type=8:INTERNAL
    position=12:Art Director
    start=10:2022-05-01
    end
    contract_end
    supervisor=4:2901
    office=2:77
    legal_entity=1:4
    weekly_hours=2:40
    terminated=10:2026-05-31
    last_working_day=10:2026-03-20
    termination_type=8:EMPLOYEE
    org_unit=10:department
    id=3:501
    cost_center=1:9
    weight=3:100
    department
    team
    office=6:Berlin
    legal entity
    ");
}

#[test]
fn whatever_decides_makes_another_version_and_order_does_not() {
    let names = Names::default();
    let runs = employment(EmploymentStatus::Active, "2024-01-01");
    let other = employment(EmploymentStatus::Inactive, "2022-01-01");
    let first = spelled(&dora(), &[runs.clone(), other.clone()], &names);
    assert_eq!(spelled(&dora(), &[other.clone(), runs.clone()], &names), first);
    let touched = Person { updated_at: Some("2026-03-02T08:00:00Z".parse().unwrap()), ..dora() };
    assert_eq!(spelled(&touched, &[runs.clone(), other.clone()], &names), first);

    let renamed = Person { last_name: Some(Personal::new("Groß".to_owned())), ..dora() };
    assert_ne!(spelled(&renamed, &[runs.clone(), other.clone()], &names), first);
    let opted_out =
        Person { custom_attributes: vec![custom("dynamic_305", "shift_planning", text("False"))], ..dora() };
    assert_ne!(spelled(&opted_out, &[runs.clone(), other.clone()], &names), first);
    for changed in [
        Employment { status: EmploymentStatus::Leave, ..runs.clone() },
        Employment { office: None, ..runs.clone() },
        Employment { supervisor: None, ..runs.clone() },
        Employment { org_units: Vec::new(), ..runs.clone() },
        Employment { end: Some(date("2026-03-20")), ..runs.clone() },
    ] {
        assert_ne!(spelled(&dora(), &[changed, other.clone()], &names), first);
    }
    let named = Names { team: Some("x".to_owned()), ..Names::default() };
    assert_ne!(spelled(&dora(), &[runs, other], &named), first);
}
