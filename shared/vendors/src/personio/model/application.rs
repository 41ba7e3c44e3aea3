//! The body of an application, as the recruiting API v1 takes it.
//!
//! Exactly the documented keys, and none that is empty: Personio refuses a body with an unknown key or a null. Source:
//! developer.personio.de/reference/post_v1-recruiting-applications.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;

use super::file::AttachedFile;
use crate::value::{Email, Personal};

/// A positive whole number that Personio gave: must travel as a JSON number.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl FromStr for $name {
            type Err = NotANumberId;

            fn from_str(text: &str) -> Result<Self, NotANumberId> {
                match text.trim().parse() {
                    Ok(id) if id > 0 => Ok(Self(id)),
                    _ => Err(NotANumberId),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id! {
    /// A job position: the `<id>` of the job in the company's XML feed.
    JobId
}
number_id! {
    /// A recruiting channel of the account's settings.
    ChannelId
}
number_id! {
    /// A custom phase of a job's recruiting category.
    CustomPhaseId
}

/// The text is not the id of a thing that Personio numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a positive whole number")]
pub struct NotANumberId;

/// The body of `POST /v1/recruiting/applications`. Its `Debug` shows the job alone: tags and the posting's id may come from
/// the applicant as well.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Application {
    /// Not blank.
    pub first_name: Personal<String>,
    /// Not blank.
    pub last_name: Personal<String>,
    /// One application per address and job.
    pub email: Email,
    /// The published job that is applied for.
    pub job_position_id: JobId,
    /// Where the applicant came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recruiting_channel_id: Option<ChannelId>,
    /// An id that a multiposting tool passed on; must fit the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_posting_id: Option<String>,
    /// The applicant's free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Personal<String>>,
    /// Not in the future.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_date: Option<Date>,
    /// Left out: the first phase of the job's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Unknown ones are created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Uploaded before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachedFile>,
    /// System and custom attributes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application").field("job_position_id", &self.job_position_id).finish_non_exhaustive()
    }
}

/// The phase an application begins in. A custom phase that does not exist does not fail: the application lands in
/// `unassigned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "id", rename_all = "lowercase")]
pub enum Phase {
    /// One of Personio's own.
    System(SystemPhase),
    /// One of the account's.
    Custom(CustomPhaseId),
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(phase) => f.write_str(phase.name()),
            Self::Custom(id) => write!(f, "custom phase {id}"),
        }
    }
}

/// Personio's own phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SystemPhase {
    /// Not sorted yet.
    Unassigned,
    /// Turned down.
    Rejected,
    /// Taken back by the applicant.
    Withdrawn,
    /// Offered.
    Offer,
    /// Taken.
    Accepted,
}

impl SystemPhase {
    /// Its name, as Personio writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, phase)| *phase == self).map_or("", |(name, _)| *name)
    }

    /// All of them, with their names.
    pub const ALL: &[(&'static str, Self)] = &[
        ("unassigned", Self::Unassigned),
        ("rejected", Self::Rejected),
        ("withdrawn", Self::Withdrawn),
        ("offer", Self::Offer),
        ("accepted", Self::Accepted),
    ];
}

/// One attribute of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// `phone`, `custom_attribute_1001`, ...
    pub id: AttributeId,
    /// Always a text.
    pub value: Personal<String>,
}

/// The id of an attribute: one of [`AttributeId::SYSTEM`], or `custom_attribute_` and a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct AttributeId(String);

/// The text is no attribute's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an attribute's id: one of birthday, gender, location, phone, available_from, salary_expectations, or custom_attribute_<number>"
)]
pub struct NotAnAttribute;

impl AttributeId {
    /// Personio's own attributes. LinkedIn and Xing are not among them.
    pub const SYSTEM: &[&'static str] =
        &["birthday", "gender", "location", "phone", "available_from", "salary_expectations"];

    /// The id as Personio spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AttributeId {
    type Err = NotAnAttribute;

    fn from_str(text: &str) -> Result<Self, NotAnAttribute> {
        let number = text.strip_prefix("custom_attribute_");
        let custom = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
        if custom || Self::SYSTEM.contains(&text) { Ok(Self(text.to_owned())) } else { Err(NotAnAttribute) }
    }
}

/// Values of the attribute `gender`.
pub const GENDERS: &[&str] = &["male", "female", "diverse", "undefined"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_have_the_documented_spelling() {
        let json = |phase: Phase| serde_json::to_string(&phase).unwrap();
        assert_eq!(json(Phase::System(SystemPhase::Offer)), r#"{"type":"system","id":"offer"}"#);
        assert_eq!(json(Phase::Custom("60101".parse().unwrap())), r#"{"type":"custom","id":60101}"#);
    }

    #[test]
    fn attribute_ids_are_personios() {
        for good in ["phone", "custom_attribute_1001"] {
            assert!(good.parse::<AttributeId>().is_ok(), "{good}");
        }
        for bad in ["linkedin", "custom_attribute_", "custom_attribute_x", "Phone", ""] {
            assert!(bad.parse::<AttributeId>().is_err(), "{bad}");
        }
    }
}
