//! Fields, by their ids.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest field id that is taken for one.
const LONGEST: usize = 120;

/// A field of a position or an opening, e.g. `/position/jobProfile`. Custom fields have ids like `/position/field_1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FieldId(Cow<'static, str>);

impl FieldId {
    /// A field that HiBob documents.
    pub(super) const fn known(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The id as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no id of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a field id, which begins with \"/\", e.g. \"/position/jobProfile\", and has no blanks")]
pub struct NotAFieldId;

impl FromStr for FieldId {
    type Err = NotAFieldId;

    fn from_str(text: &str) -> Result<Self, NotAFieldId> {
        let text = text.trim();
        let is_plain = text.len() <= LONGEST && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        if is_plain && text.len() > 1 && text.starts_with('/') {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(NotAFieldId)
        }
    }
}

impl TryFrom<String> for FieldId {
    type Error = NotAFieldId;

    fn try_from(text: String) -> Result<Self, NotAFieldId> {
        text.parse()
    }
}

impl From<FieldId> for String {
    fn from(id: FieldId) -> Self {
        id.0.into_owned()
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What HiBob says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDescription {
    /// The field.
    pub id: FieldId,
    /// Its name in HiBob.
    pub name: Option<String>,
    /// What kind of value it holds, in HiBob's words, e.g. `list`.
    pub kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_id_begins_with_a_slash() {
        let field: FieldId = " /position/field_1700000000000 ".parse().unwrap();
        assert_eq!(field.to_string(), "/position/field_1700000000000");
        assert_eq!("/position/id".parse(), Ok(FieldId::known("/position/id")));
        for bad in ["", "/", "position/id", "root.surname", "/a b", "/a\nb", &"/a".repeat(61)] {
            assert_eq!(bad.parse::<FieldId>(), Err(NotAFieldId), "{bad:?}");
        }
    }
}
