//! A Heyflow form response becomes a Personio job application.

use std::str::FromStr;

use toml_span::{DeserError, Deserialize, Value};
use vendors::heyflow::model::Submission;
use vendors::personio::model::{Application, JobId};
use vendors::value::{Email, Personal};

use crate::document::{fault, table};
use crate::nearest::hint;
use crate::{Problem, Unmappable};

/// Where each part of an application comes from: the table `[application]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    first_name: Source,
    last_name: Source,
    email: Source,
    job_position_id: Source,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `{ input = "..." }`: the answer to the form's input with this system label.
    Input(String),
    /// `{ text = "..." }`: this text, always.
    Text(String),
}

impl Rules {
    /// The application that a response asks for.
    ///
    /// # Errors
    /// [`Unmappable`] with every problem of the response.
    pub fn apply(&self, response: &Submission) -> Result<Application, Unmappable> {
        let mut problems = Vec::new();
        let mut take =
            |key: &str, source: &Source| source.value(response).map_err(|what| problems.push(problem(key, what))).ok();
        let first_name = take("first_name", &self.first_name);
        let last_name = take("last_name", &self.last_name);
        let email = take("email", &self.email);
        let job = take("job_position_id", &self.job_position_id);
        let email = email.and_then(|text| parse::<Email>("email", &self.email, &text, &mut problems));
        let job = job.and_then(|text| parse::<JobId>("job_position_id", &self.job_position_id, &text, &mut problems));
        match (first_name, last_name, email, job) {
            (Some(first_name), Some(last_name), Some(email), Some(job_position_id)) => Ok(Application {
                first_name: Personal::new(first_name),
                last_name: Personal::new(last_name),
                email,
                job_position_id,
            }),
            _ => Err(Unmappable { problems }),
        }
    }
}

fn parse<T: FromStr<Err: std::fmt::Display>>(
    key: &str,
    source: &Source,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    text.parse().map_err(|error| problems.push(problem(key, format!("{source} is {error}")))).ok()
}

fn problem(key: &str, what: String) -> Problem {
    Problem { key: format!("application.{key}"), what }
}

impl Source {
    /// The value, or what is wrong with it.
    fn value(&self, response: &Submission) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Input(label) => match response.answer(label) {
                Ok(Some(text)) => Ok(text),
                Ok(None) if response.labels().any(|known| known == label) => Err(format!("{self} is empty")),
                Ok(None) => Err(format!("{self} is not in this response{}", hint(label, response.labels()))),
                Err(kind) => Err(format!("{self} holds {kind}, a text is needed")),
            },
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(label) => write!(f, "the input `{label}`"),
            Self::Text(text) => write!(f, "the text `{text}`"),
        }
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let (input, text): (Option<String>, Option<String>) =
            table(value, |source| Some((source.optional("input"), source.optional("text"))))?;
        match (input, text) {
            (Some(empty), None) | (None, Some(empty)) if empty.trim().is_empty() => {
                Err(fault(span, "must not be empty".to_owned()))
            }
            (Some(label), None) => Ok(Self::Input(label)),
            (None, Some(text)) => Ok(Self::Text(text)),
            _ => Err(fault(span, "needs exactly one of `input` (a system label) and `text` (a fixed text)".to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |rules| {
            let (first_name, last_name) = (rules.required("first_name").ok(), rules.required("last_name").ok());
            let email = fixed::<Email>("email", rules);
            let job_position_id = fixed::<JobId>("job_position_id", rules);
            Some(Self {
                first_name: first_name?,
                last_name: last_name?,
                email: email?,
                job_position_id: job_position_id?,
            })
        })
    }
}

/// A source whose fixed text, if it is one, must be a `T`: found out before deployment, not at the first response.
fn fixed<T: FromStr<Err: std::fmt::Display>>(
    key: &'static str,
    rules: &mut toml_span::de_helpers::TableHelper<'_>,
) -> Option<Source> {
    let source = rules.required_s::<Source>(key).ok()?;
    if let Source::Text(text) = &source.value
        && let Err(error) = text.parse::<T>()
    {
        rules.errors.extend(fault(source.span, format!("{} is {error}", source.value)).errors);
        return None;
    }
    Some(source.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    const RULES: &str = r#"
        first_name = { input = "First name" }
        last_name = { input = "Last name" }
        email = { input = "E-mail" }
        job_position_id = { text = "1834171" }
    "#;

    fn response(fields: &str) -> Submission {
        Submission::read(format!(r#"{{"flowID":"F","id":"R","fields":{fields}}}"#).as_bytes()).unwrap()
    }

    fn problems(rules: &str, fields: &str) -> String {
        let unmappable = document::read::<Rules>(rules).unwrap().apply(&response(fields)).unwrap_err();
        unmappable.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_response_becomes_an_application() {
        let fields = r#"{"First name":"Mina","Last name":"Aydin","E-mail":" mina@bewerbung.example ","Other":"x"}"#;
        let application = document::read::<Rules>(RULES).unwrap().apply(&response(fields)).unwrap();
        assert_eq!(application.first_name.reveal(), "Mina");
        assert_eq!(application.last_name.reveal(), "Aydin");
        assert_eq!(application.email.reveal(), "mina@bewerbung.example");
        assert_eq!(application.job_position_id.to_string(), "1834171");
    }

    #[test]
    fn every_problem_of_a_response_is_named_and_no_value_shown() {
        let rules = RULES.replace(r#"{ text = "1834171" }"#, r#"{ input = "Job" }"#);
        let fields = r#"{"First Nmae":"Mina","Last name":["Aydin"],"E-mail":"mina at example","Job":"designer"}"#;
        insta::assert_snapshot!(problems(&rules, fields), @r"
        `application.first_name`: the input `First name` is not in this response; did you mean `First Nmae`?
        `application.last_name`: the input `Last name` holds a list, a text is needed
        `application.email`: the input `E-mail` is not an e-mail address
        `application.job_position_id`: the input `Job` is not a positive whole number
        ");
        assert_eq!(
            problems(RULES, r#"{"First name":"","Last name":"Aydin","E-mail":"mina@example.com"}"#),
            "`application.first_name`: the input `First name` is empty"
        );
    }

    #[test]
    fn every_fault_of_the_rules_is_found_before_deployment() {
        let faults = document::read::<Rules>(concat!(
            "firstname = { input = \"First name\" }\n",
            "last_name = { input = \"a\", text = \"b\" }\n",
            "email = { text = \"nobody\" }\n",
            "job_position_id = { text = \"0\", inputs = \"x\" }\n",
        ));
        let lines: Vec<String> = faults.unwrap_err().iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        line 1: the key `first_name` is missing here
        line 1: unknown key `firstname`; did you mean `first_name`?
        line 2: needs exactly one of `input` (a system label) and `text` (a fixed text)
        line 3: the text `nobody` is not an e-mail address
        line 4: unknown key `inputs`; did you mean `input`?
        ");
    }
}
