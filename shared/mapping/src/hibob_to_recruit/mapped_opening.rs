//! What an opening of Recruit is to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use vendors::recruit::model::OpeningReason;
use vendors::value::Personal;

use super::mapped_position::Values;
use super::moment::beginning;
use super::opening_mapping::OpeningMapping;
use super::row::Row;
use super::text_rule::TextRule;
use crate::{Problem, Unmappable};

/// What an opening of Recruit is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedOpening {
    /// Its name.
    pub name: String,
    /// When somebody is expected to be hired.
    pub expected_hire: Timestamp,
    /// Why somebody is hired: one of Recruit's words.
    pub reason: OpeningReason,
    /// Custom fields.
    pub custom_fields: BTreeMap<String, Personal<String>>,
    /// Custom fields that are mapped and for which HiBob shows that it has nothing: what was written into them before is
    /// emptied.
    pub empty_fields: BTreeSet<String>,
    /// Whether the opening is made as approved.
    pub is_approved: bool,
    /// What stays empty although it is mapped: told, and nothing waits for it.
    pub left_out: Vec<Problem>,
}

/// A field of an opening that hrsync writes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpeningField {
    /// The name.
    Name,
    /// When somebody is expected to be hired.
    ExpectedHire,
    /// Why.
    Reason,
    /// A custom field.
    Custom(String),
}

impl MappedOpening {
    /// Every field that holds something, with its text.
    #[must_use]
    pub fn values(&self) -> BTreeMap<OpeningField, String> {
        let custom =
            self.custom_fields.iter().map(|(name, text)| (OpeningField::Custom(name.clone()), text.reveal().clone()));
        let fixed = [
            (OpeningField::Name, self.name.clone()),
            (OpeningField::ExpectedHire, self.expected_hire.to_string()),
            (OpeningField::Reason, self.reason.to_string()),
        ];
        fixed.into_iter().chain(custom).collect()
    }
}

impl OpeningField {
    /// What tells the field from all others, to be stored.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Name | Self::ExpectedHire | Self::Reason => self.to_string(),
            Self::Custom(name) => format!("custom {name}"),
        }
    }
}

impl fmt::Display for OpeningField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::ExpectedHire => f.write_str("time_expected_hire"),
            Self::Reason => f.write_str("reason"),
            Self::Custom(name) => write!(f, "\"{name}\""),
        }
    }
}

/// What the opening of a row is to hold.
///
/// # Errors
/// [`Unmappable`]: everything that stands in the way.
pub fn mapped_opening(row: Row<'_>, mapping: &OpeningMapping) -> Result<MappedOpening, Unmappable> {
    let mut values = Values { row, problems: Vec::new(), left_out: Vec::new() };
    let name = values.required("opening.name", &mapping.name);
    let expected = values.required("opening.time_expected_hire", &mapping.expected_hire);
    let expected_hire = expected.and_then(|text| beginning(&text));
    if expected_hire.is_none() && values.has_no_problem("opening.time_expected_hire") {
        values.problem("opening.time_expected_hire", "what is found is no date");
    }
    let reason = values.required("opening.reason", &mapping.reason);
    let reason = reason.and_then(|text| {
        text.parse::<OpeningReason>().map_err(|error| values.problem("opening.reason", &error.to_string())).ok()
    });
    let custom_fields = values.named("opening.custom_fields", &mapping.custom_fields);
    let is_empty = |name: &String, rule: &TextRule| !custom_fields.contains_key(name) && rule.is_shown(row);
    let of_mapping = mapping.custom_fields.iter().filter(|(name, rule)| is_empty(name, rule));
    let empty_fields = of_mapping.map(|(name, _)| name.clone()).collect();
    let Values { problems, left_out, .. } = values;
    match (name, expected_hire, reason) {
        (Some(name), Some(expected_hire), Some(reason)) if problems.is_empty() => {
            let is_approved = mapping.is_approved;
            Ok(MappedOpening { name, expected_hire, reason, custom_fields, empty_fields, is_approved, left_out })
        }
        _ => Err(Unmappable { problems }),
    }
}
