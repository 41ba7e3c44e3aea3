//! Which users of the partner system, made by somebody else, become ours.

use toml_span::{DeserError, Deserialize, Value};

use crate::document::one_of;

/// Which users that hrsync did not make become a person's account. A silent take-over by address has been reported as a
/// security fault elsewhere, so it is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adoption {
    /// The one with the person's `externalId`.
    #[default]
    ExternalId,
    /// The one with the person's `externalId`, else the one with the `userName`.
    UserName,
    /// None but those that a link names. A user who is in the way is told.
    LinkOnly,
    /// None, and nobody is looked up before a creation. A user who is in the way is told.
    Off,
}

impl<'de> Deserialize<'de> for Adoption {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [
            ("external-id", Self::ExternalId),
            ("user-name", Self::UserName),
            ("link-only", Self::LinkOnly),
            ("off", Self::Off),
        ];
        one_of(value, &words)
    }
}
