//! One test per source.

use super::*;

#[test]
fn an_input_is_found_by_label_variable_and_block_id_and_hidden_inputs_are_inputs() {
    let extended = r#"[{"label":"First name","values":[{"answer":"Mina"}]},{"label":"Last name","values":[{"answer":"Aydin"}]},
        {"label":"E-mail","values":[{"answer":"mina@bewerbung.example"}]},
        {"label":"Warum wir?","variable":"why","id":"id-49256866","values":[{"answer":"Darum"}]}]"#;
    for key in ["Warum wir?", " warum WIR? ", "why", "id-49256866"] {
        let rules = format!("{REQUIRED}message = {{ input = \"{key}\" }}");
        assert_eq!(apply(&rules, extended).unwrap().application.message.unwrap().reveal(), "Darum", "{key}");
    }
}

#[test]
fn what_is_left_out_null_or_blank_is_absent() {
    for fields in ["", r#""Why":null"#, r#""Why":"  ""#, r#""Why":[]"#, r#""Why":[null,""]"#] {
        assert_eq!(message(r#"{ input = "Why" }"#, fields), None, "{fields}");
        let problem = problems(&REQUIRED.replace("First name", "Why"), &answers(fields));
        let what = if fields.is_empty() { "is not in this response" } else { "is empty" };
        assert_eq!(problem, format!("`application.first_name`: the input `Why` {what}"), "{fields}");
    }
}

#[test]
fn numbers_and_yes_no_are_texts() {
    assert_eq!(message(r#"{ input = "N" }"#, r#""N":4.5"#).as_deref(), Some("4.5"));
    assert_eq!(message(r#"{ input = "N" }"#, r#""N":false"#).as_deref(), Some("false"));
}

#[test]
fn a_part_is_found_in_every_spelling() {
    let source = r#"{ input = "Address", part = "city" }"#;
    for fields in [r#""Address [city]":"Ort""#, r#""address[city]":"Ort""#, r#""Address":{"City":"Ort"}"#] {
        assert_eq!(message(source, fields).as_deref(), Some("Ort"), "{fields}");
    }
    assert_eq!(message(source, r#""Address [zip]":"12345""#), None);
    insta::assert_snapshot!(
        problems(&REQUIRED.replace("{ input = \"First name\" }", source), &answers(r#""Address [ctiy]":"Ort""#)),
        @"`application.first_name`: the part `city` of the input `Address` is not in this response; did you mean `Address [ctiy]`?"
    );
}

#[test]
fn own_fields_are_heyflows() {
    for (name, expected) in [
        ("heyflow-id", Some("F1")),
        ("response-id", Some("R1")),
        ("submitted-at", Some("2026-03-01T23:30:00Z")),
        ("url-with-parameters", Some("https://form.example/apply?utm_source=news%20letter&utm_medium=")),
        ("referrer", None),
    ] {
        assert_eq!(message(&format!("{{ own = \"{name}\" }}"), "").as_deref(), expected, "{name}");
    }
    insta::assert_snapshot!(
        problems(&REQUIRED.replace("{ input = \"First name\" }", "{ own = \"referrer\" }"), &answers("")),
        @"`application.first_name`: Heyflow's own field `referrer` is not in this response"
    );
}

#[test]
fn url_parameters_are_decoded() {
    assert_eq!(message(r#"{ url_parameter = "utm_source" }"#, "").as_deref(), Some("news letter"));
    assert_eq!(message(r#"{ url_parameter = "utm_medium" }"#, ""), None);
    insta::assert_snapshot!(
        problems(&REQUIRED.replace("{ input = \"First name\" }", "{ url_parameter = \"utm_medium\" }"), &answers("")),
        @"`application.first_name`: the URL parameter `utm_medium` is not in this response"
    );
}

#[test]
fn a_text_is_always_the_same() {
    assert_eq!(message(r#"{ text = " by form " }"#, "").as_deref(), Some("by form"));
}

const TWO_PHONES: &str = r#"[{"label":"First name","values":["Mina"]},{"label":"Last name","values":["Aydin"]},
    {"label":"E-mail","values":["mina@bewerbung.example"]},
    {"label":"Phone","values":[{"answer":"1"}]},{"label":"Phone","values":[{"answer":"2"}]},
    {"label":"Skills","values":["Rust","SQL"]},{"label":"Skills","values":[]},{"label":"Skills","values":["Go"]}]"#;

fn of_two(rules: &str) -> Desired {
    apply(&format!("{REQUIRED}{rules}"), TWO_PHONES).unwrap()
}

#[test]
fn a_skipped_block_hides_no_answered_one() {
    let block = |label: &str, values: &str| format!(r#"{{"label":"{label}","values":{values}}}"#);
    let answers = [("First name", "Mina"), ("Last name", "Aydin"), ("E-mail", "mina@bewerbung.example")];
    let mut blocks: Vec<String> = answers.iter().map(|(label, _)| block(label, "[]")).collect();
    blocks.extend(answers.iter().map(|(label, answer)| block(label, &format!(r#"[{{"answer":"{answer}"}}]"#))));
    blocks.extend([block("Phone", "[]"), block("phone", r#"["+49"]"#)]);
    let rules = format!("{REQUIRED}[attributes]\nphone = {{ input = \"Phone\", default = \"none\" }}");
    let desired = apply(&rules, &format!("[{}]", blocks.join(","))).unwrap();
    assert_eq!(desired.application.first_name.reveal(), "Mina");
    assert_eq!(desired.application.attributes[0].value.reveal(), "+49");
    assert_eq!(desired.notices, [""; 0]);
}

#[test]
fn of_two_answered_blocks_the_first_counts_for_a_single_value_and_both_for_lists_and_the_log_says_so() {
    let single = of_two("message = { input = \"Phone\" }\nexternal_posting_id = { input = \"Phone\" }");
    assert_eq!(single.application.message.unwrap().reveal(), "1");
    assert_eq!(single.notices, ["the input `Phone` is answered 2 times; the first answer counts"]);
    let filled = of_two("message = { template = \"{{ input('Phone') }}\" }");
    assert_eq!(filled.application.message.unwrap().reveal(), "1");
    assert_eq!(filled.notices, single.notices);
    let joined = of_two("message = { input = \"Skills\", join = \"; \" }");
    assert_eq!(joined.application.message.unwrap().reveal(), "Rust; SQL; Go");
    let tags = of_two("tags = [{ input = \"Skills\" }]");
    assert_eq!(tags.application.tags, ["Rust", "SQL", "Go"]);
    assert_eq!(tags.notices, ["the input `Skills` is answered 2 times; all of them count"]);
    let problems = apply(&format!("{REQUIRED}application_date = {{ input = \"Phone\" }}"), TWO_PHONES).unwrap_err();
    insta::assert_snapshot!(lines(&problems.problems), @"`application.application_date`: the input `Phone` holds a text that is neither a date (YYYY-MM-DD) nor a timestamp with its offset (the input `Phone` is answered 2 times; the first answer counts)");
}
