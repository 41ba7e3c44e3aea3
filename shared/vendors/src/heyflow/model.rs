//! A form response as Heyflow sends it (the simple payload: `fields` is an object keyed by system label).
//!
//! Reading is tolerant where the vendor is undocumented (both spellings of the top-level names, unknown members) and
//! strict about what everything else stands on: a flow id, a response id, fields.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::value::Personal;

/// One form response.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Submission {
    /// The flow the response belongs to. Cannot be changed by the form's owner.
    #[serde(rename = "flowID", alias = "flowId")]
    pub flow_id: String,
    /// The response's own id: opaque, unique.
    #[serde(rename = "id")]
    pub response_id: String,
    /// When it was submitted: ISO 8601 in UTC, with or without a fraction.
    #[serde(rename = "createdAt", alias = "created", default)]
    pub created_at: Option<String>,
    fields: BTreeMap<String, Personal<serde_json::Value>>,
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
    pub what: Trouble,
}

/// What can be wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Not JSON, or cut off.
    NotJson,
    /// JSON, but not the object that a response is.
    NotAResponse,
    /// An empty flow id or response id.
    EmptyId,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "the body is not JSON",
            Self::NotAResponse => "expected an object with the texts `flowID` and `id` and the object `fields`",
            Self::EmptyId => "`flowID` and `id` must not be empty",
        })
    }
}

impl Submission {
    /// Reads a body.
    ///
    /// # Errors
    /// [`Unreadable`] with line and column.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        let submission: Self = serde_json::from_slice(body).map_err(|error| Unreadable {
            line: error.line(),
            column: error.column(),
            what: if error.is_data() { Trouble::NotAResponse } else { Trouble::NotJson },
        })?;
        if submission.flow_id.trim().is_empty() || submission.response_id.trim().is_empty() {
            return Err(Unreadable { line: 1, column: 1, what: Trouble::EmptyId });
        }
        Ok(submission)
    }

    /// The answer under a system label: first the exact label, then trimmed and case-folded. `Ok(None)` where the label
    /// is missing, or its answer null or blank: the vendor does not say which of the three a skipped field is.
    ///
    /// # Errors
    /// [`NotText`] where the answer is an array or an object.
    pub fn answer(&self, label: &str) -> Result<Option<String>, NotText> {
        let folded = label.trim().to_lowercase();
        let relaxed =
            || self.fields.iter().find(|(key, _)| key.trim().to_lowercase() == folded).map(|(_, value)| value);
        match self.fields.get(label).or_else(relaxed).map(Personal::reveal) {
            None | Some(serde_json::Value::Null) => Ok(None),
            Some(serde_json::Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.trim().is_empty())),
            Some(serde_json::Value::Bool(flag)) => Ok(Some(flag.to_string())),
            Some(serde_json::Value::Number(number)) => Ok(Some(number.to_string())),
            Some(serde_json::Value::Array(_)) => Err(NotText("a list")),
            Some(serde_json::Value::Object(_)) => Err(NotText("an object")),
        }
    }

    /// The labels that this response has, in order. Labels are the form's words, not the applicant's.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }
}

/// An answer of a kind that is no text; names the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotText(pub &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    fn submission(fields: &str) -> Submission {
        Submission::read(
            format!(r#"{{"flowID":"F","id":"R","createdAt":"2026-03-01T10:00:00Z","fields":{fields}}}"#).as_bytes(),
        )
        .unwrap()
    }

    #[test]
    fn the_exact_label_wins_over_a_relaxed_one() {
        let response = submission(r#"{"e-mail ":"relaxed@example.com","E-Mail":"exact@example.com"}"#);
        assert_eq!(response.answer("E-Mail").unwrap().unwrap(), "exact@example.com");
        assert_eq!(response.answer("E-MAIL").unwrap().unwrap(), "exact@example.com");
        assert_eq!(response.answer("Telefon").unwrap(), None);
    }

    #[test]
    fn missing_null_and_blank_are_all_absent() {
        let response = submission(r#"{"a":null,"b":"","c":"  ","d":0,"e":false}"#);
        for label in ["a", "b", "c", "missing"] {
            assert_eq!(response.answer(label).unwrap(), None, "{label}");
        }
        assert_eq!(response.answer("d").unwrap().unwrap(), "0");
        assert_eq!(response.answer("e").unwrap().unwrap(), "false");
    }

    #[test]
    fn lists_and_objects_are_named_not_flattened() {
        let response = submission(r#"{"list":["x"],"object":{"y":1}}"#);
        assert_eq!(response.answer("list"), Err(NotText("a list")));
        assert_eq!(response.answer("object"), Err(NotText("an object")));
    }

    #[test]
    fn the_older_spelling_of_the_top_level_names_is_read() {
        let older = br#"{"flowId":"F","id":"R","created":"2020-03-01T10:00:00Z","fields":{},"extra":1}"#;
        let read = Submission::read(older).unwrap();
        assert_eq!((read.flow_id.as_str(), read.created_at.as_deref()), ("F", Some("2020-03-01T10:00:00Z")));
    }

    #[test]
    fn unreadable_bodies_say_where_and_show_no_value() {
        let cut = Submission::read(b"{\"flowID\":\"F\",\n\"fields\":{\"E-mail\":\"mina@example.com\"").unwrap_err();
        assert_eq!((cut.line, cut.what), (2, Trouble::NotJson));
        let list = Submission::read(br#"["mina@example.com"]"#).unwrap_err();
        assert_eq!(list.what, Trouble::NotAResponse);
        let nameless = Submission::read(br#"{"flowID":"","id":"R","fields":{}}"#).unwrap_err();
        assert_eq!(nameless.what, Trouble::EmptyId);
        assert!(!format!("{cut} {list} {nameless}").contains("mina"));
    }
}
