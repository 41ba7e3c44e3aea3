//! The table `[opening]`: what an opening of Recruit is made of.

use std::collections::BTreeMap;

use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::model::{FieldId, opening_field, position_field};
use vendors::recruit::model::OpeningReason;

use super::moment::beginning;
use super::position_mapping::Rules;
use super::text_rule::{OnUnknown, TextRule, checked};
use crate::document::table;

/// What an opening of Recruit is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningMapping {
    pub(super) name: TextRule,
    pub(super) expected_hire: TextRule,
    pub(super) reason: TextRule,
    pub(super) custom_fields: BTreeMap<String, TextRule>,
    /// Whether the opening is made as approved: what HiBob shows as approved needs no second approval.
    pub(super) is_approved: bool,
}

impl Default for OpeningMapping {
    fn default() -> Self {
        let reasons = [("Growth", "New"), ("Promotion", "New"), ("Replacement", "Replacement hire")];
        let reason = TextRule {
            words: reasons.map(|(word, reason)| (word.to_owned(), reason.to_owned())).into_iter().collect(),
            default: Some("New".to_owned()),
            on_unknown: OnUnknown::Default,
            ..TextRule::of_fields([position_field::POSITION_TYPE])
        };
        let expected =
            [opening_field::EXPECTED_START_DATE, position_field::EXPECTED_START_DATE, position_field::EFFECTIVE_DATE];
        Self {
            name: TextRule::of_fields([opening_field::CODE]),
            expected_hire: TextRule::of_fields(expected).of_value(),
            reason,
            custom_fields: BTreeMap::new(),
            is_approved: true,
        }
    }
}

impl OpeningMapping {
    /// The fields that the rules read.
    pub(super) fn fields(&self) -> impl Iterator<Item = &FieldId> {
        let rules = [&self.name, &self.expected_hire, &self.reason];
        rules.into_iter().chain(self.custom_fields.values()).flat_map(TextRule::fields)
    }
}

impl<'de> Deserialize<'de> for OpeningMapping {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |opening| {
            let default = Self::default();
            let custom_fields: Option<Rules> = opening.optional("custom_fields");
            let is_moment = |text: &str| beginning(text).map(drop).ok_or("is no date");
            let expected = checked(opening, "time_expected_hire", is_moment);
            let reason = checked(opening, "reason", |text| text.parse::<OpeningReason>().map(drop));
            Some(Self {
                name: opening.optional("name").unwrap_or(default.name),
                expected_hire: expected.map_or(default.expected_hire, TextRule::of_value),
                reason: reason.unwrap_or(default.reason),
                custom_fields: custom_fields.unwrap_or_default().0,
                is_approved: opening.optional("approved").unwrap_or(default.is_approved),
            })
        })
    }
}
