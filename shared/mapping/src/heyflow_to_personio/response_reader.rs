//! Takes values from one response and gathers what stands in the way.

use std::fmt::Display;
use std::str::FromStr;

use vendors::heyflow::model::Submission;

use super::desired::DesiredUpload;
use super::file_rule::FileRule;
use super::lookup::Missing;
use super::source::{SourceText, ValueSource};
use super::target::parsed;
use crate::unmappable::Problem;

/// One response being read. Keys are those below `[application]`.
#[derive(Debug)]
pub(super) struct ResponseReader<'a> {
    response: &'a Submission,
    pub(super) problems: Vec<Problem>,
    /// What the log says of how values were found, each once.
    pub(super) notices: Vec<String>,
}

impl<'a> ResponseReader<'a> {
    pub(super) const fn new(response: &'a Submission) -> Self {
        Self { response, problems: Vec::new(), notices: Vec::new() }
    }

    /// A value that must be there.
    pub(super) fn required<T: FromStr<Err: Display>>(&mut self, key: &str, source: &ValueSource) -> Option<T> {
        match source.text(self.response) {
            Err(Missing::Absent(what)) => self.problem(key, what),
            text => self.fitting(key, source, text, parsed),
        }
    }

    /// A value that may be absent.
    pub(super) fn optional<T: FromStr<Err: Display>>(&mut self, key: &str, source: Option<&ValueSource>) -> Option<T> {
        self.checked(key, source, parsed)
    }

    /// A value that may be absent and is what `parse` makes of the text.
    pub(super) fn checked<T>(
        &mut self,
        key: &str,
        source: Option<&ValueSource>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let source = source?;
        self.fitting(key, source, source.text(self.response), parse)
    }

    fn fitting<T>(
        &mut self,
        key: &str,
        source: &ValueSource,
        text: Result<SourceText, Missing>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let SourceText { text, kind, notices } = match text {
            Ok(found) => found,
            Err(Missing::Absent(_)) => return None,
            Err(Missing::Unusable(what)) => return self.problem(key, what),
        };
        self.notice(&notices);
        match parse(&text) {
            Ok(value) => Some(value),
            Err(not) => {
                let noticed: String = notices.iter().map(|notice| format!(" ({notice})")).collect();
                self.problem(key, format!("{source} holds {kind} that is {not}{noticed}"))
            }
        }
    }

    /// All tags, each once, in the order of the rules.
    pub(super) fn tags(&mut self, sources: &[ValueSource]) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for source in sources {
            let found = match source.texts(self.response) {
                Ok(found) => {
                    self.notice(&found.notices);
                    found.texts
                }
                Err(Missing::Absent(_)) => Vec::new(),
                Err(Missing::Unusable(what)) => {
                    self.add_problem("tags", what);
                    Vec::new()
                }
            };
            for tag in found {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }

    /// The uploads of one rule.
    pub(super) fn uploads(&mut self, rule: &FileRule) -> Vec<DesiredUpload> {
        let mut uploads = Vec::new();
        for input in rule.inputs(self.response) {
            match input {
                Ok(input) => {
                    self.notice(&input.notices);
                    uploads.extend(input.uploads);
                }
                Err(what) => self.add_problem("files", what),
            }
        }
        uploads
    }

    fn notice(&mut self, notices: &[String]) {
        for notice in notices {
            if !self.notices.contains(notice) {
                self.notices.push(notice.clone());
            }
        }
    }

    /// Adds a problem; always `None`.
    fn problem<T>(&mut self, key: &str, what: String) -> Option<T> {
        self.add_problem(key, what);
        None
    }

    fn add_problem(&mut self, key: &str, what: String) {
        self.problems.push(Problem::new(format!("application.{key}"), what));
    }
}
