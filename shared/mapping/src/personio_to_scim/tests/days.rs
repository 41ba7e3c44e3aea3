//! Whose midnight counts.

use super::*;

/// What is wanted at a moment, in a zone.
fn at(moment: &str, zone: &str) -> String {
    let rules = rules("", &format!("time_zone = \"{zone}\""));
    let today = rules.policies.today(moment.parse().unwrap());
    let leaver = ending("2026-03-20", "-", TerminationType::Employee);
    let active = matches!(decision(&[leaver], &rules, &today.to_string()).wanted, Wanted::Account { active: true, .. });
    format!("{today} {active}")
}

#[test]
fn a_leaver_loses_access_at_midnight_of_the_connections_zone() {
    for (moment, zone, expected) in [
        ("2026-03-20T22:59:59Z", "Europe/Berlin", "2026-03-20 true"),
        ("2026-03-20T23:00:00Z", "Europe/Berlin", "2026-03-21 false"),
        ("2026-03-21T06:59:59Z", "America/Los_Angeles", "2026-03-20 true"),
        ("2026-03-21T07:00:00Z", "America/Los_Angeles", "2026-03-21 false"),
        ("2026-03-21T07:59:59Z", "Etc/GMT+8", "2026-03-20 true"),
        ("2026-03-21T08:00:00Z", "Etc/GMT+8", "2026-03-21 false"),
        ("2026-03-20T10:00:00Z", "Pacific/Kiritimati", "2026-03-21 false"),
    ] {
        assert_eq!(at(moment, zone), expected, "{moment} {zone}");
    }
}

#[test]
fn a_day_begins_in_the_connections_zone() {
    let beginning = |zone: &str, day: &str| {
        let rules = rules("", &format!("time_zone = \"{zone}\""));
        rules.policies.beginning(date(day)).unwrap().to_string()
    };
    assert_eq!(beginning("Europe/Berlin", "2026-03-21"), "2026-03-20T23:00:00Z");
    assert_eq!(beginning("Europe/Berlin", "2026-03-30"), "2026-03-29T22:00:00Z");
    assert_eq!(beginning("Etc/GMT+8", "2026-03-21"), "2026-03-21T08:00:00Z");
}
