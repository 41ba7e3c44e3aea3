//! Persons as the HR API v2 gives them. An answer lacks what the credential may not read, so every member but the id
//! may be missing, and [`Person::presence`] tells a missing member from an empty one. Source:
//! developer.personio.de/reference/get_v2-persons and the page beside it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;

use super::custom::CustomAttribute;
use super::id::PersonId;
use super::presence::Presence;
use crate::value::{Email, Personal};

/// What hrsync reads of a person. Its `Debug` shows its id alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// Whether somebody works for the company, now or soon.
    pub status: Option<PersonStatus>,
    /// The address at work; `None` where the person has none, the credential may not read it, or it is no address.
    pub email: Option<Email>,
    /// The first name.
    pub first_name: Option<Personal<String>>,
    /// The last name.
    pub last_name: Option<Personal<String>>,
    /// What the person wants to be called.
    pub preferred_name: Option<Personal<String>>,
    /// The company's own attributes, in the vendor's order.
    pub custom_attributes: Vec<CustomAttribute>,
    /// When the person was entered; `None`: Personio does not say.
    pub created_at: Option<Timestamp>,
    /// When one of the person's own members was last changed; `None`: Personio does not say. Says nothing of
    /// employments.
    pub updated_at: Option<Timestamp>,
    /// How the answer held each member. A member that is not listed is missing.
    pub members: BTreeMap<PersonMember, Presence>,
}

/// A member of a person that a credential may be allowed to read or not. `Display` is the vendor's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonMember {
    /// `status`
    Status,
    /// `email`
    Email,
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `preferred_name`
    PreferredName,
    /// `custom_attributes`
    CustomAttributes,
}

/// Whether somebody works for the company. `ACTIVE` includes leave and onboarding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonStatus {
    /// The newest employment is active, on leave, or begins later.
    Active,
    /// The newest employment is over.
    Inactive,
    /// Personio does not say.
    Unspecified,
    /// A status that is not known: at most 40 plain characters of it.
    Other(String),
}

impl Person {
    /// How the answer held a member.
    #[must_use]
    pub fn presence(&self, member: PersonMember) -> Presence {
        self.members.get(&member).copied().unwrap_or(Presence::Missing)
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}

impl PersonMember {
    /// The vendor's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Email => "email",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::PreferredName => "preferred_name",
            Self::CustomAttributes => "custom_attributes",
        }
    }
}

impl fmt::Display for PersonMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
