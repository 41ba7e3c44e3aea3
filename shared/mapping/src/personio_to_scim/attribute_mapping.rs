//! The table `[attributes]`: which attributes an account holds, and what they are made of.

use std::collections::BTreeSet;

use toml_span::{DeserError, Deserialize, Value};
use vendors::scim::model::Attribute;

use super::attribute_input::NameOf;
use super::attribute_rule::{AttributeRule, RuleValue, When};
use super::attribute_source::AttributeSource;
use super::attribute_table::rules;
use super::employment_value::EmploymentValue;
use super::person_value::PersonValue;

/// Which attributes an account holds. `userName` is the person's e-mail address and `externalId` their id, unless the
/// table says otherwise; of all others only those that the table lists are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeMapping {
    /// In the order in which attributes are sent.
    pub(super) rules: Vec<AttributeRule>,
}

impl AttributeMapping {
    /// The attributes that are written.
    pub fn attributes(&self) -> impl Iterator<Item = (Attribute, When)> {
        self.rules.iter().map(|rule| (rule.attribute, rule.when))
    }

    /// The names that must be read.
    #[must_use]
    pub fn names_needed(&self) -> BTreeSet<NameOf> {
        let needed = self.sources().filter_map(|source| match source {
            AttributeSource::Name(thing) => Some(*thing),
            _ => None,
        });
        needed.collect()
    }

    /// Whether the manager must be found among the provisioned.
    #[must_use]
    pub fn needs_manager(&self) -> bool {
        let supervisor = AttributeSource::Employment(EmploymentValue::Supervisor);
        self.sources().any(|source| *source == supervisor)
    }

    /// What the login is made of.
    pub(super) fn user_name(&self) -> Option<&AttributeSource> {
        self.rules.iter().find(|rule| rule.attribute == Attribute::UserName).and_then(|rule| match &rule.value {
            RuleValue::Single(source) => Some(source),
            RuleValue::Addresses(_) => None,
        })
    }

    fn sources(&self) -> impl Iterator<Item = &AttributeSource> {
        self.rules.iter().flat_map(|rule| match &rule.value {
            RuleValue::Single(source) => vec![source],
            RuleValue::Addresses(list) => list.iter().map(|address| &address.source).collect(),
        })
    }
}

impl Default for AttributeMapping {
    fn default() -> Self {
        Self { rules: with_defaults(Vec::new()) }
    }
}

impl<'de> Deserialize<'de> for AttributeMapping {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        Ok(Self { rules: with_defaults(rules(value)?) })
    }
}

fn with_defaults(mut rules: Vec<AttributeRule>) -> Vec<AttributeRule> {
    let defaults = [(Attribute::UserName, PersonValue::Email), (Attribute::ExternalId, PersonValue::Id)];
    for (attribute, value) in defaults {
        if !rules.iter().any(|rule| rule.attribute == attribute) {
            let value = RuleValue::Single(AttributeSource::Person(value));
            rules.push(AttributeRule { attribute, when: When::Always, value });
        }
    }
    rules.sort_by_key(|rule| rule.attribute);
    rules
}
