//! Until which day somebody has an account, and what becomes of the account then.

use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::termination::TerminationType;

use crate::document::{fault, one_of};
use crate::nearest::hint;

/// How terminations act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TerminationPolicy {
    /// Until which day the account is active.
    pub last_day: LastDay,
    /// What becomes of it then.
    pub then: Departure,
    /// Terminations of these types act as soon as they are entered, whatever their dates.
    pub(super) at_once: Vec<ListedTermination>,
}

/// The last day on which an account is active: until the end of the day, in the connection's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LastDay {
    /// The last working day, or the contract's last day where that is earlier or the only one known.
    #[default]
    LastWorkingDay,
    /// The contract's last day, or the last working day where that is the only one known.
    ContractEnd,
}

/// What becomes of the account of somebody who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Departure {
    /// It is kept, and nobody can log in with it.
    #[default]
    Deactivate,
    /// It is removed.
    Delete,
}

/// A documented type of termination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedTermination(TerminationType);

impl TerminationPolicy {
    /// Whether a termination of this type acts as soon as it is entered.
    #[must_use]
    pub fn acts_at_once(&self, kind: &TerminationType) -> bool {
        self.at_once.iter().any(|listed| listed.0 == *kind)
    }
}

impl<'de> Deserialize<'de> for LastDay {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("last-working-day", Self::LastWorkingDay), ("contract-end", Self::ContractEnd)])
    }
}

impl<'de> Deserialize<'de> for Departure {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("deactivate", Self::Deactivate), ("delete", Self::Delete)])
    }
}

impl<'de> Deserialize<'de> for ListedTermination {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let word = value.take_string(None)?;
        match TerminationType::from_word(&word) {
            Some(TerminationType::SubCompanySwitch) => {
                let what = format!("`{word}` is no leave: the person goes on in another legal entity");
                Err(fault(value.span, what))
            }
            Some(kind) => Ok(Self(kind)),
            None => {
                let near = hint(&word, TerminationType::LISTED.iter().map(TerminationType::word));
                Err(fault(value.span, format!("`{word}` is no type of termination of Personio{near}")))
            }
        }
    }
}
