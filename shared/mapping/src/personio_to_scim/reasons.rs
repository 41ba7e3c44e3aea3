//! Why somebody has an account or none, for whoever asks. None of it shows a date.

use std::fmt;

/// Why an account is wanted so. `Display` is a fragment for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountReason {
    /// An employment runs.
    Employed,
    /// The person goes on in another legal entity.
    SwitchesCompany,
    /// The employment's status is leave.
    OnLeave,
    /// An absence takes the account.
    LongAbsence,
    /// Every employment that has begun is over.
    Left,
    /// The first day was moved to a later one, and accounts wait for it.
    NotBegun,
    /// The person takes no part, or no longer.
    TakesNoPart,
}

/// What is waited for. `Display` is a fragment for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingFor {
    /// The first day.
    FirstDay,
    /// An employment.
    Employment,
    /// What the login is made of: in words, no value.
    Login(String),
}

impl fmt::Display for AccountReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Employed => "an employment runs",
            Self::SwitchesCompany => "the person goes on in another legal entity",
            Self::OnLeave => "the employment is on leave",
            Self::LongAbsence => "a long absence lasts",
            Self::Left => "the employment is over",
            Self::NotBegun => "the employment has not begun",
            Self::TakesNoPart => "`people`: the person takes no part",
        })
    }
}

impl fmt::Display for WaitingFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstDay => f.write_str("the first day"),
            Self::Employment => f.write_str("an employment"),
            Self::Login(source) => write!(f, "{source}, which the login is made of"),
        }
    }
}
