//! What Recruit gets of a position when it is made.

use super::*;

fn mapped(found: &Found, mapping: &str) -> Result<MappedPosition, String> {
    mapped_position(found.row(), &table(mapping)).map_err(|unmappable| unmappable.for_owner())
}

/// The name, or every problem.
fn name(job_profile: &Value, mapping: &str) -> String {
    let found = edited_position(&json!({"jobProfile": job_profile}));
    mapped(&found, mapping).map_or_else(|problems| problems, |mapped| mapped.name)
}

#[test]
fn the_defaults_make_a_whole_position() {
    let mapped = mapped(&vacant(), "").unwrap();
    let expected = MappedPosition {
        name: "Engineer".to_owned(),
        department: Some("Product".to_owned()),
        employment_type: Some("Permanent".to_owned()),
        experience_level: None,
        location: None,
        template: None,
        categories: BTreeMap::new(),
        is_discreet: false,
        hiring_manager: MappedManager::Nobody,
        lead_recruiter: None,
        allow_fallback: true,
        left_out: Vec::new(),
    };
    assert_eq!(mapped, expected);
}

#[test]
fn a_jobs_code_at_the_end_is_cut() {
    for (label, expected) in [
        ("D Manager, Customer Success (J-1)", "D Manager, Customer Success"),
        ("Engineer (J-12) ", "Engineer"),
        ("Engineer (Backend) (J-1)", "Engineer (Backend)"),
        ("Engineer (Backend)", "Engineer (Backend)"),
        ("Engineer (J-1) II", "Engineer (J-1) II"),
        ("Engineer(J-1)", "Engineer(J-1)"),
        ("(J-1)", "(J-1)"),
    ] {
        let shown = json!({"value": "77", "humanReadable": label});
        assert_eq!(name(&shown, ""), expected);
        assert_eq!(name(&shown, "strip_job_code = false"), label.trim());
    }
}

#[test]
fn a_position_without_a_title_is_not_made_and_its_code_is_no_title() {
    let empty = "`position.name`: Recruit needs it, and `/position/jobProfile` is empty";
    assert_eq!(name(&json!(null), ""), empty);
    let absent = "`position.name`: Recruit needs it, and HiBob does not show `/position/jobProfile`";
    assert_eq!(name(&json!("absent"), ""), absent);
    let title = "name = { fields = [\"/position/jobProfile\", \"/position/position\"], until = \"/\" }";
    assert_eq!(name(&json!(null), title), "Engineer");
}

#[test]
fn optional_members_are_left_out_where_hibob_has_nothing() {
    let nothing = edited_position(&json!({"department": null, "employmentType": "absent"}));
    let mapped = mapped(&nothing, "").unwrap();
    assert_eq!((mapped.department, mapped.employment_type, mapped.left_out), (None, None, Vec::new()));
}

#[test]
fn a_site_becomes_a_location_by_the_table() {
    let rule =
        |rest: &str| format!("location = {{ field = \"/position/site\", words = {{ Berlin = \"3A.93C\" }}{rest} }}");
    let location = |found: &Found, rest: &str| mapped(found, &rule(rest)).unwrap().location.map(|uid| uid.to_string());
    assert_eq!(location(&vacant(), "").as_deref(), Some("3A.93C"));
    let bonn = edited_position(&json!({"site": "Bonn"}));
    assert_eq!(
        mapped(&bonn, &rule("")).unwrap_err(),
        "`position.location`: `words` does not name what HiBob shows: \"Bonn\""
    );
    let told = mapped(&bonn, &rule(", on_unknown = \"tell\"")).unwrap();
    assert_eq!((told.location, told.left_out.len()), (None, 1));
    assert_eq!(location(&edited_position(&json!({"site": null})), ""), None);
}

#[test]
fn a_text_that_is_no_uid_is_a_problem() {
    let kept = "location = { field = \"/position/site\" }";
    let odd = edited_position(&json!({"site": "Berlin, Mitte"}));
    assert!(mapped(&odd, kept).unwrap_err().starts_with("`position.location`: not an id"));
}

#[test]
fn where_positions_are_cloned_each_needs_its_template() {
    let rule = |rest: &str| {
        format!("template = {{ field = \"/position/jobProfile\", words = {{ \"77\" = \"0F.96B\" }}{rest} }}")
    };
    let template = |found: &Found, rest: &str| mapped(found, &rule(rest)).map(|mapped| mapped.template.unwrap());
    assert_eq!(template(&vacant(), "").unwrap().as_str(), "0F.96B");
    assert_eq!(mapped(&vacant(), "template = \"0F.96B\"").unwrap().template.unwrap().as_str(), "0F.96B");
    let other = edited_position(&json!({"jobProfile": "Designer"}));
    assert_eq!(
        template(&other, "").unwrap_err(),
        "`position.template`: `words` does not name what HiBob shows: \"Designer\""
    );
    assert_eq!(template(&other, ", on_unknown = \"default\", default = \"0F.000\"").unwrap().as_str(), "0F.000");
    let missing = "`position.template`: no template is named for this position";
    assert_eq!(template(&other, ", on_unknown = \"tell\"").unwrap_err(), missing, "a bare position is not meant");
    let by_code = "template = { field = \"/position/field_9\" }";
    assert_eq!(mapped(&vacant(), by_code).unwrap_err(), missing);
}

#[test]
fn the_hiring_manager_is_fixed_or_fills_the_managers_position() {
    let manager = |found: &Found, mapping: &str| mapped(found, mapping).unwrap().hiring_manager;
    let of_position = "hiring_manager = \"manager-position\"";
    assert_eq!(manager(&vacant(), of_position), MappedManager::Employee("3003".parse().unwrap()));
    for nobody in [json!(null), json!("absent"), json!(" ")] {
        let found = edited_position(&json!({"managerPositionFilledBy": nobody}));
        assert_eq!(manager(&found, of_position), MappedManager::Nobody, "{nobody}");
    }
    let fixed = manager(&vacant(), "hiring_manager = \"lead@example.com\"");
    assert_eq!(fixed, MappedManager::Known("lead@example.com".parse().unwrap()));
}

#[test]
fn settings_are_passed_on() {
    let mapping = r#"is_discreet = true
lead_recruiter = "recruiter@example.com"
allow_fallback = false
experience_level = "Senior"
categories = { "HiBob position" = { field = "/position/name" }, Note = { field = "/position/field_1" } }
"#;
    let mapped = mapped(&vacant(), mapping).unwrap();
    assert!(mapped.is_discreet && !mapped.allow_fallback);
    assert_eq!(mapped.lead_recruiter, Some("recruiter@example.com".parse().unwrap()));
    assert_eq!(mapped.experience_level.as_deref(), Some("Senior"));
    assert_eq!(mapped.categories, [("HiBob position".to_owned(), Personal::new("P-0000000368".to_owned()))].into());
}
