//! `directions`: which of the two ways the connection serves.

use edge::head::object;
use mapping::document::one_of;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};

/// Which of the two ways the connection serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directions {
    /// Contracts reach candidates: field values, signed PDFs, stages.
    pub to_teamtailor: bool,
    /// Candidates reach contracts: contracts are made, field values follow.
    pub to_oneflow: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    ToTeamtailor,
    ToOneflow,
}

impl<'de> Deserialize<'de> for Way {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("to-teamtailor", Self::ToTeamtailor), ("to-oneflow", Self::ToOneflow)])
    }
}

impl Directions {
    /// Takes `directions`, which names at least one.
    pub(super) fn take(file: &mut TableHelper<'_>) -> Option<Self> {
        let ways: Spanned<Vec<Way>> = file.required_s("directions").ok()?;
        if ways.value.is_empty() {
            object(file, ways.span, "`directions` names at least one of `to-teamtailor`, `to-oneflow`");
            return None;
        }
        let has = |way| ways.value.contains(&way);
        Some(Self { to_teamtailor: has(Way::ToTeamtailor), to_oneflow: has(Way::ToOneflow) })
    }
}
