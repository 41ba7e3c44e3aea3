//! A form response, and how a body is read as one.

use std::fmt;

use serde_json::{Map, Value};
use url::Url;

use super::answer::{self, Answer, Field};
use super::answers::Answers;
use super::own::OwnField;
use super::stated_file::{StatedFile, StatedFiles, stated_files};
use crate::text::{folded, is_blank};
use crate::value::Personal;

/// One form response.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The flow the response belongs to. Cannot be changed by the form's owner.
    pub flow_id: String,
    /// The response's own id: opaque, unique.
    pub response_id: String,
    /// When it was submitted: ISO 8601 in UTC, with or without a fraction.
    pub created_at: Option<String>,
    fields: Vec<Field>,
    /// Top-level members beyond the documented ones.
    others: Personal<Map<String, Value>>,
}

/// The body is not a form response: where, and what was wrong. Never shows a value of the response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unreadable at line {line}, column {column}: {what}")]
pub struct Unreadable {
    /// 1-based line of the body.
    pub line: usize,
    /// 1-based column.
    pub column: usize,
    /// What was wrong there.
    pub what: Malformed,
}

/// What can be wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// Not JSON, or cut off.
    NotJson,
    /// JSON, but not the object that a response is.
    NotAResponse,
    /// An empty flow id or response id.
    EmptyId,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "the body is not JSON",
            Self::NotAResponse => {
                "expected an object with the texts `flowID` and `id` and `fields`, an object or a list of objects"
            }
            Self::EmptyId => "`flowID` and `id` must not be empty",
        })
    }
}

impl Unreadable {
    pub(in crate::heyflow) fn of(error: &serde_json::Error) -> Self {
        Self {
            line: error.line().max(1),
            column: error.column(),
            what: if error.is_data() { Malformed::NotAResponse } else { Malformed::NotJson },
        }
    }
}

/// The spellings met of the flow's id, and of the response's.
const FLOW: &[&str] = &["flowID", "flowId"];
const RESPONSE: &[&str] = &["id"];

impl Submission {
    /// Reads a body.
    ///
    /// # Errors
    /// [`Unreadable`] with line and column.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        let mut body: Map<String, Value> = serde_json::from_slice(body).map_err(|error| Unreadable::of(&error))?;
        let at_start = |what| Unreadable { line: 1, column: 1, what };
        let not_a_response = || at_start(Malformed::NotAResponse);
        let flow_id = id(&mut body, FLOW).ok_or_else(not_a_response)?;
        let response_id = id(&mut body, RESPONSE).ok_or_else(not_a_response)?;
        if flow_id.trim().is_empty() || response_id.trim().is_empty() {
            return Err(at_start(Malformed::EmptyId));
        }
        let created_at = text(&mut body, &["createdAt", "created"]);
        let fields = body.remove("fields").and_then(answer::fields).ok_or_else(not_a_response)?;
        Ok(Self { flow_id, response_id, created_at, fields, others: Personal::new(body) })
    }

    /// What was answered under this system label, variable or block id: in the fields that have exactly this name, else in
    /// those whose names differ from it only in case, in blanks, in invisible letters or in how marks were typed.
    #[must_use]
    pub fn answers(&self, key: &str) -> Answers {
        Answers::first_of([self.exact(key), self.relaxed(key)].map(answers_of))
    }

    /// What was answered to a part of a composite field (for example `street` of an address), in any of the spellings met:
    /// fields of their own named `address [street]` or `address[street]`, or members of objects under `address`.
    #[must_use]
    pub fn part_answers(&self, key: &str, part: &str) -> Answers {
        let [spaced, tight] = [format!("{key} [{part}]"), format!("{key}[{part}]")];
        let own =
            [self.exact(&spaced), self.exact(&tight), self.relaxed(&spaced), self.relaxed(&tight)].map(answers_of);
        let member = |fields: Vec<&Field>| fields.into_iter().filter_map(|field| field.part(part)).collect();
        let members: [Vec<Answer>; 2] = [self.exact(key), self.relaxed(key)].map(member);
        Answers::first_of(own.into_iter().chain(members))
    }

    /// The files stated under this name, in the fields that [`Self::answers`] takes.
    #[must_use]
    pub fn files(&self, key: &str) -> StatedFiles {
        let groups = [self.exact(key), self.relaxed(key)].map(files_of);
        let found = groups.into_iter().find(|group| !group.is_empty()).unwrap_or_default();
        StatedFiles { fields: found.len(), files: found.into_iter().flatten().collect() }
    }

    fn exact(&self, key: &str) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.keys().any(|known| known == key)).collect()
    }

    fn relaxed(&self, key: &str) -> Vec<&Field> {
        let key = folded(key);
        self.fields.iter().filter(|field| field.keys().any(|known| folded(known) == key)).collect()
    }

    /// The labels that this response has. Labels are the form's words, not the applicant's.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(Field::label)
    }

    /// One of Heyflow's own fields, where the response has it.
    #[must_use]
    pub fn own(&self, field: OwnField) -> Option<String> {
        match field {
            OwnField::FlowId => Some(self.flow_id.clone()),
            OwnField::ResponseId => Some(self.response_id.clone()),
            OwnField::SubmittedAt => {
                let stated = self.created_at.clone().filter(|text| !is_blank(text));
                stated.or_else(|| self.under_aliases(field))
            }
            _ => self.under_aliases(field),
        }
    }

    fn under_aliases(&self, field: OwnField) -> Option<String> {
        field.aliases().iter().find_map(|alias| self.other(alias))
    }

    fn other(&self, name: &str) -> Option<String> {
        let top = self.others.reveal().get(name).and_then(|value| Answer::of(value).text(", "));
        top.or_else(|| self.answers(name).first()?.text(", "))
    }

    /// A parameter of the form's address, for example `utm_source`, percent-decoded: the first that is not blank.
    #[must_use]
    pub fn url_parameter(&self, name: &str) -> Option<String> {
        let addresses = [OwnField::UrlWithParameters, OwnField::Url].into_iter().filter_map(|field| self.own(field));
        addresses.filter_map(|address| Url::parse(&address).ok()).find_map(|url| parameter(&url, name))
    }
}

