//! One test per modifier.

use super::*;

const CHOICES: &str = r#""Why":["Pay, good","Place"]"#;

#[test]
fn several_choices_are_joined() {
    assert_eq!(message(r#"{ input = "Why" }"#, CHOICES).as_deref(), Some("Pay, good, Place"));
    assert_eq!(message(r#"{ input = "Why", join = "\n" }"#, CHOICES).as_deref(), Some("Pay, good\nPlace"));
}

#[test]
fn a_list_gives_several_tags_and_a_text_is_split_only_where_asked() {
    assert_eq!(tags(r#"{ input = "Why" }"#, CHOICES), ["Pay, good", "Place"]);
    assert_eq!(tags(r#"{ input = "Why" }"#, r#""Why":"a, b""#), ["a, b"]);
    assert_eq!(tags(r#"{ input = "Why", split = "," }"#, r#""Why":" a,,b , a""#), ["a", "b"]);
    assert_eq!(tags(r#"{ input = "Why", split = "," }"#, CHOICES), ["Pay", "good", "Place"]);
    assert_eq!(tags(r#"{ input = "Why", split = "," }"#, r#""Why":" , ,""#), [""; 0]);
}

#[test]
fn a_translation_is_found_exactly_then_relaxed_and_choice_by_choice() {
    let source = r#"{ input = "Why", translate = { "Pay" = "P", "pay 2" = "Q" } }"#;
    for (fields, expected) in [(r#""Why":"Pay""#, "P"), (r#""Why":" PAY ""#, "P"), (r#""Why":["Pay 2","pay"]"#, "Q, P")]
    {
        assert_eq!(message(source, fields).as_deref(), Some(expected), "{fields}");
    }
    let split = r#"{ input = "Why", split = ";", translate = { "a" = "A", "b" = "B" } }"#;
    assert_eq!(tags(split, r#""Why":"a; b""#), ["A", "B"]);
}

#[test]
fn a_text_without_translation_is_a_problem_kept_or_left_out() {
    let source = |on_unknown: &str| format!(r#"{{ input = "Why", translate = {{ "Pay" = "P" }}{on_unknown} }}"#);
    let fields = r#""Why":["Pay","Place"]"#;
    insta::assert_snapshot!(more_problems(&format!("message = {}", source("")), fields), @"`application.message`: the input `Why` holds a list that `translate` does not cover");
    insta::assert_snapshot!(more_problems(&format!("tags = [{}]", source(", on_unknown = \"problem\"")), fields), @"`application.tags`: the input `Why` holds a list that `translate` does not cover");
    assert_eq!(message(&source(", on_unknown = \"keep\""), fields).as_deref(), Some("P, Place"));
    assert_eq!(message(&source(", on_unknown = \"omit\""), fields).as_deref(), Some("P"));
    let omitted = source(", on_unknown = \"omit\"");
    assert_eq!(message(&omitted, r#""Why":"Place""#), None);
    insta::assert_snapshot!(
        problems(&REQUIRED.replace("{ input = \"First name\" }", &omitted), &answers(r#""Why":"Place""#)),
        @"`application.first_name`: the input `Why` holds a text of which nothing is left"
    );
}

#[test]
fn a_default_stands_in_for_what_is_absent_only() {
    let source = r#"{ input = "Why", translate = { "a" = "A" }, on_unknown = "omit", default = "none" }"#;
    for (fields, expected) in [("", "none"), (r#""Why":"""#, "none"), (r#""Why":"b""#, "none"), (r#""Why":"a""#, "A")] {
        assert_eq!(message(source, fields).as_deref(), Some(expected), "{fields}");
    }
    assert_eq!(tags(r#"{ own = "referrer", default = "direct" }"#, ""), ["direct"]);
    assert_eq!(message(r#"{ template = "{{ '' }}", default = "none" }"#, "").as_deref(), Some("none"));
    let parts = r#""Why":{"a":"b"}"#;
    insta::assert_snapshot!(more_problems(&format!("message = {source}"), parts), @"`application.message`: the input `Why` holds named parts, a text is needed; see `part`");
}
