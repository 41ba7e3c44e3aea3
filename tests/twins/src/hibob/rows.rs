//! A row on the wire: the cells that were asked for. Fields that nobody knows are left out without a word.

use serde_json::{Map, Value, json};

use super::cells::{Row, text};
use super::company::Company;
use super::event;
use super::fields::{Kind, PARENT};
use super::quirks::{EmptyCells, IdForm, Quirks, Spelling};
use super::search::Search;

/// The row as a search tells it.
pub(super) fn told(kind: Kind, row: &Row, search: &Search, company: &Company) -> Value {
    let cells = search.fields.iter().filter(|field| is_told(kind, field, search, company)).filter_map(|field| {
        let cell = cell(kind, row, field, search.include_human_readable, &company.quirks)?;
        Some((field.clone(), cell))
    });
    Value::Object(cells.collect::<Map<_, _>>())
}

/// What a filter compares.
pub(super) fn filtered(kind: Kind, row: &Row, field: &str, quirks: &Quirks) -> String {
    if field == kind.id_field() { row.id.to_string() } else { text(&spelt(kind, row, field, quirks)) }
}

fn is_told(kind: Kind, field: &str, search: &Search, company: &Company) -> bool {
    let own = kind == Kind::Position && company.custom_fields.contains_key(field);
    let known = own || kind.fields().iter().any(|known| known.id == field);
    let (holder, start) = kind.holder_fields();
    let withheld = company.quirks.holder_needs_start && field == holder && !search.fields.iter().any(|f| f == start);
    known && !withheld
}

fn cell(kind: Kind, row: &Row, field: &str, human: bool, quirks: &Quirks) -> Option<Value> {
    if field == kind.id_field() {
        return Some(id_cell(row.id, human, quirks.row_ids));
    }
    let value = spelt(kind, row, field, quirks);
    if value.is_null() {
        return (quirks.empty_cells == EmptyCells::Null).then(|| json!({"value": null}));
    }
    if let (PARENT, Some(id)) = (field, value.as_u64()) {
        return Some(id_cell(id, human, quirks.row_ids));
    }
    let label = row.cells.get(field).and_then(|cell| cell.label.clone()).unwrap_or_else(|| text(&value));
    Some(if human { json!({"value": value, "humanReadable": label}) } else { json!({"value": value}) })
}

fn id_cell(id: u64, human: bool, form: IdForm) -> Value {
    let value = event::id(id, form);
    if human { json!({"value": value, "humanReadable": id.to_string()}) } else { json!({"value": value}) }
}

/// A value, with the status as the company spells it.
fn spelt(kind: Kind, row: &Row, field: &str, quirks: &Quirks) -> Value {
    let value = row.value(field).clone();
    match value.as_str() {
        Some(status) if field == kind.status_field() && quirks.spelling == Spelling::Canceled => {
            json!(status.replace("cancelled", "canceled"))
        }
        _ => value,
    }
}
