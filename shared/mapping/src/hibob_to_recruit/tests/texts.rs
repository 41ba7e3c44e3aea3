//! What a text is made of, whatever it is for.

use super::*;
use crate::hibob_to_recruit::position_mapping::Rules;
use crate::hibob_to_recruit::text_rule::{Made, TextRule};

fn rule(text: &str) -> TextRule {
    table::<Rules>(&format!("rule = {text}")).0.remove("rule").unwrap()
}

/// In words: what the rule makes of the row.
fn made(text: &str, found: &Found) -> String {
    match rule(text).find(found.row()) {
        Made::Text(text) => text,
        Made::Nothing => "-".to_owned(),
        Made::Unknown { word, is_optional: false } => format!("unknown: {word}"),
        Made::Unknown { word, is_optional: true } => format!("left out: {word}"),
    }
}

#[test]
fn the_first_field_that_holds_something_counts() {
    let rule = r#"{ fields = ["/position/field_1", "/position/field_2", "/positionOpening/field_3"] }"#;
    let cases = [
        (json!({}), "-"),
        (json!({"field_1": null, "field_2": " "}), "-"),
        (json!({"field_1": "one", "field_2": "two"}), "one"),
        (json!({"field_1": [], "field_2": "two"}), "two"),
        (json!({"field_1": {"value": null, "humanReadable": "no value"}, "field_2": "two"}), "two"),
        (json!({"field_1": ["a", "b"], "field_2": "two"}), "two"),
    ];
    for (position, expected) in cases {
        assert_eq!(made(rule, &edited_position(&position)), expected, "{position}");
    }
    assert_eq!(made(rule, &edited_opening(&json!({"field_3": "three"}))), "three");
}

#[test]
fn what_the_page_shows_comes_before_the_value() {
    let rule = r#"{ field = "/position/field_1" }"#;
    for (shown, expected) in [
        (json!({"value": 12, "humanReadable": " Berlin "}), "Berlin"),
        (json!({"value": 12, "humanReadable": null}), "12"),
        (json!({"value": " Berlin "}), "Berlin"),
        (json!(62.5), "62.5"),
        (json!(100.0), "100"),
        (json!(true), "true"),
    ] {
        assert_eq!(made(rule, &edited_position(&json!({"field_1": shown}))), expected, "{shown}");
    }
}

#[test]
fn a_fixed_text_reads_nothing() {
    for text in [r#""Engineer""#, r#"{ text = "Engineer" }"#] {
        assert_eq!(made(text, &vacant()), "Engineer");
        assert!(rule(text).fields().is_empty());
    }
}

#[test]
fn only_what_stands_before_until_counts() {
    let rule = r#"{ field = "/position/position", until = "/" }"#;
    for (title, expected) in [("Engineer / Product / Berlin", "Engineer"), ("Engineer", "Engineer"), ("/ Product", "-")]
    {
        assert_eq!(made(rule, &edited_position(&json!({"position": title}))), expected, "{title}");
    }
    let further = r#"{ fields = ["/position/position", "/position/name"], until = "/" }"#;
    assert_eq!(made(further, &edited_position(&json!({"position": "/ Product"}))), "P-0000000368");
}

#[test]
fn words_are_found_by_label_or_value_in_any_case() {
    let by_label = r#"{ field = "/position/site", words = { " bERLIN" = "3A.93C" } }"#;
    let by_value = r#"{ field = "/position/site", words = { "12" = "3A.93C" } }"#;
    assert_eq!((made(by_label, &vacant()).as_str(), made(by_value, &vacant()).as_str()), ("3A.93C", "3A.93C"));
    let umlaut = r#"{ field = "/position/site", words = { "KÖLN" = "K" } }"#;
    assert_eq!(made(umlaut, &edited_position(&json!({"site": "Köln"}))), "K");
}

#[test]
fn an_unknown_word_does_what_on_unknown_says() {
    let rule = |rest: &str| format!(r#"{{ field = "/position/site", words = {{ "Bonn" = "B" }}{rest} }}"#);
    for (rest, expected) in [
        ("", "unknown: Berlin"),
        (r#", default = "D""#, "unknown: Berlin"),
        (r#", on_unknown = "problem""#, "unknown: Berlin"),
        (r#", on_unknown = "default", default = "D""#, "D"),
        (r#", on_unknown = "keep""#, "Berlin"),
        (r#", on_unknown = "tell""#, "left out: Berlin"),
        (r#", on_unknown = "tell", default = "D""#, "left out: Berlin"),
    ] {
        assert_eq!(made(&rule(rest), &vacant()), expected, "{rest}");
    }
}

#[test]
fn the_default_is_for_empty_fields_whatever_on_unknown_says() {
    let nothing = edited_position(&json!({"site": null}));
    for (rest, expected) in [
        ("", "-"),
        (r#", default = "D""#, "D"),
        (r#", default = "D", on_unknown = "keep""#, "D"),
        (r#", default = "D", on_unknown = "problem""#, "D"),
    ] {
        let rule = format!(r#"{{ field = "/position/site", words = {{ "Bonn" = "B" }}{rest} }}"#);
        assert_eq!(made(&rule, &nothing), expected, "{rest}");
    }
    assert_eq!(
        made(r#"{ field = "/position/site", default = "D" }"#, &edited_position(&json!({"site": "absent"}))),
        "D"
    );
}
