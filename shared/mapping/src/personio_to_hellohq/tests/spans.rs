//! Which days an absence takes.

use super::*;

fn inclusive() -> AbsenceOptions {
    AbsenceOptions { end: AbsenceEnd::Inclusive, ..AbsenceOptions::default() }
}

fn with_days(ends: &str, days: &str) -> String {
    let absence = absence("2026-02-26T00:00 FIRST_HALF", ends);
    words(&read(&absence, Unit::Day, days, &AbsenceOptions::default()).unwrap())
}

fn problem(starts: &str, ends: &str, unit: Unit) -> String {
    read(&absence(starts, ends), unit, "", &AbsenceOptions::default()).unwrap_err().to_string()
}

#[test]
fn a_midnight_behind_the_first_day_ends_the_day_before() {
    for (ends, expected) in [
        ("2026-02-27T00:00 SECOND_HALF", "2026-02-26 to 2026-02-26"),
        ("2026-03-01T00:00", "2026-02-26 to 2026-02-28"),
        ("2027-01-01T00:00 SECOND_HALF", "2026-02-26 to 2026-12-31"),
        ("2026-02-26T00:00 SECOND_HALF", "2026-02-26 to 2026-02-26"),
        ("2026-02-28T12:00", "2026-02-26 to 2026-02-28"),
        ("2026-02-28T23:59:59", "2026-02-26 to 2026-02-28"),
        ("2026-02-28T00:00:00.001", "2026-02-26 to 2026-02-28"),
        ("2026-03-30T00:00", "2026-02-26 to 2026-03-29"),
        ("2028-03-01T00:00", "2026-02-26 to 2028-02-29"),
    ] {
        assert_eq!(words(&in_days("2026-02-26T00:00 FIRST_HALF", ends)), expected, "{ends}");
    }
}

#[test]
fn an_inclusive_end_is_a_time_of_the_last_day() {
    for (ends, expected) in [
        ("2026-02-26T00:00 SECOND_HALF", "2026-02-26 to 2026-02-26"),
        ("2026-03-01T00:00 SECOND_HALF", "2026-02-26 to 2026-03-01"),
        ("2026-03-01T00:00 FIRST_HALF", "2026-02-26 to 2026-03-01, until noon"),
        ("2026-03-01T23:59", "2026-02-26 to 2026-03-01"),
    ] {
        let absence = absence("2026-02-26T00:00 FIRST_HALF", ends);
        assert_eq!(words(&read(&absence, Unit::Day, "", &inclusive()).unwrap()), expected, "{ends}");
        assert_eq!(last_day(&absence, AbsenceEnd::Inclusive), Some(absence.ends.unwrap().at.date()));
    }
}

#[test]
fn days_off_at_the_end_are_days_of_the_absence() {
    // Thursday to Sunday
    let ends = "2026-03-02T00:00 SECOND_HALF";
    for days in
        ["2026-02-26 1, 2026-02-27 1", "2026-02-26 1, 2026-02-27 1, 2026-02-28 0, 2026-03-01 0", "", "2026-02-26 0"]
    {
        assert_eq!(with_days(ends, days), "2026-02-26 to 2026-03-01", "{days}");
    }
    let free_at_both_ends = absence("2026-02-28T00:00 FIRST_HALF", "2026-03-02T00:00 SECOND_HALF");
    let span = read(&free_at_both_ends, Unit::Day, "2026-02-28 0, 2026-03-01 0", &AbsenceOptions::default()).unwrap();
    assert_eq!(words(&span), "2026-02-28 to 2026-03-01");
}

#[test]
fn single_days_show_what_a_midnight_means() {
    let ends = "2026-03-03T00:00 SECOND_HALF";
    assert_eq!(with_days(ends, "2026-02-26 1, 2026-02-27 1, 2026-03-02 1"), "2026-02-26 to 2026-03-02");
    assert_eq!(with_days(ends, "2026-03-03 1, 2026-02-26 1"), "2026-02-26 to 2026-03-03", "in any order");
    let until_the_28th = |days: &str| {
        let absence = absence("2026-02-26T00:00 FIRST_HALF", "2026-02-28T00:00 SECOND_HALF");
        words(&read(&absence, Unit::Day, days, &inclusive()).unwrap())
    };
    assert_eq!(
        until_the_28th("2026-02-26 1, 2026-02-27 1, 2026-02-28 0"),
        "2026-02-26 to 2026-02-27",
        "a lone day of nothing"
    );
    assert_eq!(
        until_the_28th("2026-02-26 1, 2026-02-27 0, 2026-02-28 0"),
        "2026-02-26 to 2026-02-28",
        "not a lone one"
    );
    assert_eq!(until_the_28th(""), "2026-02-26 to 2026-02-28");
}

