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

#[cfg(test)]
mod tests {
    use vendors::hibob::model::FieldId;

    use super::*;

    fn event(about: About, change: Change, changed: Option<&[&str]>) -> Event {
        let changed = changed.map(|fields| fields.iter().map(|field| field.parse().unwrap()).collect::<Vec<FieldId>>());
        Event { company: String::new(), about, change, changed_fields: changed, occurred_at: None }
    }

    #[test]
    fn an_update_is_of_interest_where_a_field_that_is_read_may_have_changed() {
        let fields = ReadFields::of(&OpeningRules::default()).unwrap();
        let position = || About::Position("7001".parse().unwrap());
        let opening = || About::Opening("8001".parse().unwrap());
        let table = [
            (position(), Change::Updated, Some(&["/position/status"][..]), true),
            (position(), Change::Updated, Some(&["/position/fte", "/position/department"][..]), true),
            (position(), Change::Updated, Some(&["/position/fte"][..]), false),
            (position(), Change::Updated, None, true),
            (opening(), Change::Updated, Some(&["/positionOpening/filledBy"][..]), true),
            (opening(), Change::Updated, Some(&["/positionOpening/positionId"][..]), true),
            (opening(), Change::Updated, Some(&["/positionOpening/updateEffectiveDate"][..]), false),
            (position(), Change::Created, Some(&["/position/fte"][..]), true),
            (opening(), Change::Deleted, Some(&[][..]), true),
        ];
        for (about, change, changed, expected) in table {
            let event = event(about, change, changed);
            assert_eq!(fields.hold_what_changed(&event), expected, "{event:?}");
        }
    }
}
