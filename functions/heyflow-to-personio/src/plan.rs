//! What would bring Personio in line with a response: at most one application, printable before it is made.

use std::fmt;

use mapping::heyflow_to_personio::Desired;

/// Upload these files, then create this application. `Display` shows job and file categories, nothing of the applicant.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) desired: Desired,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for upload in &self.desired.uploads {
            write!(f, "upload the {:?} of input `{}`, ", upload.category, upload.input)?;
        }
        write!(f, "create an application for job {}", self.desired.application.job_position_id)
    }
}
