//! A custom attribute that a connection file names.

use std::fmt;

use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Span, Spanned, Value};
use vendors::personio::model::custom::{CustomAttribute, CustomValue};
use vendors::personio::model::person::{Person, PersonMember};
use vendors::personio::model::presence::Presence;

use super::missing_right::MissingRight;
use super::obstacle::SourceValue;
use crate::document::{fault, one_of, table};

/// A custom attribute, by its id in the account or its id across accounts: answers come without labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CustomSource {
    key: CustomKey,
    unlisted: Unlisted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum CustomKey {
    Id(String),
    GlobalId(String),
}

/// What is concluded where a person's list does not hold the attribute. Whether Personio lists attributes without a
/// value is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Unlisted {
    /// The credential may not read it.
    #[default]
    NotShown,
    /// The person has no value.
    Empty,
}

impl CustomSource {
    /// Takes `custom_id` or `global_id`, and `unlisted`, from a table. `None`: neither, or both beside a fault.
    pub(super) fn take(fields: &mut TableHelper<'_>) -> Option<Self> {
        let id = key(fields, "custom_id").map(CustomKey::Id);
        let global_id = key(fields, "global_id").map(CustomKey::GlobalId);
        let unlisted: Option<Spanned<Unlisted>> = fields.optional_s("unlisted");
        match (id.or(global_id), unlisted) {
            (Some(key), unlisted) => {
                let unlisted = unlisted.map_or(Unlisted::default(), |unlisted| unlisted.value);
                Some(Self { key, unlisted })
            }
            (None, Some(unlisted)) => lone(fields, unlisted.span),
            (None, None) => None,
        }
    }

    /// The person's value.
    pub(super) fn find<'a>(&self, person: &'a Person) -> SourceValue<&'a CustomValue> {
        match person.presence(PersonMember::CustomAttributes) {
            Presence::Missing => {
                return SourceValue::NotShown(MissingRight::of_persons(PersonMember::CustomAttributes));
            }
            Presence::Unusable => return SourceValue::Unusable("the custom attributes are no list".to_owned()),
            Presence::Empty | Presence::There => {}
        }
        let found = person.custom_attributes.iter().find(|attribute| self.is(attribute));
        match (found.map(|attribute| &attribute.value), self.unlisted) {
            (Some(CustomValue::Empty), _) | (None, Unlisted::Empty) => SourceValue::Empty,
            (Some(CustomValue::Unusable), _) => SourceValue::Unusable(format!("{self} holds neither text nor number")),
            (Some(value), _) => SourceValue::There(value),
            (None, Unlisted::NotShown) => SourceValue::NotShown(MissingRight::custom(self.id())),
        }
    }

    fn is(&self, attribute: &CustomAttribute) -> bool {
        match &self.key {
            CustomKey::Id(id) => attribute.id.as_ref() == Some(id),
            CustomKey::GlobalId(id) => attribute.global_id.as_ref() == Some(id),
        }
    }

    fn id(&self) -> &str {
        match &self.key {
            CustomKey::Id(id) | CustomKey::GlobalId(id) => id,
        }
    }
}

impl fmt::Display for CustomSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the custom attribute `{}`", self.id())
    }
}

impl<'de> Deserialize<'de> for CustomSource {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |fields| {
            let is_one = fields.contains("custom_id") != fields.contains("global_id");
            let source = Self::take(fields);
            if !is_one {
                let what = "needs exactly one of `custom_id` and `global_id`".to_owned();
                fields.errors.extend(fault(span, what).errors);
            }
            source
        })
    }
}

impl<'de> Deserialize<'de> for Unlisted {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("halt", Self::NotShown), ("empty", Self::Empty)])
    }
}

fn key(fields: &mut TableHelper<'_>, key: &'static str) -> Option<String> {
    let text: Spanned<String> = fields.optional_s(key)?;
    let trimmed = text.value.trim();
    if trimmed.is_empty() {
        fields.errors.extend(fault(text.span, "must not be empty".to_owned()).errors);
        return None;
    }
    Some(trimmed.to_owned())
}

fn lone<T>(fields: &mut TableHelper<'_>, span: Span) -> Option<T> {
    let what = "`unlisted` goes with `custom_id` or `global_id`".to_owned();
    fields.errors.extend(fault(span, what).errors);
    None
}
