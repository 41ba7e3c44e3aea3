//! The mapping: every response becomes an application of the documented shape, or at least one problem that shows nothing
//! of it.

use std::cell::Cell;

use heyflow_to_personio::connection::Settings;
use jiff::Timestamp;
use mapping::heyflow_to_personio::{ApplicationRules, Desired};
use mapping::{Problem, Unmappable};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use vendors::heyflow::model::Submission;

use super::{MARK, any_json, check, delivery, marked};

const EXAMPLE: &str = include_str!("../../../../functions/heyflow-to-personio/connection.example.toml");

/// Every target, source and modifier, forgiving where it can be.
const FORGIVING: &str = r#"
first_name = { input = "First name", default = "-" }
last_name = { template = "{{ input('Last name') | default('-') | upper }}" }
email = { input = "E-mail" }
job_position_id = { input = "Job", translate = { "Designer" = "1834171", "Maker" = "1834172" }, on_unknown = "omit", default = "1834171" }
recruiting_channel_id = { url_parameter = "channel", default = "9911" }
external_posting_id = { own = "response-id" }
message = { template = """
{% if input("Message") is defined %}{{ input("Message") | trim }}{% endif %} {{ part("Address", "city") | default("") }}
{% for word in (url_parameter("utm_source") | default("")) | split("-") %}{{ loop.index }}. {{ word }}{% endfor %}{{ own("referrer") | default("") }}""" }
application_date = { own = "submitted-at" }
phase = { custom = 60101 }
tags = [{ text = "form" }, { input = "Skills", split = ",", translate = { "Rust" = "rust" }, on_unknown = "keep" }, { own = "ab-test-id" }]
attributes = { phone = { input = "Phone" }, gender = { input = "Sex", translate = { "Frau" = "female", "Herr" = "male" }, on_unknown = "omit" }, custom_attribute_1001 = { input = "Skills", join = " / " } }
files = [{ category = "cv", input = "CV" }, { category = "certificate", inputs = ["School", "Training"] }]
"#;

/// Everything straight from inputs, nothing forgiven.
const STRICT: &str = r#"
first_name = { input = "First name" }
last_name = { input = "Last name" }
email = { input = "E-mail" }
job_position_id = { input = "Job", translate = { "Designer" = "1834171", "Maker" = "1834172" } }
recruiting_channel_id = { input = "Channel" }
external_posting_id = { input = "Posting" }
message = { template = "{{ input('Message') }} {{ input('Years') | int }}" }
application_date = { input = "Day" }
time_zone = "Pacific/Auckland"
phase = { system = "unassigned" }
tags = [{ input = "Skills", translate = { "Rust" = "rust", "SQL" = "sql" } }]
attributes = { birthday = { input = "Born" }, gender = { input = "Sex" }, location = { input = "Address", part = "city" } }
files = [{ category = "other", input = "CV" }]
"#;

/// The day after that of [`super::delivery`].
const NOW: &str = "2026-03-02T08:00:00Z";

const TARGETS: &[&str] = &[
    "first_name",
    "last_name",
    "email",
    "job_position_id",
    "recruiting_channel_id",
    "external_posting_id",
    "message",
    "application_date",
    "phase",
    "tags",
    "attributes",
    "files",
];

fn all_rules() -> [ApplicationRules; 3] {
    let secret = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "personio_recruiting_token": "t"}"#;
    let example = Settings::read(EXAMPLE, &secret.into(), false).unwrap().rules;
    let read = |text| mapping::document::read(text).unwrap();
    [example, read(FORGIVING), read(STRICT)]
}

fn one_of(values: &[Value]) -> BoxedStrategy<Value> {
    select(values.to_vec()).boxed()
}

fn text() -> BoxedStrategy<Value> {
    marked().prop_map(|text| json!(text)).boxed()
}

