//! Attributes that a company has added to its persons. Answers come without labels, so an attribute is known by its id
//! (`dynamic_305`) or its global id (`shift_planning`). Source: developer.personio.de/reference/get_v2-persons.

use std::fmt;

use crate::value::Personal;

/// One attribute of one person. Its `Debug` shows its ids alone.
#[derive(Clone, PartialEq, Eq)]
pub struct CustomAttribute {
    /// Its id in the account, e.g. `dynamic_305`.
    pub id: Option<String>,
    /// Its id across accounts, where it has one.
    pub global_id: Option<String>,
    /// What kind of value the company has chosen for it.
    pub kind: CustomType,
    /// The value.
    pub value: CustomValue,
}

/// The kind of an attribute's values. Personio spells it in upper and in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomType {
    /// Personio does not say.
    Unspecified,
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A date.
    Date,
    /// Yes or no.
    Boolean,
    /// Several texts.
    TextList,
    /// A kind that is not known: at most 40 plain characters of it.
    Other(String),
}

/// The value of an attribute. What stands on the wire need not be what the kind says: a yes has been seen as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomValue {
    /// None.
    Empty,
    /// A text, or a number in its digits.
    Text(Personal<String>),
    /// Yes or no.
    Boolean(Personal<bool>),
    /// Several texts, none of them blank.
    List(Personal<Vec<String>>),
    /// Something else, an object for one.
    Unusable,
}

impl fmt::Debug for CustomAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, global_id, .. } = self;
        f.debug_struct("CustomAttribute").field("id", id).field("global_id", global_id).finish_non_exhaustive()
    }
}
