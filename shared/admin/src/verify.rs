//! A connection compared with its accounts.

/// What the comparison has found. Read by people only: names of the accounts' types may stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// What was looked at, a line each.
    pub seen: Vec<String>,
    /// What does not fit, a line each.
    pub problems: Vec<String>,
}
