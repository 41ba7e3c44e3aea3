//! Where connections are looked at from.

use super::metrics::Metrics;
use super::resources::Resource;
use crate::stack::Stack;

/// The stack and what tells of it.
pub(super) struct Desk<'a> {
    pub(super) stack: &'a Stack,
    pub(super) metrics: Metrics,
    /// Empty where they cannot be listed.
    pub(super) resources: &'a [Resource],
}
