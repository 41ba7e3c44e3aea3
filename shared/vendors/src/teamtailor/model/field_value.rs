//! What a custom field holds, as it is read and as it is written. The two differ: a checkbox is written as a boolean and read
//! as the text of one, an option is written by its id and read by its label (met).

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Number, Value};

use super::id::OptionId;
use crate::value::{Email, Personal};

/// What a custom field holds, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldContent {
    /// Nothing.
    Empty,
    /// One text; a number or a boolean as text.
    One(Personal<String>),
    /// Several texts: the labels of options, or their ids.
    Many(Personal<Vec<String>>),
}

/// What a custom field is to hold. Fits its kind by construction; none shows in `Debug`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct NewFieldValue(Personal<Value>);

impl NewFieldValue {
    /// For a text, an address of the web or a telephone number.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::new(Value::from(text))
    }

    /// For an e-mail address.
    #[must_use]
    pub fn email(email: &Email) -> Self {
        Self::new(Value::from(email.reveal()))
    }

    /// For a day.
    #[must_use]
    pub fn date(date: Date) -> Self {
        Self::new(Value::from(date.to_string()))
    }

    /// For a checkbox.
    #[must_use]
    pub fn checkbox(is_checked: bool) -> Self {
        Self::new(Value::from(is_checked))
    }

    /// For a number.
    #[must_use]
    pub fn number(number: Number) -> Self {
        Self::new(Value::Number(number))
    }

    /// For a field to select from: a list also where only one may be selected (met).
    #[must_use]
    pub fn options(options: &[OptionId]) -> Self {
        Self::new(options.iter().map(|id| Value::from(id.to_string())).collect())
    }

    /// Clears a field.
    #[must_use]
    pub fn empty() -> Self {
        Self::new(Value::Null)
    }

    /// The value as it is sent. Personal.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.0.reveal()
    }

    fn new(value: Value) -> Self {
        Self(Personal::new(value))
    }
}
