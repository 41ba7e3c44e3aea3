//! How an absence is read and written where the vendors leave it open: the settings of a connection.

use toml_span::{DeserError, Deserialize, Value};

use super::working_hours::WorkingHours;
use crate::absence_end::AbsenceEnd;
use crate::document::one_of;

/// All of these options.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AbsenceOptions {
    /// What the midnight means with which Personio ends an absence in days.
    pub end: AbsenceEnd,
    /// What a first or last day is that counts half while Personio names no half.
    pub unstated_halves: UnstatedHalves,
    /// How helloHQ is told that an entry ends at noon.
    pub half_day_end: HalfDayEnd,
    /// What becomes of hours that meet a type kept in days.
    pub hours_as: HoursAs,
    /// The hours of a day where helloHQ keeps hours and Personio has none.
    pub working_hours: WorkingHours,
}

/// What a first or last day is of which the absence takes up to a half, where Personio does not say which half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnstatedHalves {
    /// It is a problem.
    #[default]
    Tell,
    /// A half day: from midday of the first day, until midday of the last or of a single one.
    Half,
    /// The whole of a short working day.
    Whole,
}

/// How helloHQ is told that an entry ends at noon: its documentation can be read both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HalfDayEnd {
    /// Noon of the last day.
    #[default]
    SameDayNoon,
    /// Noon of the day after, as the documentation's example has it.
    NextDayNoon,
}

/// What becomes of an absence in hours whose type has its home in a type kept in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HoursAs {
    /// It is a problem.
    #[default]
    Refuse,
    /// It becomes the whole days that it touches.
    Days,
}

impl<'de> Deserialize<'de> for UnstatedHalves {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("tell", Self::Tell), ("half", Self::Half), ("whole", Self::Whole)])
    }
}

impl<'de> Deserialize<'de> for HalfDayEnd {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("same-day-noon", Self::SameDayNoon), ("next-day-noon", Self::NextDayNoon)])
    }
}

impl<'de> Deserialize<'de> for HoursAs {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("refuse", Self::Refuse), ("days", Self::Days)])
    }
}
