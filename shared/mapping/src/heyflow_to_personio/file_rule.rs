//! Uploads of a form: links, of which Heyflow documents neither the host nor how several are joined.

use vendors::heyflow::model::{StatedFile, Submission};
use vendors::personio::model::FileCategory;
use vendors::value::Personal;

use super::desired::DesiredUpload;
use super::links::{Links, links};
use super::lookup::{Lookup, Take, repeated};

/// Which inputs hold documents of which kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRule {
    pub(super) category: FileCategory,
    pub(super) inputs: Vec<String>,
}

/// The files of one input.
#[derive(Default)]
pub(super) struct InputFiles {
    pub(super) uploads: Vec<DesiredUpload>,
    /// What of the answers is no file, each once.
    pub(super) no_files: Vec<String>,
    /// What the log says of how they were found.
    pub(super) notices: Vec<String>,
}

impl FileRule {
    /// What is stated of files under each of the rule's inputs. An input without a file gives nothing.
    pub(super) fn inputs(&self, response: &Submission) -> Vec<InputFiles> {
        self.inputs.iter().map(|input| self.of_input(input, response)).collect()
    }

    fn of_input(&self, input: &str, response: &Submission) -> InputFiles {
        let lookup = Lookup::input(input);
        let stated = response.files(input);
        let mut files = InputFiles::default();
        files.notices.extend(repeated(&lookup, stated.fields, Take::All));
        for StatedFile { text, name, kind } in stated.files {
            let Links { links, others } = links(&text);
            let upload = |link| DesiredUpload {
                category: self.category,
                input: input.to_owned(),
                link: Personal::new(link),
                name: name.clone().map(Personal::new),
            };
            files.uploads.extend(links.into_iter().map(upload));
            let what = if text.is_empty() {
                format!("{lookup} holds {kind}, a link is needed")
            } else {
                format!("{lookup} holds {kind} that is no http or https link")
            };
            if others > 0 && !files.no_files.contains(&what) {
                files.no_files.push(what);
            }
        }
        files
    }
}
