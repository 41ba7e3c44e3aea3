//! What a credential may not read: each attribute has a right of its own, and what is not granted is missing without a word.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A member of a person that a credential may not be allowed to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the members")]
pub enum PersonField {
    Email,
    FirstName,
    LastName,
    PreferredName,
    Gender,
    ProfilePicture,
    Status,
    CustomAttributes,
    Employments,
    CreatedAt,
    UpdatedAt,
}

impl PersonField {
    /// The member's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::PreferredName => "preferred_name",
            Self::Gender => "gender",
            Self::ProfilePicture => "profile_picture",
            Self::Status => "status",
            Self::CustomAttributes => "custom_attributes",
            Self::Employments => "employments",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}

/// A member of an employment that a credential may not be allowed to read. `id`, `person`, `status` and `_meta` always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the members")]
pub enum EmploymentField {
    Position,
    WeeklyWorkingHours,
    FullTimeWeeklyWorkingHours,
    ProbationEndDate,
    EmploymentStartDate,
    EmploymentEndDate,
    ContractEndDate,
    Type,
    CreatedAt,
    UpdatedAt,
    Supervisor,
    Office,
    OrgUnits,
    Termination,
    CostCenters,
    LegalEntity,
    Job,
}

impl EmploymentField {
    /// The member's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::WeeklyWorkingHours => "weekly_working_hours",
            Self::FullTimeWeeklyWorkingHours => "full_time_weekly_working_hours",
            Self::ProbationEndDate => "probation_end_date",
            Self::EmploymentStartDate => "employment_start_date",
            Self::EmploymentEndDate => "employment_end_date",
            Self::ContractEndDate => "contract_end_date",
            Self::Type => "type",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Supervisor => "supervisor",
            Self::Office => "office",
            Self::OrgUnits => "org_units",
            Self::Termination => "termination",
            Self::CostCenters => "cost_centers",
            Self::LegalEntity => "legal_entity",
            Self::Job => "job",
        }
    }

    /// All of them: what a credential without any of the employment's rights lacks.
    #[must_use]
    pub fn all() -> BTreeSet<Self> {
        [
            Self::Position,
            Self::WeeklyWorkingHours,
            Self::FullTimeWeeklyWorkingHours,
            Self::ProbationEndDate,
            Self::EmploymentStartDate,
            Self::EmploymentEndDate,
            Self::ContractEndDate,
            Self::Type,
            Self::CreatedAt,
            Self::UpdatedAt,
            Self::Supervisor,
            Self::Office,
            Self::OrgUnits,
            Self::Termination,
            Self::CostCenters,
            Self::LegalEntity,
            Self::Job,
        ]
        .into()
    }
}
