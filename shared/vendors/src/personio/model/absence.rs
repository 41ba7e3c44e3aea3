//! Absences as the HR API v2 gives them: the period, its days, its type. How a text of the wire becomes one of these is
//! written in `../reading.rs`.
//!
//! A period says from when to when, in wall-clock time of its own zone, and nothing about amounts; which days it takes
//! and how much of them only its days (`breakdowns`) say. Source:
//! developer.personio.de/reference/get_v2-absence-periods and the pages beside it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::id::{AbsenceId, AbsenceTypeId, PersonId};

/// One absence of one person. Its `Debug` shows its id alone.
#[derive(Clone, PartialEq, Eq)]
pub struct AbsencePeriod {
    /// Its id.
    pub id: AbsenceId,
    /// Whose absence it is.
    pub person: PersonId,
    /// What kind of absence; name and unit need a second call.
    pub absence_type: AbsenceTypeId,
    /// Where it begins.
    pub starts: Boundary,
    /// Where it ends; `None`: the end is open, as with a long sick leave.
    pub ends: Option<Boundary>,
    /// The zone of both boundaries, an IANA name as Personio sent it.
    pub time_zone: Option<String>,
    /// How far its approval is. Where Personio shows none, it is taken to be of a type that needs none.
    pub approval: Approval,
    /// When it was last changed; `None`: Personio does not say.
    pub updated_at: Option<Timestamp>,
}

impl fmt::Debug for AbsencePeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbsencePeriod").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A boundary of a period. With an absence in days, the end that is read is, as far as is known, midnight *after* the
/// last day; this folder's README says what speaks against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// Wall-clock time in the period's zone.
    pub at: DateTime,
    /// Which half of the day the boundary lies in; absent with absences in hours and with some in days.
    pub half: Option<Half>,
}

/// Half a day: a first day that starts in its second half starts at midday, a last day that ends in its first half ends
/// there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Before midday.
    First,
    /// After midday.
    Second,
}

/// How far the approval of a period is. The vendor's list is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// Approved, or of a type that needs none.
    Approved,
    /// Waits for somebody's approval.
    Pending,
    /// Waits for a substitute's word.
    SubstituteRequested,
    /// Approved, and its deletion waits for approval: still valid.
    DeletionPending,
    /// Turned down. Not documented, and seen as a deletion only; read in case it comes.
    Rejected,
    /// A status that is not known: at most 40 plain characters of it. Says neither that the absence counts nor that it
    /// does not.
    Other(String),
}

/// What a period takes of one day: one entry of its breakdowns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayShare {
    /// The day, in the period's zone.
    pub date: Date,
    /// What the value counts; `None`: what its type is counted in.
    pub unit: Option<Unit>,
    /// How many of the unit, from 0; a fraction may be a half day or a short working day.
    pub value: f64,
}

/// A type of absence, as the company has named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceType {
    /// Its id.
    pub id: AbsenceTypeId,
    /// Its name in the company's settings.
    pub name: String,
    /// Personio's own category, e.g. `PAID_VACATION`; an open list.
    pub category: Option<String>,
    /// Whether its absences are counted in days or in hours; `None`: Personio does not say, so each absence shows.
    pub unit: Option<Unit>,
}

/// What an absence is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Hours.
    Hour,
}
