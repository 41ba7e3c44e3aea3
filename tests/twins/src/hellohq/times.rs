//! When an absence begins and ends: local half days without a zone, or UTC times with `Z`, by its type.
//!
//! Source: the description of `POST /v2/Absences` in swagger20.json. The end is exclusive: a full day ends at the next
//! midnight.

use std::fmt;

use jiff::civil::{DateTime, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, ToSpan as _, Unit};
use serde::{Deserialize, Serialize};

use super::kinds::Kind;

const NOON: Time = time(12, 0, 0, 0);

/// A start or an end, in the form in which it is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Moment {
    /// Of a type in days: `2026-03-02T00:00:00`.
    Local(DateTime),
    /// Of a type in hours: `2026-03-02T08:00:00Z`.
    Utc(Timestamp),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(local) => local.fmt(f),
            Self::Utc(utc) => utc.fmt(f),
        }
    }
}

impl Moment {
    /// Reads it as the type wants it; the error is what the vendor says.
    pub(super) fn read(kind: Kind, text: &str) -> Result<Self, &'static str> {
        if kind.in_hours() {
            return utc(text).map(Self::Utc).ok_or("The value must be a date and time in UTC, with Z.");
        }
        let local = local(text).ok_or("The value must be a date and time without a time zone.")?;
        if [Time::midnight(), NOON].contains(&local.time()) {
            Ok(Self::Local(local))
        } else {
            Err("The time must be 00:00:00 or 12:00:00.")
        }
    }

    /// Whether it halves a day.
    pub(super) fn is_noon(self) -> bool {
        matches!(self, Self::Local(local) if local.time() == NOON)
    }

    /// Without its zone, to compare types in days with types in hours.
    pub(super) fn civil(self) -> DateTime {
        match self {
            Self::Local(local) => local,
            Self::Utc(utc) => TimeZone::UTC.to_datetime(utc),
        }
    }
}

/// `2026-03-02T00:00:00` and nothing shorter or longer.
pub(super) fn local(text: &str) -> Option<DateTime> {
    text.parse().ok().filter(|local: &DateTime| local.to_string() == text)
}

/// `2026-03-02T08:00:00Z`, with or without fractions of a second.
pub(super) fn utc(text: &str) -> Option<Timestamp> {
    let seconds = text.get(..19)?;
    local(seconds)?;
    text.strip_suffix('Z')?;
    text.parse().ok()
}

/// As precise as the vendor's examples.
pub(super) fn milliseconds(at: Timestamp) -> Timestamp {
    at.round(TimestampRound::new().smallest(Unit::Millisecond).mode(RoundMode::Trunc)).unwrap_or(at)
}

/// Working days between the two: half days that are not on a weekend. Nought for types in hours.
pub(super) fn missed_days(start: Moment, end: Moment) -> f64 {
    let (Moment::Local(start), Moment::Local(end)) = (start, end) else { return 0.0 };
    let halves = start.series(12.hours()).take_while(|half| *half < end);
    let worked = halves.filter(|half| !matches!(half.weekday(), Weekday::Saturday | Weekday::Sunday));
    f64::from(u32::try_from(worked.count()).unwrap_or(u32::MAX)) / 2.0
}

/// A calendar month, `2026-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Whether something from `start` to `end` (exclusive) touches it.
    pub(super) fn is_touched(self, start: Moment, end: Moment) -> bool {
        let of = |moment: DateTime| Self { year: moment.year(), month: moment.month() };
        let last = end.civil().checked_sub(1.nanosecond()).unwrap_or(DateTime::MIN);
        (of(start.civil())..=of(last)).contains(&self)
    }
}

impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let day = local(&format!("{text}-01T00:00:00")).ok_or("a month is written 2026-03")?;
        Ok(Self { year: day.year(), month: day.month() })
    }
}

impl std::str::FromStr for Month {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_owned().try_into()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        format!("{:04}-{:02}", month.year, month.month)
    }
}
