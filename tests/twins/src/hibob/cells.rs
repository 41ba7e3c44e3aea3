//! Positions and openings are rows of cells, each under the id of its field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Cells by field id: `/position/status`...
pub type Cells = BTreeMap<String, Cell>;

/// One value, and what people read in its place. In JSON `{"value": 12, "label": "Sales"}`, or the bare value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Value")]
pub struct Cell {
    /// Null: the cell is empty.
    pub value: Value,
    /// `humanReadable`; the value's text where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Cell {
    /// A value that people read as it is.
    pub fn new(value: impl Into<Value>) -> Self {
        Self { value: value.into(), label: None }
    }

    /// A value that people read as this text.
    pub fn labelled(value: impl Into<Value>, label: &str) -> Self {
        Self { value: value.into(), label: Some(label.to_owned()) }
    }
}

impl TryFrom<Value> for Cell {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        match value {
            Value::Object(members) => from_members(members),
            bare => Ok(Self::new(bare)),
        }
    }
}

fn from_members(mut members: Map<String, Value>) -> Result<Cell, String> {
    let value = members.remove("value").ok_or("a cell that is an object has a value")?;
    let label = match members.remove("label") {
        None | Some(Value::Null) => None,
        Some(Value::String(label)) => Some(label),
        Some(_) => return Err("a label is text".to_owned()),
    };
    match members.keys().next() {
        None => Ok(Cell { value, label }),
        Some(name) => Err(format!("a cell has no member {name}")),
    }
}

/// A position or an opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Counts up from around 2.25e15.
    pub id: u64,
    /// `false`: a request that nobody has approved yet. An opening is what its position is.
    pub approved: bool,
    /// The id's own cell is not among them.
    pub cells: Cells,
}

impl Row {
    /// The value in a cell; null where there is none.
    #[must_use]
    pub fn value(&self, field: &str) -> &Value {
        self.cells.get(field).map_or(&Value::Null, |cell| &cell.value)
    }

    /// The same as text; empty for null.
    #[must_use]
    pub fn text(&self, field: &str) -> String {
        text(self.value(field))
    }
}

/// A value as filters compare it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
