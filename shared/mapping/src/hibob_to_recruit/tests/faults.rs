//! What is found before deployment.

use toml_span::Deserialize;

use super::*;

fn faults<T: for<'de> Deserialize<'de> + std::fmt::Debug>(text: &str) -> String {
    let faults = document::read::<T>(text).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fault_of_the_approval_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<Approval>(r#"statuses = ["vacant", "onhold", "closed"]
no_open_requests = "yes"
field = { id = "position/field_1", values = [] }
fields = []
"#), @r#"
    line 1: `closed` is none of `vacant`, `starting`, `filled`, `departing`, `onHold`, `cancelledSoon`, `canceledSoon`, `cancelled`, `canceled`
    line 1: `onhold` is none of `vacant`, `starting`, `filled`, `departing`, `onHold`, `cancelledSoon`, `canceledSoon`, `cancelled`, `canceled`; did you mean `onHold`?
    line 2: expected a bool, found string
    line 3: `values` lists at least one text
    line 3: not a field id, which begins with "/", e.g. "/position/jobProfile", and has no blanks
    line 4: unknown key `fields`; did you mean `field`?
    "#);
    assert_eq!(
        faults::<Approval>("field = { id = \"/position/field_1\" }"),
        "line 1: the key `values` is missing here"
    );
    assert_eq!(table::<Approval>(""), Approval::default());
}

#[test]
fn every_fault_of_a_text_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<PositionMapping>(r#"name = { field = "/position/a", fields = ["/position/b"] }
department = { }
employment_type = { fields = [] }
experience_level = { field = "position/a b" }
location = { field = "/position/site", words = { Berlin = "3A 93C", Bonn = "" } }
template = { text = "0F.96B", words = { a = "b" }, default = "c" }
categories = { A = { field = "/position/a", on_unknown = "kepp", words = ["a"] }, B = { field = "/position/b", on_unknown = "keep" }, C = "", D = { fild = "/position/d" }, E = { field = "/position/e", until = "" }, F = 7 }
"#), @r#"
    line 1: one of `field`, `fields`, `text` is needed
    line 2: one of `field`, `fields`, `text` is needed
    line 3: `fields` lists at least one field
    line 4: not a field id, which begins with "/", e.g. "/position/jobProfile", and has no blanks
    line 5: must not be empty
    line 6: `default` goes with `field` or `fields`
    line 6: `words` goes with `field` or `fields`
    line 7: `kepp` is none of `problem`, `default`, `keep`, `tell`; did you mean `keep`?
    line 7: `on_unknown` goes with `words`
    line 7: a table of words is needed
    line 7: expected a table, found integer
    line 7: must not be empty
    line 7: one of `field`, `fields`, `text` is needed
    line 7: unknown key `fild`; did you mean `field`?
    "#);
    insta::assert_snapshot!(faults::<PositionMapping>(r#"name = { field = "/position/a", words = { a = "b" }, on_unknown = "default" }
location = { field = "/position/a", default = "a/b" }
categories = ["HiBob position"]
"#), @r#"
    line 1: `on_unknown = "default"` needs a `default`
    line 2: `location` cannot be `a/b`: not an id, which is 1 to 64 letters, digits, "-", "_" and "."
    line 3: a table is needed: a name, and what its value is made of
    "#);
}

#[test]
fn every_fault_of_the_position_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<PositionMapping>(r#"hiring_manager = "manager"
lead_recruiter = "recruiter"
allow_fallback = "yes"
is_discrete = true
strip_job_code = 1
"#), @r"
    line 1: `manager` is neither `manager-position` nor an e-mail address
    line 2: not an e-mail address
    line 3: expected a bool, found string
    line 4: unknown key `is_discrete`; did you mean `is_discreet`?
    line 5: expected a bool, found integer
    ");
    insta::assert_snapshot!(faults::<PositionMapping>("\ncategories = { O = { field = \"/positionOpening/id\" } }"), @"line 1: `/positionOpening/id` is a field of openings; a position is made of its own fields");
    assert_eq!(table::<PositionMapping>(""), PositionMapping::default());
}

#[test]
fn every_fault_of_the_opening_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<OpeningMapping>(r#"name = 7
time_expected_hire = "next spring"
reason = { field = "/position/positionType", words = { Growth = "Grown" }, default = "None" }
approved = "yes"
custom_fields = { A = { field = "a" } }
reasons = "New"
"#), @r#"
    line 1: expected a table, found integer
    line 2: `time_expected_hire` cannot be `next spring`: is no date
    line 3: `reason` cannot be `Grown`: not a reason of an opening, which is "New", "Replacement hire" or "Temporary replacement"
    line 3: `reason` cannot be `None`: not a reason of an opening, which is "New", "Replacement hire" or "Temporary replacement"
    line 4: expected a bool, found string
    line 5: not a field id, which begins with "/", e.g. "/position/jobProfile", and has no blanks
    line 6: unknown key `reasons`; did you mean `reason`?
    "#);
    assert_eq!(table::<OpeningMapping>(""), OpeningMapping::default());
}

#[test]
fn every_fault_of_the_policies_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<Policies>(r#"cancelled_soon = "canceled"
recruitment_closed = true
reopened = "creat"
moved = "recreated"
last_opening_gone = "onhold"
backfill = "2026-02-30"
backfills = "all"
"#), @r"
    line 1: `canceled` is none of `keep`, `cancel`; did you mean `cancel`?
    line 2: expected a string, found boolean
    line 3: `creat` is none of `create`, `tell`; did you mean `create`?
    line 4: `recreated` is none of `tell`, `recreate`; did you mean `recreate`?
    line 5: `onhold` is none of `leave`, `on-hold`, `close`; did you mean `on-hold`?
    line 6: `2026-02-30` is none of `none`, `all` and a day like `2026-01-31`
    line 7: unknown key `backfills`; did you mean `backfill`?
    ");
    assert_eq!(table::<Policies>(""), Policies::default());
}

#[test]
fn policies_are_read() {
    let policies: Policies = table(
        r#"cancelled_soon = "cancel"
recruitment_closed = "cancel"
reopened = "tell"
moved = "recreate"
last_opening_gone = "on-hold"
backfill = "2026-02-01"
"#,
    );
    let expected = Policies {
        cancelled_soon: WhenEnding::Cancel,
        recruitment_closed: WhenEnding::Cancel,
        reopened: WhenReopened::Tell,
        moved: WhenMoved::Recreate,
        last_opening_gone: WhenLastGone::OnHold,
        backfill: Backfill::Since("2026-02-01".parse().unwrap()),
    };
    assert_eq!(policies, expected);
    assert_eq!(table::<Policies>("last_opening_gone = \"close\"").last_opening_gone, WhenLastGone::Close);
}

#[test]
fn an_unknown_group_is_named() {
    insta::assert_snapshot!(faults::<super::groups::File>("group_by = [\"jobprofile\", \"sites\"]"), @r"
    line 1: `jobprofile` is none of `job-profile`, `site`, `department`, `employment-type`; did you mean `job-profile`?
    line 1: `sites` is none of `job-profile`, `site`, `department`, `employment-type`; did you mean `site`?
    ");
}
