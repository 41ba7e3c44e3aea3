//! What a target takes: the check that a fixed text passes before deployment and an answer when it arrives.

use std::fmt::Display;
use std::str::FromStr;

use jiff::tz::TimeZone;
use vendors::personio::model::{AttributeId, ChannelId, GENDERS, JobId};
use vendors::value::Email;

use super::date;

/// What a source is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Any text.
    Text,
    /// A tag: the only target that takes several values.
    Tag,
    /// An e-mail address.
    Email,
    /// A job's id.
    Job,
    /// A recruiting channel's id.
    Channel,
    /// A date or a timestamp.
    Day,
    /// The attribute `birthday`.
    Birthday,
    /// The attribute `gender`.
    Gender,
}

impl Target {
    /// What the attribute with this id takes. Personio checks custom attributes against the account's own settings.
    pub(super) fn of_attribute(id: &AttributeId) -> Self {
        match id.as_str() {
            "birthday" => Self::Birthday,
            "gender" => Self::Gender,
            _ => Self::Text,
        }
    }

    /// Whether `text` fits, or what it is not: a fragment that follows "is".
    pub(super) fn check(self, text: &str) -> Result<(), String> {
        match self {
            Self::Text | Self::Tag => Ok(()),
            Self::Email => parsed::<Email>(text).map(drop),
            Self::Job => parsed::<JobId>(text).map(drop),
            Self::Channel => parsed::<ChannelId>(text).map(drop),
            Self::Day => date::day(text, &TimeZone::UTC).map(drop),
            Self::Birthday => date::civil(text).map(drop),
            Self::Gender if GENDERS.contains(&text) => Ok(()),
            Self::Gender => Err(format!("none of {}", GENDERS.join(", "))),
        }
    }
}

/// The value that `text` spells; the error is its type's own words.
pub(super) fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}
