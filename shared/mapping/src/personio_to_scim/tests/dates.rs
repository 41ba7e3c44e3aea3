//! One employment, day by day.

use super::*;

/// One line per day.
fn days(employment: &Employment, policies: &str, days: &[&str]) -> String {
    let rules = rules("", policies);
    let employments = [employment.clone()];
    let lines = days.iter().map(|day| format!("{day} {}", said(&employments, &rules, day)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_account_begins_with_the_first_day() {
    let onboarding = employment(EmploymentStatus::Onboarding, "2026-04-01");
    let around = ["2026-03-28", "2026-03-29", "2026-03-31", "2026-04-01", "2026-04-02"];
    insta::assert_snapshot!(days(&onboarding, "", &around), @r"
    2026-03-28 waits for the first day, until 2026-04-01
    2026-03-29 waits for the first day, until 2026-04-01
    2026-03-31 waits for the first day, until 2026-04-01
    2026-04-01 active: an employment runs
    2026-04-02 active: an employment runs
    ");
    insta::assert_snapshot!(days(&onboarding, "start = { days_before = 3 }", &around), @r"
    2026-03-28 waits for the first day, until 2026-03-29
    2026-03-29 active: an employment runs
    2026-03-31 active: an employment runs
    2026-04-01 active: an employment runs
    2026-04-02 active: an employment runs
    ");
    insta::assert_snapshot!(days(&onboarding, "start = \"at-once\"", &around[..1]), @"2026-03-28 active: an employment runs");
    // a person is ACTIVE in Personio before the first day too, and so may an employment be
    let active = employment(EmploymentStatus::Active, "2026-04-01");
    assert_eq!(days(&active, "", &around), days(&onboarding, "", &around));
}

#[test]
fn a_first_day_that_moves_takes_nothing_away_unless_asked() {
    let moved = employment(EmploymentStatus::Active, "2026-04-01");
    insta::assert_snapshot!(days(&moved, "", &["2026-03-01"]), @"2026-03-01 waits for the first day, until 2026-04-01");
    insta::assert_snapshot!(days(&moved, "when_start_moves = \"deactivate\"", &["2026-03-01"]), @"2026-03-01 inactive: the employment has not begun, until 2026-04-01");
}

#[test]
fn without_a_first_day_the_status_says_whether_it_runs() {
    let mut startless = employment(EmploymentStatus::Active, "2026-04-01");
    startless.start = None;
    insta::assert_snapshot!(days(&startless, "", &["2026-03-01"]), @"2026-03-01 active: an employment runs");
    startless.status = EmploymentStatus::Onboarding;
    insta::assert_snapshot!(days(&startless, "", &["2026-03-01"]), @"2026-03-01 waits for the first day");
}

#[test]
fn an_account_ends_with_the_last_working_day_or_the_contract() {
    let leaver = ending("2026-05-31", "2026-03-20", TerminationType::Employee);
    let around = ["2026-03-19", "2026-03-20", "2026-03-21", "2026-05-31", "2026-06-01"];
    insta::assert_snapshot!(days(&leaver, "", &around), @r"
    2026-03-19 active: an employment runs, until 2026-03-21
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 inactive: the employment is over
    2026-05-31 inactive: the employment is over
    2026-06-01 inactive: the employment is over
    ");
    insta::assert_snapshot!(days(&leaver, "termination = \"contract-end\"", &around), @r"
    2026-03-19 active: an employment runs, until 2026-06-01
    2026-03-20 active: an employment runs, until 2026-06-01
    2026-03-21 active: an employment runs, until 2026-06-01
    2026-05-31 active: an employment runs, until 2026-06-01
    2026-06-01 inactive: the employment is over
    ");
    insta::assert_snapshot!(days(&leaver, "after_termination = \"delete\"", &around[1..3]), @r"
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 removed: the employment is over
    ");
}

#[test]
fn the_only_date_that_is_known_counts() {
    let around = ["2026-03-20", "2026-03-21"];
    let by_contract = ending("2026-03-20", "-", TerminationType::Quit);
    let by_work = ending("-", "2026-03-20", TerminationType::Quit);
    let mut by_end = employment(EmploymentStatus::Active, "2022-05-01");
    by_end.end = Some(date("2026-03-20"));
    let said = days(&by_contract, "", &around);
    insta::assert_snapshot!(said, @r"
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 inactive: the employment is over
    ");
    for leaver in [by_contract, by_work, by_end] {
        assert_eq!(days(&leaver, "", &around), said);
        assert_eq!(days(&leaver, "termination = \"contract-end\"", &around), said);
    }
}

#[test]
fn no_account_outlasts_the_contract() {
    // as in the vendor's sample, the last working day lies after the termination's date
    let odd = ending("2026-03-20", "2026-05-31", TerminationType::Employee);
    let around = ["2026-03-20", "2026-03-21"];
    insta::assert_snapshot!(days(&odd, "", &around), @r"
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 inactive: the employment is over
    ");
    assert_eq!(days(&odd, "termination = \"contract-end\"", &around), days(&odd, "", &around));
}

#[test]
fn a_date_before_the_first_day_is_no_end() {
    // as in the vendor's sample, which is ACTIVE
    let odd = ending("2021-01-31", "2021-02-28", TerminationType::Employee);
    insta::assert_snapshot!(days(&odd, "", &["2026-03-20"]), @"2026-03-20 active: an employment runs");
    let half = ending("2021-01-31", "2026-03-20", TerminationType::Employee);
    insta::assert_snapshot!(days(&half, "", &["2026-03-20", "2026-03-21"]), @r"
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 inactive: the employment is over
    ");
    let of = |status| Employment { status, ..odd.clone() };
    insta::assert_snapshot!(days(&of(EmploymentStatus::Inactive), "", &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
    insta::assert_snapshot!(days(&of(EmploymentStatus::Onboarding), "", &["2022-04-30", "2026-03-20"]), @r"
    2022-04-30 inactive: the employment is over
    2026-03-20 inactive: the employment is over
    ");
}

#[test]
fn the_end_of_a_contract_for_a_limited_time_ends_nothing() {
    let mut limited = employment(EmploymentStatus::Active, "2022-05-01");
    limited.contract_end = Some(date("2026-03-20"));
    insta::assert_snapshot!(days(&limited, "", &["2026-03-19", "2026-03-21"]), @r"
    2026-03-19 active: an employment runs
    2026-03-21 active: an employment runs
    ");
}

#[test]
fn a_termination_that_is_entered_for_the_past_acts_today() {
    let late = ending("2026-02-28", "2026-02-15", TerminationType::Fired);
    insta::assert_snapshot!(days(&late, "", &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
}

#[test]
fn an_inactive_employment_is_over_whatever_its_dates() {
    let dateless = employment(EmploymentStatus::Inactive, "2022-05-01");
    insta::assert_snapshot!(days(&dateless, "", &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
    let later = ending("2026-12-31", "2026-12-31", TerminationType::Employee);
    let later = Employment { status: EmploymentStatus::Inactive, ..later };
    insta::assert_snapshot!(days(&later, "", &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
    let never_begun = employment(EmploymentStatus::Inactive, "2026-12-01");
    insta::assert_snapshot!(days(&never_begun, "", &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
}

#[test]
fn chosen_types_act_at_once() {
    let suspended = ending("2026-12-31", "2026-11-30", TerminationType::IrrevocableSuspension);
    let at_once = "terminations_at_once = [\"IRREVOCABLE_SUSPENSION\", \"DEATH\"]";
    insta::assert_snapshot!(days(&suspended, at_once, &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
    let other = ending("2026-12-31", "2026-11-30", TerminationType::Employee);
    assert_eq!(days(&other, at_once, &["2026-03-20"]), days(&suspended, "", &["2026-03-20"]));
}

#[test]
fn an_unknown_type_of_termination_acts_by_its_dates_and_removes_nobody() {
    let unknown = ending("2026-03-20", "-", TerminationType::Other("GARDEN".to_owned()));
    insta::assert_snapshot!(days(&unknown, "after_termination = \"delete\"", &["2026-03-20", "2026-03-21"]), @r"
    2026-03-20 active: an employment runs, until 2026-03-21
    2026-03-21 inactive: the employment is over
    ");
}

#[test]
fn nobody_is_removed_whose_termination_is_not_shown() {
    let delete = "after_termination = \"delete\"";
    let mut hidden = employment(EmploymentStatus::Inactive, "2022-05-01");
    insta::assert_snapshot!(days(&hidden, delete, &["2026-03-20"]), @"2026-03-20 inactive: the employment is over");
    hidden.shown.insert(EmploymentMember::Termination);
    insta::assert_snapshot!(days(&hidden, delete, &["2026-03-20"]), @"2026-03-20 removed: the employment is over");
}

#[test]
fn a_status_that_says_nothing_is_a_problem_only_while_dates_do_not_decide() {
    for status in [EmploymentStatus::Unspecified, EmploymentStatus::Other("PAUSED".to_owned())] {
        let ending = ending("2026-03-20", "-", TerminationType::Employee);
        let unclear = Employment { status: status.clone(), ..ending };
        let said = days(&unclear, "", &["2022-04-30", "2026-03-20", "2026-03-21"]);
        insta::allow_duplicates! {
            insta::assert_snapshot!(said.replace(status.word(), "X"), @r"
            2022-04-30 waits for the first day, until 2022-05-01
            2026-03-20 unclear: `policies`: the employment's status `X` does not say whether it runs, until 2026-03-21
            2026-03-21 inactive: the employment is over
            ");
        }
    }
}
