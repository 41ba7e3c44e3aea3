//! A candidate as Teamtailor gives them.

use jiff::Timestamp;

use super::field_value::FieldContent;
use super::id::{CandidateId, CustomFieldId, FieldValueId};
use crate::value::{Email, Personal};

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Their id.
    pub id: CandidateId,
    /// Their first name.
    pub first_name: Option<Personal<String>>,
    /// Their last name.
    pub last_name: Option<Personal<String>>,
    /// Their address, where it is one.
    pub email: Option<Email>,
    /// Their telephone number.
    pub phone: Option<Personal<String>>,
    /// When anything of them changed.
    pub updated: Option<Timestamp>,
    /// The values of their custom fields. `None`: not asked for.
    pub values: Option<Vec<CustomFieldValue>>,
}

/// A value of a candidate's custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFieldValue {
    /// Its id: by this it is changed.
    pub id: FieldValueId,
    /// The field.
    pub field: CustomFieldId,
    /// What it holds.
    pub content: FieldContent,
}

/// What is to become of a candidate's own attributes. `None`: left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CandidateChange {
    /// The first name.
    pub first_name: Option<Personal<String>>,
    /// The last name.
    pub last_name: Option<Personal<String>>,
    /// The address, by which candidates are known.
    pub email: Option<Email>,
    /// The telephone number.
    pub phone: Option<Personal<String>>,
}
