//! What Personio says of an absence now.

use edge::verdict::{self, Fault};
use jiff::civil::Date;
use vendors::personio::absences;
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::operations::READ_ABSENCE;
use vendors::{Error, Kind};

use crate::connection::Settings;
use crate::work::Work;

/// What Personio says.
pub(crate) enum Source {
    Found(AbsencePeriod),
    /// Personio was asked for the absence by its id, and does not have it.
    Gone,
    /// Something of the absence cannot be read: why.
    Unreadable(Vec<String>),
}

/// Reads the absence.
pub(crate) async fn read(work: &Work<'_>) -> Result<Source, Fault> {
    let read = absences::read(&work.accounts.personio, work.absence).await;
    if matches!(&read, Ok(_) | Err(Error { kind: Kind::Gone | Kind::Invalid(_), .. })) {
        work.has_answered(READ_ABSENCE);
    }
    match read {
        Ok(absence) => Ok(Source::Found(absence)),
        Err(error) if error.kind == Kind::Gone => Ok(Source::Gone),
        // one absence that the credential may not read says nothing of the others: that its lists are closed to it, the
        // sweep finds out
        Err(error) if matches!(error.kind, Kind::Invalid(_) | Kind::RightMissing(_)) => {
            Ok(Source::Unreadable(verdict::reasons(&error.into())))
        }
        Err(error) => Err(error.into()),
    }
}

/// The day by which sweeps assign an absence to a window. `None`: its end is open.
pub(crate) fn last_day(absence: &AbsencePeriod, settings: &Settings) -> Option<Date> {
    mapping::personio_to_hellohq::last_day(absence, settings.shape.end)
}
