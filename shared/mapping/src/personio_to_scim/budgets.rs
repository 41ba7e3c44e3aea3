//! The table `[guard]`: how much may happen to a connection's accounts on one day. Beyond it steps are held until a
//! person confirms.

use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Spanned, Value};

use crate::document::{fault, table};

/// The budgets of one day. Every step is taken from them, be it asked for by a sweep, an event or a changed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Of creations, once a first sweep has ended.
    pub creations: StepBudget,
    /// Of deactivations.
    pub deactivations: StepBudget,
    /// Of removals.
    pub removals: StepBudget,
}

/// A budget: steps are held beyond the share and the number, whichever is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepBudget {
    /// A share of the accounts that are known, from 0 to 100.
    pub percent: u8,
    /// A number of accounts.
    pub number: u32,
}

impl StepBudget {
    /// How many steps may be taken on a day, of a connection with so many accounts.
    #[must_use]
    pub fn most(&self, accounts: u32) -> u32 {
        let share = u64::from(accounts) * u64::from(self.percent) / 100;
        u32::try_from(share).unwrap_or(u32::MAX).max(self.number)
    }
}

impl Default for Budgets {
    fn default() -> Self {
        let ends = StepBudget { percent: 10, number: 5 };
        Self { creations: StepBudget { percent: 25, number: 20 }, deactivations: ends, removals: ends }
    }
}

impl<'de> Deserialize<'de> for Budgets {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |guard| {
            let default = Self::default();
            Some(Self {
                creations: guard.optional("creations").unwrap_or(default.creations),
                deactivations: guard.optional("deactivations").unwrap_or(default.deactivations),
                removals: guard.optional("removals").unwrap_or(default.removals),
            })
        })
    }
}

impl<'de> Deserialize<'de> for StepBudget {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |budget| {
            let percent = percent(budget);
            let number = budget.required("number").ok();
            Some(Self { percent: percent?, number: number? })
        })
    }
}

fn percent(budget: &mut TableHelper<'_>) -> Option<u8> {
    let percent: Spanned<u8> = budget.required_s("percent").ok()?;
    if percent.value > 100 {
        budget.errors.extend(fault(percent.span, "`percent` is from 0 to 100".to_owned()).errors);
        return None;
    }
    Some(percent.value)
}
