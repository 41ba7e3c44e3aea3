//! An opening as Recruit gives it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::id::{OpeningUid, PositionUid};
use crate::value::Personal;

/// An opening as Recruit gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The id.
    pub uid: OpeningUid,
    /// The position it belongs to, where the answer says so.
    pub position: Option<PositionUid>,
    /// The name.
    pub name: Option<String>,
    /// The status, where the answer says so.
    pub status: Option<OpeningStatus>,
    /// Whether the answer names somebody who was hired.
    pub names_hired: bool,
    /// When somebody is expected to be hired; of a date its start in UTC. `None`: not there, or not readable.
    pub time_expected_hire: Option<Timestamp>,
    /// Why somebody is looked for, in Recruit's words.
    pub reason: Option<String>,
    /// When it was made. `None`: not there, or not readable.
    pub time_created: Option<Timestamp>,
    /// Custom fields by name, as far as they are texts or numbers.
    pub custom_fields: BTreeMap<String, Personal<String>>,
}

impl Opening {
    /// Whether somebody was hired for it: such an opening is never changed from outside.
    #[must_use]
    pub fn is_hired(&self) -> bool {
        self.names_hired || self.status == Some(OpeningStatus::Hired)
    }

    /// Whether somebody is looked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.is_hired() && matches!(self.status, Some(OpeningStatus::Open | OpeningStatus::Pending))
    }
}

/// How far an opening is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningStatus {
    /// Somebody is looked for.
    Open,
    /// Somebody was hired.
    Hired,
    /// Nobody is looked for any more.
    Canceled,
    /// Its approval is not over.
    Pending,
    /// A status that is not documented, in Recruit's words.
    Other(String),
}

impl OpeningStatus {
    /// Reads Recruit's words: upper case goes in, mixed case comes out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "open" => Self::Open,
            "hired" => Self::Hired,
            "canceled" | "cancelled" => Self::Canceled,
            "pending" => Self::Pending,
            _ => Self::Other(text.trim().to_owned()),
        }
    }
}
