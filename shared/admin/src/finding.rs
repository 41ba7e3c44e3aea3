//! What was found out of one thing that must be well for a connection to work, with what mends it.

/// How well it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It was looked at and is well.
    Ok,
    /// It may not stay well, or nobody can know.
    Warning,
    /// It keeps records from their target.
    Fault,
}

impl Level {
    /// In one word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// One thing that was looked at. Read by people only: names of the accounts' types may stand in it, nothing of persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How well it is.
    pub level: Level,
    /// What was looked at, e.g. `personio: absences`.
    pub about: String,
    /// What was seen.
    pub seen: String,
    /// What mends it, or makes it known. `None`: nothing needs to be done.
    pub mend: Option<String>,
}

impl Finding {
    /// It is well.
    #[must_use]
    pub fn ok(about: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { level: Level::Ok, about: about.into(), seen: seen.into(), mend: None }
    }

    /// It may not stay well, or nobody can know.
    #[must_use]
    pub fn warning(about: impl Into<String>, seen: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { level: Level::Warning, about: about.into(), seen: seen.into(), mend: Some(mend.into()) }
    }

    /// It keeps records from their target.
    #[must_use]
    pub fn fault(about: impl Into<String>, seen: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { level: Level::Fault, about: about.into(), seen: seen.into(), mend: Some(mend.into()) }
    }
}
