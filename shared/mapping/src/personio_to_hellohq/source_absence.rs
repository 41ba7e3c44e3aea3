//! An absence as Personio has it.

use jiff::civil::Time;
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType, Boundary, DayShare, Unit};

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

impl SourceAbsence<'_> {
    /// What the absence is counted in. Where its type does not say, its days do; where these do not either, an absence
    /// from midnight to midnight, or with halves, is counted in days.
    #[must_use]
    pub fn unit(&self) -> Unit {
        let told = self.absence_type.unit.or_else(|| self.days.iter().find_map(|day| day.unit));
        let AbsencePeriod { starts, ends, .. } = self.absence;
        let shows_hours = |boundary: &Boundary| boundary.half.is_none() && boundary.at.time() != Time::midnight();
        let in_hours = shows_hours(starts) || ends.as_ref().is_some_and(shows_hours);
        told.unwrap_or(if in_hours { Unit::Hour } else { Unit::Day })
    }
}
