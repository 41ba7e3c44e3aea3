//! From the text of a connection file and a response to an application, its files, or every problem.

mod faults;
mod files;
mod modifiers;
mod sources;
mod targets;
mod templates;

use toml_span::Deserialize;
use vendors::heyflow::model::Submission;
use vendors::personio::model::Application;

use super::{ApplicationRules, Desired};
use crate::{Unmappable, document};

/// The required targets, so that a test says only what it is about.
const REQUIRED: &str = r#"
first_name = { input = "First name" }
last_name = { input = "Last name" }
email = { input = "E-mail" }
job_position_id = { text = "1834171" }
"#;

/// Answers to [`REQUIRED`].
const ANSWERS: &str = r#""First name":"Mina","Last name":"Aydin","E-mail":"mina@bewerbung.example""#;

fn response(fields: &str) -> Submission {
    let url = "https://form.example/apply?utm_source=news%20letter&utm_medium=";
    let head = format!(r#""flowID":"F1","id":"R1","createdAt":"2026-03-01T23:30:00Z","urlWithParameters":"{url}""#);
    Submission::read(format!(r#"{{{head},"fields":{fields}}}"#).as_bytes()).unwrap()
}

fn apply(rules: &str, fields: &str) -> Result<Desired, Unmappable> {
    let rules: ApplicationRules = document::read(rules).unwrap();
    super::apply(&rules, &response(fields), "2026-03-02T08:00:00Z".parse().unwrap())
}

/// The application from [`REQUIRED`] and `rules`, of [`ANSWERS`] and `fields`.
fn application(rules: &str, fields: &str) -> Application {
    desired(rules, fields).application
}

fn desired(rules: &str, fields: &str) -> Desired {
    apply(&format!("{REQUIRED}{rules}"), &answers(fields)).unwrap()
}

/// What `source` gives for the optional target `message`.
fn message(source: &str, fields: &str) -> Option<String> {
    application(&format!("message = {source}"), fields).message.map(|message| message.reveal().clone())
}

/// What `source` gives for the one entry of `tags`.
fn tags(source: &str, fields: &str) -> Vec<String> {
    application(&format!("tags = [{source}]"), fields).tags
}

fn answers(fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!("{{{ANSWERS}{comma}{fields}}}")
}

/// The problems of `rules` (whole) with `fields` (whole), one per line.
fn problems(rules: &str, fields: &str) -> String {
    lines(&apply(rules, fields).unwrap_err().problems)
}

/// The problems of [`REQUIRED`] and `rules`, of [`ANSWERS`] and `fields`.
fn more_problems(rules: &str, fields: &str) -> String {
    problems(&format!("{REQUIRED}{rules}"), &answers(fields))
}

/// What the owner is told of an application from [`REQUIRED`] and `rules`, of [`ANSWERS`] and `fields`, one per line.
fn told(rules: &str, fields: &str) -> String {
    let desired = desired(rules, fields);
    lines(&[desired.left_out, desired.no_files].concat())
}

fn lines(items: &[impl ToString]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_response_becomes_an_application() {
    let fields = r#"{"First name":"Mina","Last name":" Aydin ","E-mail":" mina@bewerbung.example ","Other":"x"}"#;
    let desired = apply(REQUIRED, fields).unwrap();
    let application = &desired.application;
    assert_eq!((application.first_name.reveal().as_str(), application.last_name.reveal().as_str()), ("Mina", "Aydin"));
    assert_eq!(application.email.reveal(), "mina@bewerbung.example");
    assert_eq!(application.job_position_id.to_string(), "1834171");
    assert_eq!((&application.message, application.phase, desired.uploads.len()), (&None, None, 0));
}

#[test]
fn every_problem_of_a_response_is_named_and_no_value_shown() {
    let rules = r#"
        first_name = { input = "First name" }
        last_name = { input = "Last name" }
        email = { input = "E-mail" }
        job_position_id = { input = "Job" }
        recruiting_channel_id = { input = "Channel", on_unusable = "problem" }
        external_posting_id = { input = "Address", on_unusable = "problem" }
        message = { template = "{{ input('Mesage') }}", on_unusable = "problem" }
        application_date = { input = "Day", on_unusable = "problem" }
        tags = [{ input = "Skills", translate = { "Rust" = "rust" }, on_unusable = "problem" }]
        attributes = { birthday = { input = "Born", on_unusable = "problem" }, gender = { input = "Sex", on_unusable = "problem" }, phone = { input = "Address", on_unusable = "problem" } }
        files = [{ category = "cv", input = "CV" }]
    "#;
    let fields = r#"{"First Nmae":"Secret","Last name":"","E-mail":["Secret", "Secret"],"Job":"Secret","Channel":0,
        "Address":{"street":"Secret"},"Message":"Secret","Day":"Secret","Skills":["Rust","Secret"],"Born":"Secret",
        "Sex":"Secret","CV":"Secret"}"#;
    let problems = problems(rules, fields);
    insta::assert_snapshot!(problems, @r"
        `application.first_name`: the input `First name` is not in this response; did you mean `First Nmae`?
        `application.last_name`: the input `Last name` is empty
        `application.email`: the input `E-mail` holds a list that is not an e-mail address
        `application.job_position_id`: the input `Job` holds a text that is not a positive whole number
        `application.recruiting_channel_id`: the input `Channel` holds a text that is not a positive whole number
        `application.external_posting_id`: the input `Address` holds named parts, a text is needed; see `part`
        `application.message`: the template cannot be filled: the input `Mesage` is not in this response; did you mean `Message`?
        `application.application_date`: the input `Day` holds a text that is neither a date (YYYY-MM-DD) nor a timestamp with its offset
        `application.tags`: the input `Skills` holds a list that `translate` does not cover
        `application.attributes.birthday`: the input `Born` holds a text that is not a date (YYYY-MM-DD)
        `application.attributes.gender`: the input `Sex` holds a text that is none of male, female, diverse, undefined
        `application.attributes.phone`: the input `Address` holds named parts, a text is needed; see `part`
        `application.files`: the input `CV` holds a text that is no http or https link
        ");
    assert!(!problems.contains("Secret"));
}

#[test]
fn the_example_connection_has_sound_rules() {
    let example = include_str!("../../../../../functions/heyflow-to-personio/connection.example.toml");
    let mut file = toml_span::parse(example).unwrap();
    let rules = ApplicationRules::deserialize(file.pointer_mut("/application").unwrap()).unwrap();
    let fields = answers(r#""Message":"Hello","Phone":"+49 151 000","CV":"https://files.example/cv.pdf""#);
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let full = super::apply(&rules, &response(&fields), now).unwrap();
    let application = full.application;
    assert_eq!(application.message.unwrap().reveal(), "Hello\n\nCame by: news letter");
    assert_eq!((application.tags, application.attributes[0].id.as_str()), (vec!["heyflow".to_owned()], "phone"));
    assert_eq!(full.uploads[0].link.reveal(), "https://files.example/cv.pdf");
    let bare = format!(r#"{{"flowID":"F1","id":"R1","fields":{}}}"#, answers(""));
    let bare = super::apply(&rules, &Submission::read(bare.as_bytes()).unwrap(), now).unwrap();
    assert_eq!((bare.application.message, bare.application.attributes.len(), bare.uploads.len()), (None, 0, 0));
}

#[test]
fn the_examples_in_the_comments_are_sound_too() {
    let example = include_str!("../../../../../functions/heyflow-to-personio/connection.example.toml");
    let is_key = |line: &str| line.split_once(" = ").is_some_and(|(key, _)| !key.contains([' ', '{', '`']));
    let (mut shown, mut lines) = (0, Vec::new());
    for line in example.lines() {
        match line.strip_prefix("# ").filter(|line| is_key(line)) {
            Some(key) => {
                shown += 1;
                lines.push(key);
            }
            None => lines.push(line),
        }
    }
    let text = lines.join("\n");
    let rules = ApplicationRules::deserialize(toml_span::parse(&text).unwrap().pointer_mut("/application").unwrap());
    assert!(rules.is_ok(), "{rules:?}");
    assert_eq!(shown, 8);
}
