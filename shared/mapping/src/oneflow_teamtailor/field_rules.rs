//! The table `[fields]`: which data fields of Oneflow stand for what of a candidate.

use toml_span::{DeserError, Deserialize, Value};
use vendors::oneflow::model::CustomId;

use super::direction::Direction;
use super::formats::Formats;
use super::target_name::TargetName;
use crate::document::{Parsed, fault, table};

/// The beginning of the API names of custom fields that take part by themselves, as in the vendor's own integration.
const PREFIX: &str = "oneflow-";

/// Which data fields stand for what of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRules {
    /// Custom fields whose API names begin so take part by themselves. Empty: none do.
    pub(super) prefix: String,
    /// How Oneflow's account writes dates and numbers.
    pub formats: Formats,
    /// Whether a value that was cleared clears the other side.
    pub(super) clears: bool,
    /// What is listed one by one.
    pub(super) listed: Vec<ListedField>,
}

/// A field that is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedField {
    pub(super) oneflow: CustomId,
    pub(super) teamtailor: TargetName,
    /// `None`: as is usual for what it stands for.
    pub(super) direction: Option<Direction>,
    /// `None`: as for all fields.
    pub(super) clears: Option<bool>,
}

impl Default for FieldRules {
    fn default() -> Self {
        Self { prefix: PREFIX.to_owned(), formats: Formats::default(), clears: false, listed: Vec::new() }
    }
}

impl<'de> Deserialize<'de> for FieldRules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |fields| {
            let formats = Formats { date: fields.optional("date"), decimal: fields.optional("decimal") };
            let read = Self {
                prefix: fields.optional("prefix").unwrap_or_else(|| PREFIX.to_owned()),
                formats,
                clears: fields.optional("clear").unwrap_or_default(),
                listed: fields.optional("map").unwrap_or_default(),
            };
            for what in read.doubled() {
                fields.errors.extend(fault(span, format!("`{what}` is mapped twice")).errors);
            }
            Some(read)
        })
    }
}

impl FieldRules {
    /// What is named twice: two fields would write one.
    fn doubled(&self) -> Vec<String> {
        let mut doubled = Vec::new();
        for (index, field) in self.listed.iter().enumerate() {
            let earlier = self.listed.get(..index).unwrap_or_default();
            if earlier.iter().any(|other| other.oneflow == field.oneflow) {
                doubled.push(field.oneflow.to_string());
            }
            if earlier.iter().any(|other| other.teamtailor == field.teamtailor) {
                doubled.push(field.teamtailor.to_string());
            }
        }
        doubled
    }
}

impl<'de> Deserialize<'de> for ListedField {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |field| {
            let oneflow = field.required::<Parsed<CustomId>>("oneflow").ok();
            let teamtailor = field.required::<Parsed<TargetName>>("teamtailor").ok();
            let direction = field.optional("direction");
            let clears = field.optional("clear");
            Some(Self { oneflow: oneflow?.0, teamtailor: teamtailor?.0, direction, clears })
        })
    }
}
