//! The attributes of one account, or everything that stands in the way.

use vendors::personio::model::id::PersonId;
use vendors::scim::model::{Address, Attribute, AttributeChange, AttributeValue, ExternalId, UserName};

use super::attribute_input::AttributeInput;
use super::attribute_mapping::AttributeMapping;
use super::attribute_rule::{AddressRule, AttributeRule, RuleValue, When};
use super::attribute_source::AttributeSource;
use super::keys::ATTRIBUTES;
use super::missing_right::MissingRight;
use super::obstacle::{Obstacle, SourceValue};
use crate::unmappable::{Problem, Unmappable};

/// What the mapping wants of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedAttributes {
    /// The login.
    pub user_name: UserName,
    /// Our id of the person in the partner system.
    pub external_id: ExternalId,
    /// Every mapped attribute but the manager, the login and our id among them, in the order in which they are sent.
    /// Where Personio has no value, the attribute is to have none.
    pub changes: Vec<MappedChange>,
    /// The manager, where the mapping wants one. Who that is in the partner system only the links know.
    pub manager: Option<MappedManager>,
}

/// What is to become of one attribute, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedChange {
    /// What is to become of it.
    pub change: AttributeChange,
    /// When it is written.
    pub when: When,
}

/// The manager of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MappedManager {
    /// The manager; `None`: the person has none.
    pub person: Option<PersonId>,
    /// When it is written.
    pub when: When,
}

/// Why attributes cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMapped {
    /// The credential may not read something that the mapping wants. Goes before all problems: it is nobody's in
    /// particular.
    #[error("the credential may not read {0}")]
    MissingRight(MissingRight),
    /// Every problem of the person.
    #[error(transparent)]
    Unmappable(#[from] Unmappable),
}

/// Makes the attributes of one account.
///
/// # Errors
/// [`NotMapped`]: the first right that is missing, else every problem.
pub fn mapped(input: AttributeInput<'_>, mapping: &AttributeMapping) -> Result<MappedAttributes, NotMapped> {
    let mut reader = Reader { input, changes: Vec::new(), manager: None, right: None, problems: Vec::new() };
    for rule in &mapping.rules {
        reader.read(rule);
    }
    reader.finish()
}

impl MappedAttributes {
    /// The values that a new account is made with. The login stands beside them.
    #[must_use]
    pub fn for_creation(&self) -> Vec<AttributeValue> {
        let values = self.changes.iter().filter_map(|mapped| match &mapped.change {
            AttributeChange::Set(value) if value.attribute() != Attribute::UserName => Some(value.clone()),
            _ => None,
        });
        values.collect()
    }

    /// What an account that is there already is to hold.
    #[must_use]
    pub fn for_update(&self) -> Vec<AttributeChange> {
        let always = self.changes.iter().filter(|mapped| mapped.when == When::Always);
        always.map(|mapped| mapped.change.clone()).collect()
    }
}

/// The attributes of one account, being read.
struct Reader<'a> {
    input: AttributeInput<'a>,
    changes: Vec<MappedChange>,
    manager: Option<MappedManager>,
    right: Option<MissingRight>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn read(&mut self, rule: &AttributeRule) {
        let AttributeRule { attribute, when, value } = rule;
        let change = match value {
            RuleValue::Single(source) if *attribute == Attribute::Manager => {
                return self.read_manager(source, *when);
            }
            RuleValue::Single(source) => self.text(*attribute, source),
            RuleValue::Addresses(list) => self.addresses(list),
        };
        self.changes.extend(change.map(|change| MappedChange { change, when: *when }));
    }

    fn text(&mut self, attribute: Attribute, source: &AttributeSource) -> Option<AttributeChange> {
        let is_needed = matches!(attribute, Attribute::UserName | Attribute::ExternalId);
        let Some(text) = self.value(attribute, source)? else {
            if is_needed {
                self.problem(attribute, format!("{source} is empty"));
            }
            return (!is_needed).then_some(AttributeChange::Remove(attribute));
        };
        match AttributeValue::text(attribute, &text) {
            Ok(value) => Some(AttributeChange::Set(value)),
            Err(error) => {
                self.problem(attribute, format!("{source} is {error}"));
                None
            }
        }
    }

    /// The whole list. An address that the person does not have is left out.
    fn addresses(&mut self, list: &[AddressRule]) -> Option<AttributeChange> {
        let mut addresses: Vec<Address> = Vec::new();
        let has_primary = list.iter().any(|rule| rule.is_primary);
        for rule in list {
            let Some(text) = self.value(Attribute::Emails, &rule.source)? else { continue };
            let primary = if has_primary { rule.is_primary } else { addresses.is_empty() };
            match text.parse() {
                Ok(value) => addresses.push(Address { value, kind: rule.kind, primary }),
                Err(error) => self.problem(Attribute::Emails, format!("{} is {error}", rule.source)),
            }
        }
        let value = AttributeValue::emails(&addresses);
        Some(value.map_or(AttributeChange::Remove(Attribute::Emails), AttributeChange::Set))
    }

    fn read_manager(&mut self, source: &AttributeSource, when: When) {
        let Some(text) = self.value(Attribute::Manager, source) else { return };
        match text.map(|text| text.parse()).transpose() {
            Ok(person) => self.manager = Some(MappedManager { person, when }),
            Err(error) => self.problem(Attribute::Manager, format!("{source} is {error}")),
        }
    }

    /// What stands at a source: a value or none. `None`: an obstacle, which is noted.
    fn value(&mut self, attribute: Attribute, source: &AttributeSource) -> Option<Option<String>> {
        match value_of(attribute, source, self.input) {
            Ok(value) => Some(value),
            Err(Obstacle::MissingRight(right)) => {
                self.right.get_or_insert(right);
                None
            }
            Err(Obstacle::Problem(problem)) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn problem(&mut self, attribute: Attribute, what: String) {
        self.problems.push(Problem::new(key(attribute), what));
    }

    fn finish(self) -> Result<MappedAttributes, NotMapped> {
        if let Some(right) = self.right {
            return Err(NotMapped::MissingRight(right));
        }
        let user_name = self.given(Attribute::UserName).and_then(|text| text.parse().ok());
        let external_id = self.given(Attribute::ExternalId).and_then(|text| text.parse().ok());
        match (user_name, external_id) {
            (Some(user_name), Some(external_id)) if self.problems.is_empty() => {
                Ok(MappedAttributes { user_name, external_id, changes: self.changes, manager: self.manager })
            }
            _ => Err(Unmappable { problems: self.problems }.into()),
        }
    }

    fn given(&self, attribute: Attribute) -> Option<&str> {
        self.changes.iter().find_map(|mapped| match &mapped.change {
            AttributeChange::Set(value) if value.attribute() == attribute => value.json().as_str(),
            _ => None,
        })
    }
}

/// What stands at a source for an attribute; `None`: nothing.
pub(super) fn value_of(
    attribute: Attribute,
    source: &AttributeSource,
    input: AttributeInput<'_>,
) -> Result<Option<String>, Obstacle> {
    match source.find(input) {
        SourceValue::There(text) => Ok(Some(text)),
        SourceValue::Empty => Ok(None),
        SourceValue::NotShown(right) => Err(Obstacle::MissingRight(right)),
        SourceValue::Unusable(what) => Err(Obstacle::problem(&key(attribute), what)),
    }
}

/// The dotted key below `[attributes]`.
fn key(attribute: Attribute) -> String {
    format!("{ATTRIBUTES}.{attribute}")
}
