//! Keys of a connection file that problems name.

/// The table of attributes.
pub(super) const ATTRIBUTES: &str = "attributes";
/// The custom attribute that decides who takes part.
pub(super) const PEOPLE_ATTRIBUTE: &str = "people.attribute";
/// Which employments take part by their type.
pub(super) const EMPLOYMENT_TYPES: &str = "people.employment_types";
/// The table of policies.
pub(super) const POLICIES: &str = "policies";
