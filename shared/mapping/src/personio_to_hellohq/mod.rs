//! A Personio absence becomes a helloHQ absence entry.
//!
//! [`TypeMapping`] is the table `[mapping]` of a connection file: which absence type of Personio has its home in which
//! type of helloHQ. [`span()`] reads from an absence which days, or which hours, it takes; [`entry()`] says how helloHQ
//! is told, for its types differ: most are kept in days, some only in whole ones, two in hours. What both vendors leave
//! open is a setting in [`AbsenceOptions`]. Rules of the source: developer.personio.de/reference/get_v2-absence-periods
//! and the pages beside it; of the target: developer.hellohq.io, `POST /v2/Absences`.

mod absence_span;
mod entry;
mod halves;
mod keys;
mod listed_type;
mod mapping_table;
mod note;
mod options;
mod source_absence;
#[cfg(test)]
mod tests;
mod type_mapping;
mod working_hours;

pub use absence_span::{AbsenceSpan, span};
pub use entry::entry;
pub use note::{note, reference};
pub use options::{AbsenceOptions, HalfDayEnd, HoursAs, UnstatedHalves};
pub use source_absence::SourceAbsence;
pub use type_mapping::{Mapped, TypeMapping};
pub use working_hours::WorkingHours;

pub use crate::absence_end::{AbsenceEnd, last_day};
