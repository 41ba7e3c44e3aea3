//! From which day on somebody has an account.

use toml_span::{DeserError, Deserialize, Spanned, Value};

use crate::document::{fault, one_of, table};

/// The longest time before the first day that makes sense.
const MOST_DAYS: u16 = 366;

/// From which day on somebody has an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// The first day of the employment.
    #[default]
    OnStartDate,
    /// So many days before it; from 1 to 366.
    DaysBefore(u16),
    /// The day on which the employment is entered.
    AtOnce,
}

/// What becomes of an account that was active when its person's first day is moved to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenStartMoves {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is deactivated until the first day.
    Deactivate,
}

impl<'de> Deserialize<'de> for Start {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        if value.as_table().is_some() {
            return days_before(value);
        }
        one_of(value, &[("on-start-date", Self::OnStartDate), ("at-once", Self::AtOnce)])
    }
}

fn days_before(value: &mut Value<'_>) -> Result<Start, DeserError> {
    table(value, |start| {
        let days: Spanned<u16> = start.required_s("days_before").ok()?;
        if !(1..=MOST_DAYS).contains(&days.value) {
            let what = format!("`days_before` is from 1 to {MOST_DAYS}");
            start.errors.extend(fault(days.span, what).errors);
        }
        Some(Start::DaysBefore(days.value))
    })
}

impl<'de> Deserialize<'de> for WhenStartMoves {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("keep", Self::Keep), ("deactivate", Self::Deactivate)])
    }
}
