//! Which days, or which hours, an absence takes.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use vendors::personio::model::absence::{AbsencePeriod, Half, Unit};

use super::halves::{Halves, halves};
use super::keys::{ABSENCE_END, MAPPING, WORKING_HOURS};
use super::options::AbsenceOptions;
use super::source_absence::SourceAbsence;
use crate::absence_end::{AbsenceEnd, last_touched};
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
    /// The first or last day counts half, and neither Personio nor the settings say what is meant by it.
    pub half_is_unstated: bool,
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
    match source.unit() {
        Unit::Hour => hours(source.absence, zone),
        Unit::Day => days(source, options, horizon, zone),
    }
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
        half_is_unstated: false,
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

/// First and last day are those that Personio states, be they worked or not.
fn days(
    source: SourceAbsence<'_>,
    options: &AbsenceOptions,
    horizon: Date,
    zone: TimeZone,
) -> Result<AbsenceSpan, Unmappable> {
    let starts = source.absence.starts;
    let first = starts.at.date();
    let Some(ends) = source.absence.ends else {
        return Ok(AbsenceSpan {
            first,
            last: horizon.max(first),
            starts_at_noon: starts.half == Some(Half::Second),
            ends_at_noon: false,
            half_is_unstated: false,
            open: true,
            hours: None,
            zone,
        });
    };
    let last = stated_last(source, first, ends.at, options.end);
    if last < first {
        return Err(Unmappable::one(ABSENCE_END, "the absence ends before it begins"));
    }
    let Halves { starts_at_noon, ends_at_noon, is_unstated } =
        halves(source, (first, starts.half), (last, ends.half), options.unstated_halves);
    if first == last && starts_at_noon && ends_at_noon {
        return Err(Unmappable::one(ABSENCE_END, "the absence begins and ends at midday of one day"));
    }
    Ok(AbsenceSpan {
        first,
        last,
        starts_at_noon,
        ends_at_noon,
        half_is_unstated: is_unstated,
        open: false,
        hours: None,
        zone,
    })
}

/// The last day that Personio states. What a midnight means the setting says, unless the single days show the other: its own
/// day counts something, or is a lone day without a share behind a day that has one.
fn stated_last(source: SourceAbsence<'_>, first: Date, ends: DateTime, end: AbsenceEnd) -> Date {
    let before = last_touched(first, ends);
    let own = ends.date();
    match end {
        AbsenceEnd::Exclusive if takes(source, own) => own,
        AbsenceEnd::Exclusive => before,
        AbsenceEnd::Inclusive if takes(source, before) && !takes(source, own) => before,
        AbsenceEnd::Inclusive => own,
    }
}

/// Whether the absence takes something of a day, as its days have it.
fn takes(source: SourceAbsence<'_>, date: Date) -> bool {
    source.days.iter().any(|day| day.date == date && day.value > 0.0)
}
