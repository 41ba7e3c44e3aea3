//! Personio's wire shapes and ids.

use serde::Serialize;

use crate::value::{Email, Personal};

/// The id of a job position: a positive integer, as the job's XML feed gives it. Must travel as a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct JobId(u64);

/// The text is not a job id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a positive whole number")]
pub struct NotAJobId;

impl std::str::FromStr for JobId {
    type Err = NotAJobId;

    fn from_str(text: &str) -> Result<Self, NotAJobId> {
        match text.trim().parse() {
            Ok(id) if id > 0 => Ok(Self(id)),
            _ => Err(NotAJobId),
        }
    }
}

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The body of `POST /v1/recruiting/applications`: exactly the documented keys, for Personio refuses a body that has
/// any other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Application {
    /// Not blank.
    pub first_name: Personal<String>,
    /// Not blank.
    pub last_name: Personal<String>,
    /// One application per address and job.
    pub email: Email,
    /// The published job that is applied for.
    pub job_position_id: JobId,
}
