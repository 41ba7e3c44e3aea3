//! A form response as Heyflow sends it: the simple payload (`fields` is an object keyed by system label), the extended
//! one (`fields` is an array) and the older spelling of the top-level names.
//!
//! Reading is tolerant where the vendor is undocumented (unknown members, kinds of values) and strict about what
//! everything else stands on: a flow id, a response id, fields. Source: Heyflow's help page "Webhook API".

mod answer;
mod answers;
mod own;
mod stated_file;
mod submission;

pub use answer::Answer;
pub use answers::Answers;
pub use own::OwnField;
pub use stated_file::{StatedFile, StatedFiles, begins_link};
pub(super) use submission::ids;
pub use submission::{Malformed, Submission, Unreadable};
