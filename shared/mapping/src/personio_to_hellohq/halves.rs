//! At which half of a day an absence in days begins and ends. Personio's boundaries say so; where they do not, a share of up
//! to half a day may be a half day or the whole of a short working day, and a setting decides.

use jiff::civil::Date;
use vendors::personio::model::absence::{DayShare, Half, Unit};

use super::options::UnstatedHalves;
use super::source_absence::SourceAbsence;

/// What a half day counts at most.
const HALF: f64 = 0.5;

/// The halves of an absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Halves {
    /// The first half of the first day is worked.
    pub(super) starts_at_noon: bool,
    /// The second half of the last day is worked.
    pub(super) ends_at_noon: bool,
    /// The first or last day counts half, and nobody says what is meant by it.
    pub(super) is_unstated: bool,
}

/// Reads the halves of the first and the last day, each with what its boundary says. A day that counts whole is no half day,
/// whatever its boundary says.
pub(super) fn halves(
    source: SourceAbsence<'_>,
    first: (Date, Option<Half>),
    last: (Date, Option<Half>),
    unstated: UnstatedHalves,
) -> Halves {
    let starts_at_noon = first.1 == Some(Half::Second) && !counts_whole(source, first.0);
    let ends_at_noon = last.1 == Some(Half::First) && !counts_whole(source, last.0);
    let stated = Halves { starts_at_noon, ends_at_noon, is_unstated: false };
    let is_explained = first.0 == last.0 && (starts_at_noon || ends_at_noon);
    if is_explained {
        return stated;
    }
    let at_start = first.1.is_none() && counts_half(source, first.0);
    let at_end = last.1.is_none() && counts_half(source, last.0);
    match unstated {
        UnstatedHalves::Tell => Halves { is_unstated: at_start || at_end, ..stated },
        UnstatedHalves::Whole => stated,
        UnstatedHalves::Half => Halves {
            // half of a single day is its first half, unless Personio says that it ends with the second
            starts_at_noon: starts_at_noon || (at_start && !(at_end && first.0 == last.0)),
            ends_at_noon: ends_at_noon || at_end,
            is_unstated: false,
        },
    }
}

fn counts_whole(source: SourceAbsence<'_>, date: Date) -> bool {
    in_days(source, date).is_some_and(|value| value >= 1.0)
}

fn counts_half(source: SourceAbsence<'_>, date: Date) -> bool {
    in_days(source, date).is_some_and(|value| value > 0.0 && value <= HALF)
}

fn in_days(source: SourceAbsence<'_>, date: Date) -> Option<f64> {
    let is_it = |day: &&DayShare| day.date == date && day.unit != Some(Unit::Hour);
    source.days.iter().find(is_it).map(|day| day.value)
}
