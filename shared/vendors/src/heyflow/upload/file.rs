//! A file that was fetched.

use std::fmt;

use crate::value::Personal;

/// A file as it was uploaded.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name: at most 120 characters, no path, no control characters, ending in `.` and [`Self::extension`].
    pub name: Personal<String>,
    /// The ending as the target spells it.
    pub extension: &'static str,
    /// The ending that its name had, where that does not fit its content. A known type: nothing personal.
    pub renamed_from: Option<String>,
    /// The whole file; never empty.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.extension, self.bytes.len())
    }
}
