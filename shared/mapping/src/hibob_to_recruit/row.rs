//! An opening of HiBob together with its position: what rules read.

use vendors::hibob::model::{Cell, FieldId, Opening, Position};

/// An opening together with its position.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The position.
    pub position: &'a Position,
    /// The opening.
    pub opening: &'a Opening,
}

impl<'a> Row<'a> {
    /// The cell of a field. `None`: HiBob did not show the field, which it does with fields that it does not know.
    pub(super) fn cell(self, field: &FieldId) -> Option<&'a Cell> {
        if is_of_opening(field) { self.opening.cell(field) } else { self.position.cell(field) }
    }

    /// The word of a closed list: a status. Empty cells have none.
    pub(super) fn word(self, field: &FieldId) -> Option<String> {
        self.cell(field).and_then(Cell::text)
    }
}

/// Whether a field is one of openings.
pub(super) fn is_of_opening(field: &FieldId) -> bool {
    field.as_str().starts_with("/positionOpening/")
}
