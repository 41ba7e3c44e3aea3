//! An opening as Recruit holds it: <https://developers.comeet.com/reference/openings-copy>.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::position::time;
use super::store::Origin;

/// An opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// `0F.901`
    pub uid: String,
    /// Its position.
    pub position_uid: String,
    /// Whoever made it; Recruit itself for a position's default opening.
    pub entered_by: Origin,
    /// Whoever changed it last.
    pub changed_by: Origin,
    /// The name.
    pub name: String,
    /// As it was written; none in a default opening.
    pub time_expected_hire: Option<String>,
    /// `New`, `Replacement hire` or `Temporary replacement`.
    pub reason: String,
    /// Where it stands.
    pub status: Status,
    /// Where its approval stands.
    pub approval: Approval,
    /// As it was written.
    pub time_approved: Option<String>,
    /// By name.
    pub custom_fields: Map<String, Value>,
    /// Whoever was hired into it.
    pub hired_candidate_uid: Option<String>,
    /// As it was written; the time of its creation where nothing was.
    pub time_opened: String,
    /// On the twin's clock.
    pub created: Timestamp,
    /// On the twin's clock.
    pub updated: Timestamp,
}

/// Where an opening stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Open,
    Hired,
    Canceled,
    Pending,
}

/// Where an approval stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Approval {
    Na,
    Approved,
    Started,
}

impl Opening {
    /// As the API tells it.
    pub(super) fn told(&self) -> Value {
        json!({
            "uid": self.uid,
            "position_uid": self.position_uid,
            "name": self.name,
            "approval_process": {"status": self.approval, "time_completed": self.time_approved},
            "hired_candidate_uid": self.hired_candidate_uid,
            "time_expected_hire": self.time_expected_hire,
            "headcount": 1,
            "reason": self.reason,
            "status": self.status,
            "time_created": time(self.created),
            "time_opened": self.time_opened,
            "time_updated": time(self.updated),
            "custom_fields": self.custom_fields,
        })
    }
}
