//! Several employments of one person, and who takes part.

use super::*;

fn over(start: &str, end: &str, kind: TerminationType) -> Employment {
    let mut over = employment(EmploymentStatus::Inactive, start);
    let termination =
        Termination { date: Some(date(end)), last_working_day: None, kind: Some(kind), terminated_at: None };
    over.termination = Some(termination);
    over
}

fn external(mut employment: Employment) -> Employment {
    employment.employment_type = Some(EmploymentType::External);
    employment
}

fn lines(employments: &[Employment], rules: &ProvisioningRules, days: &[&str]) -> String {
    let lines = days.iter().map(|day| format!("{day} {}", said(employments, rules, day)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn one_employment_that_runs_is_enough() {
    let rules = rules("", "after_termination = \"delete\"");
    let runs = employment(EmploymentStatus::Active, "2024-01-01");
    let left = over("2022-05-01", "2023-12-31", TerminationType::Employee);
    let unknown = employment(EmploymentStatus::Unspecified, "2023-01-01");
    insta::assert_snapshot!(said(&[runs, left, unknown], &rules, "2026-03-20"), @"active: an employment runs");
}

#[test]
fn who_comes_back_is_a_leaver_until_the_first_day() {
    let left = over("2022-05-01", "2026-02-28", TerminationType::Employee);
    let again = employment(EmploymentStatus::Onboarding, "2026-04-01");
    let days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"];
    insta::assert_snapshot!(lines(&[again, left], &rules("", ""), &days), @r"
    2026-02-28 inactive: the employment is over, until 2026-04-01
    2026-03-01 inactive: the employment is over, until 2026-04-01
    2026-03-31 inactive: the employment is over, until 2026-04-01
    2026-04-01 active: an employment runs
    ");
}

#[test]
fn contractor_becomes_employee_without_a_gap() {
    let contractor = external(ending("2026-03-31", "-", TerminationType::ContractExpired));
    let employee = employment(EmploymentStatus::Onboarding, "2026-04-01");
    let both = [employee, contractor];
    insta::assert_snapshot!(lines(&both, &rules("", ""), &["2026-03-31", "2026-04-01"]), @r"
    2026-03-31 active: an employment runs
    2026-04-01 active: an employment runs
    ");
    // where contractors take no part, the account begins with the employment
    let internal = rules("employment_types = [\"INTERNAL\"]", "");
    insta::assert_snapshot!(lines(&both, &internal, &["2026-03-31", "2026-04-01"]), @r"
    2026-03-31 waits for the first day, until 2026-04-01
    2026-04-01 active: an employment runs
    ");
}

#[test]
fn a_switch_to_another_company_is_no_leave() {
    let switched = over("2022-05-01", "2026-02-28", TerminationType::SubCompanySwitch);
    let rules = rules("", "after_termination = \"delete\"");
    insta::assert_snapshot!(lines(std::slice::from_ref(&switched), &rules, &["2026-03-01"]), @"2026-03-01 active: the person goes on in another legal entity");
    let next = employment(EmploymentStatus::Onboarding, "2026-03-15");
    let days = ["2026-02-28", "2026-03-01", "2026-03-15"];
    insta::assert_snapshot!(lines(&[next, switched.clone()], &rules, &days), @r"
    2026-02-28 active: the person goes on in another legal entity
    2026-03-01 active: the person goes on in another legal entity
    2026-03-15 active: an employment runs
    ");
    let left = over("2026-03-15", "2026-03-31", TerminationType::Quit);
    insta::assert_snapshot!(lines(&[left, switched.clone()], &rules, &["2026-04-01"]), @"2026-04-01 removed: the employment is over");
    let long_gone = over("2020-01-01", "2022-04-30", TerminationType::Quit);
    insta::assert_snapshot!(lines(&[switched, long_gone], &rules, &["2026-04-01"]), @"2026-04-01 active: the person goes on in another legal entity");
}

#[test]
fn the_newest_is_the_first_of_the_list_where_first_days_are_missing() {
    let mut switched = over("2022-05-01", "2026-02-28", TerminationType::SubCompanySwitch);
    switched.start = None;
    let left = over("2023-05-01", "2026-02-28", TerminationType::Quit);
    let rules = rules("", "");
    insta::assert_snapshot!(said(&[switched.clone(), left.clone()], &rules, "2026-04-01"), @"active: the person goes on in another legal entity");
    insta::assert_snapshot!(said(&[left, switched], &rules, "2026-04-01"), @"inactive: the employment is over");
}

#[test]
fn who_takes_no_part_is_deactivated_and_never_removed() {
    let runs = [employment(EmploymentStatus::Active, "2024-01-01")];
    let delete = "after_termination = \"delete\"";
    for (people, takes_part) in [
        ("offices = [\"77\", \"78\"]", true),
        ("offices = [\"78\"]", false),
        ("departments = [\"501\"]\nlegal_entities = [\"4\"]", true),
        ("departments = [\"501\"]\nlegal_entities = [\"5\"]", false),
        ("employment_types = [\"EXTERNAL\"]", false),
        ("attribute = { custom_id = \"dynamic_305\" }", true),
        ("attribute = { global_id = \"shift_planning\" }", true),
    ] {
        let wanted = decision(&runs, &rules(people, delete), "2026-03-20").wanted;
        let because = if takes_part { AccountReason::Employed } else { AccountReason::TakesNoPart };
        assert_eq!(wanted, Wanted::Account { active: takes_part, because }, "{people}");
    }
    // a leaver is removed, be it that they took no part at the end
    let left = [over("2022-05-01", "2026-02-28", TerminationType::Quit)];
    insta::assert_snapshot!(said(&left, &rules("offices = [\"78\"]", delete), "2026-03-20"), @"removed: the employment is over");
}

#[test]
fn a_custom_attribute_says_yes_or_no() {
    let rules = rules("attribute = { custom_id = \"dynamic_305\" }", "");
    let runs = [employment(EmploymentStatus::Active, "2024-01-01")];
    let with = |value: CustomValue| {
        let person = Person { custom_attributes: vec![custom("dynamic_305", "x", value)], ..dora() };
        words(&decision_of(&person, &runs, &rules, "2026-03-20"))
    };
    for yes in [text("True"), text("TRUE"), CustomValue::Boolean(Personal::new(true))] {
        assert_eq!(with(yes), "active: an employment runs");
    }
    for no in [text("false"), CustomValue::Boolean(Personal::new(false)), CustomValue::Empty] {
        assert_eq!(with(no), "inactive: `people`: the person takes no part");
    }
    insta::assert_snapshot!(with(text("perhaps")), @"unclear: `people.attribute`: the custom attribute `dynamic_305` is neither true nor false");
    insta::assert_snapshot!(with(CustomValue::Unusable), @"unclear: `people.attribute`: the custom attribute `dynamic_305` holds neither text nor number");
}

#[test]
fn without_an_employment_the_persons_status_decides() {
    let rules = rules("", "");
    insta::assert_snapshot!(said(&[], &rules, "2026-03-20"), @"waits for an employment");
    let inactive = Person { status: Some(PersonStatus::Inactive), ..dora() };
    insta::assert_snapshot!(words(&decision_of(&inactive, &[], &rules, "2026-03-20")), @"inactive: the employment is over");
}

#[test]
fn without_a_login_the_account_waits_and_a_leaver_does_not() {
    let mut person = dora();
    person.email = None;
    person.members.insert(PersonMember::Email, Presence::Empty);
    let rules = rules("", "");
    let of = |employment: Employment| words(&decision_of(&person, &[employment], &rules, "2026-03-20"));
    insta::assert_snapshot!(of(employment(EmploymentStatus::Active, "2024-01-01")), @"waits for the person's `email`, which the login is made of");
    insta::assert_snapshot!(of(ending("2026-03-20", "-", TerminationType::Quit)), @"waits for the person's `email`, which the login is made of, until 2026-03-21");
    insta::assert_snapshot!(of(over("2022-05-01", "2026-02-28", TerminationType::Quit)), @"inactive: the employment is over");
    person.members.insert(PersonMember::Email, Presence::Unusable);
    let unusable = decision_of(&person, &[employment(EmploymentStatus::Active, "2024-01-01")], &rules, "2026-03-20");
    insta::assert_snapshot!(words(&unusable), @"unclear: `attributes.userName`: the person's `email` cannot be used");
}

#[test]
fn attributes_come_from_the_employment_that_counts() {
    let rules = rules("employment_types = [\"INTERNAL\"]", "");
    let main = |employments: &[Employment]| {
        main_employment(employments, &rules, date("2026-03-20")).map(|one| one.id.to_string()).unwrap_or_default()
    };
    let runs = employment(EmploymentStatus::Active, "2024-01-01");
    let older = employment(EmploymentStatus::Leave, "2023-01-01");
    let left = over("2025-05-01", "2026-02-28", TerminationType::Quit);
    let next = employment(EmploymentStatus::Onboarding, "2026-06-01");
    let later = employment(EmploymentStatus::Onboarding, "2026-09-01");
    let no_part = external(employment(EmploymentStatus::Active, "2026-01-01"));
    assert_eq!(main(&[later.clone(), next.clone(), no_part.clone(), left.clone(), runs, older]), "e-2024-01-01");
    assert_eq!(main(&[later, next, left.clone()]), "e-2026-06-01");
    assert_eq!(main(&[no_part.clone(), left]), "e-2025-05-01");
    assert_eq!(main(&[no_part]), "e-2026-01-01");
    assert_eq!(main(&[]), "");
}
