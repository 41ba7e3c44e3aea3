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
fn names_of_inputs_are_the_same_in_every_unicode_form_and_with_any_blanks_inside() {
    for (key, label) in [
        ("Größe", "Gro\u{308}ße"),
        ("Stra\u{df}e u\u{308}ber", "Straße über"),
        ("Why us", "Why  \u{a0}us"),
        ("Why us", "\u{feff}why\tUS\u{200b}"),
    ] {
        let fields = serde_json::json!({label: "x"}).to_string();
        let fields = fields.trim_matches(['{', '}']);
        assert_eq!(message(&format!("{{ input = \"{key}\" }}"), fields).as_deref(), Some("x"), "{label:?}");
    }
}

#[test]
fn what_nobody_sees_is_cut_around_a_value_and_makes_none() {
    let of = |value: &str| message("{ input = \"Why\" }", &format!("\"Why\":{}", serde_json::json!(value)));
    for invisible in ["\u{200b}", "\u{202a}", "\u{202e}", "\u{feff}", "\u{200b} \u{feff}", "\0"] {
        assert_eq!(of(invisible), None, "{invisible:?}");
        assert_eq!(of(&format!("{invisible} Pay {invisible}")).as_deref(), Some("Pay"), "{invisible:?}");
    }
    assert_eq!(of("one\r\ntwo\u{8}\t\u{1b}three").as_deref(), Some("one\ntwo\tthree"));
    assert_eq!(of("Mu\u{308}ller").as_deref(), Some("Müller"));
    let invisible = answers("").replace("\"Mina\"", "\"\u{200b}\u{feff}\"");
    assert_eq!(problems(REQUIRED, &invisible), "`application.first_name`: the input `First name` is empty");
}

#[test]
fn a_domain_with_umlauts_travels_in_ascii() {
    let fields = answers("").replace("mina@bewerbung.example", "mina@bewerbung-müller.example");
    assert_eq!(apply(REQUIRED, &fields).unwrap().application.email.reveal(), "mina@xn--bewerbung-mller-9vb.example");
}

#[test]
fn of_several_names_of_an_input_the_first_that_was_answered_counts() {
    let source = r#"{ inputs = ["Vorname", "Given name"] }"#;
    assert_eq!(message(source, r#""Given name":"Mina""#).as_deref(), Some("Mina"));
    assert_eq!(message(source, r#""Vorname":"","Given name":"Mina""#).as_deref(), Some("Mina"));
    assert_eq!(message(source, r#""Given name":"Mina","vorname":"Ida""#).as_deref(), Some("Ida"));
    let part = r#"{ inputs = ["Adresse", "Address"], part = "city" }"#;
    assert_eq!(message(part, r#""Address [city]":"Ort""#).as_deref(), Some("Ort"));
    let rules = REQUIRED.replace("{ input = \"First name\" }", r#"{ inputs = ["Qqq", "Xyzxyz"] }"#);
    insta::assert_snapshot!(problems(&rules, &answers("")), @"`application.first_name`: the input `Qqq` or `Xyzxyz` is not in this response");
    insta::assert_snapshot!(problems(&rules, &answers(r#""Qqq":" ""#)), @"`application.first_name`: the input `Qqq` or `Xyzxyz` is empty");
    insta::assert_snapshot!(problems(&rules, &answers(r#""Xyzxzy":"x""#)), @"`application.first_name`: the input `Qqq` or `Xyzxyz` is not in this response; did you mean `Xyzxzy`?");
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
    let desired = of_two("application_date = { input = \"Phone\" }");
    insta::assert_snapshot!(lines(&desired.left_out), @"`application.application_date`: the input `Phone` holds a text that is neither a date (YYYY-MM-DD) nor a timestamp with its offset (the input `Phone` is answered 2 times; the first answer counts)");
}

#[test]
fn the_log_names_the_optional_values_that_a_response_does_not_have() {
    let rules = "message = { input = \"Notes\" }\n[attributes]\nphone = { input = \"Phone\" }";
    let noticed = |fields: &str| desired(rules, fields).notices;
    assert_eq!(noticed(r#""Notes":"","Phone":"""#), ["not in this response: message, attributes.phone"]);
    assert_eq!(noticed(r#""Notes":"by train","Phone":"""#), ["not in this response: attributes.phone"]);
    assert_eq!(noticed(r#""Notes":"by train","Phone":"+49""#), [""; 0]);
}
