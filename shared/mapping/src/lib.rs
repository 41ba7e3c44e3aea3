//! What goes where. Pure: no I/O, no clock.
//!
//! [`document`] reads a connection file and lists everything wrong with it. A module per pair of systems (for example
//! [`heyflow_to_personio`]) holds the rules a connection can set for that pair, and turns a source record into what
//! the target should hold, or into [`Unmappable`] with every problem at once.

pub mod document;
pub mod heyflow_to_personio;
mod nearest;
pub mod personio_to_hellohq;

use std::fmt;

pub use nearest::nearest;

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

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.key, self.what)
    }
}

impl fmt::Display for Unmappable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        f.write_str(&problems.join("; "))
    }
}