/// Takes the ids that are there, each by the name that people read.
pub(in crate::heyflow) fn ids(body: &mut Map<String, Value>) -> Vec<(&'static str, String)> {
    let spellings = [("flow", FLOW), ("response", RESPONSE)];
    spellings.into_iter().filter_map(|(name, spellings)| Some((name, id(body, spellings)?))).collect()
}

/// Takes the first of the spellings that is an id: a text, or a number as its digits.
fn id(body: &mut Map<String, Value>, spellings: &[&str]) -> Option<String> {
    spellings.iter().filter_map(|name| body.remove(*name)).find_map(|value| match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn answers_of(fields: Vec<&Field>) -> Vec<Answer> {
    fields.into_iter().map(Field::answer).collect()
}

/// What each answered field states of files.
fn files_of(fields: Vec<&Field>) -> Vec<Vec<StatedFile>> {
    let stated = fields.into_iter().map(|field| stated_files(field.value()));
    stated.filter(|files| !files.is_empty()).collect()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    values.find(|value| !is_blank(value))
}

/// Takes the first of the spellings that is a text.
fn text(body: &mut Map<String, Value>, spellings: &[&str]) -> Option<String> {
    spellings.iter().filter_map(|name| body.remove(*name)).find_map(|value| match value {
        Value::String(text) => Some(text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submission(fields: &str) -> Submission {
        let body = format!(r#"{{"flowID":"F","id":"R","createdAt":"2026-03-01T10:00:00Z","fields":{fields}}}"#);
        Submission::read(body.as_bytes()).unwrap()
    }

    fn text(response: &Submission, key: &str) -> Option<String> {
        response.answers(key).first().and_then(|answer| answer.text(", "))
    }

    #[test]
    fn the_exact_label_wins_over_a_relaxed_one() {
        let response = submission(r#"{"e-mail ":"relaxed@example.com","E-Mail":"exact@example.com"}"#);
        assert_eq!(text(&response, "E-Mail").unwrap(), "exact@example.com");
        let relaxed = submission(r#"{" e-mail ":"relaxed@example.com"}"#);
        assert_eq!(text(&relaxed, "E-Mail").unwrap(), "relaxed@example.com");
        assert_eq!(text(&response, "Telefon"), None);
    }

    #[test]
    fn the_extended_payload_is_found_by_label_variable_and_id() {
        let response = submission(
            r#"[{"label":"Stra\u00dfe #1?","variable":"street","id":"id-49256866","values":[{"answer":"Hauptweg 1"}]},
                {"label":"Skills","variable":"skills","id":"select-83c9e357","values":[{"label":"Rust","id":"a"},{"value":"SQL, fast"}]}]"#,
        );
        for key in ["Straße #1?", "street", "id-49256866", " STREET "] {
            assert_eq!(text(&response, key).as_deref(), Some("Hauptweg 1"), "{key}");
        }
        let skills = Answer::Many(vec!["Rust".into(), "SQL, fast".into()]);
        assert_eq!(response.answers("skills"), Answers::Given(vec![skills]));
    }

    #[test]
    fn parts_of_an_address_are_found_in_every_spelling() {
        let flat = submission(r#"{"Address":"Hauptweg 1, Ort","Address [street]":"Hauptweg","Address[zip]":"12345"}"#);
        let nested = submission(r#"{"Address":{"Street":"Hauptweg","zip":12345}}"#);
        let values = r#"[{"answer":{"street":"Hauptweg","zip":"12345"}}]"#;
        let extended = submission(&format!(r#"[{{"label":"Address","variable":"a","id":"i","values":{values}}}]"#));
        for response in [flat, nested, extended] {
            assert_eq!(response.part_answers("Address", "street").first().unwrap().text("").unwrap(), "Hauptweg");
            assert_eq!(response.part_answers("address", "zip").first().unwrap().text("").unwrap(), "12345");
            assert_eq!(response.part_answers("Address", "country"), Answers::Unknown);
        }
    }

    #[test]
    fn a_skipped_field_hides_no_answered_one() {
        for (fields, what) in [
            (r#"[{"label":"Phone","values":[]},{"label":"Phone","values":[{"answer":"1"}]}]"#, "extended"),
            (r#"[{"label":"Phone"},{"label":"Telefon","variable":"Phone","value":"1"}]"#, "a label and a variable"),
            (r#"[{"label":"Phone","values":[{"answer":""}]},{"id":"phone ","values":["1"]}]"#, "exact and relaxed"),
            (r#"{"Phone":"","phone":null,"PHONE":"1"}"#, "simple"),
            (r#"{"Phone":{"value":""},"phone":["",{"value":1}]}"#, "simple, objects and lists"),
        ] {
            assert_eq!(text(&submission(fields), "Phone").as_deref(), Some("1"), "{what}");
        }
        let skipped = submission(r#"[{"label":"Phone","values":[]},{"label":"phone"}]"#);
        assert_eq!(skipped.answers("Phone"), Answers::Skipped);
        assert_eq!(skipped.answers("Telefon"), Answers::Unknown);
    }

    #[test]
    fn a_skipped_part_hides_no_answered_one() {
        for fields in [
            r#"{"Address [street]":"","Address[street]":"Hauptweg"}"#,
            r#"{"Address [street]":" ","address [Street]":"Hauptweg"}"#,
            r#"{"Address [street]":null,"Address":{"street":"Hauptweg"}}"#,
            r#"{"Address":{"street":"","Street":"Hauptweg"}}"#,
            r#"[{"label":"Address","values":[]},{"label":"Address","values":[{"answer":{"street":"Hauptweg"}}]}]"#,
            r#"[{"label":"Address","values":[{"answer":{"street":""}}]},{"label":"Address","value":{"street":"Hauptweg"}}]"#,
        ] {
            let street = submission(fields).part_answers("Address", "street").first();
            assert_eq!(street, Some(Answer::One("Hauptweg".to_owned())), "{fields}");
        }
    }

    #[test]
    fn every_answered_field_of_a_name_is_given() {
        let fields = r#"[{"label":"CV","values":["a"]},{"label":"cv","values":["x"]},{"label":"CV"},{"id":"CV","values":["b"]}]"#;
        let given = [Answer::One("a".to_owned()), Answer::One("b".to_owned())];
        assert_eq!(submission(fields).answers("CV"), Answers::Given(given.to_vec()));
    }

    #[test]
    fn the_older_spelling_of_the_top_level_names_is_read() {
        let older = br#"{"flowId":"F","id":"R","created":"2020-03-01T10:00:00Z","fields":{},"extra":1}"#;
        let read = Submission::read(older).unwrap();
        assert_eq!((read.flow_id.as_str(), read.created_at.as_deref()), ("F", Some("2020-03-01T10:00:00Z")));
    }

    #[test]
    fn a_numeric_id_is_an_id() {
        let read = Submission::read(br#"{"flowID":7,"id":18446744073709551615,"fields":{}}"#).unwrap();
        assert_eq!((read.flow_id.as_str(), read.response_id.as_str()), ("7", "18446744073709551615"));
    }

    #[test]
    fn unreadable_bodies_say_where_and_show_no_value() {
        let cut = Submission::read(b"{\"flowID\":\"F\",\n\"fields\":{\"E-mail\":\"mina@example.com\"").unwrap_err();
        assert_eq!((cut.line, cut.what), (2, Malformed::NotJson));
        let mut shown = cut.to_string();
        for body in [
            r#"["mina@example.com"]"#,
            r#"{"flowID":"F","id":"R"}"#,
            r#"{"flowID":"F","id":"R","fields":"mina@example.com"}"#,
            r#"{"flowID":"F","id":{"a":"mina"},"fields":{}}"#,
        ] {
            let error = Submission::read(body.as_bytes()).unwrap_err();
            assert_eq!(error.what, Malformed::NotAResponse, "{body}");
            shown += &error.to_string();
        }
        let nameless = Submission::read(br#"{"flowID":"","id":"R","fields":{}}"#).unwrap_err();
        assert_eq!(nameless.what, Malformed::EmptyId);
        assert!(!shown.contains("mina"));
    }

    #[test]
    fn debug_shows_no_answer() {
        let response = submission(r#"{"E-mail":"mina@example.com","Name":{"first":"Mina"}}"#);
        let shown = format!("{response:?} {:?}", response.answers("E-mail"));
        assert!(!shown.to_lowercase().contains("mina"), "{shown}");
    }

    #[test]
    fn own_fields_are_found_at_the_top_and_among_the_fields() {
        let body = br#"{"flowID":"F","id":"R","createdAt":"2026-03-01T10:00:00Z","referrer":"https://search.example/",
            "fields":{"URL with parameters":"https://form.example/x?utm_source=news%20letter&utm_medium=&a=1#part","A/B Test ID":7}}"#;
        let response = Submission::read(body).unwrap();
        let own = |field| response.own(field).unwrap_or_default();
        assert_eq!((own(OwnField::FlowId), own(OwnField::ResponseId)), ("F".to_owned(), "R".to_owned()));
        assert_eq!(own(OwnField::Referrer), "https://search.example/");
        assert_eq!(own(OwnField::AbTestId), "7");
        assert_eq!(response.own(OwnField::AbTestVersion), None);
        assert_eq!(response.url_parameter("utm_source").as_deref(), Some("news letter"));
        assert_eq!(response.url_parameter("utm_medium"), None);
        assert_eq!(response.url_parameter("utm_campaign"), None);
    }

    #[test]
    fn what_is_blank_at_the_top_hides_nothing_below() {
        let body = br#"{"flowID":"F","id":"R","createdAt":"","referrer":"","urlWithParameters":"https://form.example/x?a=&b=1",
            "url":"https://form.example/x?utm_source=&utm_source=news",
            "fields":{"Submitted at":"2026-03-01T10:00:00Z","Referrer":"https://search.example/"}}"#;
        let response = Submission::read(body).unwrap();
        assert_eq!(response.own(OwnField::SubmittedAt).as_deref(), Some("2026-03-01T10:00:00Z"));
        assert_eq!(response.own(OwnField::Referrer).as_deref(), Some("https://search.example/"));
        assert_eq!(response.url_parameter("utm_source").as_deref(), Some("news"));
        assert_eq!(response.url_parameter("a"), None);
    }
}
