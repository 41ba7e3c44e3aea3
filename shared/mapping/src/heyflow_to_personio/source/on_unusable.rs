//! What becomes of a value that its target does not take.

use toml_span::{DeserError, Deserialize, Value};

use crate::document::one_of;

/// What becomes of a value of an optional target that cannot be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum OnUnusable {
    /// It is left out, and the owner is told.
    #[default]
    Tell,
    /// It is left out.
    Omit,
    /// The response cannot be mapped.
    Problem,
}

impl<'de> Deserialize<'de> for OnUnusable {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("tell", Self::Tell), ("omit", Self::Omit), ("problem", Self::Problem)])
    }
}
