//! A company: who may call with which rights, who works there, which fields are its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::modes::Modes;
use super::quirks::Quirks;

/// A company's settings. Everything may be left out in JSON; without a service user nobody gets in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Company {
    /// By id.
    pub service_users: BTreeMap<String, ServiceUser>,
    /// In the order of a search.
    pub people: Vec<Person>,
    /// Custom fields of positions: id (`/position/field_1001`) and name.
    pub custom_fields: BTreeMap<String, String>,
    /// How far on ids begin: a twin that was reset gives no id twice where each time begins elsewhere.
    pub ids_from: u64,
    /// What the documentation leaves open.
    pub quirks: Quirks,
    /// How webhooks are delivered.
    pub modes: Modes,
}

/// A login by id and token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceUser {
    /// Never shown again; an empty one lets nobody in.
    #[serde(skip_serializing)]
    pub token: String,
    /// A new service user has none.
    #[serde(default)]
    pub rights: BTreeSet<Right>,
}

/// A right of a service user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Positions, openings and their metadata.
    ManagePositions,
    /// People.
    People,
}

impl Right {
    /// As an administrator finds it.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::ManagePositions => "Features > Workforce planning > Position management > Manage positions",
            Self::People => "People's data > Basic info > View selected employees' Basic info sections",
        }
    }

    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::ManagePositions => "position management",
            Self::People => "people's data",
        }
    }
}

/// Somebody who works at the company.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Around nineteen digits.
    pub id: String,
    /// The work address.
    pub email: String,
    /// First name and surname.
    pub full_name: String,
}
