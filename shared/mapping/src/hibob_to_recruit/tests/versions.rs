//! What of the source decides, as one text.

use super::*;

fn spelled(found: &Found) -> String {
    version(found.row()).reveal().clone()
}

/// A released hrsync keeps fingerprints of such texts in links.
#[test]
fn the_text_of_a_version_stays_what_it_is() {
    insta::assert_snapshot!(spelled(&vacant()), @r#"
    position=16:2251800820033996
    /position/department=3:501
    label=7:Product
    /position/effectiveDate=12:"2026-02-01"
    label
    /position/employmentType=11:"permanent"
    label=9:Permanent
    /position/expectedStartDate=12:"2026-04-01"
    label
    /position/hasOpenRequests=5:false
    label
    /position/jobProfile=4:"77"
    label=14:Engineer (J-1)
    /position/managerPositionFilledBy=6:"3003"
    label
    /position/name=14:"P-0000000368"
    label
    /position/position=29:"Engineer / Product / Berlin"
    label
    /position/positionType=8:"growth"
    label=6:Growth
    /position/site=2:12
    label=6:Berlin
    /position/status=8:"vacant"
    label
    opening=16:2251800820173708
    /positionOpening/expectedStartDate=12:"2026-05-01"
    label
    /positionOpening/filledBy
    label
    /positionOpening/positionOpeningName=14:"O-6853240227"
    label
    /positionOpening/recruitmentStatus=6:"open"
    label
    /positionOpening/status=8:"vacant"
    label
    "#);
}

#[test]
fn every_field_makes_another_version() {
    let unedited = spelled(&vacant());
    let position = vacant().position.cells.into_keys();
    for field in position.map(|field| field.as_str().trim_start_matches("/position/").to_owned()) {
        assert_ne!(spelled(&edited_position(&json!({field.as_str(): "edited"}))), unedited, "{field}");
        assert_ne!(spelled(&edited_position(&json!({field.as_str(): "absent"}))), unedited, "{field}");
    }
    let opening = vacant().opening.cells.into_keys();
    for field in opening.map(|field| field.as_str().trim_start_matches("/positionOpening/").to_owned()) {
        assert_ne!(spelled(&edited_opening(&json!({field.as_str(): "edited"}))), unedited, "{field}");
        assert_ne!(spelled(&edited_opening(&json!({field.as_str(): "absent"}))), unedited, "{field}");
    }
}

#[test]
fn another_label_is_another_version() {
    let renamed = json!({"site": {"value": 12, "humanReadable": "Berlin Mitte"}});
    assert_ne!(spelled(&edited_position(&renamed)), spelled(&vacant()));
}

#[test]
fn an_opening_that_moved_has_another_version() {
    let mut moved = vacant();
    moved.position.id = "2251800820033997".parse().unwrap();
    assert_ne!(spelled(&moved), spelled(&vacant()));
}

#[test]
fn all_kinds_of_empty_are_one_version_and_not_shown_is_another() {
    let empty = [json!(null), json!(""), json!(" "), json!([])]
        .map(|empty| spelled(&edited_opening(&json!({"expectedStartDate": empty}))));
    assert!(empty.iter().all(|spelled| *spelled == empty[0]), "{empty:#?}");
    assert_ne!(spelled(&edited_opening(&json!({"expectedStartDate": "absent"}))), empty[0]);
}

#[test]
fn no_value_can_be_taken_for_two() {
    let one = edited_position(&json!({"field_1": "a\nlabel=1:b", "field_2": null}));
    let other = edited_position(&json!({"field_1": {"value": "a", "humanReadable": "b"}, "field_2": null}));
    assert_ne!(spelled(&one), spelled(&other));
}

#[test]
fn only_what_the_rules_read_is_asked_for() {
    let rules = OpeningRules {
        position: table("name = \"Engineer\"\ndepartment = \"Product\"\nemployment_type = \"Permanent\""),
        opening: table("reason = \"New\"\ntime_expected_hire = { field = \"/positionOpening/expectedStartDate\" }"),
        ..OpeningRules::default()
    };
    let shown = |fields: std::collections::BTreeSet<FieldId>| {
        fields.iter().map(|field| field.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(rules.position_fields()), "/position/status");
    insta::assert_snapshot!(shown(rules.opening_fields()).replace(' ', "\n"), @r"
    /positionOpening/expectedStartDate
    /positionOpening/filledBy
    /positionOpening/positionOpeningName
    /positionOpening/recruitmentStatus
    /positionOpening/status
    ");
    let further = OpeningRules {
        approval: table("no_open_requests = true\nfield = { id = \"/position/field_1\", values = [\"yes\"] }"),
        position: PositionMapping { hiring_manager: Some(HiringManager::OfPosition), ..rules.position.clone() },
        group_by: GroupBy(vec![crate::hibob_to_recruit::grouping::GroupField::Site]),
        ..rules
    };
    insta::assert_snapshot!(shown(further.position_fields()).replace(' ', "\n"), @r"
    /position/field_1
    /position/hasOpenRequests
    /position/managerPositionFilledBy
    /position/site
    /position/status
    ");
}
