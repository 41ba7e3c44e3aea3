//! A right that the credential lacks. What it may not read is left out of answers, so a missing member is never taken
//! for an empty one.

use std::fmt;

use vendors::personio::model::employment::EmploymentMember;
use vendors::personio::model::person::PersonMember;

/// An attribute that the credential may not read, and must. `Display` names it, e.g. "`termination` of employments".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRight {
    attribute: String,
    of: &'static str,
}

impl MissingRight {
    /// Where the right is granted, for whoever is told.
    pub const GRANTED: &'static str =
        "Let the credential read it: Personio, Settings > API credentials > readable attributes.";

    pub(super) fn of_persons(member: PersonMember) -> Self {
        Self { attribute: member.to_string(), of: "persons" }
    }

    pub(super) fn of_employments(member: EmploymentMember) -> Self {
        Self { attribute: member.to_string(), of: "employments" }
    }

    pub(super) fn custom(id: &str) -> Self {
        Self { attribute: id.to_owned(), of: "the custom attributes of persons" }
    }

    /// Personio's name of the attribute.
    #[must_use]
    pub fn attribute(&self) -> &str {
        &self.attribute
    }
}

impl fmt::Display for MissingRight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of {}", self.attribute, self.of)
    }
}
