//! Persons as the HR API v2 gives them.

use super::id::PersonId;
use crate::value::Email;

/// What hrsync reads of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The address at work; `None` where the person has none, the credential may not read it, or it is no address.
    pub email: Option<Email>,
}
