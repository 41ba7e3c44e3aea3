//! What is found before deployment.

use toml_span::Deserialize;

use super::*;

fn faults<T: for<'de> Deserialize<'de> + std::fmt::Debug>(text: &str) -> String {
    let faults = document::read::<T>(text).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The tables of this module, as the README shows them.
#[derive(Debug)]
struct Tables {
    attributes: AttributeMapping,
    people: People,
    policies: Policies,
    guard: Budgets,
}

impl<'de> Deserialize<'de> for Tables {
    fn deserialize(value: &mut toml_span::Value<'de>) -> Result<Self, toml_span::DeserError> {
        document::table(value, |tables| {
            let attributes = tables.required("attributes").ok();
            let people = tables.required("people").ok();
            let policies = tables.required("policies").ok();
            let guard = tables.required("guard").ok();
            Some(Self { attributes: attributes?, people: people?, policies: policies?, guard: guard? })
        })
    }
}

#[test]
fn the_example_of_the_readme_shows_the_defaults() {
    let readme = include_str!("../../../README.md");
    let (_, example) = readme.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let tables: Tables = document::read(example).unwrap();
    let without_absences = Leave { absences: None, ..tables.policies.leave.clone() };
    assert_eq!(Policies { leave: without_absences, ..tables.policies }, Policies::default());
    assert_eq!(tables.guard, Budgets::default());
    assert_eq!(tables.attributes.rules[..2], AttributeMapping::default().rules);
    assert_ne!(tables.people, People::default());
}

#[test]
fn every_fault_of_the_attributes_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<AttributeMapping>(r#"userNam = { person = "email" }
active = { text = "true" }
title = { person = "mail" }
displayName = { person = "email", text = "x" }
name = { givnName = { person = "first_name" }, formatted = { custom_id = " " } }
department = { name_of = "departments", set = "allways" }
manager = { person = "id" }
division = { employment = "supervisor" }
externalId = { text = "same" }
userName = { name_of = "office" }
costCenter = { text = "x", unlisted = "empty" }
organization = "Agentur"
employeeNumber = { custom_id = "dynamic_1", sett = "always" }
"name.formatted" = { person = "full_name" }
"#), @r#"
line 1: `userNam` is no attribute that can be set; did you mean `userName`?
line 2: `active` is set by `[policies]`
line 3: `mail` is none of `id`, `email`, `first_name`, `last_name`, `preferred_name`, `full_name`, `known_as`; did you mean `email`?
line 4: needs exactly one of `person`, `employment`, `custom_id`, `global_id`, `name_of`, `text`
line 5: `name.givnName` is no attribute that can be set; did you mean `name.givenName`?
line 5: must not be empty
line 6: `allways` is none of `always`, `on-create`; did you mean `always`?
line 6: `departments` is none of `department`, `team`, `office`, `legal_entity`; did you mean `department`?
line 7: `manager` is `{ employment = "supervisor" }`
line 8: `supervisor` is for `manager` alone
line 9: a fixed `text` would give everybody the same `externalId`
line 10: the name of a thing is no `userName`
line 11: `unlisted` goes with `custom_id` or `global_id`
line 12: expected a table, found string
line 13: unknown key `sett`; did you mean `set`?
"#);
}

#[test]
fn every_fault_of_a_list_of_addresses_is_listed() {
    let faults = faults::<AttributeMapping>;
    insta::assert_snapshot!(faults("emails = []"), @"line 1: must list at least one address");
    insta::assert_snapshot!(faults("emails = [{ person = \"email\", primary = true }, { person = \"email\", primary = true, set = \"on-create\" }]"), @r"
    line 1: one address of a list is `primary`
    line 1: the list is written whole: `set` is alike in all its entries
    ");
    insta::assert_snapshot!(faults("emails = [{ person = \"email\", type = \"private\" }, { type = \"home\" }]"), @r"
    line 1: `private` is none of `work`, `home`, `other`
    line 1: needs exactly one of `person`, `employment`, `custom_id`, `global_id`, `name_of`, `text`
    ");
    insta::assert_snapshot!(faults("\nname.formatted = { person = \"full_name\" }\n\"name.formatted\" = { text = \"x\" }"), @"line 3: `name.formatted` stands here twice");
}

#[test]
fn every_fault_of_the_people_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<People>(r#"employment_types = ["INTERN"]
offices = []
departments = ["5/01"]
legal_entities = "4"
attribute = { custom_id = "a", global_id = "b" }
office = ["77"]
"#), @r#"
line 1: `INTERN` is none of `INTERNAL`, `EXTERNAL`, `UNSPECIFIED`; did you mean `INTERNAL`?
line 2: `offices` lists at least one, or is left out
line 3: not an id, which is 1 to 64 letters, digits, "-", "_" and "."
line 4: expected an array, found string; put it in brackets: `["4"]`
line 5: needs exactly one of `custom_id` and `global_id`
line 6: unknown key `office`; did you mean `offices`?
"#);
    assert_eq!(document::read::<People>("").unwrap(), People::default());
    insta::assert_snapshot!(faults::<People>("attribute = { unlisted = \"empty\" }"), @r"
    line 1: `unlisted` goes with `custom_id` or `global_id`
    line 1: needs exactly one of `custom_id` and `global_id`
    ");
}

#[test]
fn every_fault_of_the_policies_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<Policies>(r#"time_zone = "Europe/Berln"
start = { days_before = 400 }
when_start_moves = "deactivated"
termination = "last-day"
after_termination = "remove"
terminations_at_once = ["FIRE", "SUB_COMPANY_SWITCH"]
deletion = "keep"
leave = "yes"
leave_absences = { types = [], longer_than_days = -1 }
adoption = "email"
"#), @r"
line 1: `Europe/Berln` is no IANA time zone; did you mean `Europe/Berlin`?
line 2: `days_before` is from 1 to 366
line 3: `deactivated` is none of `keep`, `deactivate`; did you mean `deactivate`?
line 4: `last-day` is none of `last-working-day`, `contract-end`
line 5: `remove` is none of `deactivate`, `delete`
line 6: `FIRE` is no type of termination of Personio; did you mean `FIRED`?
line 6: `SUB_COMPANY_SWITCH` is no leave: the person goes on in another legal entity
line 7: `keep` is none of `deactivate`, `delete`
line 8: `yes` is none of `keep`, `deactivate`
line 9: `types` lists at least one absence type of Personio
line 9: out of range of 'u16'
line 10: `email` is none of `external-id`, `user-name`, `link-only`, `off`
");
    insta::assert_snapshot!(faults::<Policies>("start = \"before\"\nleave_absences = { types = [\" \"] }"), @r"
    line 1: `before` is none of `on-start-date`, `at-once`
    line 2: must not be empty
    line 2: the key `longer_than_days` is missing here
    ");
}

#[test]
fn policies_have_defaults() {
    let policies = document::read::<Policies>("").unwrap();
    assert_eq!(policies, Policies::default());
    assert_eq!(policies.zone.iana_name(), Some("Europe/Berlin"));
    assert_eq!((policies.start, policies.termination.last_day), (Start::OnStartDate, LastDay::LastWorkingDay));
    assert_eq!((policies.termination.then, policies.deletion), (Departure::Deactivate, Departure::Deactivate));
    assert_eq!((policies.adoption, policies.leave), (Adoption::ExternalId, Leave::default()));
    assert!(TerminationType::LISTED.iter().all(|kind| !policies.termination.acts_at_once(kind)));
    let own = document::read::<Policies>("adoption = \"link-only\"\ndeletion = \"delete\"").unwrap();
    assert_eq!((own.adoption, own.deletion), (Adoption::LinkOnly, Departure::Delete));
}

#[test]
fn budgets_hold_what_is_above_share_and_number() {
    let budgets = document::read::<Budgets>("").unwrap();
    assert_eq!(budgets, Budgets::default());
    assert_eq!((budgets.deactivations.most(10), budgets.deactivations.most(1000)), (5, 100));
    assert_eq!((budgets.creations.most(10), budgets.creations.most(1000)), (20, 250));
    assert_eq!(StepBudget { percent: 100, number: 0 }.most(u32::MAX), u32::MAX);
    let own = document::read::<Budgets>("removals = { percent = 0, number = 1 }").unwrap();
    assert_eq!((own.removals.most(1000), own.deactivations), (1, budgets.deactivations));
    insta::assert_snapshot!(faults::<Budgets>("creations = { percent = 101 }\nremoval = 1"), @r"
    line 1: `percent` is from 0 to 100
    line 1: the key `number` is missing here
    line 2: unknown key `removal`; did you mean `removals`?
    ");
}
