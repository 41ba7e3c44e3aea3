//! Oneflow's ids: whole numbers, but for the `custom_id` of a data field, which people choose.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::number_id;

pub use crate::id::NotANumberId;

number_id! {
    /// A contract.
    ContractId, i64
}
number_id! {
    /// A workspace: contracts and templates stand in one.
    WorkspaceId, i64
}
number_id! {
    /// A template, from which contracts are made.
    TemplateId, i64
}
number_id! {
    /// A template type, which defines the data fields of its templates. Its older name is template group.
    TemplateTypeId, i64
}
number_id! {
    /// A data field of a contract or of a template type.
    DataFieldId, i64
}
number_id! {
    /// A party of a contract.
    PartyId, i64
}
number_id! {
    /// A participant: a person of a party.
    ParticipantId, i64
}
number_id! {
    /// A file of a contract; counted for each contract.
    FileId, i64
}
number_id! {
    /// Something that happened to a contract.
    EventId, i64
}
number_id! {
    /// A user of the account.
    UserId, i64
}

/// The `custom_id` of a data field, in the app its external key: unique within a template type. Trimmed, not empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CustomId(String);

/// The text is no `custom_id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a custom id of a data field: blank, or with control characters")]
pub struct NotACustomId;

impl CustomId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CustomId {
    type Err = NotACustomId;

    fn from_str(text: &str) -> Result<Self, NotACustomId> {
        let text = text.trim();
        if text.is_empty() || text.contains(char::is_control) { Err(NotACustomId) } else { Ok(Self(text.to_owned())) }
    }
}

impl TryFrom<String> for CustomId {
    type Error = NotACustomId;

    fn try_from(text: String) -> Result<Self, NotACustomId> {
        text.parse()
    }
}

impl From<CustomId> for String {
    fn from(id: CustomId) -> Self {
        id.0
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_positive_numbers() {
        assert_eq!(serde_json::to_string(&"101".parse::<ContractId>().unwrap()).unwrap(), "101");
        for bad in ["", "0", "-1", "1/2", "x", "9223372036854775808"] {
            assert_eq!(bad.parse::<ContractId>(), Err(NotANumberId), "{bad:?}");
        }
    }

    #[test]
    fn a_custom_id_is_kept_as_people_wrote_it() {
        assert_eq!(" oneflow-start date ".parse::<CustomId>().unwrap().as_str(), "oneflow-start date");
        for bad in ["", "  ", "a\nb"] {
            assert_eq!(bad.parse::<CustomId>(), Err(NotACustomId), "{bad:?}");
        }
    }
}
