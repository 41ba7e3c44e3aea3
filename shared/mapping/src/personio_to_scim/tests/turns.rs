//! What holds for every employment, whatever its dates: tried with all that fit into a few days.

use jiff::ToSpan;

use super::*;

const FIRST: &str = "2026-03-25";
const DAYS: i64 = 16;

fn day(offset: i64) -> Date {
    date(FIRST).checked_add(offset.days()).unwrap()
}

fn statuses() -> [EmploymentStatus; 5] {
    [
        EmploymentStatus::Active,
        EmploymentStatus::Inactive,
        EmploymentStatus::Onboarding,
        EmploymentStatus::Leave,
        EmploymentStatus::Unspecified,
    ]
}

/// Employments with each status and each order of first day, contract's end and last working day; some dates are missing.
fn all() -> Vec<Employment> {
    let ends = [None, Some(2), Some(6), Some(9)];
    let mut all = Vec::new();
    for status in statuses() {
        for start in [None, Some(4), Some(8)] {
            for (contract, working) in ends.iter().flat_map(|contract| ends.map(|working| (*contract, working))) {
                let mut one = employment(status.clone(), FIRST);
                one.start = start.map(day);
                let kind = Some(TerminationType::Employee);
                let (date, last_working_day) = (contract.map(day), working.map(day));
                let is_any = date.or(last_working_day).is_some();
                one.termination = is_any.then_some(Termination { date, last_working_day, kind, terminated_at: None });
                all.push(one);
            }
        }
    }
    all
}

fn policies() -> Vec<ProvisioningRules> {
    let texts = [
        "",
        "termination = \"contract-end\"\nafter_termination = \"delete\"",
        "start = { days_before = 3 }\nleave = \"deactivate\"",
        "start = \"at-once\"\nwhen_start_moves = \"deactivate\"",
    ];
    texts.iter().map(|text| rules("", text)).collect()
}

fn is_active(decision: &Decision) -> bool {
    matches!(decision.wanted, Wanted::Account { active: true, .. })
}

#[test]
fn the_next_change_is_the_first_day_with_another_answer() {
    let all = all();
    for rules in policies() {
        for (first, second) in all.iter().zip(all.iter().skip(17)) {
            let both = [first.clone(), second.clone()];
            let answers: Vec<Decision> =
                (0..DAYS).map(|offset| decision(&both, &rules, &day(offset).to_string())).collect();
            for pair in answers.windows(2).enumerate() {
                let (offset, [today, tomorrow]) = pair else { panic!() };
                let is_announced = today.changes_on == Some(day(i64::try_from(offset).unwrap() + 1));
                let is_same = match (&today.wanted, &tomorrow.wanted) {
                    (Wanted::Account { active, .. }, Wanted::Account { active: next, .. }) => active == next,
                    (today, tomorrow) => today == tomorrow,
                };
                assert_eq!(is_announced, !is_same, "{today:?} {tomorrow:?}");
            }
        }
    }
}

#[test]
fn no_leaver_is_active() {
    for rules in policies() {
        for employment in all() {
            let starts = employment.start;
            let termination = employment.termination.clone();
            let ends = termination.into_iter().flat_map(|termination| [termination.date, termination.last_working_day]);
            let ends: Vec<Date> = ends.flatten().collect();
            // dates that all lie before the first day are no end
            let has_end = ends.iter().any(|end| starts.is_none_or(|start| *end >= start));
            let is_over = employment.status == EmploymentStatus::Inactive;
            let last = day(DAYS);
            if is_over || (has_end && ends.iter().all(|end| *end < last)) {
                let decision = decision(std::slice::from_ref(&employment), &rules, &last.to_string());
                assert!(!is_active(&decision), "{:?} {ends:?}", employment.start);
            }
        }
    }
}

#[test]
fn nobody_is_active_before_their_time() {
    let rules = rules("", "");
    for employment in all() {
        let before = employment.start.and_then(|start| start.yesterday().ok());
        let decision = before.map(|day| decision(std::slice::from_ref(&employment), &rules, &day.to_string()));
        assert!(!decision.is_some_and(|decision| is_active(&decision)));
    }
}
