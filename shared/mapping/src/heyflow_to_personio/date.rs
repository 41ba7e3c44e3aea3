//! Dates of an application: civil, as Personio wants them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A date as Personio spells it, `YYYY-MM-DD` and nothing else: what is ambiguous elsewhere is not guessed.
pub(super) fn civil(text: &str) -> Result<Date, String> {
    read(text).ok_or_else(|| "not a date (YYYY-MM-DD)".to_owned())
}

/// A date, or the day that a timestamp falls on in `zone`. A timestamp without an offset is neither.
pub(super) fn day(text: &str, zone: &TimeZone) -> Result<Date, String> {
    let stamp = || text.parse().ok().map(|stamp: Timestamp| stamp.to_zoned(zone.clone()).date());
    read(text).or_else(stamp).ok_or_else(|| "neither a date (YYYY-MM-DD) nor a timestamp with its offset".to_owned())
}

/// The same, but today where it would be later: Personio refuses an application of tomorrow, and does not say whose
/// midnight counts. Today is what both the zone and UTC call so.
pub(super) fn not_later_than(now: Timestamp, text: &str, zone: &TimeZone) -> Result<Date, String> {
    let here = now.to_zoned(zone.clone()).date();
    let in_utc = now.to_zoned(TimeZone::UTC).date();
    day(text, zone).map(|day| day.min(here).min(in_utc))
}

fn read(text: &str) -> Option<Date> {
    let shaped = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let whole = text.len() == 10 && text.bytes().enumerate().all(shaped);
    whole.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_is_a_date() {
        assert_eq!(civil("2026-03-01"), Ok(jiff::civil::date(2026, 3, 1)));
        for text in ["01.03.2026", "20260301", "2026-02-30", "2026-03-01T10:00", "2026-3-1", "+02026-03-01", ""] {
            assert!(civil(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_timestamp_is_the_day_of_its_zone() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (text, zone, expected) in [
            ("2026-03-01T23:30:00Z", &berlin, 2),
            ("2026-03-01T23:30:00.250Z", &TimeZone::UTC, 1),
            ("2026-03-02T00:30:00+05:00", &TimeZone::UTC, 1),
            ("2026-03-03", &berlin, 3),
        ] {
            assert_eq!(day(text, zone).unwrap().day(), expected, "{text}");
        }
        assert!(day("2026-03-01T23:30:00", &berlin).is_err());
    }

    #[test]
    fn no_day_is_later_than_today_in_the_zone_and_in_utc() {
        for (zone, now, text, expected) in [
            // half past midnight in Berlin: yesterday in UTC, for an hour in winter and for two in summer
            ("Europe/Berlin", "2026-03-01T23:30:00Z", "2026-03-01T23:30:00Z", 1),
            ("Europe/Berlin", "2026-07-01T22:01:00Z", "2026-07-01T22:00:30Z", 1),
            ("Europe/Berlin", "2026-07-02T00:00:00Z", "2026-07-01T23:59:59Z", 2),
            ("Europe/Berlin", "2026-03-01T23:30:00Z", "2026-03-03", 1),
            ("Europe/Berlin", "2026-03-02T08:00:00Z", "2026-03-01T23:30:00Z", 2),
            // the evening in Honolulu: tomorrow in UTC
            ("Pacific/Honolulu", "2026-03-02T05:00:00Z", "2026-03-02T05:00:00Z", 1),
            ("Pacific/Honolulu", "2026-03-02T05:00:00Z", "2026-03-02", 1),
            ("UTC", "2026-03-01T23:30:00Z", "2026-03-02", 1),
        ] {
            let zone = TimeZone::get(zone).unwrap();
            let day = not_later_than(now.parse().unwrap(), text, &zone).unwrap().day();
            assert_eq!(day, expected, "{text} at {now}");
        }
    }
}
