//! What of an employment an attribute may be made of.

use std::fmt;

use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::employment::{CostCenter, Employment, EmploymentMember, EmploymentType, OrgUnitKind};

use super::missing_right::MissingRight;
use super::obstacle::SourceValue;
use crate::document::one_of;

/// What of an employment an attribute may be made of. `Display` is the word of the connection file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EmploymentValue {
    Id,
    Type,
    Position,
    StartDate,
    OfficeId,
    DepartmentId,
    TeamId,
    LegalEntityId,
    /// The cost center with the greatest share.
    CostCenterId,
    WeeklyHours,
    /// The person's manager: for the attribute `manager` alone.
    Supervisor,
}

const WORDS: &[(&str, EmploymentValue)] = &[
    ("id", EmploymentValue::Id),
    ("type", EmploymentValue::Type),
    ("position", EmploymentValue::Position),
    ("start_date", EmploymentValue::StartDate),
    ("office_id", EmploymentValue::OfficeId),
    ("department_id", EmploymentValue::DepartmentId),
    ("team_id", EmploymentValue::TeamId),
    ("legal_entity_id", EmploymentValue::LegalEntityId),
    ("cost_center_id", EmploymentValue::CostCenterId),
    ("weekly_hours", EmploymentValue::WeeklyHours),
    ("supervisor", EmploymentValue::Supervisor),
];

impl EmploymentValue {
    pub(super) fn find(self, employment: Option<&Employment>) -> SourceValue<String> {
        let Some(employment) = employment else {
            return SourceValue::Unusable("the person has no employment".to_owned());
        };
        if let Some(member) = self.member().filter(|member| !employment.shows(*member)) {
            return SourceValue::NotShown(MissingRight::of_employments(member));
        }
        match self {
            Self::Id => SourceValue::There(employment.id.to_string()),
            Self::Type => employment_type(employment.employment_type.as_ref()),
            Self::Position => found(employment.position.as_ref()),
            Self::StartDate => found(employment.start.as_ref()),
            Self::OfficeId => found(employment.office.as_ref()),
            Self::DepartmentId => found(employment.org_unit(&OrgUnitKind::Department)),
            Self::TeamId => found(employment.org_unit(&OrgUnitKind::Team)),
            Self::LegalEntityId => found(employment.legal_entity.as_ref()),
            Self::CostCenterId => cost_center(&employment.cost_centers),
            Self::WeeklyHours => found(employment.weekly_hours.as_ref()),
            Self::Supervisor => found(employment.supervisor.as_ref()),
        }
    }

    /// The member that the credential must be shown.
    fn member(self) -> Option<EmploymentMember> {
        match self {
            Self::Id => None,
            Self::Type => Some(EmploymentMember::Type),
            Self::Position => Some(EmploymentMember::Position),
            Self::StartDate => Some(EmploymentMember::StartDate),
            Self::OfficeId => Some(EmploymentMember::Office),
            Self::DepartmentId | Self::TeamId => Some(EmploymentMember::OrgUnits),
            Self::LegalEntityId => Some(EmploymentMember::LegalEntity),
            Self::CostCenterId => Some(EmploymentMember::CostCenters),
            Self::WeeklyHours => Some(EmploymentMember::WeeklyHours),
            Self::Supervisor => Some(EmploymentMember::Supervisor),
        }
    }
}

fn found(value: Option<&impl ToString>) -> SourceValue<String> {
    value.map_or(SourceValue::Empty, |value| SourceValue::There(value.to_string()))
}

fn employment_type(kind: Option<&EmploymentType>) -> SourceValue<String> {
    match kind {
        None => SourceValue::Empty,
        Some(EmploymentType::Other(word)) => {
            SourceValue::Unusable(format!("the employment type `{word}` is not known"))
        }
        Some(kind) => SourceValue::There(kind.word().to_owned()),
    }
}

/// The one with the greatest share; a single one needs none.
fn cost_center(centers: &[CostCenter]) -> SourceValue<String> {
    let weight = |center: &CostCenter| center.weight.unwrap_or_default();
    let Some(first) = centers.iter().max_by(|one, other| weight(one).total_cmp(&weight(other))) else {
        return SourceValue::Empty;
    };
    match centers.iter().filter(|center| weight(center).total_cmp(&weight(first)).is_eq()).count() {
        1 => SourceValue::There(first.id.to_string()),
        _ => SourceValue::Unusable("several cost centers have the greatest share".to_owned()),
    }
}

impl fmt::Display for EmploymentValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = WORDS.iter().find(|(_, value)| value == self).map(|(word, _)| *word);
        f.write_str(word.unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for EmploymentValue {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, WORDS)
    }
}
