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

/// The same, but today where it would be later: Personio refuses an application of tomorrow.
pub(super) fn not_later_than(now: Timestamp, text: &str, zone: &TimeZone) -> Result<Date, String> {
    let today = now.to_zoned(zone.clone()).date();
    day(text, zone).map(|day| day.min(today))
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
    fn tomorrow_becomes_today() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let now = "2026-03-01T23:30:00Z".parse().unwrap();
        for (text, expected) in [("2026-03-03", 2), ("2026-03-02", 2), ("2026-03-01", 1)] {
            assert_eq!(not_later_than(now, text, &berlin).unwrap().day(), expected, "{text}");
        }
        assert_eq!(not_later_than(now, "2026-03-02", &TimeZone::UTC).unwrap().day(), 1);
    }
}