#[test]
fn half_days_come_from_the_boundaries() {
    for (starts, ends, expected) in [
        ("2026-03-02T00:00 SECOND_HALF", "2026-03-04T00:00 SECOND_HALF", "2026-03-02 to 2026-03-03, from noon"),
        ("2026-03-02T00:00 FIRST_HALF", "2026-03-04T00:00 FIRST_HALF", "2026-03-02 to 2026-03-03, until noon"),
        (
            "2026-03-02T12:00 SECOND_HALF",
            "2026-03-03T12:00 FIRST_HALF",
            "2026-03-02 to 2026-03-03, from noon, until noon",
        ),
        ("2026-03-02T00:00 FIRST_HALF", "2026-03-02T12:00 FIRST_HALF", "2026-03-02 to 2026-03-02, until noon"),
        ("2026-03-02T00:00 FIRST_HALF", "2026-03-02T00:00 FIRST_HALF", "2026-03-02 to 2026-03-02, until noon"),
        ("2026-03-02T00:00 SECOND_HALF", "2026-03-03T00:00 SECOND_HALF", "2026-03-02 to 2026-03-02, from noon"),
        ("2026-03-02T12:00", "2026-03-03T12:00", "2026-03-02 to 2026-03-03"),
    ] {
        assert_eq!(words(&in_days(starts, ends)), expected, "{starts} to {ends}");
    }
}

#[test]
fn a_share_of_half_a_day_is_no_half_day() {
    let days = "2026-02-26 0.5, 2026-02-27 0.5";
    assert_eq!(with_days("2026-02-28T00:00 SECOND_HALF", days), "2026-02-26 to 2026-02-27");
    assert_eq!(with_days("2026-02-28T00:00 FIRST_HALF", days), "2026-02-26 to 2026-02-27, until noon");
}

#[test]
fn a_half_stands_on_the_day_that_personio_states() {
    // until Saturday noon; Saturday is no working day
    for ends in ["2026-03-01T00:00 FIRST_HALF", "2026-02-28T12:00 FIRST_HALF"] {
        let entered = with_days(ends, "2026-02-26 1, 2026-02-27 1, 2026-02-28 0");
        assert_eq!(entered, "2026-02-26 to 2026-02-28, until noon", "{ends}");
    }
    let midnight_of_the_day = "2026-02-27T00:00 FIRST_HALF";
    assert_eq!(with_days(midnight_of_the_day, "2026-02-26 1, 2026-02-27 0.5"), "2026-02-26 to 2026-02-27, until noon");
    let whole = "2026-02-26 1, 2026-02-27 1";
    assert_eq!(with_days("2026-02-28T00:00 FIRST_HALF", whole), "2026-02-26 to 2026-02-27", "the day counts whole");
}

#[test]
fn a_half_that_nobody_states_is_told_or_as_the_setting_has_it() {
    let table = [
        ("2026-03-03T00:00", "2026-03-02 0.5", "until noon", ""),
        ("2026-03-04T00:00", "2026-03-02 0.5, 2026-03-03 1", "from noon", ""),
        ("2026-03-04T00:00", "2026-03-02 1, 2026-03-03 0.4", "until noon", ""),
        ("2026-03-03T00:00 SECOND_HALF", "2026-03-02 0.5", "from noon", ""),
    ];
    for (ends, days, half, whole) in table {
        let absence = absence("2026-03-02T00:00", ends);
        let read = |unstated_halves| {
            let options = AbsenceOptions { unstated_halves, ..AbsenceOptions::default() };
            read(&absence, Unit::Day, days, &options).unwrap()
        };
        let said = |span: &AbsenceSpan| words(span).split_once(", ").map_or(String::new(), |(_, said)| said.to_owned());
        assert_eq!(said(&read(UnstatedHalves::Half)), half, "{ends} {days}");
        assert_eq!(said(&read(UnstatedHalves::Whole)), whole, "{ends} {days}");
        let told = read(UnstatedHalves::Tell);
        let problem = entered(&told, Kind::Vacation, &AbsenceOptions::default()).unwrap_err();
        assert!(problem.starts_with("`personio.unstated_halves`: "), "{problem}");
        assert!(entered(&told, Kind::ParentalLeave, &AbsenceOptions::default()).is_ok(), "whole days only");
    }
}

