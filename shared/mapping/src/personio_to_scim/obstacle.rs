//! What was found at a place of the source, and what stands in the way of reading it.

use super::missing_right::MissingRight;
use crate::unmappable::Problem;

/// What stands at a place of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceValue<T> {
    /// A value.
    There(T),
    /// Nothing, and that is known.
    Empty,
    /// The credential may not see it.
    NotShown(MissingRight),
    /// Something that is no value here: what, as a fragment. Never shows it.
    Unusable(String),
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// The credential lacks a right.
    MissingRight(MissingRight),
    /// Something cannot be read.
    Problem(Problem),
}

impl Obstacle {
    pub(super) fn problem(key: &str, what: impl Into<String>) -> Self {
        Self::Problem(Problem::new(key, what))
    }
}
