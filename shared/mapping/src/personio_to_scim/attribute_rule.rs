//! A row of the table `[attributes]`.

use toml_span::{DeserError, Deserialize, Value};
use vendors::scim::model::{AddressType, Attribute};

use super::attribute_source::AttributeSource;
use crate::document::one_of;

/// When an attribute is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// Whenever it changes in Personio.
    #[default]
    Always,
    /// Only into a new account: later it is the partner system's.
    OnCreate,
}

/// One attribute and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AttributeRule {
    pub(super) attribute: Attribute,
    pub(super) when: When,
    pub(super) value: RuleValue,
}

/// What an attribute is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RuleValue {
    /// One text.
    Single(AttributeSource),
    /// A list of addresses, always written whole.
    Addresses(Vec<AddressRule>),
}

/// One address of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AddressRule {
    pub(super) source: AttributeSource,
    pub(super) kind: AddressType,
    pub(super) is_primary: bool,
}

/// A word for what an address is for.
pub(super) struct AddressWord(pub(super) AddressType);

impl<'de> Deserialize<'de> for When {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("always", Self::Always), ("on-create", Self::OnCreate)])
    }
}

impl<'de> Deserialize<'de> for AddressWord {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [("work", AddressType::Work), ("home", AddressType::Home), ("other", AddressType::Other)];
        one_of(value, &words).map(Self)
    }
}
