//! When somebody is absent: whole and half days, or hours of the clock on the wall.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer, Serialize};

use super::refused::Refused;

/// When somebody is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Tracked by days.
    Days(Days),
    /// Tracked by hours.
    Hours(Hours),
}

/// Days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// The first absent day.
    pub first: Date,
    /// The last absent day; null (not left out) for an open end.
    #[serde(deserialize_with = "given")]
    pub last: Option<Date>,
    /// `SECOND_HALF`: the first day starts at midday.
    #[serde(default = "first_half")]
    pub start_half: Half,
    /// `FIRST_HALF`: the last day ends at midday.
    #[serde(default = "second_half")]
    pub end_half: Half,
}

/// Hours in the tenant's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// From.
    pub start: DateTime,
    /// To; null (not left out) for an open end.
    #[serde(deserialize_with = "given")]
    pub end: Option<DateTime>,
}

/// Half a day, as the API spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Half {
    FirstHalf,
    SecondHalf,
}

fn first_half() -> Half {
    Half::FirstHalf
}

fn second_half() -> Half {
    Half::SecondHalf
}

/// An optional value that must be named: a forgotten end must not become an open one.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

impl Span {
    /// Whole days, the last one included.
    #[must_use]
    pub fn days(first: Date, last: Date) -> Self {
        Self::Days(Days { last: Some(last), ..whole(first) })
    }

    /// Whole days from this one on, without an end.
    #[must_use]
    pub fn open(first: Date) -> Self {
        Self::Days(whole(first))
    }

    /// Hours in the tenant's own time.
    #[must_use]
    pub fn hours(start: DateTime, end: DateTime) -> Self {
        Self::Hours(Hours { start, end: Some(end) })
    }

    /// The same days, the first one from midday on.
    #[must_use]
    pub fn from_midday(self) -> Self {
        self.with_days(|days| Days { start_half: Half::SecondHalf, ..days })
    }

    /// The same days, the last one until midday.
    #[must_use]
    pub fn until_midday(self) -> Self {
        self.with_days(|days| Days { end_half: Half::FirstHalf, ..days })
    }

    fn with_days(self, change: impl FnOnce(Days) -> Days) -> Self {
        match self {
            Self::Days(days) => Self::Days(change(days)),
            hours @ Self::Hours(_) => hours,
        }
    }

    /// Personio refuses two half days within one day; the rest cannot be entered on its pages.
    pub(super) fn checked(self) -> Result<Self, Refused> {
        let wrong = match self {
            Self::Days(days) => days.wrong(),
            Self::Hours(Hours { start, end }) => {
                end.is_some_and(|end| end <= start).then_some(Refused("the end does not lie behind the start"))
            }
        };
        wrong.map_or(Ok(self), Err)
    }
}

impl Days {
    fn wrong(&self) -> Option<Refused> {
        let Days { first, last, start_half, end_half } = *self;
        match last {
            Some(last) if last < first => Some(Refused("the last day lies before the first")),
            Some(last) if last == first && start_half == Half::SecondHalf && end_half == Half::FirstHalf => {
                Some(Refused("both half day start and half day end are true for a single-day period"))
            }
            None if end_half == Half::FirstHalf => Some(Refused("a period without an end has no half last day")),
            _ => None,
        }
    }
}

fn whole(first: Date) -> Days {
    Days { first, last: None, start_half: Half::FirstHalf, end_half: Half::SecondHalf }
}
