//! How helloHQ is told of an absence.

use jiff::civil::{Date, Time, time};
use vendors::hellohq::model::{AbsenceType, Entry, Period, UserId};

use super::shape::{HalfDayEnd, HoursAs, Shape, WorkingHours};
use super::span::{Span, instant};
use super::{DAYS_INSTEAD, MAPPING, WORKING_HOURS, unmappable};
use crate::Unmappable;

const NOON: Time = time(12, 0, 0, 0);

/// The entry for an absence in its home.
///
/// # Errors
/// Hours whose home is a type kept in days, unless the shape takes them for days. Working hours that a change of clocks
/// leaves nothing of.
pub fn entry(span: &Span, kind: AbsenceType, user: UserId, note: String, shape: &Shape) -> Result<Entry, Unmappable> {
    let period = match (kind.in_hours(), span.hours) {
        (true, Some((start, end))) => Period::Hours { start, end },
        (true, None) => working_hours(span, &shape.working_hours)?,
        (false, Some(_)) if shape.hours_as == HoursAs::Refuse => {
            let what = format!("the absence is counted in hours, its home is kept in days; {DAYS_INSTEAD}");
            return Err(unmappable(MAPPING, &what));
        }
        (false, _) => days(span, kind, shape.half_day_end)?,
    };
    Ok(Entry { kind, user, period, note })
}

/// One entry from the first day's hours to the last day's, nights and weekends between them included.
fn working_hours(span: &Span, hours: &WorkingHours) -> Result<Period, Unmappable> {
    let from = if span.starts_at_noon { hours.midday } else { hours.from };
    let to = if span.ends_at_noon { hours.midday } else { hours.to };
    let start = instant(span.first.to_datetime(from), &span.zone)?;
    let end = instant(span.last.to_datetime(to), &span.zone)?;
    if end <= start {
        return Err(unmappable(WORKING_HOURS, "a change of clocks leaves nothing of the day"));
    }
    Ok(Period::Hours { start, end })
}

fn days(span: &Span, kind: AbsenceType, half_day_end: HalfDayEnd) -> Result<Period, Unmappable> {
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
    day.tomorrow().map_err(|_| unmappable(MAPPING, "a day of the absence is out of range"))
}
