//! The fields that a search asks for.

use super::field::FieldId;
use super::{opening_field, position_field};

/// A search asks for 1 to 50 fields, says HiBob, and is refused beyond.
const MOST: usize = 50;

/// More fields than one search may ask for, with those that are always asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} fields, and HiBob takes at most {MOST} in a search, ids and start dates included")]
pub struct TooManyFields(pub usize);

/// The fields that are asked of positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionFields(Vec<FieldId>);

impl PositionFields {
    /// These fields, the id, and with the holder the holder's start date: without it a row may lack its holder, and the
    /// position looks vacant.
    ///
    /// # Errors
    /// [`TooManyFields`].
    pub fn new(wanted: impl IntoIterator<Item = FieldId>) -> Result<Self, TooManyFields> {
        let start = (&position_field::FILLED_BY, position_field::ACTUAL_START_DATE);
        completed(wanted, vec![position_field::ID], start).map(Self)
    }

    /// All that is asked for.
    #[must_use]
    pub fn ids(&self) -> &[FieldId] {
        &self.0
    }
}

/// The fields that are asked of openings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningFields(Vec<FieldId>);

impl OpeningFields {
    /// These fields, the id, the position's id, and with the holder the holder's start date: without it a row may lack its
    /// holder, and the opening looks vacant.
    ///
    /// # Errors
    /// [`TooManyFields`].
    pub fn new(wanted: impl IntoIterator<Item = FieldId>) -> Result<Self, TooManyFields> {
        let start = (&opening_field::FILLED_BY, opening_field::ACTUAL_START_DATE);
        completed(wanted, vec![opening_field::ID, opening_field::POSITION_ID], start).map(Self)
    }

    /// All that is asked for.
    #[must_use]
    pub fn ids(&self) -> &[FieldId] {
        &self.0
    }
}

fn completed(
    wanted: impl IntoIterator<Item = FieldId>,
    mut asked: Vec<FieldId>,
    (holder, start): (&FieldId, FieldId),
) -> Result<Vec<FieldId>, TooManyFields> {
    for field in wanted {
        let companion = (field == *holder).then(|| start.clone());
        for field in std::iter::once(field).chain(companion) {
            if !asked.contains(&field) {
                asked.push(field);
            }
        }
    }
    if asked.len() > MOST { Err(TooManyFields(asked.len())) } else { Ok(asked) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_always_asked_for_and_start_dates_with_holders() {
        let fields =
            PositionFields::new([position_field::STATUS, position_field::FILLED_BY, position_field::ID]).unwrap();
        let shown: Vec<_> = fields.ids().iter().map(FieldId::as_str).collect();
        assert_eq!(shown, ["/position/id", "/position/status", "/position/filledBy", "/position/actualStartDate"]);
        let fields = OpeningFields::new([opening_field::ACTUAL_START_DATE, opening_field::FILLED_BY]).unwrap();
        let shown: Vec<_> =
            fields.ids().iter().map(|field| field.as_str().trim_start_matches("/positionOpening/")).collect();
        assert_eq!(shown, ["id", "positionId", "actualStartDate", "filledBy"]);
    }

    #[test]
    fn a_search_asks_for_fifty_fields_at_most() {
        let numbered = |count: usize| (0..count).map(|number| format!("/position/field_{number}").parse().unwrap());
        assert!(PositionFields::new(numbered(49)).is_ok());
        assert_eq!(PositionFields::new(numbered(50)), Err(TooManyFields(51)));
        assert_eq!(OpeningFields::new(numbered(49)), Err(TooManyFields(51)));
    }
}
