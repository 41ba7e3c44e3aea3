//! Custom fields and their options.

use std::fmt;

use super::id::{CustomFieldId, OptionId};

/// A custom field. Whether it is for candidates or for jobs is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomField {
    /// Its id.
    pub id: CustomFieldId,
    /// Its name, as people see it.
    pub name: Option<String>,
    /// Its name for programs.
    pub api_name: String,
    /// What it holds.
    pub kind: CustomFieldKind,
}

/// A custom field that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomField {
    /// Its name, as people see it.
    pub name: String,
    /// Its name for programs.
    pub api_name: String,
    /// What it is to hold. A field to select from is made otherwise, with its options.
    pub kind: CustomFieldKind,
}

/// What a custom field holds. `Display` is the vendor's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomFieldKind {
    /// Any text.
    Text,
    /// An address.
    Email,
    /// A web address.
    Url,
    /// A telephone number.
    Phone,
    /// A day.
    Date,
    /// Yes or no.
    Checkbox,
    /// A number.
    Number,
    /// One of its options.
    Select,
    /// Some of its options.
    MultiSelect,
    /// A kind that is not known here: at most 40 plain characters of its name.
    Other(String),
}

/// One option of a field to select from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFieldOption {
    /// Its id: this is written.
    pub id: OptionId,
    /// Its label: this is read.
    pub label: String,
}

impl CustomFieldKind {
    /// The kinds of fields that can be made without options.
    pub const WITHOUT_OPTIONS: [Self; 7] =
        [Self::Text, Self::Email, Self::Url, Self::Phone, Self::Date, Self::Checkbox, Self::Number];
}

impl fmt::Display for CustomFieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "Text",
            Self::Email => "Email",
            Self::Url => "Url",
            Self::Phone => "Phone",
            Self::Date => "Date",
            Self::Checkbox => "Checkbox",
            Self::Number => "Number",
            Self::Select => "Select",
            Self::MultiSelect => "MultiSelect",
            Self::Other(name) => name,
        })
    }
}
