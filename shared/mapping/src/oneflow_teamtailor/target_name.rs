//! What of a candidate a data field stands for, as a connection file names it.

use std::fmt;
use std::str::FromStr;

use super::direction::Direction;
use super::field_kind::FieldKind;

/// What of a candidate a data field stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetName {
    /// An attribute that every candidate has.
    Default(DefaultField),
    /// A custom field, by its name for programs.
    Custom(String),
}

/// An attribute that every candidate has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DefaultField {
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
}

/// The text names nothing of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "neither the API name of a custom field nor one of `candidate.first-name`, `candidate.last-name`, `candidate.email`, \
     `candidate.phone`"
)]
pub struct NoTarget;

impl DefaultField {
    /// What the attribute holds.
    #[must_use]
    pub fn kind(self) -> FieldKind {
        match self {
            Self::FirstName | Self::LastName => FieldKind::Text,
            Self::Email => FieldKind::Email,
            Self::Phone => FieldKind::Phone,
        }
    }

    /// Which ways its values go unless a connection says otherwise. Candidates are known by name and address: what a
    /// counterparty enters there changes them only where that is asked for.
    pub(super) fn direction(self) -> Direction {
        match self {
            Self::FirstName | Self::LastName | Self::Email => Direction::ToOneflow,
            Self::Phone => Direction::Both,
        }
    }
}

impl FromStr for TargetName {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        let text = text.trim();
        let Some(attribute) = text.strip_prefix("candidate.") else {
            let is_name = !text.is_empty() && !text.contains(char::is_whitespace);
            return if is_name { Ok(Self::Custom(text.to_owned())) } else { Err(NoTarget) };
        };
        Ok(Self::Default(match attribute {
            "first-name" => DefaultField::FirstName,
            "last-name" => DefaultField::LastName,
            "email" => DefaultField::Email,
            "phone" => DefaultField::Phone,
            _ => return Err(NoTarget),
        }))
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default(DefaultField::FirstName) => "candidate.first-name",
            Self::Default(DefaultField::LastName) => "candidate.last-name",
            Self::Default(DefaultField::Email) => "candidate.email",
            Self::Default(DefaultField::Phone) => "candidate.phone",
            Self::Custom(name) => name,
        })
    }
}
