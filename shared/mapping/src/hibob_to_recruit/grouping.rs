//! Which positions of HiBob are one position in Recruit: `group_by`.

use std::fmt;

use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::model::{FieldId, position_field};

use super::row::Row;
use crate::document::one_of;

/// What positions have in common that are one position in Recruit. Empty: each position of HiBob is one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupBy(pub(super) Vec<GroupField>);

/// What two positions may have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupField {
    JobProfile,
    Site,
    Department,
    EmploymentType,
}

/// What a position of Recruit stands for: opaque.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupKey(String);

impl GroupBy {
    /// The key of the row's position: its id, or what it has in common with others. A position that lacks one of the fields
    /// has nothing in common with others.
    #[must_use]
    pub fn key(&self, row: Row<'_>) -> GroupKey {
        let position = || GroupKey(row.position.id.to_string());
        if self.0.is_empty() {
            return position();
        }
        let values: Option<Vec<String>> = self.0.iter().map(|field| row.word(&field.id())).collect();
        match values {
            // each value with its length: no two lists of values are spelled alike
            Some(values) => {
                let spelled: Vec<String> = values.iter().map(|value| format!("{}:{value}", value.len())).collect();
                GroupKey(format!("group {}", spelled.join(" ")))
            }
            None => position(),
        }
    }

    /// The fields that the key is made of.
    pub(super) fn fields(&self) -> impl Iterator<Item = FieldId> {
        self.0.iter().map(|field| field.id())
    }
}

impl GroupField {
    fn id(self) -> FieldId {
        match self {
            Self::JobProfile => position_field::JOB_PROFILE,
            Self::Site => position_field::SITE,
            Self::Department => position_field::DEPARTMENT,
            Self::EmploymentType => position_field::EMPLOYMENT_TYPE,
        }
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for GroupBy {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        Vec::<GroupField>::deserialize(value).map(Self)
    }
}

impl<'de> Deserialize<'de> for GroupField {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [
            ("job-profile", Self::JobProfile),
            ("site", Self::Site),
            ("department", Self::Department),
            ("employment-type", Self::EmploymentType),
        ];
        one_of(value, &words)
    }
}
