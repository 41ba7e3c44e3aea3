//! Takes values from one response and gathers what stands in the way.

use std::fmt::Display;
use std::str::FromStr;

use vendors::heyflow::model::Submission;

use super::WantedUpload;
use super::files::FileRule;
use super::lookup::Missing;
use super::source::Source;
use super::target::parsed;
use crate::Problem;

/// One response being read. Keys are those below `[application]`.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    response: &'a Submission,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    pub(super) const fn new(response: &'a Submission) -> Self {
        Self { response, problems: Vec::new() }
    }

    /// A value that must be there.
    pub(super) fn required<T: FromStr<Err: Display>>(&mut self, key: &str, source: &Source) -> Option<T> {
        match source.text(self.response) {
            Err(Missing::Absent(what)) => self.problem(key, what),
            text => self.fitting(key, source, text, parsed),
        }
    }

    /// A value that may be absent.
    pub(super) fn optional<T: FromStr<Err: Display>>(&mut self, key: &str, source: Option<&Source>) -> Option<T> {
        self.checked(key, source, parsed)
    }

    /// A value that may be absent and is what `parse` makes of the text.
    pub(super) fn checked<T>(
        &mut self,
        key: &str,
        source: Option<&Source>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let source = source?;
        self.fitting(key, source, source.text(self.response), parse)
    }

    fn fitting<T>(
        &mut self,
        key: &str,
        source: &Source,
        text: Result<(String, &'static str), Missing>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (text, kind) = match text {
            Ok(found) => found,
            Err(Missing::Absent(_)) => return None,
            Err(Missing::Unusable(what)) => return self.problem(key, what),
        };
        match parse(&text) {
            Ok(value) => Some(value),
            Err(not) => self.problem(key, format!("{source} holds {kind} that is {not}")),
        }
    }

    /// All tags, each once, in the order of the rules.
    pub(super) fn tags(&mut self, sources: &[Source]) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for source in sources {
            match source.texts(self.response) {
                Ok(found) => {
                    for tag in found.texts {
                        if !tags.contains(&tag) {
                            tags.push(tag);
                        }
                    }
                }
                Err(Missing::Absent(_)) => {}
                Err(Missing::Unusable(what)) => self.note("tags", what),
            }
        }
        tags
    }

    /// The uploads of one rule.
    pub(super) fn uploads(&mut self, rule: &FileRule) -> Vec<WantedUpload> {
        let uploads = rule.uploads(self.response);
        uploads.into_iter().filter_map(|upload| upload.map_or_else(|what| self.problem("files", what), Some)).collect()
    }

    /// Notes a problem; always `None`.
    fn problem<T>(&mut self, key: &str, what: String) -> Option<T> {
        self.note(key, what);
        None
    }

    fn note(&mut self, key: &str, what: String) {
        self.problems.push(Problem { key: format!("application.{key}"), what });
    }
}
