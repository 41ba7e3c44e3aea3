//! The fields that are asked of HiBob: those that the connection's rules read.

use mapping::hibob_to_recruit::OpeningRules;
use vendors::hibob::model::asked::TooManyFields;
use vendors::hibob::model::{OpeningFields, PositionFields};
use vendors::hibob::webhook::{About, Change, Event};

/// The fields that are asked of HiBob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFields {
    /// Of positions.
    pub of_positions: PositionFields,
    /// Of openings.
    pub of_openings: OpeningFields,
}

impl ReadFields {
    /// The fields that the rules read.
    ///
    /// # Errors
    /// [`TooManyFields`].
    pub fn of(rules: &OpeningRules) -> Result<Self, TooManyFields> {
        Ok(Self {
            of_positions: PositionFields::new(rules.position_fields())?,
            of_openings: OpeningFields::new(rules.opening_fields())?,
        })
    }

    /// Whether an event may be about a field that is read. A move to another position always is.
    #[must_use]
    pub fn hold_what_changed(&self, event: &Event) -> bool {
        let Some(changed) = event.changed_fields.as_ref().filter(|_| event.change == Change::Updated) else {
            return true;
        };
        let read = match event.about {
            About::Position(_) => self.of_positions.ids(),
            About::Opening(_) => self.of_openings.ids(),
        };
        changed.iter().any(|field| read.contains(field))
    }
}
