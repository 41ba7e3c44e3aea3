//! Values that a mapping gives attributes. Each fits its attribute by construction, and none shows in `Debug`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attribute::Attribute;
use super::id::UserId;
use crate::value::{Email, Personal};

/// A value for one attribute. Its `Debug` shows the attribute alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeValue {
    attribute: Attribute,
    json: Personal<Value>,
}

/// What is to become of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeChange {
    /// It is to have this value.
    Set(AttributeValue),
    /// It is to have none. No system lets `userName` go.
    Remove(Attribute),
}

/// One address of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub value: Email,
    /// What it is for.
    pub kind: AddressType,
    /// Whether it is the one to write to. At most one of a list is (RFC 7643, 2.4).
    pub primary: bool,
}

/// What an address is for: the canonical types (RFC 7643, 4.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressType {
    /// At work.
    Work,
    /// Private.
    Home,
    /// Neither.
    Other,
}

/// Why a text is no value for an attribute. Says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    /// Nothing but blanks.
    #[error("blank")]
    Blank,
    /// An address is wanted.
    #[error("not an e-mail address")]
    NotAnEmail,
    /// The attribute is no text: `active` and `manager` have constructors of their own.
    #[error("the attribute is no text")]
    NotAText,
}

impl AttributeValue {
    /// A text, trimmed. For `emails` it is the one address, at work and primary.
    ///
    /// # Errors
    /// [`NoValue`] says why the attribute cannot have it.
    pub fn text(attribute: Attribute, text: &str) -> Result<Self, NoValue> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NoValue::Blank);
        }
        match attribute {
            Attribute::Active | Attribute::Manager => Err(NoValue::NotAText),
            Attribute::Emails => {
                let value = text.parse().map_err(|_| NoValue::NotAnEmail)?;
                let address = Address { value, kind: AddressType::Work, primary: true };
                Ok(Self::new(attribute, json!([entry(&address)])))
            }
            _ => Ok(Self::new(attribute, json!(text))),
        }
    }

    /// The whole list of addresses; `None` where it is empty, which is a removal.
    #[must_use]
    pub fn emails(addresses: &[Address]) -> Option<Self> {
        let list: Vec<_> = addresses.iter().map(entry).collect();
        (!list.is_empty()).then(|| Self::new(Attribute::Emails, Value::Array(list)))
    }

    /// The manager, by the system's id. A bare text is refused by many: it is sent as `{"value": id}`.
    #[must_use]
    pub fn manager(id: &UserId) -> Self {
        Self::new(Attribute::Manager, json!({"value": id.as_str()}))
    }

    /// Whether the user may log in.
    #[must_use]
    pub fn active(active: bool) -> Self {
        Self::new(Attribute::Active, Value::Bool(active))
    }

    /// Whose value it is.
    #[must_use]
    pub fn attribute(&self) -> Attribute {
        self.attribute
    }

    /// The value as it is sent, and as a digest of it is made: the same value has the same JSON text. Personal.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.json.reveal()
    }

    fn new(attribute: Attribute, json: Value) -> Self {
        Self { attribute, json: Personal::new(json) }
    }
}

impl AttributeChange {
    /// Which attribute is changed.
    #[must_use]
    pub fn attribute(&self) -> Attribute {
        match self {
            Self::Set(value) => value.attribute(),
            Self::Remove(attribute) => *attribute,
        }
    }
}

fn entry(address: &Address) -> Value {
    json!({"value": address.value.reveal(), "type": address.kind, "primary": address.primary})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Email {
        text.parse().unwrap()
    }

    #[test]
    fn a_text_is_trimmed_and_fits_its_attribute() {
        let of = |attribute, text| AttributeValue::text(attribute, text).map(|value| value.json().to_string());
        assert_eq!(of(Attribute::Title, " Lead "), Ok(r#""Lead""#.to_owned()));
        assert_eq!(of(Attribute::Title, " "), Err(NoValue::Blank));
        assert_eq!(of(Attribute::Manager, "7"), Err(NoValue::NotAText));
        assert_eq!(of(Attribute::Active, "true"), Err(NoValue::NotAText));
        assert_eq!(of(Attribute::Emails, "dora"), Err(NoValue::NotAnEmail));
        let one = r#"[{"primary":true,"type":"work","value":"dora@example.com"}]"#;
        assert_eq!(of(Attribute::Emails, "dora@example.com"), Ok(one.to_owned()));
    }

    #[test]
    fn the_other_values_have_their_own_forms() {
        let home = Address { value: email("d@home.example"), kind: AddressType::Home, primary: false };
        let list = AttributeValue::emails(&[home]).unwrap();
        assert_eq!(list.json(), &json!([{"value": "d@home.example", "type": "home", "primary": false}]));
        assert_eq!(AttributeValue::emails(&[]), None);
        assert_eq!(AttributeValue::manager(&"7".parse().unwrap()).json(), &json!({"value": "7"}));
        assert_eq!(AttributeValue::active(false).json(), &json!(false));
        assert_eq!(AttributeChange::Set(AttributeValue::active(true)).attribute(), Attribute::Active);
        assert_eq!(AttributeChange::Remove(Attribute::Title).attribute(), Attribute::Title);
    }
}
