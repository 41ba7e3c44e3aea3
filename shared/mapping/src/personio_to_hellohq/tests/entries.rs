//! How helloHQ is told of absences in days.

use super::*;

fn next_day() -> AbsenceOptions {
    AbsenceOptions { half_day_end: HalfDayEnd::NextDayNoon, ..AbsenceOptions::default() }
}

fn holiday(starts: &str, ends: &str, options: &AbsenceOptions) -> String {
    entered(&in_days(starts, ends), Kind::Vacation, options).unwrap()
}

#[test]
fn whole_days_end_at_the_midnight_after() {
    for (starts, ends, expected) in [
        ("2026-03-02T00:00", "2026-03-03T00:00", "2026-03-02T00:00:00 to 2026-03-03T00:00:00"),
        ("2026-02-27T00:00", "2026-03-01T00:00", "2026-02-27T00:00:00 to 2026-03-01T00:00:00"),
        ("2026-12-31T00:00", "2027-01-01T00:00", "2026-12-31T00:00:00 to 2027-01-01T00:00:00"),
        ("2026-03-28T00:00", "2026-03-30T00:00", "2026-03-28T00:00:00 to 2026-03-30T00:00:00"),
        ("2026-10-25T00:00", "2026-10-26T00:00", "2026-10-25T00:00:00 to 2026-10-26T00:00:00"),
        ("2026-12-01T00:00", "open", "2026-12-01T00:00:00 to 2027-01-01T00:00:00"),
    ] {
        for options in [AbsenceOptions::default(), next_day()] {
            assert_eq!(holiday(starts, ends, &options), expected, "{starts} to {ends}");
        }
    }
}

#[test]
fn half_days_begin_and_end_at_noon() {
    let (morning, afternoon) = ("T00:00 FIRST_HALF", "T00:00 SECOND_HALF");
    for (starts, ends, same_day, next_day_noon) in [
        (
            afternoon,
            "2026-03-05T00:00 SECOND_HALF",
            "02T12:00:00 to 2026-03-05T00:00:00",
            "02T12:00:00 to 2026-03-05T00:00:00",
        ),
        (
            morning,
            "2026-03-05T00:00 FIRST_HALF",
            "02T00:00:00 to 2026-03-04T12:00:00",
            "02T00:00:00 to 2026-03-05T12:00:00",
        ),
        (
            morning,
            "2026-03-03T00:00 FIRST_HALF",
            "02T00:00:00 to 2026-03-02T12:00:00",
            "02T00:00:00 to 2026-03-03T12:00:00",
        ),
        (
            afternoon,
            "2026-03-03T00:00 SECOND_HALF",
            "02T12:00:00 to 2026-03-03T00:00:00",
            "02T12:00:00 to 2026-03-03T00:00:00",
        ),
        (
            afternoon,
            "2026-03-04T00:00 FIRST_HALF",
            "02T12:00:00 to 2026-03-03T12:00:00",
            "02T12:00:00 to 2026-03-04T12:00:00",
        ),
    ] {
        let starts = format!("2026-03-02{starts}");
        assert_eq!(
            holiday(&starts, ends, &AbsenceOptions::default()),
            format!("2026-03-{same_day}"),
            "{starts} to {ends}"
        );
        assert_eq!(holiday(&starts, ends, &next_day()), format!("2026-03-{next_day_noon}"), "{starts} to {ends}");
    }
}

#[test]
fn types_that_take_full_days_only_get_them() {
    let span = in_days("2026-03-02T00:00 SECOND_HALF", "2026-03-04T00:00 FIRST_HALF");
    for kind in Kind::ALL.iter().filter(|kind| kind.full_days_only()) {
        for options in [AbsenceOptions::default(), next_day()] {
            let entered = entered(&span, *kind, &options).unwrap();
            assert_eq!(entered, "2026-03-02T00:00:00 to 2026-03-04T00:00:00", "{}", kind.wire());
        }
    }
}

#[test]
fn a_note_names_the_type_and_refers_to_the_absence() {
    let one = absence("2026-03-02T00:00", "open").id;
    assert_eq!(note(" Urlaub ", one), "Urlaub [hrsync f8529344]");
    assert_eq!(reference(one), "f8529344");
    assert_ne!(reference("1d8e3f7a-0000-4000-8000-000000000002".parse().unwrap()), reference(one));
}
