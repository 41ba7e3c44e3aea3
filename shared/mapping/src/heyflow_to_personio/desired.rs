//! What Personio should hold for a response.

use vendors::personio::model::{Application, FileCategory};
use vendors::value::Personal;

/// What a response asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desired {
    /// The application; its `files` are empty until [`Desired::uploads`] are uploaded.
    pub application: Application,
    /// The files to attach, in the order of the rules.
    pub uploads: Vec<DesiredUpload>,
}

/// A file that the applicant uploaded to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredUpload {
    /// What kind of document it is.
    pub category: FileCategory,
    /// The input it was uploaded to, as the rule spells it.
    pub input: String,
    /// An http or https link. Chosen by outsiders: nothing is known of its host.
    pub link: Personal<String>,
}
