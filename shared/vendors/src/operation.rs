//! Which call to a vendor something is about.

use std::fmt;

/// One operation of a vendor's API. Each vendor's module declares its own as constants; nobody else makes one.
///
/// `Display` is vendor and name, e.g. `personio read absence`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    /// The vendor's name as its module folder spells it.
    pub vendor: &'static str,
    /// What is done, in the client's words, e.g. `read absence`.
    pub name: &'static str,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.vendor, self.name)
    }
}
