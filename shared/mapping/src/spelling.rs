//! Spells a version as one text that no other version can have.

use std::fmt::Display;

/// A text of members, each with the length of its value, so that no value can be taken for two.
#[derive(Default)]
pub(crate) struct Spelling(String);

impl Spelling {
    /// Adds a member; `None`: the member is there and has no value.
    pub(crate) fn put(&mut self, name: &str, value: Option<impl Display>) {
        let line = match value.map(|value| value.to_string()) {
            None => format!("{name}\n"),
            Some(value) => format!("{name}={}:{value}\n", value.len()),
        };
        self.0.push_str(&line);
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}
