//! How Oneflow's account writes dates and numbers: its data fields are texts.

use toml_span::{DeserError, Deserialize, Value};

use crate::document::one_of;

/// How Oneflow's account writes dates and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Formats {
    /// How dates are written. `None`: with the year first, and what is read must leave no doubt.
    pub date: Option<DateFormat>,
    /// What parts decimals. `None`: a point, and what is read must leave no doubt.
    pub decimal: Option<DecimalMark>,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFormat {
    /// `2026-04-03`
    YearFirst,
    /// `03/04/2026`, the third of April.
    DaySlash,
    /// `03.04.2026`
    DayDot,
    /// `03-04-2026`
    DayDash,
    /// `04/03/2026`
    MonthSlash,
}

/// What parts decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `.`
    Point,
    /// `,`
    Comma,
}

impl DecimalMark {
    /// The mark.
    #[must_use]
    pub const fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl<'de> Deserialize<'de> for DateFormat {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let words = [
            ("YYYY-MM-DD", Self::YearFirst),
            ("DD/MM/YYYY", Self::DaySlash),
            ("DD.MM.YYYY", Self::DayDot),
            ("DD-MM-YYYY", Self::DayDash),
            ("MM/DD/YYYY", Self::MonthSlash),
        ];
        one_of(value, &words)
    }
}

impl<'de> Deserialize<'de> for DecimalMark {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[(".", Self::Point), (",", Self::Comma)])
    }
}
