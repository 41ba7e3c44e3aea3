//! What Personio should hold for a response.

use vendors::personio::model::{Application, FileCategory};
use vendors::value::Personal;

use crate::unmappable::Problem;

/// The most files of one response that are attached. Each costs two calls and a turn of the rate limit that the whole
/// company shares, and whoever fills a form in can name as many links as fit into a response.
pub const MOST_FILES: usize = 20;

/// What a response asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desired {
    /// The application; its `files` are empty until [`Desired::uploads`] are uploaded.
    pub application: Application,
    /// The files to attach, in the order of the rules: at most [`MOST_FILES`].
    pub uploads: Vec<DesiredUpload>,
    /// How many files the response has beyond those.
    pub uploads_left_out: usize,
    /// Answers to inputs for files that are no files.
    pub no_files: Vec<Problem>,
    /// Values that cannot be used and are left out, of which the owner is to be told.
    pub left_out: Vec<Problem>,
    /// What the log says of how values were found. Never holds a value.
    pub notices: Vec<String>,
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
    /// The file's name, where the form states one beside the link.
    pub name: Option<Personal<String>>,
}
