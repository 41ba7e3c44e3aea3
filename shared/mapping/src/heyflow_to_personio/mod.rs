//! A Heyflow form response becomes a Personio job application.
//!
//! [`ApplicationRules`] is the table `[application]` of a connection file. Reading it finds everything that can be known
//! without a response: ids, dates, categories, attributes, templates, names of Heyflow's own fields. [`apply()`] finds the
//! rest, all of it at once, and never shows a value. Targets and their rules:
//! developer.personio.de/reference/post_v1-recruiting-applications.

mod apply;
mod date;
mod desired;
mod file_rule;
mod inputs;
mod links;
mod lookup;
mod read;
mod response_reader;
mod rules;
mod source;
mod target;
mod template;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use desired::{Desired, DesiredUpload, MOST_FILES};
pub use inputs::unseen_inputs;
pub use rules::ApplicationRules;
