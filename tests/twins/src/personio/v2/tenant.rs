//! A customer with a credential for the HR API: what the credential may do, and what stands in the account at first.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::absence::NewAbsence;
use super::company::{self, LegalEntity, OrgUnit, Workplace};
use super::employment::Terms;
use super::quirks::Quirks;
use super::{SEED_SECRET, kinds};
use crate::outbox::Modes;
use crate::personio::SEED_COMPANY;

/// A credential and the account behind it. Only `client_secret` and `company_id` are required in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// Never shown again; an empty one lets nobody in.
    #[serde(skip_serializing)]
    pub client_secret: String,
    /// Told in webhooks.
    pub company_id: String,
    /// What the credential may do: all that this twin knows, where left out.
    #[serde(default = "scopes")]
    pub scopes: BTreeSet<String>,
    /// Told with every period; `Europe/Berlin` where left out.
    #[serde(default = "timezone")]
    pub timezone: String,
    /// Nobody works on these days.
    #[serde(default)]
    pub holidays: BTreeSet<Date>,
    /// How Personio behaves where that is open.
    #[serde(default)]
    pub quirks: Quirks,
    /// How webhooks are delivered.
    #[serde(default)]
    pub modes: Modes,
    /// In the order in which they are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<AbsenceType>,
    /// Departments and teams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub org_units: Vec<OrgUnit>,
    /// Offices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workplaces: Vec<Workplace>,
    /// Sub-companies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_entities: Vec<LegalEntity>,
    /// Shown elsewhere.
    #[serde(default, skip_serializing)]
    pub persons: Vec<Person>,
    /// Shown elsewhere.
    #[serde(default, skip_serializing)]
    pub absences: Vec<NewAbsence>,
}

/// The scopes that the twin looks at.
pub(super) const ABSENCES_READ: &str = "personio:absences:read";
pub(super) const LEGAL_ENTITIES_READ: &str = "personio:legal-entities:read";
pub(super) const ORG_UNITS_READ: &str = "personio:org-units:read";
pub(super) const PERSONS_READ: &str = "personio:persons:read";
pub(super) const WEBHOOKS_READ: &str = "personio:webhooks:read";
pub(super) const WEBHOOKS_WRITE: &str = "personio:webhooks:write";
pub(super) const WORKPLACES_READ: &str = "personio:workplaces:read";

fn scopes() -> BTreeSet<String> {
    [ABSENCES_READ, LEGAL_ENTITIES_READ, ORG_UNITS_READ, PERSONS_READ, WEBHOOKS_READ, WEBHOOKS_WRITE, WORKPLACES_READ]
        .map(str::to_owned)
        .into()
}

fn timezone() -> String {
    "Europe/Berlin".to_owned()
}

impl Tenant {
    /// A tenant with every scope, and nothing in the account.
    #[must_use]
    pub fn new(client_secret: &str, company_id: &str) -> Self {
        Self {
            client_secret: client_secret.to_owned(),
            company_id: company_id.to_owned(),
            scopes: scopes(),
            timezone: timezone(),
            holidays: BTreeSet::new(),
            quirks: Quirks::default(),
            modes: Modes::default(),
            types: Vec::new(),
            org_units: Vec::new(),
            workplaces: Vec::new(),
            legal_entities: Vec::new(),
            persons: Vec::new(),
            absences: Vec::new(),
        }
    }

    /// The tenant that is there after a reset: seven types (see [`kinds`]), persons 3001 to 3005 of one department, no absences.
    #[must_use]
    pub fn seed() -> Self {
        Self {
            types: kinds::all(),
            org_units: company::org_units(),
            workplaces: company::workplaces(),
            legal_entities: company::legal_entities(),
            persons: (3001..=3005)
                .map(|id| Person { employments: vec![company::usual_terms()], ..Person::new(id) })
                .collect(),
            ..Self::new(SEED_SECRET, SEED_COMPANY)
        }
    }
}

/// An absence type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceType {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// `PAID_VACATION`, `SICK_LEAVE`...
    #[serde(default)]
    pub category: Option<String>,
    /// What it is tracked by.
    pub unit: Unit,
}

/// What an absence is tracked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    Hour,
}

/// A person. Only `id` and `email` are required in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The same number as the employee id of v1.
    pub id: u64,
    /// No two persons of a tenant share it.
    pub email: String,
    /// Given name.
    #[serde(default = "sample")]
    pub first_name: String,
    /// Family name.
    #[serde(default = "sample")]
    pub last_name: String,
    /// What the person wants to be called; the given name where left out.
    #[serde(default)]
    pub preferred_name: Option<String>,
    /// `UNSPECIFIED`, `MALE`, `FEMALE` or `DIVERSE`.
    #[serde(default = "unspecified")]
    pub gender: String,
    /// `ACTIVE`, `INACTIVE` or `UNSPECIFIED`: that of the one employment of a person who brings none. Later on it follows from the newest.
    #[serde(default = "active")]
    pub status: String,
    /// Oldest first; one from 2024-01-01 on where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employments: Vec<Terms>,
    /// Shown as they are.
    #[serde(default)]
    pub custom_attributes: Vec<Value>,
    /// What Monday to Sunday count in breakdowns, in percent: a part-timer's short day is 50, a day off 0.
    #[serde(default = "full_week")]
    pub week_percent: [u8; 7],
}

fn sample() -> String {
    "Sample".to_owned()
}

fn active() -> String {
    "ACTIVE".to_owned()
}

fn unspecified() -> String {
    "UNSPECIFIED".to_owned()
}

fn full_week() -> [u8; 7] {
    [100, 100, 100, 100, 100, 0, 0]
}

impl Person {
    /// An active person `person-<id>@agency.example`, working from Monday to Friday.
    #[must_use]
    pub fn new(id: u64) -> Self {
        Self {
            id,
            email: format!("person-{id}@agency.example"),
            first_name: sample(),
            last_name: format!("Person {id}"),
            preferred_name: None,
            gender: unspecified(),
            status: active(),
            employments: Vec::new(),
            custom_attributes: Vec::new(),
            week_percent: full_week(),
        }
    }

    pub(super) fn preferred(&self) -> &str {
        self.preferred_name.as_deref().unwrap_or(&self.first_name)
    }
}