#[test]
fn what_is_stated_or_too_much_for_a_half_is_no_question() {
    for (starts, ends, days) in [
        ("2026-03-02T00:00", "2026-03-03T00:00", "2026-03-02 0.8"),
        ("2026-03-02T00:00", "2026-03-03T00:00", ""),
        ("2026-03-02T00:00 FIRST_HALF", "2026-03-03T00:00 SECOND_HALF", "2026-03-02 0.5"),
        ("2026-03-02T00:00 SECOND_HALF", "2026-03-03T00:00", "2026-03-02 0.5"),
        ("2026-03-02T00:00", "2026-03-05T00:00", "2026-03-02 1, 2026-03-03 0.5, 2026-03-04 1"),
    ] {
        let span = read(&absence(starts, ends), Unit::Day, days, &AbsenceOptions::default()).unwrap();
        assert!(!span.half_is_unstated, "{starts} {ends} {days}");
    }
}

#[test]
fn an_open_end_reaches_to_the_horizon() {
    assert_eq!(words(&in_days("2026-03-02T00:00 SECOND_HALF", "open")), "2026-03-02 to 2026-12-31, from noon, open");
    assert_eq!(
        words(&in_days("2027-03-02T00:00", "open")),
        "2027-03-02 to 2027-03-02, open",
        "but not before it begins"
    );
    assert_eq!(last_day(&absence("2026-03-02T00:00", "open"), AbsenceEnd::Exclusive), None);
    let days = "2026-03-02 1, 2027-02-01 1";
    let span = read(&absence("2026-03-02T00:00", "open"), Unit::Day, days, &AbsenceOptions::default()).unwrap();
    assert_eq!(words(&span), "2026-03-02 to 2026-12-31, open", "its days may run on as they like");
}

#[test]
fn the_last_day_is_known_without_the_days() {
    let last = |ends: &str| last_day(&absence("2026-02-26T00:00", ends), AbsenceEnd::Exclusive).unwrap().to_string();
    assert_eq!(last("2026-03-01T00:00"), "2026-02-28");
    assert_eq!(last("2026-02-26T00:00"), "2026-02-26");
    assert_eq!(last("2026-03-01T12:00"), "2026-03-01");
}

#[test]
fn what_cannot_be_meant_is_a_problem() {
    insta::assert_snapshot!(problem("2026-03-02T00:00 SECOND_HALF", "2026-03-02T12:00 FIRST_HALF", Unit::Day), @"`personio.absence_end`: the absence begins and ends at midday of one day");
    insta::assert_snapshot!(problem("2026-03-02T00:00", "2026-03-01T00:00", Unit::Day), @"`personio.absence_end`: the absence ends before it begins");
    insta::assert_snapshot!(problem("2026-03-02T09:00", "open", Unit::Hour), @"`mapping`: the absence is counted in hours and has no end yet");
    insta::assert_snapshot!(problem("2026-03-02T09:00", "2026-03-02T09:00", Unit::Hour), @"`mapping`: the absence is counted in hours and does not end after its beginning");
}

#[test]
fn an_unknown_zone_is_a_problem_and_none_is_that_of_the_working_hours() {
    let mut absence = absence("2026-03-02T09:00", "2026-03-02T11:00");
    absence.time_zone = Some("Europe/Atlantis".to_owned());
    for unit in [Unit::Day, Unit::Hour] {
        let problem = read(&absence, unit, "", &AbsenceOptions::default()).unwrap_err();
        assert_eq!(problem.to_string(), "`working_hours.time_zone`: the absence names a time zone that is not known");
    }
    absence.time_zone = None;
    let mut options = AbsenceOptions::default();
    options.working_hours.zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let hours = read(&absence, Unit::Hour, "", &options).unwrap().hours.unwrap();
    assert_eq!(hours.0.to_string(), "2026-03-02T14:00:00Z");
}

#[test]
fn where_the_type_does_not_say_what_it_counts_the_absence_does() {
    let unit = |starts: &str, ends: &str, day: Option<Unit>| {
        let (absence, mut days) = (absence(starts, ends), shares("2026-03-02 1"));
        days[0].unit = day;
        let absence_type = AbsenceType { unit: None, ..absence_type("Urlaub", Unit::Day, "aa") };
        SourceAbsence { absence: &absence, absence_type: &absence_type, days: &days }.unit()
    };
    assert_eq!(unit("2026-03-02T00:00", "2026-03-03T00:00", Some(Unit::Hour)), Unit::Hour);
    assert_eq!(unit("2026-03-02T09:00", "2026-03-02T11:00", Some(Unit::Day)), Unit::Day);
    assert_eq!(unit("2026-03-02T00:00", "2026-03-03T00:00", None), Unit::Day);
    assert_eq!(unit("2026-03-02T00:00", "open", None), Unit::Day);
    assert_eq!(unit("2026-03-02T09:00", "2026-03-02T11:00", None), Unit::Hour);
    assert_eq!(unit("2026-03-02T12:00 SECOND_HALF", "2026-03-03T00:00", None), Unit::Day);
}
