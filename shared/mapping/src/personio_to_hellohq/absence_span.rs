//! Which days, or which hours, an absence takes.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use vendors::personio::model::absence::{AbsencePeriod, Boundary, Half, Unit};

use super::keys::{ABSENCE_END, MAPPING, WORKING_HOURS};
use super::options::{AbsenceEnd, AbsenceOptions};
use super::source_absence::SourceAbsence;
use crate::unmappable::Unmappable;

/// From when to when somebody is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceSpan {
    /// The first day.
    pub first: Date,
    /// The last day; not before the first.
    pub last: Date,
    /// The first half of the first day is worked.
    pub starts_at_noon: bool,
    /// The second half of the last day is worked.
    pub ends_at_noon: bool,
    /// There is no end yet; `last` is only as far as is looked ahead.
    pub open: bool,
    /// The exact time of an absence that is counted in hours; `None`: it is counted in days.
    pub hours: Option<(Timestamp, Timestamp)>,
    /// The zone in which the days are days.
    pub zone: TimeZone,
}

/// Reads an absence. An open end is taken to be `horizon`.
///
/// # Errors
/// Times that cannot be meant (an end before the beginning, two halves of one day that leave nothing), an unknown zone,
/// and hours without an end.
pub fn span(source: SourceAbsence<'_>, options: &AbsenceOptions, horizon: Date) -> Result<AbsenceSpan, Unmappable> {
    let zone = zone(source.absence, &options.working_hours.zone)?;
    match source.absence_type.unit {
        Unit::Hour => hours(source.absence, zone),
        Unit::Day => days(source, options.end, horizon, zone),
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
fn last_touched(first: Date, end: DateTime) -> Date {
    let after = end.time() == Time::midnight() && end.date() > first;
    if after { end.date().yesterday().unwrap_or(first) } else { end.date() }
}

fn zone(absence: &AbsencePeriod, otherwise: &TimeZone) -> Result<TimeZone, Unmappable> {
    match &absence.time_zone {
        Some(name) => TimeZone::get(name).map_err(|_| {
            Unmappable::one(&format!("{WORKING_HOURS}.time_zone"), "the absence names a time zone that is not known")
        }),
        None => Ok(otherwise.clone()),
    }
}

fn hours(absence: &AbsencePeriod, zone: TimeZone) -> Result<AbsenceSpan, Unmappable> {
    let Some(ends) = absence.ends else {
        return Err(Unmappable::one(MAPPING, "the absence is counted in hours and has no end yet"));
    };
    let start = instant(absence.starts.at, &zone)?;
    let end = instant(ends.at, &zone)?;
    if end <= start {
        return Err(Unmappable::one(MAPPING, "the absence is counted in hours and does not end after its beginning"));
    }
    let first = absence.starts.at.date();
    let last = last_touched(first, ends.at).max(first);
    Ok(AbsenceSpan {
        first,
        last,
        starts_at_noon: false,
        ends_at_noon: false,
        open: false,
        hours: Some((start, end)),
        zone,
    })
}

/// The instant of a wall-clock time. One that a change of clocks skips is moved on, one that it repeats is the first.
pub(super) fn instant(at: DateTime, zone: &TimeZone) -> Result<Timestamp, Unmappable> {
    let zoned = at.to_zoned(zone.clone());
    zoned.map(|zoned| zoned.timestamp()).map_err(|_| Unmappable::one(MAPPING, "a time of the absence is out of range"))
}

fn days(source: SourceAbsence<'_>, end: AbsenceEnd, horizon: Date, zone: TimeZone) -> Result<AbsenceSpan, Unmappable> {
    let starts = source.absence.starts;
    let first = starts.at.date();
    let starts_at_noon = starts.half == Some(Half::Second);
    let Some(ends) = source.absence.ends else {
        let last = horizon.max(first);
        return Ok(AbsenceSpan { first, last, starts_at_noon, ends_at_noon: false, open: true, hours: None, zone });
    };
    let last = last_share(source, first).or_else(|| last_day(source.absence, end)).unwrap_or(first);
    if last < first {
        return Err(Unmappable::one(ABSENCE_END, "the absence ends before it begins"));
    }
    let ends_at_noon = ends.half == Some(Half::First) && may_end_on(ends, last);
    if first == last && starts_at_noon && ends_at_noon {
        return Err(Unmappable::one(ABSENCE_END, "the absence begins and ends at midday of one day"));
    }
    Ok(AbsenceSpan { first, last, starts_at_noon, ends_at_noon, open: false, hours: None, zone })
}

/// The last day of which the absence takes something, as its days have it.
fn last_share(source: SourceAbsence<'_>, first: Date) -> Option<Date> {
    let taken = source.days.iter().filter(|day| day.value > 0.0 && day.date >= first);
    taken.map(|day| day.date).max()
}

/// Whether `last` can be the day whose half the end is about: its own, or the day before where it is a midnight. Where
/// days without a share lie between (an absence until Saturday noon, whose last share is Friday's) the half is not its.
fn may_end_on(ends: Boundary, last: Date) -> bool {
    last >= last_touched(Date::MIN, ends.at)
}
