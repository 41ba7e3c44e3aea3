//! Absences that are counted in hours.

use super::*;

fn exact(starts: &str, ends: &str) -> String {
    let (start, end) = in_hours(starts, ends).hours.unwrap();
    format!("{start} to {end}")
}

#[test]
fn the_time_is_exact_in_the_zone_of_the_absence() {
    assert_eq!(exact("2026-03-02T09:30", "2026-03-02T11:00"), "2026-03-02T08:30:00Z to 2026-03-02T10:00:00Z");
    assert_eq!(exact("2026-07-02T09:30", "2026-07-02T11:00"), "2026-07-02T07:30:00Z to 2026-07-02T09:00:00Z");
}

#[test]
fn a_change_of_clocks_is_minded() {
    // 2 o'clock does not happen on the first day and happens twice on the second
    assert_eq!(exact("2026-03-28T22:00", "2026-03-29T06:00"), "2026-03-28T21:00:00Z to 2026-03-29T04:00:00Z");
    assert_eq!(exact("2026-03-29T02:30", "2026-03-29T06:00"), "2026-03-29T01:30:00Z to 2026-03-29T04:00:00Z");
    assert_eq!(exact("2026-10-24T22:00", "2026-10-25T06:00"), "2026-10-24T20:00:00Z to 2026-10-25T05:00:00Z");
    assert_eq!(exact("2026-10-25T02:30", "2026-10-25T06:00"), "2026-10-25T00:30:00Z to 2026-10-25T05:00:00Z");
}

#[test]
fn its_days_are_those_it_touches() {
    for (starts, ends, expected) in [
        ("2026-02-27T22:00", "2026-02-28T00:00", "2026-02-27 to 2026-02-27"),
        ("2026-02-28T22:00", "2026-03-01T00:01", "2026-02-28 to 2026-03-01"),
        ("2026-02-28T00:00", "2026-03-01T00:00", "2026-02-28 to 2026-02-28"),
        ("2026-02-28T09:00 SECOND_HALF", "2026-02-28T11:00 FIRST_HALF", "2026-02-28 to 2026-02-28"),
    ] {
        assert_eq!(words(&in_hours(starts, ends)), expected, "{starts} to {ends}");
    }
}

#[test]
fn hours_keep_their_time_in_a_type_kept_in_hours() {
    let span = in_hours("2026-03-29T01:00", "2026-03-29T06:00");
    for kind in [Kind::CompanyAbsence, Kind::PrivateAbsence] {
        let entered = entered(&span, kind, &AbsenceOptions::default());
        assert_eq!(entered.unwrap(), "2026-03-29T00:00:00Z to 2026-03-29T04:00:00Z");
    }
}

#[test]
fn hours_enter_a_type_kept_in_days_only_where_that_is_wanted() {
    let span = in_hours("2026-02-28T22:00", "2026-03-01T06:00");
    insta::assert_snapshot!(entered(&span, Kind::Vacation, &AbsenceOptions::default()).unwrap_err(), @r#"`mapping`: the absence is counted in hours, its home is kept in days; `hellohq.hours_as = "days"` enters whole days"#);
    let wanted = AbsenceOptions { hours_as: HoursAs::Days, ..AbsenceOptions::default() };
    assert_eq!(entered(&span, Kind::Vacation, &wanted).unwrap(), "2026-02-28T00:00:00 to 2026-03-02T00:00:00");
}

/// A day-counted absence in `zone`, entered as hours.
fn worked(starts: &str, ends: &str, zone: Option<&str>) -> String {
    let mut absence = absence(starts, ends);
    absence.time_zone = zone.map(ToOwned::to_owned);
    let span = read(&absence, Unit::Day, "", &AbsenceOptions::default()).unwrap();
    entered(&span, Kind::CompanyAbsence, &AbsenceOptions::default()).unwrap()
}

#[test]
fn days_become_working_hours_from_the_first_days_to_the_last_days() {
    let berlin = Some("Europe/Berlin");
    for (starts, ends, expected) in [
        ("2026-03-02T00:00", "2026-03-03T00:00", "2026-03-02T08:00:00Z to 2026-03-02T16:00:00Z"),
        ("2026-03-27T00:00", "2026-03-31T00:00", "2026-03-27T08:00:00Z to 2026-03-30T15:00:00Z"),
        ("2026-03-29T00:00", "2026-03-30T00:00", "2026-03-29T07:00:00Z to 2026-03-29T15:00:00Z"),
        ("2026-10-23T00:00", "2026-10-27T00:00", "2026-10-23T07:00:00Z to 2026-10-26T16:00:00Z"),
        ("2026-10-25T00:00", "2026-10-26T00:00", "2026-10-25T08:00:00Z to 2026-10-25T16:00:00Z"),
        ("2026-03-02T00:00 SECOND_HALF", "2026-03-04T00:00 FIRST_HALF", "2026-03-02T12:00:00Z to 2026-03-03T12:00:00Z"),
    ] {
        assert_eq!(worked(starts, ends, berlin), expected, "{starts} to {ends}");
    }
    let new_york = worked("2026-03-02T00:00", "2026-03-03T00:00", Some("America/New_York"));
    assert_eq!(new_york, "2026-03-02T14:00:00Z to 2026-03-02T22:00:00Z");
    let none = worked("2026-03-02T00:00", "2026-03-03T00:00", None);
    assert_eq!(none, "2026-03-02T08:00:00Z to 2026-03-02T16:00:00Z");
}

#[test]
fn working_hours_that_do_not_happen_are_a_problem() {
    let mut options = AbsenceOptions::default();
    let at = |minute| jiff::civil::time(2, minute, 0, 0);
    (options.working_hours.from, options.working_hours.to) = (at(30), jiff::civil::time(3, 0, 0, 0));
    options.working_hours.midday = at(45);
    let span = in_days("2026-03-29T00:00", "2026-03-30T00:00");
    let problem = entered(&span, Kind::PrivateAbsence, &options).unwrap_err();
    assert_eq!(problem, "`working_hours`: a change of clocks leaves nothing of the day");
}
