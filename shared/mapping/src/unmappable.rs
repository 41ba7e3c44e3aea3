//! What stands in the way of mapping a record.

use std::fmt;

/// A record that cannot be mapped, with everything that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unmappable {
    /// At least one.
    pub problems: Vec<Problem>,
}

/// One thing that stands in the way: the dotted key of the connection file that would mend it, and what was found.
/// Names kinds of values, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// e.g. `application.email`.
    pub key: String,
    /// What was found, as a fragment.
    pub what: String,
}

impl Unmappable {
    /// A record with one problem.
    pub(crate) fn one(key: &str, what: &str) -> Self {
        let problem = Problem { key: key.to_owned(), what: what.to_owned() };
        Self { problems: vec![problem] }
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
