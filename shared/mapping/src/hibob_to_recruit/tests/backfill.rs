//! Which of the positions that were approved before the first sweep are created.

use super::*;

fn takes(backfill: &str, effective: &Value) -> bool {
    let policies: Policies = table(&format!("backfill = \"{backfill}\""));
    policies.backfill.takes(edited_position(&json!({"effectiveDate": effective})).row())
}

#[test]
fn none_all_or_those_of_a_day_and_later() {
    assert_eq!(table::<Policies>("").backfill, Backfill::Nothing);
    for (backfill, effective, expected) in [
        ("none", json!("2026-02-01"), false),
        ("all", json!("2026-02-01"), true),
        ("all", json!(null), true),
        ("2026-02-01", json!("2026-01-31"), false),
        ("2026-02-01", json!("2026-02-01"), true),
        ("2026-02-01", json!("2026-02-02"), true),
        ("2026-02-01", json!("2026-02-01T09:30:00Z"), true),
        ("2026-02-01", json!(null), false),
        ("2026-02-01", json!("soon"), false),
        ("2026-02-01", json!("absent"), false),
    ] {
        assert_eq!(takes(backfill, &effective), expected, "{backfill} {effective}");
    }
}

#[test]
fn the_effective_date_is_asked_for_only_where_it_decides() {
    let rules = |backfill| OpeningRules {
        policies: table(&format!("backfill = \"{backfill}\"")),
        opening: table("time_expected_hire = { field = \"/positionOpening/expectedStartDate\" }"),
        ..OpeningRules::default()
    };
    let asked = |backfill| rules(backfill).position_fields().iter().any(|id| id.as_str() == "/position/effectiveDate");
    assert_eq!((asked("none"), asked("all"), asked("2026-02-01")), (false, false, true));
}
