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
    for (fields, expected) in [
        (r#""Why":"Pay""#, "P"),
        (r#""Why":" PAY ""#, "P"),
        (r#""Why":["Pay 2","pay"]"#, "Q, P"),
        (r#""Why":"pay  2\u200b""#, "Q"),
    ] {
        assert_eq!(message(source, fields).as_deref(), Some(expected), "{fields}");
    }
    let split = r#"{ input = "Why", split = ";", translate = { "a" = "A", "b" = "B" } }"#;
    assert_eq!(tags(split, r#""Why":"a; b""#), ["A", "B"]);
}

#[test]
fn a_text_without_translation_is_a_problem_kept_or_left_out() {
    let source = |on_unknown: &str| format!(r#"{{ input = "Why", translate = {{ "Pay" = "P" }}{on_unknown} }}"#);
    let fields = r#""Why":["Pay","Place"]"#;
    insta::assert_snapshot!(told(&format!("message = {}", source("")), fields), @"`application.message`: the input `Why` holds a list that `translate` does not cover");
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
fn a_value_that_cannot_be_used_is_told_left_out_or_a_problem() {
    let rules = |on_unusable: &str| format!("[attributes]\nbirthday = {{ input = \"Born\"{on_unusable} }}");
    let fields = r#""Born":"24.12.1990""#;
    let what = "`application.attributes.birthday`: the input `Born` holds a text that is not a date (YYYY-MM-DD)";
    for on_unusable in ["", ", on_unusable = \"tell\""] {
        let desired = desired(&rules(on_unusable), fields);
        assert_eq!((lines(&desired.left_out).as_str(), desired.application.attributes.len()), (what, 0));
    }
    let omitted = desired(&rules(", on_unusable = \"omit\""), fields);
    assert_eq!((omitted.left_out.len(), omitted.notices), (0, vec![format!("{what} and is left out")]));
    assert_eq!(more_problems(&rules(", on_unusable = \"problem\""), fields), what);
    let tags = r#"tags = [{ text = "a" }, { input = "Why", translate = { "Pay" = "P" } }]"#;
    let desired = desired(tags, CHOICES);
    assert_eq!((desired.application.tags, desired.left_out.len()), (vec!["a".to_owned()], 1));
}

#[test]
fn dates_are_read_as_the_form_spells_them() {
    let rules = r#"
        application_date = { input = "Day", date = "%d.%m.%Y" }
        [attributes]
        birthday = { input = "Born", date = "%d.%m.%Y", default = "1.1.1970" }
        custom_attribute_7 = { input = "From", date = "%d.%m.%Y" }
    "#;
    let application = application(rules, r#""Day":"28.02.2026","Born":"24.12.1990","From":"1.4.2026""#);
    assert_eq!(application.application_date.unwrap().to_string(), "2026-02-28");
    let values: Vec<&str> = application.attributes.iter().map(|attribute| attribute.value.reveal().as_str()).collect();
    assert_eq!(values, ["1990-12-24", "2026-04-01"]);
    insta::assert_snapshot!(told(rules, r#""Day":"2026-02-28T10:00","From":"soon""#), @r"
        `application.application_date`: the input `Day` holds a text that is neither a date (YYYY-MM-DD or %d.%m.%Y) nor a timestamp with its offset
        `application.attributes.custom_attribute_7`: the input `From` holds a text that is not a date (YYYY-MM-DD or %d.%m.%Y)
        ");
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
    insta::assert_snapshot!(told(&format!("message = {source}"), parts), @"`application.message`: the input `Why` holds named parts, a text is needed; see `part`");
}
