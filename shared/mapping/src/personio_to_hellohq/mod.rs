//! A Personio absence becomes a helloHQ absence entry.
//!
//! [`Rules`] is the table `[mapping]` of a connection file: which absence type of Personio has its home in which type
//! of helloHQ. [`span()`] reads from an absence which days, or which hours, it takes; [`entry()`] says how helloHQ is
//! told, for its types differ: most are kept in days, some only in whole ones, two in hours. What both vendors leave
//! open is a setting in [`Shape`]. Rules of the source: developer.personio.de/reference/get_v2-absence-periods and the
//! pages beside it; of the target: developer.hellohq.io, `POST /v2/Absences`.

mod entry;
mod note;
mod read;
mod rules;
mod shape;
mod span;
#[cfg(test)]
mod tests;

use vendors::personio::model::absence::{AbsencePeriod, AbsenceType, DayShare};

use crate::{Problem, Unmappable};

pub use entry::entry;
pub use note::{note, reference};
pub use rules::{Home, Rules};
pub use shape::{AbsenceEnd, HalfDayEnd, HoursAs, Shape, WorkingHours};
pub use span::{Span, last_day, span};

/// An absence with what is needed to read it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The period.
    pub absence: &'a AbsencePeriod,
    /// Its type.
    pub absence_type: &'a AbsenceType,
    /// What it takes of each day; may be empty.
    pub days: &'a [DayShare],
}

/// What would let hours into a type kept in days.
const DAYS_INSTEAD: &str = "`hellohq.hours_as = \"days\"` enters whole days";
/// The table of homes.
const MAPPING: &str = "mapping";
/// The key of the setting about the end that Personio gives.
const ABSENCE_END: &str = "personio.absence_end";
/// The table of invented hours.
const WORKING_HOURS: &str = "working_hours";

/// One problem is all there is.
fn unmappable(key: &str, what: &str) -> Unmappable {
    Unmappable { problems: vec![Problem { key: key.to_owned(), what: what.to_owned() }] }
}
