//! A position that is to be made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::id::LocationUid;
use super::new_opening::NewOpening;
use super::position::PositionStatus;
use crate::value::{Email, Personal};

/// A position that is to be made. What is `None` or empty is left out, and Recruit decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewPosition {
    /// The name: what candidates read.
    pub name: String,
    /// The status.
    pub status: PositionStatus,
    /// Whether only the hiring team sees the position.
    pub is_discreet: bool,
    /// The department. A new one becomes an option in Recruit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The type of employment. A new one becomes an option in Recruit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employment_type: Option<String>,
    /// The level of experience. A new one becomes an option in Recruit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experience_level: Option<String>,
    /// The location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Located>,
    /// An id of our own. *Assumed*: Recruit documents it as read only by others, and may pass it over.
    #[serde(rename = "internal_use_custom_id", skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// Custom fields; their names must exist in Recruit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<NamedValue>,
    /// Texts in HTML; their names must exist in Recruit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<NamedValue>,
    /// Whether the company's earliest owner takes a role whose address Recruit does not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_fallback: Option<bool>,
    /// Who has which role: existing users of Recruit.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub users: BTreeMap<Role, User>,
    /// The first openings. Without any Recruit makes one by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<NewOpening>,
}

/// A custom field or a text of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedValue {
    /// Its name in Recruit.
    pub name: String,
    /// Its value.
    pub value: Personal<String>,
}

/// Where a position is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located {
    /// The location.
    pub uid: LocationUid,
}

/// What a user does for a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Leads the search.
    LeadRecruiter,
    /// Decides whom to hire; a position has exactly one.
    HiringManager,
    /// Arranges what the search needs.
    LeadRecruitingCoordinator,
}

/// A user of Recruit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The address.
    pub email: Email,
}
