//! What an opening of Recruit is to hold.

use super::*;
use crate::Problem;

fn mapped(found: &Found, mapping: &str) -> Result<MappedOpening, String> {
    mapped_opening(found.row(), &table(mapping)).map_err(|unmappable| unmappable.for_owner())
}

/// The reason, or every problem.
fn reason(position_type: &Value, mapping: &str) -> String {
    let found = edited_position(&json!({"positionType": position_type}));
    mapped(&found, mapping).map_or_else(|problems| problems, |mapped| mapped.reason.to_string())
}

#[test]
fn the_defaults_make_a_whole_opening() {
    let mapped = mapped(&vacant(), "").unwrap();
    let values = mapped.values();
    let shown: Vec<String> = values.iter().map(|(field, text)| format!("{field}: {text}")).collect();
    assert_eq!(shown, ["name: O-6853240227", "time_expected_hire: 2026-05-01T00:00:00Z", "reason: New"]);
    assert!(mapped.is_approved && mapped.left_out.is_empty());
}

#[test]
fn the_reason_has_a_default_for_whatever_hibob_has() {
    for (position_type, expected) in [
        (json!({"value": "a", "humanReadable": "Growth"}), "New"),
        (json!("promotion"), "New"),
        (json!({"value": "b", "humanReadable": "replacement"}), "Replacement hire"),
        (json!({"value": "c", "humanReadable": "Parental cover"}), "New"),
        (json!(null), "New"),
        (json!("absent"), "New"),
    ] {
        assert_eq!(reason(&position_type, ""), expected, "{position_type}");
    }
}

#[test]
fn a_reason_that_recruit_does_not_know_is_a_problem() {
    let keep = "reason = { field = \"/position/positionType\" }";
    assert_eq!(reason(&json!("Temporary Replacement"), keep), "Temporary replacement");
    let unknown = "`opening.reason`: not a reason of an opening, which is \"New\", \"Replacement hire\" or \
        \"Temporary replacement\"";
    assert_eq!(reason(&json!("Cover"), keep), unknown);
    let empty = "`opening.reason`: Recruit needs it, and `/position/positionType` is empty";
    assert_eq!(reason(&json!(null), keep), empty);
    let strict = "reason = { field = \"/position/positionType\", words = { Growth = \"New\" } }";
    assert_eq!(reason(&json!("Cover"), strict), "`opening.reason`: `words` does not name what HiBob shows: \"Cover\"");
}

#[test]
fn what_recruit_needs_cannot_be_left_out() {
    let told = "reason = { field = \"/position/positionType\", words = { Growth = \"New\" }, on_unknown = \"tell\" }";
    assert_eq!(reason(&json!("Cover"), told), "`opening.reason`: `words` does not name what HiBob shows: \"Cover\"");
}

#[test]
fn every_problem_is_named_at_once_with_its_fields() {
    let found = edited(
        &json!({"expectedStartDate": "absent", "effectiveDate": null}),
        &json!({"positionOpeningName": null, "expectedStartDate": "absent"}),
    );
    let mapping = "custom_fields = { Site = { field = \"/position/site\", words = { Bonn = \"B\" } } }";
    insta::assert_snapshot!(mapped(&found, mapping).unwrap_err().replace("; ", "\n"), @r#"
    `opening.name`: Recruit needs it, and `/positionOpening/positionOpeningName` is empty
    `opening.time_expected_hire`: Recruit needs it, and HiBob does not show `/positionOpening/expectedStartDate`, HiBob does not show `/position/expectedStartDate`, `/position/effectiveDate` is empty
    `opening.custom_fields.Site`: `words` does not name what HiBob shows: "Berlin"
    "#);
}

#[test]
fn custom_fields_are_left_out_where_they_are_empty_and_told_where_the_file_says_so() {
    let mapping = r#"custom_fields = { "HiBob opening" = { field = "/positionOpening/positionOpeningName" }, Note = { field = "/position/field_1" }, Site = { field = "/position/site", words = { Bonn = "B" }, on_unknown = "tell" } }"#;
    let mapped = mapped(&vacant(), mapping).unwrap();
    assert_eq!(mapped.custom_fields, [("HiBob opening".to_owned(), Personal::new("O-6853240227".to_owned()))].into());
    assert_eq!(mapped.empty_fields, ["Site".to_owned()].into(), "HiBob does not show the other one");
    let left_out: Vec<String> = mapped.left_out.iter().map(Problem::for_owner).collect();
    assert_eq!(left_out, ["`opening.custom_fields.Site`: `words` does not name what HiBob shows: \"Berlin\""]);
    assert_eq!(mapped.values()[&OpeningField::Custom("HiBob opening".to_owned())], "O-6853240227");
}

#[test]
fn a_custom_field_is_known_to_be_empty_only_where_hibob_shows_that() {
    let mapping = r#"custom_fields = { Note = { fields = ["/position/field_1", "/position/field_2"] } }"#;
    let empty = |position: Value| mapped(&edited_position(&position), mapping).unwrap().empty_fields.len();
    assert_eq!(empty(json!({"field_1": null, "field_2": " "})), 1);
    assert_eq!(empty(json!({"field_1": null, "field_2": "absent"})), 0);
    assert_eq!(empty(json!({"field_1": null, "field_2": "a text"})), 0);
}

#[test]
fn a_long_word_is_quoted_in_part() {
    let found = edited_position(&json!({"positionType": "ä".repeat(200)}));
    let strict = "reason = { field = \"/position/positionType\", words = { Growth = \"New\" } }";
    let expected = format!("`opening.reason`: `words` does not name what HiBob shows: \"{}\"", "ä".repeat(80));
    assert_eq!(mapped(&found, strict).unwrap_err(), expected);
}

#[test]
fn what_hibob_shows_stands_in_no_log_line() {
    let found = edited_position(&json!({"positionType": "Mina's cover", "site": "Mina's desk"}));
    let strict = "reason = { field = \"/position/positionType\", words = { Growth = \"New\" } }";
    let unmappable = mapped_opening(found.row(), &table(strict)).unwrap_err();
    let fields = "custom_fields = { Desk = { field = \"/position/site\" }, Type = { field = \"/position/positionType\", \
        words = { Growth = \"New\" }, on_unknown = \"tell\" } }";
    let mapped = mapped_opening(found.row(), &table(fields)).unwrap();
    let shown = format!("{unmappable} {unmappable:?} {mapped:?} {}", mapped.left_out[0]);
    assert!(!shown.contains("Mina"), "{shown}");
    assert!(unmappable.for_owner().ends_with("\"Mina's cover\""), "{}", unmappable.for_owner());
}

#[test]
fn a_custom_field_cannot_be_taken_for_another_field() {
    let fields = [OpeningField::Name, OpeningField::ExpectedHire, OpeningField::Reason];
    let custom = ["name", "time_expected_hire", "reason"].map(|name| OpeningField::Custom(name.to_owned()));
    let keys: std::collections::BTreeSet<String> = fields.iter().chain(&custom).map(OpeningField::key).collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
}

#[test]
fn recruits_own_approval_decides_where_the_file_says_so() {
    assert!(!mapped(&vacant(), "approved = false").unwrap().is_approved);
}
