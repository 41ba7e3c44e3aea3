//! From the text of a connection file and an opening with its position to what Recruit should hold.

mod approval;
mod backfill;
mod expected_hire;
mod fates;
mod faults;
mod groups;
mod openings;
mod positions;
mod texts;
mod versions;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use vendors::hibob::model::{Cell, FieldId, Opening, Position};
use vendors::value::Personal;

use super::*;
use crate::document;

/// A vacant position of an engineer, all of whose fields HiBob shows.
const POSITION: &str = r#"{
    "name": "P-0000000368",
    "position": "Engineer / Product / Berlin",
    "status": "vacant",
    "hasOpenRequests": false,
    "jobProfile": {"value": "77", "humanReadable": "Engineer (J-1)"},
    "department": {"value": 501, "humanReadable": "Product"},
    "site": {"value": 12, "humanReadable": "Berlin"},
    "employmentType": {"value": "permanent", "humanReadable": "Permanent"},
    "positionType": {"value": "growth", "humanReadable": "Growth"},
    "effectiveDate": "2026-02-01",
    "expectedStartDate": "2026-04-01",
    "managerPositionFilledBy": "3003"
}"#;

/// Its opening, which nobody holds.
const OPENING: &str = r#"{
    "positionOpeningName": "O-6853240227",
    "status": "vacant",
    "recruitmentStatus": "open",
    "expectedStartDate": "2026-05-01",
    "filledBy": null
}"#;

/// An opening with its position, owned.
#[derive(Clone)]
struct Found {
    position: Position,
    opening: Opening,
}

impl Found {
    fn row(&self) -> Row<'_> {
        Row { position: &self.position, opening: &self.opening }
    }
}

/// The vacant position and its opening.
fn vacant() -> Found {
    edited(&json!({}), &json!({}))
}

/// The same after these fields were edited; `"absent"`: HiBob does not show the field.
fn edited(position: &Value, opening: &Value) -> Found {
    let position_id = "2251800820033996".parse().unwrap();
    let of_opening = Opening {
        id: "2251800820173708".parse().unwrap(),
        position: Some(position_id),
        cells: cells("/positionOpening", OPENING, opening),
    };
    let of_position =
        Position { id: "2251800820033996".parse().unwrap(), cells: cells("/position", POSITION, position) };
    Found { position: of_position, opening: of_opening }
}

fn edited_position(position: &Value) -> Found {
    edited(position, &json!({}))
}

fn edited_opening(opening: &Value) -> Found {
    edited(&json!({}), opening)
}

/// Cells by the last parts of their fields' ids: a value, or value and label as HiBob sends them.
fn cells(prefix: &str, shown: &str, edits: &Value) -> BTreeMap<FieldId, Cell> {
    let mut shown: Map<String, Value> = serde_json::from_str(shown).unwrap();
    shown.extend(edits.as_object().unwrap().clone());
    let is_shown = |(_, value): &(String, Value)| *value != json!("absent");
    let read = |(name, value)| (format!("{prefix}/{name}").parse().unwrap(), cell(value));
    shown.into_iter().filter(is_shown).map(read).collect()
}

fn cell(value: Value) -> Cell {
    match value.get("value") {
        Some(inner) => Cell::new(inner.clone(), value["humanReadable"].as_str().map(ToOwned::to_owned)),
        None => Cell::new(value, None),
    }
}

/// What a table of a file says.
fn table<T: for<'de> toml_span::Deserialize<'de>>(text: &str) -> T {
    document::read(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}
