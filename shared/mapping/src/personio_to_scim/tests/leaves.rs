//! Leaves, by status and by absence.

use vendors::personio::model::absence::{Approval, Boundary, Unit};

use super::*;

const PARENTAL: &str = "7c5b1b3e-0000-4000-8000-0000000000aa";

fn absence(starts: &str, ends: &str) -> AbsencePeriod {
    let boundary = |day: &str| Boundary { at: date(day).at(0, 0, 0, 0), half: None };
    AbsencePeriod {
        id: "1d8e3f7a-0000-4000-8000-000000000001".parse().unwrap(),
        person: "3003".parse().unwrap(),
        absence_type: PARENTAL.parse().unwrap(),
        starts: boundary(starts),
        ends: (ends != "open").then(|| boundary(ends)),
        time_zone: None,
        approval: Approval::Approved,
        updated_at: None,
    }
}

fn absence_type(name: &str) -> AbsenceType {
    AbsenceType { id: PARENTAL.parse().unwrap(), name: name.to_owned(), category: None, unit: Some(Unit::Day) }
}

fn lines(absence: &AbsencePeriod, policies: &str, days: &[&str]) -> String {
    let rules = rules("", policies);
    let person = dora();
    let employments = [employment(EmploymentStatus::Active, "2022-05-01")];
    let types = [absence_type("Elternzeit")];
    let absences = [absence.clone()];
    let source =
        SourcePerson { person: &person, employments: &employments, absences: &absences, absence_types: &types };
    let lines = days.iter().map(|day| format!("{day} {}", words(&wanted(source, &rules, date(day)))));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_status_of_leave_keeps_the_account_unless_asked() {
    let on_leave = [employment(EmploymentStatus::Leave, "2022-05-01")];
    insta::assert_snapshot!(said(&on_leave, &rules("", ""), "2026-03-20"), @"active: an employment runs");
    let deactivate = rules("", "leave = \"deactivate\"");
    insta::assert_snapshot!(said(&on_leave, &deactivate, "2026-03-20"), @"inactive: the employment is on leave");
    let both = [employment(EmploymentStatus::Active, "2023-05-01"), on_leave[0].clone()];
    insta::assert_snapshot!(said(&both, &deactivate, "2026-03-20"), @"active: an employment runs");
    let leaving = Employment { status: EmploymentStatus::Leave, ..ending("2026-03-19", "-", TerminationType::Quit) };
    insta::assert_snapshot!(said(&[leaving], &deactivate, "2026-03-20"), @"inactive: the employment is over");
}

const LONG: &str = "leave_absences = { types = [\"elternzeit\"], longer_than_days = 30 }";

#[test]
fn a_long_absence_takes_the_account_from_its_first_day_to_its_last() {
    let long = absence("2026-03-01", "2026-04-01");
    let days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"];
    insta::assert_snapshot!(lines(&long, LONG, &days), @r"
    2026-02-28 active: an employment runs, until 2026-03-01
    2026-03-01 inactive: a long absence lasts, until 2026-04-01
    2026-03-31 inactive: a long absence lasts, until 2026-04-01
    2026-04-01 active: an employment runs
    ");
    let of_thirty_days = absence("2026-03-01", "2026-03-31");
    insta::assert_snapshot!(lines(&of_thirty_days, LONG, &days[1..2]), @"2026-03-01 active: an employment runs");
    let inclusive = LONG.replace(" }", ", absence_end = \"inclusive\" }");
    insta::assert_snapshot!(lines(&of_thirty_days, &inclusive, &["2026-03-31", "2026-04-01"]), @r"
    2026-03-31 inactive: a long absence lasts, until 2026-04-01
    2026-04-01 active: an employment runs
    ");
}

#[test]
fn of_an_absence_without_an_end_its_length_is_known_later() {
    let open = absence("2026-03-01", "open");
    insta::assert_snapshot!(lines(&open, LONG, &["2026-03-01", "2026-03-30", "2026-03-31", "2027-01-01"]), @r"
    2026-03-01 active: an employment runs, until 2026-03-31
    2026-03-30 active: an employment runs, until 2026-03-31
    2026-03-31 inactive: a long absence lasts
    2027-01-01 inactive: a long absence lasts
    ");
}

#[test]
fn only_approved_absences_of_listed_types_count() {
    let long = absence("2026-03-01", "2026-05-01");
    let inactive =
        |absence: &AbsencePeriod, policies: &str| lines(absence, policies, &["2026-03-20"]).contains(" inactive");
    assert!(inactive(&long, LONG) && inactive(&long, &LONG.replace("elternzeit", PARENTAL)));
    assert!(!inactive(&long, &LONG.replace("elternzeit", "Urlaub")) && !inactive(&long, ""));
    for (approval, counts) in [
        (Approval::DeletionPending, true),
        (Approval::Pending, false),
        (Approval::Rejected, false),
        (Approval::Other("LOST".to_owned()), false),
    ] {
        assert_eq!(inactive(&AbsencePeriod { approval, ..long.clone() }, LONG), counts);
    }
}

#[test]
fn what_is_listed_is_compared_with_the_account() {
    let listed = |types: &str| {
        let policies = LONG.replace("\"elternzeit\"", types);
        let leave = rules("", &policies).policies.leave.absences.unwrap();
        let problems = leave.compare(&[absence_type("Elternzeit")]);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(listed("\" Elternzeit\""), "");
    insta::assert_snapshot!(listed("\"Elternzeiten\", \"7c5b1b3e-0000-4000-8000-0000000000bb\""), @r"
    `policies.leave_absences`: no absence type of Personio has the name `elternzeiten`; did you mean `Elternzeit`?
    `policies.leave_absences`: no absence type of Personio has the id `7c5b1b3e-0000-4000-8000-0000000000bb`
    ");
}
