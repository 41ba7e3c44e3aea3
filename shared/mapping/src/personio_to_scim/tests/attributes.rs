//! The attributes of an account.

use vendors::scim::model::AttributeChange;

use super::*;

const MAPPING: &str = r#"
userName = { person = "email" }
name.givenName = { person = "first_name" }
name.familyName = { person = "last_name", set = "on-create" }
displayName = { person = "full_name" }
title = { employment = "position" }
emails = [
    { custom_id = "dynamic_7", type = "home", unlisted = "empty" },
    { person = "email", type = "work", primary = true },
]
employeeNumber = { custom_id = "dynamic_9", unlisted = "empty" }
costCenter = { employment = "cost_center_id" }
organization = { text = "Agentur" }
division = { name_of = "office" }
department = { name_of = "department" }
manager = { employment = "supervisor" }
preferredLanguage = { global_id = "language", set = "on-create", unlisted = "empty" }
"#;

fn mapping(text: &str) -> AttributeMapping {
    document::read(text).unwrap()
}

fn names() -> Names {
    Names { department: Some("Kreation".to_owned()), office: Some("Berlin".to_owned()), ..Names::default() }
}

fn map(person: &Person, employment: Option<&Employment>, text: &str) -> Result<MappedAttributes, NotMapped> {
    mapped(AttributeInput { person, employment, names: &names() }, &mapping(text))
}

