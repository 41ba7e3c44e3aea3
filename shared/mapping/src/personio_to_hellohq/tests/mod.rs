//! From the text of a connection file and an absence to an entry of helloHQ, or every problem.

mod entries;
mod faults;
mod hours;
mod rules;
mod spans;

use vendors::hellohq::model::{AbsenceType as Kind, Period};
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType, Approval, Boundary, DayShare, Half, Unit};

use super::*;
use crate::unmappable::Unmappable;

/// Far behind all absences but the open ones.
const HORIZON: &str = "2026-12-31";

/// A boundary as Personio prints it: `2026-03-02T00:00 FIRST_HALF`, or the time alone.
fn boundary(text: &str) -> Boundary {
    let (at, half) = text.split_once(' ').unwrap_or((text, ""));
    let half = match half {
        "FIRST_HALF" => Some(Half::First),
        "SECOND_HALF" => Some(Half::Second),
        "" => None,
        other => panic!("{other}"),
    };
    Boundary { at: at.parse().unwrap(), half }
}

/// An absence from here to there; `open` has no end.
fn absence(starts: &str, ends: &str) -> AbsencePeriod {
    AbsencePeriod {
        id: "1d8e3f7a-0000-4000-8000-000000000001".parse().unwrap(),
        person: "3003".parse().unwrap(),
        absence_type: "7c5b1b3e-0000-4000-8000-0000000000aa".parse().unwrap(),
        starts: boundary(starts),
        ends: (ends != "open").then(|| boundary(ends)),
        time_zone: Some("Europe/Berlin".to_owned()),
        approval: Approval::Approved,
        updated_at: Some("2026-03-01T08:00:00Z".parse().unwrap()),
    }
}

fn absence_type(name: &str, unit: Unit, last_digits: &str) -> AbsenceType {
    let id = format!("7c5b1b3e-0000-4000-8000-0000000000{last_digits}").parse().unwrap();
    AbsenceType { id, name: name.to_owned(), category: None, unit: Some(unit) }
}

/// What the absence takes of each day, one per line of `2026-03-02 0.5`.
fn shares(text: &str) -> Vec<DayShare> {
    let share = |line: &str| {
        let (date, value) = line.trim().split_once(' ').unwrap();
        DayShare { date: date.parse().unwrap(), unit: Some(Unit::Day), value: value.parse().unwrap() }
    };
    text.split(',').filter(|line| !line.trim().is_empty()).map(share).collect()
}

fn read(absence: &AbsencePeriod, unit: Unit, days: &str, options: &AbsenceOptions) -> Result<AbsenceSpan, Unmappable> {
    let (absence_type, days) = (absence_type("Urlaub", unit, "aa"), shares(days));
    let source = SourceAbsence { absence, absence_type: &absence_type, days: &days };
    span(source, options, HORIZON.parse().unwrap())
}

/// The span of an absence in days.
fn in_days(starts: &str, ends: &str) -> AbsenceSpan {
    read(&absence(starts, ends), Unit::Day, "", &AbsenceOptions::default()).unwrap()
}

/// The span of an absence in hours.
fn in_hours(starts: &str, ends: &str) -> AbsenceSpan {
    read(&absence(starts, ends), Unit::Hour, "", &AbsenceOptions::default()).unwrap()
}

/// `2026-03-02 to 2026-03-03`, with what else there is to say.
fn words(span: &AbsenceSpan) -> String {
    let mut words = format!("{} to {}", span.first, span.last);
    for (is, word) in [(span.starts_at_noon, "from noon"), (span.ends_at_noon, "until noon"), (span.open, "open")] {
        if is {
            words.push_str(", ");
            words.push_str(word);
        }
    }
    words
}

fn entered(span: &AbsenceSpan, kind: Kind, options: &AbsenceOptions) -> Result<String, String> {
    let entry =
        entry(span, kind, "15".parse().unwrap(), "a note".to_owned(), options).map_err(|error| error.to_string())?;
    assert_eq!((entry.kind, entry.user.to_string(), entry.note.as_str()), (kind, "15".to_owned(), "a note"));
    Ok(match entry.period {
        Period::Days { start, end } => format!("{start} to {end}"),
        Period::Hours { start, end } => format!("{start} to {end}"),
    })
}
