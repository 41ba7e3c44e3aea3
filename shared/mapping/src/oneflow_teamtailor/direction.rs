//! Which ways a field's values may go.

use toml_span::{DeserError, Deserialize, Value};

use crate::document::one_of;

/// Which ways a field's values may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    Both,
    /// From Oneflow only.
    ToTeamtailor,
    /// From Teamtailor only.
    ToOneflow,
}

impl Direction {
    /// Whether Teamtailor is written.
    #[must_use]
    pub fn reaches_teamtailor(self) -> bool {
        self != Self::ToOneflow
    }

    /// Whether Oneflow is written.
    #[must_use]
    pub fn reaches_oneflow(self) -> bool {
        self != Self::ToTeamtailor
    }
}

impl<'de> Deserialize<'de> for Direction {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [("both", Self::Both), ("to-teamtailor", Self::ToTeamtailor), ("to-oneflow", Self::ToOneflow)];
        one_of(value, &words)
    }
}
