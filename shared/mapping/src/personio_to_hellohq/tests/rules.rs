//! Homes, and how they compare with what an account has.

use super::*;
use crate::document;

const MAPPING: &str = r#"
"Holiday" = ["Urlaub", "7c5b1b3e-0000-4000-8000-0000000000b1"]
SickLeave = ["Krankheit"]
"Corporate reasons" = ["Dienstreise"]
ignore = ["Home Office"]
"#;

fn rules(text: &str) -> TypeMapping {
    document::read(text).unwrap()
}

/// One problem per line.
fn compared(text: &str, types: &[AbsenceType], hours_as: HoursAs) -> String {
    let problems = rules(text).compare(types, hours_as);
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn account() -> Vec<AbsenceType> {
    vec![
        absence_type("Urlaub", Unit::Day, "a1"),
        absence_type("Sonderurlaub", Unit::Day, "b1"),
        absence_type("krankheit ", Unit::Day, "c1"),
        absence_type("Dienstreise", Unit::Hour, "d1"),
        absence_type("Home Office", Unit::Hour, "e1"),
    ]
}

#[test]
fn a_type_is_at_home_by_its_id_or_its_name() {
    let rules = rules(MAPPING);
    let home = |name: &str, id: &str| rules.mapped(&absence_type(name, Unit::Day, id));
    assert_eq!(home(" URLAUB", "a1"), Mapped::To(Kind::Vacation));
    assert_eq!(home("anything", "b1"), Mapped::To(Kind::Vacation));
    assert_eq!(home("Krankheit", "b1"), Mapped::To(Kind::Vacation), "the id goes before the name");
    assert_eq!(home("krankheit", "c1"), Mapped::To(Kind::SickLeave));
    assert_eq!(home("dienstreise", "d1"), Mapped::To(Kind::CompanyAbsence));
    assert_eq!(home("home office", "e1"), Mapped::Ignored);
    assert_eq!(home("Home \u{a0}Office\u{200b}", "e1"), Mapped::Ignored);
    assert_eq!(home("Elternzeit", "f1"), Mapped::Unlisted);
}

#[test]
fn what_is_listed_is_given_with_hellohqs_names() {
    let rules = rules(MAPPING);
    let named: Vec<_> = rules.named().map(|(home, text)| format!("{home}: {text}")).collect();
    insta::assert_snapshot!(named.join("\n"), @r"
    Holiday: Urlaub
    Holiday: 7c5b1b3e-0000-4000-8000-0000000000b1
    Sickness: Krankheit
    Corporate reasons: Dienstreise
    ignore: Home Office
    ");
}

#[test]
fn an_account_that_fits_has_no_problems() {
    assert_eq!(compared(MAPPING, &account(), HoursAs::Refuse), "");
}

#[test]
fn what_does_not_fit_the_account_is_named() {
    let mut types = account();
    types[0].name = "Urlaubstag".to_owned();
    types[1].id = absence_type("", Unit::Day, "b2").id;
    types[2].unit = Some(Unit::Hour);
    types[4].name = "Mobiles Arbeiten".to_owned();
    insta::assert_snapshot!(compared(MAPPING, &types, HoursAs::Refuse), @r#"
    `mapping.Holiday`: no absence type of Personio has the name `Urlaub`; did you mean `Urlaubstag`?
    `mapping.Holiday`: no absence type of Personio has the id `7c5b1b3e-0000-4000-8000-0000000000b1`
    `mapping.ignore`: no absence type of Personio has the name `Home Office`
    `mapping`: the absence type `Urlaubstag` (7c5b1b3e-0000-4000-8000-0000000000a1) is listed nowhere, not even under `ignore`
    `mapping`: the absence type `Sonderurlaub` (7c5b1b3e-0000-4000-8000-0000000000b2) is listed nowhere, not even under `ignore`
    `mapping.SickLeave`: `krankheit ` is counted in hours, its home is kept in days; `hellohq.hours_as = "days"` enters whole days
    `mapping`: the absence type `Mobiles Arbeiten` (7c5b1b3e-0000-4000-8000-0000000000e1) is listed nowhere, not even under `ignore`
    "#);
    assert!(!compared(MAPPING, &types, HoursAs::Days).contains("hours_as"));
}

#[test]
fn a_name_of_several_types_needs_their_ids() {
    let twice = [absence_type("Urlaub", Unit::Day, "a1"), absence_type("urlaub", Unit::Day, "a2")];
    let by_name = "\"Personal reasons\" = [\"Urlaub\"]";
    insta::assert_snapshot!(compared(by_name, &twice, HoursAs::Refuse), @r#"`mapping."Personal reasons"`: `Urlaub` is the name of several absence types: list their ids, `7c5b1b3e-0000-4000-8000-0000000000a1`, `7c5b1b3e-0000-4000-8000-0000000000a2`"#);
    let one_by_id = "Holiday = [\"Urlaub\"]\nSickness = [\"7c5b1b3e-0000-4000-8000-0000000000a2\"]";
    assert_eq!(compared(one_by_id, &twice, HoursAs::Refuse), "");
    insta::assert_snapshot!(compared(one_by_id, &twice[1..], HoursAs::Refuse), @"`mapping.Holiday`: `Urlaub` is listed by its id already");
}