/// The inputs that rules ask for, with what suits them.
fn suited() -> Vec<(&'static str, BoxedStrategy<Value>)> {
    let email = "[a-z]{1,8}".prop_map(|name| json!(format!("{name}.{MARK}@applicant.example")));
    let days = [json!("2026-03-01"), json!("2026-03-01T23:30:00Z"), json!("2030-12-31")];
    let skills = proptest::collection::vec(prop_oneof![4 => one_of(&[json!("Rust"), json!("SQL")]), 1 => text()], 0..3);
    let link = format!("https://files.example/{MARK}.pdf");
    vec![
        ("First name", text()),
        ("Last name", text()),
        ("E-mail", email.boxed()),
        ("Job", one_of(&[json!("Designer"), json!("maker ")])),
        ("Channel", one_of(&[json!(9911), json!("9911")])),
        ("Posting", text()),
        ("Message", text()),
        ("Years", one_of(&[json!("3"), json!(4)])),
        ("Day", one_of(&days)),
        ("Skills", skills.prop_map(Value::Array).boxed()),
        ("Born", one_of(&[json!("1990-01-31")])),
        ("Sex", one_of(&[json!("female"), json!("Frau")])),
        ("Address", text().prop_map(|city| json!({"city": city, "zip": 10_115})).boxed()),
        ("Phone", text()),
        ("CV", one_of(&[json!(link), json!([link, link]), json!(format!("{link},{link}"))])),
        ("School", one_of(&[json!(link)])),
    ]
}

/// A response in which so many in a hundred inputs are answered as they should be; others are anything, or left out.
fn responses(well: u32) -> impl Strategy<Value = Value> {
    let fields: Vec<_> = suited()
        .into_iter()
        .map(|(label, good)| {
            let answer = prop_oneof![well => good.prop_map(Some), 100 - well => proptest::option::of(any_json())];
            answer.prop_map(move |answer| answer.map(|answer| (label.to_owned(), answer)))
        })
        .collect();
    let more = proptest::collection::vec(("[a-zA-Z \\[\\]äß]{0,12}", any_json()), 0..3);
    (any::<bool>(), fields, more).prop_map(|(extended, fields, more)| {
        let fields: Vec<_> = fields.into_iter().flatten().chain(more).collect();
        delivery(extended, "r1", &fields)
    })
}

fn apply(rules: &ApplicationRules, response: &Value) -> Result<Desired, Unmappable> {
    let response = Submission::read(response.to_string().as_bytes()).unwrap();
    mapping::heyflow_to_personio::apply(rules, &response, NOW.parse::<Timestamp>().unwrap())
}

#[test]
fn a_response_becomes_a_documented_application_or_a_problem_without_answers() {
    let rules = all_rules();
    for well in [95, 60, 5] {
        let (mapped, refused) = (Cell::new(0), Cell::new(0));
        check(250, &responses(well), |response| {
            for rules in &rules {
                match apply(rules, &response) {
                    Ok(desired) => documented(&desired)?,
                    Err(unmappable) => told_without_answers(&unmappable)?,
                }
            }
            let mappable = apply(&rules[1], &response).is_ok();
            let counted = if mappable { &mapped } else { &refused };
            counted.set(counted.get() + 1);
            Ok(())
        });
        let (mapped, refused) = (mapped.get(), refused.get());
        assert!(well == 5 || mapped > 20, "{well}: {mapped} mapped, {refused} refused");
        // an optional value that cannot be used refuses no application
        let few = if well == 95 { 4 } else { 20 };
        assert!(refused > few, "{well}: {mapped} mapped, {refused} refused");
    }
}

#[test]
fn a_response_as_the_form_gives_it_is_always_mapped() {
    let [example, forgiving, _] = all_rules();
    check(150, &responses(100), |response| {
        for rules in [&example, &forgiving] {
            let desired = apply(rules, &response);
            prop_assert!(desired.is_ok(), "{desired:?}");
        }
        Ok(())
    });
}

fn told_without_answers(unmappable: &Unmappable) -> Result<(), TestCaseError> {
    prop_assert!(!unmappable.problems.is_empty());
    named_without_answers(&unmappable.problems)?;
    without_answers(&format!("{unmappable} {unmappable:?}"))
}

