//! A person's employments: <https://developer.personio.de/reference>, the official `employment-contract-v2`.
//!
//! The status follows from the dates on the company's day (assumed), unless somebody set it by hand.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// When every employment starts that does not say it.
const USUAL_START: Date = date(2024, 1, 1);

/// An employment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Employment {
    /// Its id.
    pub id: Uuid,
    /// What was agreed.
    pub terms: Terms,
    /// In whole milliseconds.
    pub created_at: Timestamp,
    /// In whole milliseconds.
    pub updated_at: Timestamp,
}

/// What was agreed. In JSON everything may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Set by hand; `None`: as the dates say.
    pub status: Option<EmploymentStatus>,
    /// On leave between start and termination. No date is told of it.
    pub on_leave: bool,
    /// `INTERNAL` or `EXTERNAL`.
    #[serde(rename = "type")]
    pub kind: EmploymentType,
    /// The title.
    pub position: Option<String>,
    /// The first day.
    pub start: Option<Date>,
    /// `employment_end_date`. Changes no status.
    pub end: Option<Date>,
    /// Changes no status.
    pub contract_end: Option<Date>,
    /// Changes no status.
    pub probation_end: Option<Date>,
    /// Hours a week, of 40.
    pub weekly_hours: u32,
    /// A person.
    pub supervisor: Option<u64>,
    /// A workplace.
    pub office: Option<u64>,
    /// An org unit.
    pub department: Option<u64>,
    /// An org unit.
    pub team: Option<u64>,
    /// A legal entity.
    pub legal_entity: Option<u64>,
    /// A job.
    pub job: Option<Uuid>,
    /// Opaque ids.
    pub cost_centers: Vec<String>,
    /// That it ends, or has ended.
    pub termination: Option<Termination>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            status: None,
            on_leave: false,
            kind: EmploymentType::default(),
            position: None,
            start: Some(USUAL_START),
            end: None,
            contract_end: None,
            probation_end: None,
            weekly_hours: 40,
            supervisor: None,
            office: None,
            department: None,
            team: None,
            legal_entity: None,
            job: None,
            cost_centers: Vec::new(),
            termination: None,
        }
    }
}

impl Terms {
    /// An employment from this day on.
    #[must_use]
    pub fn from(start: Date) -> Self {
        Self { start: Some(start), ..Self::default() }
    }

    /// The only employment of a person whose status is told.
    pub(super) fn told(status: &str) -> Self {
        let status = match status {
            "INACTIVE" => Some(EmploymentStatus::Inactive),
            "UNSPECIFIED" => Some(EmploymentStatus::Unspecified),
            _ => None,
        };
        Self { status, ..Self::default() }
    }

    /// The status on this day. The day of the termination is the last active one (assumed).
    #[must_use]
    pub fn status_on(&self, today: Date) -> EmploymentStatus {
        let ended = self.termination.as_ref().and_then(|termination| termination.termination_date);
        match self.status {
            Some(status) => status,
            None if self.start.is_some_and(|start| today < start) => EmploymentStatus::Onboarding,
            None if ended.is_some_and(|ended| ended < today) => EmploymentStatus::Inactive,
            None if self.on_leave => EmploymentStatus::Leave,
            None => EmploymentStatus::Active,
        }
    }
}

/// That an employment ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Termination {
    /// The last day of the contract.
    pub termination_date: Option<Date>,
    /// The last day at work, which may be long before.
    pub last_working_day: Option<Date>,
    /// The day on which notice was given.
    pub terminated_at: Option<Date>,
    /// Why, in a word.
    #[serde(rename = "type")]
    pub kind: TerminationType,
    /// Why, in a text.
    pub reason: Option<String>,
}

impl Termination {
    /// The employee leaves after this day.
    #[must_use]
    pub fn on(day: Date) -> Self {
        Self { termination_date: Some(day), kind: TerminationType::Employee, ..Self::default() }
    }
}

/// The status of an employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EmploymentStatus {
    Active,
    Inactive,
    Onboarding,
    Leave,
    Unspecified,
}

/// The type of an employment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EmploymentType {
    #[default]
    Internal,
    External,
    Unspecified,
}

/// The type of a termination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are Personio's")]
pub enum TerminationType {
    #[default]
    Unspecified,
    Employee,
    Fired,
    Death,
    ContractExpired,
    Agreement,
    SubCompanySwitch,
    IrrevocableSuspension,
    Cancellation,
    CollectiveAgreement,
    SettlementAgreement,
    Retirement,
    CourtSettlement,
    Quit,
}
