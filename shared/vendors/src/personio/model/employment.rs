//! Employments as the HR API v2 gives them: the contracts of a person, of which several may follow or overlap each
//! other. A change of department or job makes no new one. Source:
//! developer.personio.de/reference/get_v2-persons-person-id-employments.
//!
//! A credential without the attributes of employments is shown `id`, `person` and `status` alone (reported by users).
//! So "no termination" may be concluded only where [`Employment::missing_right`] finds nothing missing.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::id::PersonId;
use super::opaque::{CostCenterId, EmploymentId, LegalEntityId, OfficeId, OrgUnitId};
use super::termination::Termination;

/// One employment. Its `Debug` shows its id alone.
#[derive(Clone, PartialEq)]
pub struct Employment {
    /// Its id.
    pub id: EmploymentId,
    /// Whose it is; `None`: the answer does not say, which it need not in a list of one person's.
    pub person: Option<PersonId>,
    /// What Personio makes of its dates today.
    pub status: EmploymentStatus,
    /// Whether the company itself employs the person.
    pub employment_type: Option<EmploymentType>,
    /// The title of the position.
    pub position: Option<String>,
    /// The first day.
    pub start: Option<Date>,
    /// The last day of the employment.
    pub end: Option<Date>,
    /// The last day of a contract for a limited time. Such contracts are often prolonged.
    pub contract_end: Option<Date>,
    /// How it ends; `None`: no termination was entered.
    pub termination: Option<Termination>,
    /// The person's manager.
    pub supervisor: Option<PersonId>,
    /// Where the person works.
    pub office: Option<OfficeId>,
    /// The department and the team.
    pub org_units: Vec<OrgUnit>,
    /// The legal entity that employs the person.
    pub legal_entity: Option<LegalEntityId>,
    /// What the person is accounted to.
    pub cost_centers: Vec<CostCenter>,
    /// Hours a week.
    pub weekly_hours: Option<f64>,
    /// When it was last changed; `None`: Personio does not say.
    pub updated_at: Option<Timestamp>,
    /// Which members the answer held, be it without a value.
    pub shown: BTreeSet<EmploymentMember>,
}

/// What Personio makes of an employment's dates today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmploymentStatus {
    /// It runs.
    Active,
    /// It is over.
    Inactive,
    /// It has not begun.
    Onboarding,
    /// It runs, and the person is on a long leave.
    Leave,
    /// Personio does not say.
    Unspecified,
    /// A status that is not known: at most 40 plain characters of it.
    Other(String),
}

/// Whether the company itself employs the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmploymentType {
    /// It does.
    Internal,
    /// Somebody else does, or nobody.
    External,
    /// Personio does not say.
    Unspecified,
    /// A type that is not known: at most 40 plain characters of it.
    Other(String),
}

/// A department or team of an employment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgUnit {
    /// Which of the two.
    pub kind: OrgUnitKind,
    /// Its id; the name needs a call of its own.
    pub id: OrgUnitId,
}

/// What an org unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrgUnitKind {
    /// A department.
    Department,
    /// A team.
    Team,
    /// Something that is not known: at most 40 plain characters of it.
    Other(String),
}

/// What an employment is accounted to.
#[derive(Debug, Clone, PartialEq)]
pub struct CostCenter {
    /// Its id.
    pub id: CostCenterId,
    /// Its share in percent; `None`: Personio does not say.
    pub weight: Option<f64>,
}

/// A member of an employment that a credential may be allowed to read or not. `Display` is the vendor's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EmploymentMember {
    /// `type`
    Type,
    /// `position`
    Position,
    /// `employment_start_date`
    StartDate,
    /// `employment_end_date`
    EndDate,
    /// `contract_end_date`
    ContractEndDate,
    /// `termination`, which is left out also where there is none.
    Termination,
    /// `supervisor`
    Supervisor,
    /// `office`
    Office,
    /// `org_units`
    OrgUnits,
    /// `legal_entity`
    LegalEntity,
    /// `cost_centers`
    CostCenters,
    /// `weekly_working_hours`
    WeeklyHours,
}

impl Employment {
    /// Whether the answer held a member, be it without a value.
    #[must_use]
    pub fn shows(&self, member: EmploymentMember) -> bool {
        self.shown.contains(&member)
    }

    /// Whether the credential shows nothing of employments but that they are there.
    #[must_use]
    pub fn lacks_rights(&self) -> bool {
        self.shown.is_empty()
    }

    /// The attribute that a credential must be allowed to read before anything may be concluded from what is not there.
    /// `None`: it may. Every employment has a first day, so its absence is the proof.
    #[must_use]
    pub fn missing_right(&self) -> Option<EmploymentMember> {
        (!self.shows(EmploymentMember::StartDate)).then_some(EmploymentMember::StartDate)
    }

    /// The org unit of a kind, the first where there are several.
    #[must_use]
    pub fn org_unit(&self, kind: &OrgUnitKind) -> Option<&OrgUnitId> {
        self.org_units.iter().find(|unit| unit.kind == *kind).map(|unit| &unit.id)
    }
}

impl fmt::Debug for Employment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Employment").field("id", &self.id).finish_non_exhaustive()
    }
}

impl EmploymentStatus {
    /// The vendor's word, or what is kept of one that is not known.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::Onboarding => "ONBOARDING",
            Self::Leave => "LEAVE",
            Self::Unspecified => "UNSPECIFIED",
            Self::Other(word) => word,
        }
    }
}

impl EmploymentType {
    /// The vendor's word, or what is kept of one that is not known.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Internal => "INTERNAL",
            Self::External => "EXTERNAL",
            Self::Unspecified => "UNSPECIFIED",
            Self::Other(word) => word,
        }
    }
}

impl EmploymentMember {
    /// The vendor's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Position => "position",
            Self::StartDate => "employment_start_date",
            Self::EndDate => "employment_end_date",
            Self::ContractEndDate => "contract_end_date",
            Self::Termination => "termination",
            Self::Supervisor => "supervisor",
            Self::Office => "office",
            Self::OrgUnits => "org_units",
            Self::LegalEntity => "legal_entity",
            Self::CostCenters => "cost_centers",
            Self::WeeklyHours => "weekly_working_hours",
        }
    }
}

impl fmt::Display for EmploymentMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
