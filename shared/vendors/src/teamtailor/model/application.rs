//! Applications and stages.

use jiff::Timestamp;

use super::id::{ApplicationId, CandidateId, JobId, StageId};

/// An application with all that it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// What a list tells as well.
    pub listed: ListedApplication,
    /// The job.
    pub job: Option<JobId>,
}

/// An application as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedApplication {
    /// Its id.
    pub id: ApplicationId,
    /// The candidate. `None`: erased.
    pub candidate: Option<CandidateId>,
    /// Where the candidate stands. `None`: in no stage.
    pub stage: Option<Stage>,
    /// When it was made.
    pub created: Timestamp,
    /// When the candidate came into the stage. `None`: not told.
    pub stage_changed: Option<Timestamp>,
    /// When the candidate was rejected. `None`: they were not.
    pub rejected: Option<Timestamp>,
}

/// A stage of a job's process. Each job has its own, so one and the same name has many ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its id.
    pub id: StageId,
    /// Its name.
    pub name: Option<String>,
}
