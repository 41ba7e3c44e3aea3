//! What HiBob shows of an opening now, with its position.

use edge::verdict::{self, Fault};
use ledger::Fingerprint;
use mapping::hibob_to_recruit::{Row, version};
use reconcile::Shown;
use vendors::hibob::client::Hibob;
use vendors::hibob::model::{Opening, OpeningId, Position};
use vendors::hibob::{openings, positions};
use vendors::{Error, Kind};

use crate::connection::ReadFields;

/// What HiBob shows.
#[derive(Debug)]
pub(crate) enum Source {
    /// The opening and its position.
    Found(Box<Record>),
    /// No such opening. That alone proves nothing: a new one may not be found for a while.
    Gone,
    /// The opening, or its position, cannot be read: why.
    Unreadable(Vec<String>),
}

/// An opening with its position.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) opening: Opening,
    pub(crate) position: Position,
}

impl Record {
    /// Both as rules read them.
    pub(crate) fn row(&self) -> Row<'_> {
        Row { position: &self.position, opening: &self.opening }
    }

    /// The version that HiBob shows. HiBob tells no time of openings.
    pub(crate) fn shown(&self) -> Shown {
        shown(self.row())
    }
}

/// The version of a row.
pub(crate) fn shown(row: Row<'_>) -> Shown {
    Shown::new(Fingerprint::of(version(row).reveal()), None)
}

/// Reads an opening, then its position: two calls.
///
/// # Errors
/// HiBob's, where they are about more than this one opening.
pub(crate) async fn read(hibob: &Hibob, id: &OpeningId, fields: &ReadFields) -> Result<Source, Error> {
    let opening = match openings::read(hibob, id, &fields.of_openings).await {
        Ok(Some(opening)) => opening,
        Ok(None) => return Ok(Source::Gone),
        Err(error) => return unreadable(error),
    };
    let Some(position) = opening.position.clone() else {
        return Ok(Source::Unreadable(vec!["HiBob does not show which position the opening belongs to".to_owned()]));
    };
    match positions::read(hibob, &position, &fields.of_positions).await {
        Ok(Some(position)) => Ok(Source::Found(Box::new(Record { opening, position }))),
        Ok(None) => Ok(Source::Unreadable(vec![format!("HiBob shows the opening and not its position {position}")])),
        Err(error) => unreadable(error),
    }
}

/// What a failed reading says of this one opening; the error where it says nothing of it.
fn unreadable(error: Error) -> Result<Source, Error> {
    match error.kind {
        Kind::Invalid(_) => Ok(Source::Unreadable(verdict::reasons(&Fault::from(error)))),
        _ => Err(error),
    }
}