/// Each names a target and what is wrong.
fn named_without_answers(problems: &[Problem]) -> Result<(), TestCaseError> {
    for problem in problems {
        let target = problem.key.strip_prefix("application.").and_then(|key| key.split('.').next());
        prop_assert!(target.is_some_and(|target| TARGETS.contains(&target)), "{problem}");
        prop_assert!(!problem.what.is_empty(), "{problem}");
    }
    without_answers(&format!("{problems:?}"))
}

fn without_answers(told: &str) -> Result<(), TestCaseError> {
    let told = told.to_lowercase();
    for answer in [&MARK.to_lowercase(), "7391"] {
        prop_assert!(!told.contains(answer), "{answer} is in {told}");
    }
    Ok(())
}

/// developer.personio.de/reference/post_v1-recruiting-applications, and that nothing empty is sent.
fn documented(desired: &Desired) -> Result<(), TestCaseError> {
    let body = serde_json::to_value(&desired.application).unwrap();
    prop_assert!(filled(&body), "something is null or empty in {body}");
    let members = body.as_object().unwrap();
    prop_assert!(members.keys().all(|key| TARGETS.contains(&key.as_str()) && key != "files"), "{body}");
    for key in ["first_name", "last_name", "email"] {
        prop_assert!(body[key].is_string(), "{key} of {body}");
    }
    prop_assert!(body["email"].as_str().unwrap().contains('@'), "{body}");
    prop_assert!(body["job_position_id"].as_u64() > Some(0), "{body}");
    for (key, kind) in members {
        prop_assert!(has_its_kind(key, kind), "{key} of {body}");
    }
    named_without_answers(&[desired.left_out.clone(), desired.no_files.clone()].concat())?;
    without_answers(&desired.notices.join(" "))?;
    for upload in &desired.uploads {
        prop_assert!(upload.link.reveal().to_lowercase().starts_with("http"), "{upload:?}");
        prop_assert!(["CV", "School", "Training"].contains(&upload.input.as_str()), "{upload:?}");
    }
    Ok(())
}

/// No null, nothing blank, no empty list or object, at any depth.
fn filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty() && text.trim() == text,
        Value::Array(items) => !items.is_empty() && items.iter().all(filled),
        Value::Object(members) => !members.is_empty() && members.values().all(filled),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn has_its_kind(key: &str, value: &Value) -> bool {
    match key {
        "recruiting_channel_id" | "job_position_id" => value.as_u64() > Some(0),
        "application_date" => value.as_str().is_some_and(|day| is_day(day) && day <= "2026-03-02"),
        "phase" => {
            [json!({"type": "system", "id": "unassigned"}), json!({"type": "custom", "id": 60101})].contains(value)
        }
        "tags" => value.as_array().is_some_and(|tags| tags.iter().all(Value::is_string) && each_once(tags)),
        "attributes" => value.as_array().is_some_and(|all| all.iter().all(is_attribute)),
        _ => value.is_string(),
    }
}

fn each_once(values: &[Value]) -> bool {
    values.iter().enumerate().all(|(at, value)| !values[..at].contains(value))
}

fn is_attribute(attribute: &Value) -> bool {
    let Some(members) = attribute.as_object() else { return false };
    let (Some(id), Some(value)) = (attribute["id"].as_str(), attribute["value"].as_str()) else { return false };
    let fits = match id {
        "birthday" => is_day(value),
        "gender" => ["male", "female", "diverse", "undefined"].contains(&value),
        "phone" | "location" | "custom_attribute_1001" => true,
        _ => false,
    };
    fits && members.len() == 2
}

fn is_day(text: &str) -> bool {
    let sign = |at: usize| matches!(at, 4 | 7);
    text.len() == 10 && text.char_indices().all(|(at, c)| if sign(at) { c == '-' } else { c.is_ascii_digit() })
}
