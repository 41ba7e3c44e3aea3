//! An absence period as Personio's people mean it. How the API tells it is `view`'s business.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::span::Span;

/// An absence period that Personio holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// Its id.
    pub id: Uuid,
    /// Whose absence it is.
    pub person: u64,
    /// Its absence type.
    pub type_id: Uuid,
    /// When.
    pub span: Span,
    /// The approval.
    pub status: Status,
    /// A remark.
    pub comment: Option<String>,
    /// On the twin's clock, in whole milliseconds.
    pub created_at: Timestamp,
    /// The same. No two acts in one tenant share it.
    pub updated_at: Timestamp,
}

/// A period that is to be. JSON: `{"person": 3001, "type_id": "...", "span": {"days": {"first": "2026-03-02", "last": "2026-03-06"}}}`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    /// Whose absence it is.
    pub person: u64,
    /// Its absence type; days or hours must fit it.
    pub type_id: Uuid,
    /// When.
    pub span: Span,
    /// `APPROVED` where left out.
    #[serde(default)]
    pub status: Status,
    /// A remark.
    #[serde(default)]
    pub comment: Option<String>,
    /// A fresh one where left out.
    #[serde(default)]
    pub id: Option<Uuid>,
}

impl NewAbsence {
    /// An approved absence without a remark.
    #[must_use]
    pub fn new(person: u64, type_id: Uuid, span: Span) -> Self {
        Self { person, type_id, span, status: Status::Approved, comment: None, id: None }
    }

    /// The same with this approval.
    #[must_use]
    pub fn status(self, status: Status) -> Self {
        Self { status, ..self }
    }
}

/// What is to be changed about a period. All members may be left out; what is named counts as changed even if it is the same again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edit {
    /// Other days, halves or hours: fires `absence-period.updated.timerange`.
    pub span: Option<Span>,
    /// Another type: fires nothing, unless the switch `type_change_fires` is on.
    pub type_id: Option<Uuid>,
    /// Another approval: fires `absence-period.updated.status`.
    pub status: Option<Status>,
}

impl Edit {
    /// Other days, halves or hours.
    #[must_use]
    pub fn span(span: Span) -> Self {
        Self { span: Some(span), ..Self::default() }
    }

    /// Another approval.
    #[must_use]
    pub fn status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Another type.
    #[must_use]
    pub fn type_id(type_id: Uuid) -> Self {
        Self { type_id: Some(type_id), ..Self::default() }
    }
}

/// `approval.status`. The full list is not known, so any other text can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum Status {
    /// Asked for.
    Pending,
    /// Granted.
    #[default]
    Approved,
    /// Granted; its deletion waits for approval.
    DeletionPending,
    /// Waits for a substitute.
    SubstituteRequested,
    /// A value that nobody knows.
    Other(String),
}

impl Status {
    /// As the API spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Approved => "APPROVED",
            Self::DeletionPending => "DELETION_PENDING",
            Self::SubstituteRequested => "SUBSTITUTE_REQUESTED",
            Self::Other(text) => text,
        }
    }
}

impl From<String> for Status {
    fn from(text: String) -> Self {
        match text.as_str() {
            "PENDING" => Self::Pending,
            "APPROVED" => Self::Approved,
            "DELETION_PENDING" => Self::DeletionPending,
            "SUBSTITUTE_REQUESTED" => Self::SubstituteRequested,
            _ => Self::Other(text),
        }
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.text().to_owned()
    }
}
