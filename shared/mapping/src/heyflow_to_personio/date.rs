//! Dates of an application: civil, as Personio wants them.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// How a form spells dates, as `strftime` has it: `%d.%m.%Y`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat(String);

/// A day of a year of which two digits do not tell the century, so that a spelling without the century does not give the
/// day back.
const SAMPLE: Date = jiff::civil::date(1931, 12, 24);

impl DateFormat {
    fn read(&self, text: &str) -> Option<Date> {
        // a year of two digits is read as one of the first century
        Date::strptime(&self.0, text).ok().filter(|date| date.year() >= 1000)
    }
}

impl FromStr for DateFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let format = Self(text.trim().to_owned());
        let spelled = strtime::format(&format.0, SAMPLE.at(23, 58, 59, 0));
        if spelled.ok().and_then(|spelled| format.read(&spelled)) == Some(SAMPLE) {
            Ok(format)
        } else {
            Err(format!("`{text}` spells no whole date; \"%d.%m.%Y\" reads 24.12.1931"))
        }
    }
}

/// A date as Personio spells it, `YYYY-MM-DD`, or as the form is said to. What is ambiguous elsewhere is not guessed.
pub(super) fn civil(text: &str, format: Option<&DateFormat>) -> Result<Date, String> {
    read(text, format).ok_or_else(|| format!("not a date ({})", spellings(format)))
}

/// A date, or the day that a timestamp falls on in `zone`. A timestamp without an offset is neither.
pub(super) fn day(text: &str, zone: &TimeZone, format: Option<&DateFormat>) -> Result<Date, String> {
    let stamp = || text.parse().ok().map(|stamp: Timestamp| stamp.to_zoned(zone.clone()).date());
    let neither = || format!("neither a date ({}) nor a timestamp with its offset", spellings(format));
    read(text, format).or_else(stamp).ok_or_else(neither)
}

fn spellings(format: Option<&DateFormat>) -> String {
    let own = format.map_or_else(String::new, |format| format!(" or {}", format.0));
    format!("YYYY-MM-DD{own}")
}

/// The same, but today where it would be later: Personio refuses an application of tomorrow, and does not say whose
/// midnight counts. Today is what both the zone and UTC call so.
pub(super) fn not_later_than(
    now: Timestamp,
    text: &str,
    zone: &TimeZone,
    format: Option<&DateFormat>,
) -> Result<Date, String> {
    let here = now.to_zoned(zone.clone()).date();
    let in_utc = now.to_zoned(TimeZone::UTC).date();
    day(text, zone, format).map(|day| day.min(here).min(in_utc))
}

fn read(text: &str, format: Option<&DateFormat>) -> Option<Date> {
    iso(text).or_else(|| format?.read(text))
}

fn iso(text: &str) -> Option<Date> {
    let shaped = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    let whole = text.len() == 10 && text.bytes().enumerate().all(shaped);
    whole.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_is_a_date() {
        assert_eq!(civil("2026-03-01", None), Ok(jiff::civil::date(2026, 3, 1)));
        for text in ["01.03.2026", "20260301", "2026-02-30", "2026-03-01T10:00", "2026-3-1", "+02026-03-01", ""] {
            assert!(civil(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_forms_own_spelling_is_read_beside_personios() {
        for (format, text) in [
            ("%d.%m.%Y", "24.12.1990"),
            ("%d.%m.%Y", "1990-12-24"),
            ("%m/%d/%Y", "12/24/1990"),
            ("%d. %B %Y", "24. December 1990"),
            ("%Y-%m-%dT%H:%M:%S", "1990-12-24T08:00:00"),
        ] {
            let format: DateFormat = format.parse().unwrap();
            assert_eq!(civil(text, Some(&format)), Ok(jiff::civil::date(1990, 12, 24)), "{text}");
        }
        let german: DateFormat = "%d.%m.%Y".parse().unwrap();
        for text in ["31.02.1990", "24.12.90", "12/24/1990", "24.12.1990 x", ""] {
            assert!(civil(text, Some(&german)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_spelling_that_leaves_a_part_of_the_date_open_is_refused() {
        for format in ["%d.%m.", "%d.%m.%y", "%H:%M", "%Q", "dd.mm.yyyy", "", "%"] {
            assert!(format.parse::<DateFormat>().is_err(), "{format}");
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
            assert_eq!(day(text, zone, None).unwrap().day(), expected, "{text}");
        }
        assert!(day("2026-03-01T23:30:00", &berlin, None).is_err());
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
            let day = not_later_than(now.parse().unwrap(), text, &zone, None).unwrap().day();
            assert_eq!(day, expected, "{text} at {now}");
        }
    }
}
