//! When somebody is expected to be hired: Recruit takes moments, HiBob shows days.

use super::*;

/// The moment, or every problem.
fn expected_hire(found: &Found, mapping: &str) -> String {
    match mapped_opening(found.row(), &table(mapping)) {
        Ok(mapped) => mapped.expected_hire.to_string(),
        Err(unmappable) => unmappable.to_string(),
    }
}

#[test]
fn days_local_times_and_moments_are_moments() {
    for (shown, expected) in [
        (json!("2026-05-01"), "2026-05-01T00:00:00Z"),
        (json!("2026-05-01T09:30:00.5"), "2026-05-01T09:30:00.5Z"),
        (json!("2026-05-01T09:30:00Z"), "2026-05-01T09:30:00Z"),
        (json!("2026-05-01T00:30:00+02:00"), "2026-04-30T22:30:00Z"),
        (json!(" 2026-05-01 "), "2026-05-01T00:00:00Z"),
        (json!("01/05/2026"), "`opening.time_expected_hire`: what is found is no date"),
        (json!("2026-02-30"), "`opening.time_expected_hire`: what is found is no date"),
        (json!(5), "`opening.time_expected_hire`: what is found is no date"),
    ] {
        assert_eq!(expected_hire(&edited_opening(&json!({"expectedStartDate": shown})), ""), expected, "{shown}");
    }
}

#[test]
fn how_a_page_spells_a_day_does_not_count() {
    let found = edited_opening(&json!({"expectedStartDate": {"value": "2026-05-01", "humanReadable": "1 May 2026"}}));
    assert_eq!(expected_hire(&found, ""), "2026-05-01T00:00:00Z");
    let own = "time_expected_hire = { field = \"/positionOpening/expectedStartDate\" }";
    assert_eq!(expected_hire(&found, own), "2026-05-01T00:00:00Z");
}

#[test]
fn the_positions_dates_stand_in_where_the_openings_is_empty() {
    let without = json!({"expectedStartDate": null});
    for (position, expected) in [
        (json!({}), "2026-04-01T00:00:00Z"),
        (json!({"expectedStartDate": ""}), "2026-02-01T00:00:00Z"),
        (
            json!({"expectedStartDate": null, "effectiveDate": "absent"}),
            "`opening.time_expected_hire`: Recruit needs it, and `/positionOpening/expectedStartDate` is empty, \
             `/position/expectedStartDate` is empty, HiBob does not show `/position/effectiveDate`",
        ),
    ] {
        assert_eq!(expected_hire(&edited(&position, &without), ""), expected, "{position}");
    }
}

#[test]
fn a_default_day_is_taken_where_nothing_is_found() {
    let mapping = "time_expected_hire = { field = \"/positionOpening/expectedStartDate\", default = \"2026-12-31\" }";
    assert_eq!(expected_hire(&edited_opening(&json!({"expectedStartDate": null})), mapping), "2026-12-31T00:00:00Z");
    assert_eq!(expected_hire(&vacant(), mapping), "2026-05-01T00:00:00Z");
}
