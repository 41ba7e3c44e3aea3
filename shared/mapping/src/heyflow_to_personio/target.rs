//! What a target takes: the check that a fixed text passes before deployment and an answer when it arrives.

use std::fmt::Display;
use std::str::FromStr;

use jiff::tz::TimeZone;
use vendors::personio::model::{AttributeId, ChannelId, GENDERS, JobId};
use vendors::value::Email;

use super::date::{self, DateFormat};

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
    /// An attribute of any text, or of a date.
    Attribute,
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
            _ => Self::Attribute,
        }
    }

    /// Whether it can hold a date, so that a source may say how the form spells one.
    pub(super) fn takes_date(self) -> bool {
        matches!(self, Self::Day | Self::Birthday | Self::Attribute)
    }

    /// The value of an attribute that `text` gives, or what the text is not: a fragment that follows "is".
    pub(super) fn attribute(self, text: &str, format: Option<&DateFormat>) -> Result<String, String> {
        match self {
            Self::Birthday => date::civil(text, format).map(|date| date.to_string()),
            Self::Attribute if format.is_some() => date::civil(text, format).map(|date| date.to_string()),
            _ => self.check(text, format).map(|()| text.to_owned()),
        }
    }

    /// Whether `text` fits, or what it is not.
    pub(super) fn check(self, text: &str, format: Option<&DateFormat>) -> Result<(), String> {
        match self {
            Self::Attribute if format.is_some() => date::civil(text, format).map(drop),
            Self::Text | Self::Tag | Self::Attribute => Ok(()),
            Self::Email => parsed::<Email>(text).map(drop),
            Self::Job => parsed::<JobId>(text).map(drop),
            Self::Channel => parsed::<ChannelId>(text).map(drop),
            Self::Day => date::day(text, &TimeZone::UTC, format).map(drop),
            Self::Birthday => date::civil(text, format).map(drop),
            Self::Gender if GENDERS.contains(&text) => Ok(()),
            Self::Gender => Err(format!("none of {}", GENDERS.join(", "))),
        }
    }
}

/// The value that `text` spells; the error is its type's own words.
pub(super) fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}
