//! Templates with a response; what is found without one is in `faults`.

use super::*;

fn filled(template: &str, fields: &str) -> Option<String> {
    message(&format!("{{ template = '''{template}''' }}"), fields)
}

fn unfilled(template: &str, fields: &str) -> String {
    told(&format!("message = {{ template = '''{template}''' }}"), fields)
}

#[test]
fn a_template_combines_inputs_parts_own_fields_and_parameters() {
    let template = r#"{{ input("Why") }} / {{ part("Address", "city") }} / {{ own("response-id") }} / {{ url_parameter("utm_source") | upper }}"#;
    let text = filled(template, r#""Why":["Pay","Place"],"Address [city]":"Ort""#);
    assert_eq!(text.as_deref(), Some("Pay, Place / Ort / R1 / NEWS LETTER"));
}

#[test]
fn what_is_absent_can_be_given_a_default_or_asked_for() {
    let template = r#"{{ input("A") | default("-") }}{% if input("B") is defined %}, {{ input("B") }}{% endif %}"#;
    assert_eq!(filled(template, "").as_deref(), Some("-"));
    assert_eq!(filled(template, r#""A":"a","B":"b""#).as_deref(), Some("a, b"));
    assert_eq!(filled(r#" {{ input("A") | default("") }} "#, ""), None);
}

#[test]
fn answers_are_text_and_never_template_or_html() {
    assert_eq!(
        filled(r#"{{ input("A") }}"#, r#""A":"{{ 1 + 1 }} <b> & \"""#).as_deref(),
        Some(r#"{{ 1 + 1 }} <b> & ""#)
    );
}

#[test]
fn what_is_absent_and_used_is_a_problem() {
    insta::assert_snapshot!(unfilled(r#"{{ input("A") | default("") }}{{ input("Frist name") }}"#, ""), @"`application.message`: the template cannot be filled: the input `Frist name` is not in this response; did you mean `First name`?");
    insta::assert_snapshot!(unfilled(r#"{{ part("Address", "city") }}"#, ""), @"`application.message`: the template cannot be filled: the part `city` of the input `Address` is not in this response");
    insta::assert_snapshot!(unfilled(r#"{{ url_parameter("utm_medium") ~ "x" }}"#, ""), @"`application.message`: the template cannot be filled: the URL parameter `utm_medium` is not in this response");
    insta::assert_snapshot!(unfilled(r#"{{ input("Address") }}"#, r#""Address":{"street":"Secret"}"#), @"`application.message`: the template cannot be filled: the input `Address` holds named parts, a text is needed; see `part`");
}

#[test]
fn what_a_value_cannot_do_is_a_problem_that_does_not_show_it() {
    insta::assert_snapshot!(unfilled("\n{{ input('First name') | int }}", ""), @"`application.message`: the template cannot be filled: invalid operation (line 1 of the template)");
}