fn shown(mapped: &MappedAttributes) -> String {
    let line = |mapped: &MappedChange| {
        let when = if mapped.when == When::OnCreate { " (on create)" } else { "" };
        match &mapped.change {
            AttributeChange::Set(value) => format!("{} = {}{when}", value.attribute(), value.json()),
            AttributeChange::Remove(attribute) => format!("{attribute} is removed{when}"),
        }
    };
    mapped.changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn runs() -> Employment {
    employment(EmploymentStatus::Active, "2024-01-01")
}

#[test]
fn a_whole_mapping_becomes_attributes() {
    let mapped = map(&dora(), Some(&runs()), MAPPING).unwrap();
    insta::assert_snapshot!(shown(&mapped), @r#"
    userName = "dora.klein@agentur.example"
    externalId = "3003"
    name.givenName = "Dora"
    name.familyName = "Klein" (on create)
    displayName = "Dora Klein"
    preferredLanguage is removed (on create)
    title = "Art Director"
    emails = [{"primary":true,"type":"work","value":"dora.klein@agentur.example"}]
    employeeNumber is removed
    costCenter = "9"
    organization = "Agentur"
    division = "Berlin"
    department = "Kreation"
    "#);
    assert_eq!((mapped.user_name.as_str(), mapped.external_id.as_str()), ("dora.klein@agentur.example", "3003"));
    let manager = mapped.manager.unwrap();
    assert_eq!((manager.person, manager.when), ("2901".parse().ok(), When::Always));
    assert!(mapped.for_creation().iter().all(|value| value.attribute().name() != "userName"));
    let updated: Vec<_> = mapped.for_update().iter().map(|change| change.attribute().name()).collect();
    assert!(updated.contains(&"userName") && updated.contains(&"employeeNumber"));
    assert!(!updated.contains(&"name.familyName") && !updated.contains(&"preferredLanguage"));
}

#[test]
fn the_list_of_addresses_is_whole_and_has_one_primary() {
    let mut person = dora();
    person.custom_attributes.push(custom("dynamic_7", "private", text("d@home.example")));
    let two = "emails = [{ person = \"email\" }, { custom_id = \"dynamic_7\", type = \"home\" }]";
    let only = |mapped: MappedAttributes| shown(&mapped).lines().last().unwrap_or_default().to_owned();
    insta::assert_snapshot!(only(map(&person, None, two).unwrap()), @r#"emails = [{"primary":true,"type":"work","value":"dora.klein@agentur.example"},{"primary":false,"type":"home","value":"d@home.example"}]"#);
    insta::assert_snapshot!(only(map(&person, None, "emails = { person = \"email\" }").unwrap()), @r#"emails = [{"primary":true,"type":"work","value":"dora.klein@agentur.example"}]"#);
    let none = "userName = { person = \"id\" }\nemails = { custom_id = \"dynamic_8\", unlisted = \"empty\" }";
    insta::assert_snapshot!(only(map(&person, None, none).unwrap()), @"emails is removed");
}

#[test]
fn without_a_table_the_login_is_the_address_and_our_id_the_persons() {
    let input = AttributeInput { person: &dora(), employment: None, names: &Names::default() };
    let mapped = mapped(input, &AttributeMapping::default()).unwrap();
    insta::assert_snapshot!(shown(&mapped), @r#"
    userName = "dora.klein@agentur.example"
    externalId = "3003"
    "#);
    assert_eq!(mapped.manager, None);
}

#[test]
fn every_problem_is_told_at_once_and_shows_no_value() {
    let mut person = dora();
    person.email = None;
    person.members.insert(PersonMember::Email, Presence::Empty);
    person.custom_attributes.push(custom("dynamic_7", "private", text("Hamburg")));
    let several = CustomValue::List(Personal::new(vec!["a".to_owned(), "b".to_owned()]));
    person.custom_attributes.push(custom("dynamic_9", "number", several));
    let mut split = runs();
    split.cost_centers = ["8", "9"].map(|id| CostCenter { id: id.parse().unwrap(), weight: Some(50.0) }).into();
    split.legal_entity = None;
    let text = format!("{MAPPING}\n").replace("name_of = \"office\"", "name_of = \"legal_entity\"");
    let Err(NotMapped::Unmappable(unmappable)) = map(&person, Some(&split), &text) else { panic!() };
    let problems: Vec<_> = unmappable.problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(problems.join("\n"), @r"
    `attributes.userName`: the person's `email` is empty
    `attributes.emails`: the custom attribute `dynamic_7` is not an e-mail address
    `attributes.employeeNumber`: the custom attribute `dynamic_9` holds several texts
    `attributes.costCenter`: several cost centers have the greatest share
    ");
    let Err(NotMapped::Unmappable(unmappable)) = map(&dora(), None, "title = { employment = \"position\" }") else {
        panic!()
    };
    insta::assert_snapshot!(unmappable, @"`attributes.title`: the person has no employment");
}

#[test]
fn a_name_that_was_not_read_is_a_problem_and_a_thing_that_is_not_there_is_none() {
    let team = "division = { name_of = \"team\" }";
    let mut with_team = runs();
    insta::assert_snapshot!(shown(&map(&dora(), Some(&with_team), team).unwrap()), @r#"
    userName = "dora.klein@agentur.example"
    externalId = "3003"
    division is removed
    "#);
    with_team.org_units.push(OrgUnit { kind: OrgUnitKind::Team, id: "612".parse().unwrap() });
    insta::assert_snapshot!(map(&dora(), Some(&with_team), team).unwrap_err(), @"`attributes.division`: Personio shows no name of the team");
}

#[test]
fn a_missing_right_goes_before_all_problems() {
    let mut hidden = runs();
    hidden.shown.remove(&EmploymentMember::Position);
    hidden.cost_centers.clear();
    let mut person = dora();
    person.members.insert(PersonMember::Email, Presence::Unusable);
    insta::assert_snapshot!(map(&person, Some(&hidden), MAPPING).unwrap_err(), @"the credential may not read `position` of employments");
    insta::assert_snapshot!(map(&dora(), None, "title = { custom_id = \"dynamic_8\" }").unwrap_err(), @"the credential may not read `dynamic_8` of the custom attributes of persons");
}

#[test]
fn every_source_gives_its_text() {
    for (source, expected) in [
        ("person = \"id\"", "3003"),
        ("person = \"known_as\"", "Dora"),
        ("employment = \"id\"", "e-2024-01-01"),
        ("employment = \"type\"", "INTERNAL"),
        ("employment = \"start_date\"", "2024-01-01"),
        ("employment = \"office_id\"", "77"),
        ("employment = \"department_id\"", "501"),
        ("employment = \"legal_entity_id\"", "4"),
        ("employment = \"weekly_hours\"", "40"),
        ("global_id = \"shift_planning\"", "True"),
    ] {
        let mapped = map(&dora(), Some(&runs()), &format!("title = {{ {source} }}")).unwrap();
        let title = format!("title = \"{expected}\"");
        assert!(shown(&mapped).lines().any(|line| line == title), "{source}: {}", shown(&mapped));
    }
    let mut nicknamed = dora();
    nicknamed.preferred_name = Some(Personal::new("Dodo".to_owned()));
    nicknamed.last_name = None;
    nicknamed
        .members
        .extend([(PersonMember::PreferredName, Presence::There), (PersonMember::LastName, Presence::Empty)]);
    let text = "displayName = { person = \"known_as\" }\ntitle = { person = \"full_name\" }";
    let shown = shown(&map(&nicknamed, None, text).unwrap());
    assert!(shown.contains("displayName = \"Dodo\"") && shown.contains("title = \"Dora\""), "{shown}");
}

#[test]
fn only_what_is_mapped_must_be_read() {
    let whole = mapping(MAPPING);
    assert_eq!(whole.names_needed().into_iter().collect::<Vec<_>>(), [NameOf::Department, NameOf::Office]);
    assert!(whole.needs_manager());
    let bare = AttributeMapping::default();
    assert!(bare.names_needed().is_empty() && !bare.needs_manager());
    assert_eq!(
        bare.attributes().map(|(attribute, _)| attribute.name()).collect::<Vec<_>>(),
        ["userName", "externalId"]
    );
}

#[test]
fn no_debug_shows_a_person() {
    let mapped = map(&dora(), Some(&runs()), MAPPING).unwrap();
    let shown = format!("{mapped:?} {:?}", mapped.for_creation());
    assert!(!shown.to_lowercase().contains("dora") && !shown.contains("Klein"), "{shown}");
}
