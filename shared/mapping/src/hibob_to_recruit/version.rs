//! What of the source decides, spelled as one text: links keep its fingerprint. HiBob tells no time of openings.

use std::collections::BTreeMap;

use vendors::hibob::model::{Cell, FieldId};
use vendors::value::Personal;

use super::row::Row;
use crate::spelling::Spelling;

/// Everything that decides over an opening but the settings: all fields that were asked for. Fingerprints of it are kept
/// in links, so what is spelled here, and how, must stay as it is: another text would make every opening look edited.
#[must_use]
pub fn version(row: Row<'_>) -> Personal<String> {
    let mut spelling = Spelling::default();
    spelling.put("position", Some(&row.position.id));
    cells(&mut spelling, &row.position.cells);
    spelling.put("opening", Some(&row.opening.id));
    cells(&mut spelling, &row.opening.cells);
    Personal::new(spelling.into_text())
}

fn cells(spelling: &mut Spelling, cells: &BTreeMap<FieldId, Cell>) {
    for (field, cell) in cells {
        // what HiBob means by an empty cell differs from call to call: null, or a blank text
        let value = (!cell.is_empty()).then(|| cell.value().reveal());
        spelling.put(field.as_str(), value);
        spelling.put("label", cell.label());
    }
}
