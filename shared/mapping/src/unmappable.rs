//! What stands in the way of mapping a record.

use std::fmt;

use vendors::value::Personal;

/// A record that cannot be mapped, with everything that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unmappable {
    /// At least one.
    pub problems: Vec<Problem>,
}

/// One thing that stands in the way: the dotted key of the connection file that would mend it, and what was found.
/// `Display` names kinds of values, never a value, so that a log line may hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// e.g. `application.email`.
    pub key: String,
    /// What was found, as a fragment.
    pub what: String,
    /// The word that is missing in a table of the file: for the owner, who has to name it there, and for no log line.
    pub word: Option<Personal<String>>,
}

impl Unmappable {
    /// A record with one problem.
    pub(crate) fn one(key: &str, what: &str) -> Self {
        Self { problems: vec![Problem::new(key, what)] }
    }

    /// All problems in one line for the owner.
    #[must_use]
    pub fn for_owner(&self) -> String {
        let problems: Vec<String> = self.problems.iter().map(Problem::for_owner).collect();
        problems.join("; ")
    }
}

impl Problem {
    /// A problem that is about no single word.
    pub fn new(key: impl Into<String>, what: impl Into<String>) -> Self {
        Self { key: key.into(), what: what.into(), word: None }
    }

    /// The problem with the word that it is about, where it is about one.
    #[must_use]
    pub fn for_owner(&self) -> String {
        match &self.word {
            Some(word) => format!("{self}: \"{}\"", word.reveal()),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Unmappable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        f.write_str(&problems.join("; "))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.key, self.what)
    }
}
