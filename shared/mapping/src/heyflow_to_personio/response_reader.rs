//! Takes values from one response and gathers what stands in the way.

use std::fmt::Display;
use std::str::FromStr;

use vendors::heyflow::model::Submission;

use super::desired::DesiredUpload;
use super::file_rule::FileRule;
use super::lookup::Missing;
use super::source::{OnUnusable, SourceText, ValueSource};
use super::target::parsed;
use crate::unmappable::Problem;

/// One response being read. Keys are those below `[application]`.
#[derive(Debug)]
pub(super) struct ResponseReader<'a> {
    response: &'a Submission,
    pub(super) problems: Vec<Problem>,
    /// Values that cannot be used and of which the owner is to be told.
    pub(super) left_out: Vec<Problem>,
    /// Answers to inputs for files that are no files.
    pub(super) no_files: Vec<Problem>,
    /// What the log says of how values were found, each once.
    notices: Vec<String>,
    /// The keys of optional values that the response does not have.
    absent: Vec<String>,
}

impl<'a> ResponseReader<'a> {
    pub(super) fn new(response: &'a Submission) -> Self {
        Self {
            response,
            problems: Vec::new(),
            left_out: Vec::new(),
            no_files: Vec::new(),
            notices: Vec::new(),
            absent: Vec::new(),
        }
    }

    /// All that the log says.
    pub(super) fn log(&self) -> Vec<String> {
        let absent = (!self.absent.is_empty()).then(|| format!("not in this response: {}", self.absent.join(", ")));
        self.notices.iter().cloned().chain(absent).collect()
    }

    /// A value that must be there.
    pub(super) fn required<T: FromStr<Err: Display>>(&mut self, key: &str, source: &ValueSource) -> Option<T> {
        match source.text(self.response) {
            Err(Missing::Absent(what)) => self.problem(key, what),
            text => self.fitting(key, source, OnUnusable::Problem, text, parsed),
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
        self.fitting(key, source, source.on_unusable(), source.text(self.response), parse)
    }

    fn fitting<T>(
        &mut self,
        key: &str,
        source: &ValueSource,
        on_unusable: OnUnusable,
        text: Result<SourceText, Missing>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let SourceText { text, kind, notices } = match text {
            Ok(found) => found,
            Err(Missing::Absent(_)) => {
                self.absent.push(key.to_owned());
                return None;
            }
            Err(Missing::Unusable(what)) => return self.unusable(key, on_unusable, what),
            Err(Missing::Problem(what)) => return self.problem(key, what),
        };
        self.notice(&notices);
        match parse(&text) {
            Ok(value) => Some(value),
            Err(not) => {
                let noticed: String = notices.iter().map(|notice| format!(" ({notice})")).collect();
                self.unusable(key, on_unusable, format!("{source} holds {kind} that is {not}{noticed}"))
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
                Err(Missing::Unusable(what)) => self.unusable("tags", source.on_unusable(), what).unwrap_or_default(),
                Err(Missing::Problem(what)) => self.problem("tags", what).unwrap_or_default(),
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
            self.notice(&input.notices);
            uploads.extend(input.uploads);
            self.no_files.extend(input.no_files.into_iter().map(|what| problem("files", what)));
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
        self.problems.push(problem(key, what));
        None
    }

    /// Deals with a value that cannot be used as its source wants it; always `None`.
    fn unusable<T>(&mut self, key: &str, on_unusable: OnUnusable, what: String) -> Option<T> {
        match on_unusable {
            OnUnusable::Tell => self.left_out.push(problem(key, what)),
            OnUnusable::Omit => self.notice(&[format!("{} and is left out", problem(key, what))]),
            OnUnusable::Problem => self.problems.push(problem(key, what)),
        }
        None
    }
}

fn problem(key: &str, what: String) -> Problem {
    Problem::new(format!("application.{key}"), what)
}
