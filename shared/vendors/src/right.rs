//! A right that a vendor gives to a credential.

/// One right. Each vendor's module declares those that reading needs; which call tries a right, whoever looks decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// What cannot be read without it, e.g. `absence types`.
    pub opens: &'static str,
    /// What the vendor calls it, e.g. `scope personio:absences:read`.
    pub name: &'static str,
    /// Where a person gives it: a path through the vendor's settings, or a sentence.
    pub given: &'static str,
}
