//! A position as Recruit gives it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::PositionUid;
use super::opening::Opening;
use crate::value::Personal;

/// A position as Recruit gives it, as far as anything follows from it. What recruiters make of it is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The id.
    pub uid: PositionUid,
    /// The name.
    pub name: Option<String>,
    /// The status, in Recruit's words.
    pub status: Option<String>,
    /// The company's own id of it.
    pub custom_id: Option<String>,
    /// Whether it may be cloned. `None`: the answer does not say.
    pub is_template: Option<bool>,
    /// Custom fields by name, as far as they are texts.
    pub categories: Vec<(String, Personal<String>)>,
    /// Its openings. `None`: the answer does not show them.
    pub openings: Option<Vec<Opening>>,
}

/// What the status of a position can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PositionStatus {
    /// Somebody is looked for.
    #[serde(rename = "open")]
    Open,
    /// The search rests.
    #[serde(rename = "on hold")]
    OnHold,
    /// The search is over.
    #[serde(rename = "closed")]
    Closed,
}

impl PositionStatus {
    /// The status in Recruit's words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OnHold => "on hold",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for PositionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
