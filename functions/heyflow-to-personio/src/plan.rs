//! What would bring Personio in line with a response: at most one step, printable before it is taken.

use std::fmt;

use vendors::personio::model::Application;

/// Create this application. `Display` shows the job, nothing of the applicant.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) application: Application,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "create an application for job {}", self.application.job_position_id)
    }
}
