//! What of a person an attribute may be made of.

use std::fmt;

use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::person::{Person, PersonMember};
use vendors::personio::model::presence::Presence;
use vendors::value::Personal;

use super::missing_right::MissingRight;
use super::obstacle::SourceValue;
use crate::document::one_of;

/// What of a person an attribute may be made of. `Display` is the word of the connection file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PersonValue {
    Id,
    Email,
    FirstName,
    LastName,
    PreferredName,
    /// First and last name.
    FullName,
    /// The preferred name, or the first name where there is none.
    KnownAs,
}

const WORDS: &[(&str, PersonValue)] = &[
    ("id", PersonValue::Id),
    ("email", PersonValue::Email),
    ("first_name", PersonValue::FirstName),
    ("last_name", PersonValue::LastName),
    ("preferred_name", PersonValue::PreferredName),
    ("full_name", PersonValue::FullName),
    ("known_as", PersonValue::KnownAs),
];

impl PersonValue {
    pub(super) fn find(self, person: &Person) -> SourceValue<String> {
        let first = || text(person, PersonMember::FirstName, person.first_name.as_ref().map(Personal::reveal));
        let last = || text(person, PersonMember::LastName, person.last_name.as_ref().map(Personal::reveal));
        let preferred =
            || text(person, PersonMember::PreferredName, person.preferred_name.as_ref().map(Personal::reveal));
        match self {
            Self::Id => SourceValue::There(person.id.to_string()),
            Self::Email => text(person, PersonMember::Email, person.email.as_ref().map(|email| email.reveal())),
            Self::FirstName => first(),
            Self::LastName => last(),
            Self::PreferredName => preferred(),
            Self::FullName => joined(first(), last()),
            Self::KnownAs => match preferred() {
                SourceValue::Empty => first(),
                preferred => preferred,
            },
        }
    }
}

fn text(person: &Person, member: PersonMember, value: Option<&(impl ToString + ?Sized)>) -> SourceValue<String> {
    match (person.presence(member), value) {
        (Presence::Missing, _) => SourceValue::NotShown(MissingRight::of_persons(member)),
        (Presence::Unusable, _) => SourceValue::Unusable(format!("the person's `{member}` cannot be used")),
        (_, Some(value)) => SourceValue::There(value.to_string()),
        (_, None) => SourceValue::Empty,
    }
}

fn joined(first: SourceValue<String>, last: SourceValue<String>) -> SourceValue<String> {
    match (first, last) {
        (SourceValue::There(first), SourceValue::There(last)) => SourceValue::There(format!("{first} {last}")),
        (SourceValue::There(only), SourceValue::Empty) | (SourceValue::Empty, SourceValue::There(only)) => {
            SourceValue::There(only)
        }
        (SourceValue::There(_) | SourceValue::Empty, other) => other,
        (other, _) => other,
    }
}

impl fmt::Display for PersonValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = WORDS.iter().find(|(_, value)| value == self).map(|(word, _)| *word);
        f.write_str(word.unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for PersonValue {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, WORDS)
    }
}
