//! From HiBob's JSON to rows. Tolerant of wrappers, of fields that are unknown and of values in other forms; strict about
//! what a row is known by.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::model::cell::plain;
use super::model::{Cell, FieldDescription, FieldId, Opening, Position, opening_field, position_field};
use crate::{Cursor, Meaning, Page, Reason, UnreadableItem};

/// Where a list stands that is no bare one. The last two are documented, the first is what is met.
const WRAPPERS: &[&str] = &["values", "entries", "positionEntries", "positionOpeningEntries"];

/// Where the next cursor stands: the objects that may hold it, and its names in them.
const METADATA: &[&str] = &["response_metadata", "responseMetadata", "pagination"];
const NEXT_CURSOR: &[&str] = &["next_cursor", "nextCursor"];

/// A field that is missing or cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field(pub(super) &'static str);

impl From<Field> for Reason {
    fn from(field: Field) -> Self {
        let meaning = Some(Meaning {
            means: "missing in HiBob's answer, or not of the documented form",
            to_do: "Look in HiBob whether the service user's permission group may read it.",
        });
        Self { field: Some(field.0.to_owned()), code: "unreadable".to_owned(), meaning }
    }
}

/// The cells of a row.
type Cells = BTreeMap<FieldId, Cell>;

/// A page of what `read` makes of the rows. `None`: the answer is no list, or leads on in a way that cannot be followed.
pub(super) fn page<T, Id: FromStr>(
    body: Value,
    id: &FieldId,
    read: fn(Cells) -> Result<T, Field>,
) -> Option<Page<T, Id>> {
    let next = next_cursor(&body)?;
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next };
    for row in rows(body, id)? {
        let cells = row.map(cells).unwrap_or_default();
        let own = cells.get(id).and_then(Cell::text).and_then(|id| id.parse().ok());
        match read(cells) {
            Ok(item) => page.items.push(item),
            Err(field) => page.unreadable.push(UnreadableItem { id: own, what: field.0.to_owned() }),
        }
    }
    Some(page)
}

/// A position; otherwise the field that cannot be read.
pub(super) fn position(cells: Cells) -> Result<Position, Field> {
    const ID: Field = Field("/position/id");
    let id = id_in(&cells, &position_field::ID, ID)?.ok_or(ID)?;
    Ok(Position { id, cells })
}

/// An opening; otherwise the field that cannot be read.
pub(super) fn opening(cells: Cells) -> Result<Opening, Field> {
    const ID: Field = Field("/positionOpening/id");
    let id = id_in(&cells, &opening_field::ID, ID)?.ok_or(ID)?;
    let position = id_in(&cells, &opening_field::POSITION_ID, Field("/positionOpening/positionId"))?;
    Ok(Opening { id, position, cells })
}

/// What HiBob says of its fields, as a bare list or as `fields`.
pub(super) fn descriptions(body: Value) -> Option<Page<FieldDescription, FieldId>> {
    let list = match body {
        Value::Object(mut object) => object.remove("fields")?,
        list => list,
    };
    let Value::Array(list) = list else { return None };
    let mut page = Page { items: Vec::new(), unreadable: Vec::new(), next: None };
    for entry in &list {
        match description(entry) {
            Some(description) => page.items.push(description),
            None => page.unreadable.push(UnreadableItem { id: None, what: "id".to_owned() }),
        }
    }
    Some(page)
}

fn description(entry: &Value) -> Option<FieldDescription> {
    let text = |pointer: &str| entry.pointer(pointer).and_then(plain);
    let id = text("/id")?.parse().ok()?;
    Some(FieldDescription { id, name: text("/name"), kind: text("/fieldType/type").or_else(|| text("/fieldType")) })
}

/// The id in a field; `None` where the field is empty or not shown.
fn id_in<Id: FromStr>(cells: &Cells, field: &FieldId, name: Field) -> Result<Option<Id>, Field> {
    match cells.get(field).filter(|cell| !cell.is_empty()) {
        None => Ok(None),
        Some(cell) => cell.text().and_then(|text| text.parse().ok()).map(Some).ok_or(name),
    }
}

/// The rows of a list; `None` in a row's place: no row at all, and the outer `None`: no list.
fn rows(body: Value, id: &FieldId) -> Option<Vec<Option<Map<String, Value>>>> {
    let list = match body {
        Value::Object(mut object) => WRAPPERS.iter().find_map(|name| object.remove(*name).filter(Value::is_array))?,
        list => list,
    };
    let Value::Array(list) = list else { return None };
    Some(list.into_iter().flat_map(|entry| rows_of(entry, id)).collect())
}

/// The documented list of lists: an inner list holds rows, or the cells of one row.
fn rows_of(entry: Value, id: &FieldId) -> Vec<Option<Map<String, Value>>> {
    match entry {
        Value::Object(row) => vec![Some(row)],
        Value::Array(parts) if parts.iter().all(|part| part.get(id.as_str()).is_some()) => {
            parts.into_iter().flat_map(|part| rows_of(part, id)).collect()
        }
        Value::Array(parts) => {
            let objects =
                parts.into_iter().filter_map(|part| if let Value::Object(part) = part { Some(part) } else { None });
            vec![Some(objects.flatten().collect())]
        }
        _ => vec![None],
    }
}

fn cells(row: Map<String, Value>) -> Cells {
    row.into_iter().filter_map(|(field, value)| Some((field.parse().ok()?, cell(value)))).collect()
}

/// A cell is an object with a value and, where it was asked for, a label. Anything else is the value itself.
fn cell(value: Value) -> Cell {
    match value {
        Value::Object(mut object) if object.contains_key("value") || object.contains_key("humanReadable") => {
            let label = object.get("humanReadable").and_then(label);
            Cell::new(object.remove("value").unwrap_or_default(), label)
        }
        value => Cell::new(value, None),
    }
}

/// A label in words; of several they are joined.
fn label(value: &Value) -> Option<String> {
    match value {
        Value::Array(labels) => {
            let labels: Vec<_> = labels.iter().filter_map(plain).collect();
            Some(labels.join(", ")).filter(|joined| !joined.is_empty())
        }
        one => plain(one),
    }
}

/// Where the list goes on. The inner `None`: nowhere; a last page has null, nothing, an empty text or an empty object.
fn next_cursor(body: &Value) -> Option<Option<Cursor>> {
    let metadata = METADATA.iter().filter_map(|name| body.get(name)).find(|metadata| metadata.is_object());
    let next = metadata.and_then(|metadata| NEXT_CURSOR.iter().find_map(|name| metadata.get(name)));
    match next {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) if text.is_empty() => Some(None),
        Some(next) => plain(next).map(|text| Some(Cursor::new(text))),
    }
}
