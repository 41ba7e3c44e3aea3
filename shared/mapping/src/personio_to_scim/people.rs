//! The table `[people]`: who takes part.

use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::personio::model::employment::EmploymentType;
use vendors::personio::model::opaque::{LegalEntityId, OfficeId, OrgUnitId};

use super::custom_source::CustomSource;
use crate::document::{Parsed, fault, one_of, table};

/// Who takes part: whoever fits every list that is given. A table without keys lets everybody in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// `None`: every type.
    pub(super) employment_types: Option<Vec<EmploymentType>>,
    /// `None`: every office, and who has none.
    pub(super) offices: Option<Vec<OfficeId>>,
    /// `None`: every department, and who has none.
    pub(super) departments: Option<Vec<OrgUnitId>>,
    /// `None`: every legal entity, and who has none.
    pub(super) legal_entities: Option<Vec<LegalEntityId>>,
    /// Yes lets a person in, no or nothing keeps them out.
    pub(super) attribute: Option<CustomSource>,
}

impl<'de> Deserialize<'de> for People {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |people| {
            let types: Option<Vec<TypeWord>> = list(people, "employment_types");
            let offices: Option<Vec<Parsed<OfficeId>>> = list(people, "offices");
            let departments: Option<Vec<Parsed<OrgUnitId>>> = list(people, "departments");
            let entities: Option<Vec<Parsed<LegalEntityId>>> = list(people, "legal_entities");
            Some(Self {
                employment_types: types.map(|types| types.into_iter().map(TypeWord::into_type).collect()),
                offices: offices.map(ids),
                departments: departments.map(ids),
                legal_entities: entities.map(ids),
                attribute: people.optional("attribute"),
            })
        })
    }
}

fn ids<T>(parsed: Vec<Parsed<T>>) -> Vec<T> {
    parsed.into_iter().map(|id| id.0).collect()
}

/// A list that may be left out. One without entries would keep everybody out, which nobody means.
fn list<'de, T: Deserialize<'de>>(people: &mut TableHelper<'de>, key: &'static str) -> Option<Vec<T>> {
    let given: Spanned<Vec<T>> = people.optional_s(key)?;
    if given.value.is_empty() {
        let what = format!("`{key}` lists at least one, or is left out");
        people.errors.extend(fault(given.span, what).errors);
    }
    Some(given.value)
}

#[derive(Clone, Copy)]
enum TypeWord {
    Internal,
    External,
    Unspecified,
}

impl TypeWord {
    fn into_type(self) -> EmploymentType {
        match self {
            Self::Internal => EmploymentType::Internal,
            Self::External => EmploymentType::External,
            Self::Unspecified => EmploymentType::Unspecified,
        }
    }
}

impl<'de> Deserialize<'de> for TypeWord {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [("INTERNAL", Self::Internal), ("EXTERNAL", Self::External), ("UNSPECIFIED", Self::Unspecified)];
        one_of(value, &words)
    }
}
