//! Why the twin does not do what a test asks for.

use std::fmt;

/// A test's own mistake: an unknown tenant, person or period, days that cannot be. Personio would not offer it on its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub &'static str);

impl Refused {
    pub(super) const TENANT: Self = Self("no such tenant");
    pub(super) const PERIOD: Self = Self("no such absence period");
    pub(super) const PERSON: Self = Self("no such person");
    pub(super) const EMPLOYMENT: Self = Self("no such employment");
    pub(super) const TYPE: Self = Self("no such absence type");
    pub(super) const EMAIL: Self = Self("another person has this e-mail address");
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Refused {}
