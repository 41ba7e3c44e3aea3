//! Which day is the last of an absence of Personio's.

use jiff::civil::{Date, DateTime, Time};
use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::absence::AbsencePeriod;

use crate::document::one_of;

/// What the midnight at the end of an absence in days means, where its days do not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AbsenceEnd {
    /// Midnight after the last day, as is seen with reads.
    #[default]
    Exclusive,
    /// A time of the last day, as the documentation has it for writes.
    Inclusive,
}

impl<'de> Deserialize<'de> for AbsenceEnd {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("exclusive", Self::Exclusive), ("inclusive", Self::Inclusive)])
    }
}

/// The last day of an absence as far as it says so itself, without a look at its days. `None`: its end is open.
#[must_use]
pub fn last_day(absence: &AbsencePeriod, end: AbsenceEnd) -> Option<Date> {
    let ends = absence.ends?;
    Some(match end {
        AbsenceEnd::Exclusive => last_touched(absence.starts.at.date(), ends.at),
        AbsenceEnd::Inclusive => ends.at.date(),
    })
}

/// The day of an end, or the day before where it is a midnight later than `first`.
pub(crate) fn last_touched(first: Date, end: DateTime) -> Date {
    let after = end.time() == Time::midnight() && end.date() > first;
    if after { end.date().yesterday().unwrap_or(first) } else { end.date() }
}
