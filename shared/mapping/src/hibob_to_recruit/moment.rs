//! The moments that texts of HiBob name.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// The moment that a text names; of a day its beginning in UTC: Recruit takes moments, and HiBob shows days.
pub(super) fn beginning(text: &str) -> Option<Timestamp> {
    let in_utc = |at: DateTime| at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let day = || text.parse::<Date>().ok().and_then(|day| in_utc(day.to_datetime(Time::midnight())));
    let local = || text.parse::<DateTime>().ok().and_then(in_utc);
    text.parse::<Timestamp>().ok().or_else(local).or_else(day)
}
