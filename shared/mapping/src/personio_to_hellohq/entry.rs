//! How helloHQ is told of an absence.

use jiff::civil::{Date, Time, time};
use vendors::hellohq::model::{AbsenceType, Entry, Period, UserId};

use super::absence_span::{AbsenceSpan, instant};
use super::keys::{DAYS_INSTEAD, MAPPING, UNSTATED_HALVES, WORKING_HOURS};
use super::options::{AbsenceOptions, HalfDayEnd, HoursAs};
use super::working_hours::WorkingHours;
use crate::unmappable::Unmappable;

const NOON: Time = time(12, 0, 0, 0);

/// The entry for an absence in its home.
///
/// # Errors
/// Hours whose home is a type kept in days, unless the options take them for days. Working hours that a change of clocks
/// leaves nothing of. A day that counts half for a reason that is not known, unless its home takes whole days only.
pub fn entry(
    span: &AbsenceSpan,
    kind: AbsenceType,
    user: UserId,
    note: String,
    options: &AbsenceOptions,
) -> Result<Entry, Unmappable> {
    if span.half_is_unstated && !kind.full_days_only() {
        let what = "the first or last day of the absence counts half a day or less, and Personio does not say which half is \
            meant; \"half\" enters half days, \"whole\" takes such days for short working days";
        return Err(Unmappable::one(UNSTATED_HALVES, what));
    }
    let period = match (kind.in_hours(), span.hours) {
        (true, Some((start, end))) => Period::Hours { start, end },
        (true, None) => working_hours(span, &options.working_hours)?,
        (false, Some(_)) if options.hours_as == HoursAs::Refuse => {
            let what = format!("the absence is counted in hours, its home is kept in days; {DAYS_INSTEAD}");
            return Err(Unmappable::one(MAPPING, &what));
        }
        (false, _) => days(span, kind, options.half_day_end)?,
    };
    Ok(Entry { kind, user, period, note })
}

/// One entry from the first day's hours to the last day's, nights and weekends between them included.
fn working_hours(span: &AbsenceSpan, hours: &WorkingHours) -> Result<Period, Unmappable> {
    let from = if span.starts_at_noon { hours.midday } else { hours.from };
    let to = if span.ends_at_noon { hours.midday } else { hours.to };
    let start = instant(span.first.to_datetime(from), &span.zone)?;
    let end = instant(span.last.to_datetime(to), &span.zone)?;
    if end <= start {
        return Err(Unmappable::one(WORKING_HOURS, "a change of clocks leaves nothing of the day"));
    }
    Ok(Period::Hours { start, end })
}

fn days(span: &AbsenceSpan, kind: AbsenceType, half_day_end: HalfDayEnd) -> Result<Period, Unmappable> {
    let halves = !kind.full_days_only();
    let start = if halves && span.starts_at_noon { NOON } else { Time::midnight() };
    let end = match (halves && span.ends_at_noon, half_day_end) {
        (false, _) => after(span.last)?.to_datetime(Time::midnight()),
        (true, HalfDayEnd::SameDayNoon) => span.last.to_datetime(NOON),
        (true, HalfDayEnd::NextDayNoon) => after(span.last)?.to_datetime(NOON),
    };
    Ok(Period::Days { start: span.first.to_datetime(start), end })
}

fn after(day: Date) -> Result<Date, Unmappable> {
    day.tomorrow().map_err(|_| Unmappable::one(MAPPING, "a day of the absence is out of range"))
}
