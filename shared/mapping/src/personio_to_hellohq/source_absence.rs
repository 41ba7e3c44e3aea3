//! An absence as Personio has it.

use vendors::personio::model::absence::{AbsencePeriod, AbsenceType, DayShare};

/// An absence with what is needed to read it.
#[derive(Debug, Clone, Copy)]
pub struct SourceAbsence<'a> {
    /// The period.
    pub absence: &'a AbsencePeriod,
    /// Its type.
    pub absence_type: &'a AbsenceType,
    /// What it takes of each day; may be empty.
    pub days: &'a [DayShare],
}
