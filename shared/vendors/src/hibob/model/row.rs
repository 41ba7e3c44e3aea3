//! Positions and openings as a search gives them: an id, and a cell for each field that HiBob shows.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::field::FieldId;
use super::id::{OpeningId, PositionId};

/// A position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The id.
    pub id: PositionId,
    /// What stands in its fields. A field that was asked for and is not here is one that HiBob does not know or does not show.
    pub cells: BTreeMap<FieldId, Cell>,
}

impl Position {
    /// What stands in the field; `None` where HiBob does not know or does not show it.
    #[must_use]
    pub fn cell(&self, field: &FieldId) -> Option<&Cell> {
        self.cells.get(field)
    }
}

/// An opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The id.
    pub id: OpeningId,
    /// The position it belongs to; `None` where the field is empty or not shown.
    pub position: Option<PositionId>,
    /// What stands in its fields. A field that was asked for and is not here is one that HiBob does not know or does not show.
    pub cells: BTreeMap<FieldId, Cell>,
}

impl Opening {
    /// What stands in the field; `None` where HiBob does not know or does not show it.
    #[must_use]
    pub fn cell(&self, field: &FieldId) -> Option<&Cell> {
        self.cells.get(field)
    }
}
