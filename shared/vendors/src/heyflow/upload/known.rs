//! A file that was fetched and sent on before, and whose name nobody has kept.

use super::name::Candidates;

/// What is known of a file from an earlier fetch: nothing personal.
#[derive(Debug, Clone, Copy)]
pub struct KnownFile<'a> {
    /// The ending under which it was sent on.
    pub extension: &'a str,
    /// Its name where nothing else tells one.
    pub fallback_name: &'a str,
}

impl KnownFile<'_> {
    pub(super) fn named(&self, suggested: Option<String>, path: Option<String>) -> String {
        let candidates = Candidates { suggested, path, fallback: self.fallback_name };
        candidates.under(self.extension)
    }
}
