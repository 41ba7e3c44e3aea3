//! New custom fields of callers.

use serde::Deserialize as _;
use serde_json::Value;

use super::account::{CustomField, FieldKind, NamedOption};
use super::problem::Problem;
use super::sent::Document;
use super::store::Books;

/// A field that is no select.
pub(super) fn field(books: &mut Books, document: &Document) -> Result<u64, Problem> {
    document.only(&["name", "api-name", "field-type"], &[])?;
    let wrong = || Problem::invalid("/data/attributes/field-type", "is not included in the list");
    let sent = document.attributes.get("field-type").ok_or_else(wrong)?;
    let kind = FieldKind::deserialize(sent).map_err(|_| wrong())?;
    if matches!(kind, FieldKind::Select | FieldKind::MultiSelect) {
        return Err(wrong());
    }
    add(books, document, kind, &[])
}

/// A select with its options.
pub(super) fn select(books: &mut Books, document: &Document) -> Result<u64, Problem> {
    document.only(&["name", "api-name", "field-type", "select-options"], &[])?;
    let kind = match document.attributes.get("field-type").and_then(Value::as_str) {
        None | Some("CustomField::Select") => FieldKind::Select,
        Some("CustomField::MultiSelect") => FieldKind::MultiSelect,
        Some(_) => return Err(Problem::invalid("/data/attributes/field-type", "is not included in the list")),
    };
    let sent = document.attributes.get("select-options").and_then(Value::as_array);
    let labels: Option<Vec<_>> = sent.map(Vec::as_slice).unwrap_or_default().iter().map(Value::as_str).collect();
    let labels = labels.ok_or_else(|| Problem::invalid("/data/attributes/select-options", "is invalid"))?;
    add(books, document, kind, &labels)
}

fn add(books: &mut Books, document: &Document, kind: FieldKind, labels: &[&str]) -> Result<u64, Problem> {
    let name = document.text("name")?;
    let api_name = match document.attributes.get("api-name") {
        Some(_) => document.text("api-name")?,
        None => sanitized(&name),
    };
    if books.account.field_called(&api_name).is_some() {
        return Err(Problem::invalid("/data/attributes/api-name", "has already been taken"));
    }
    let id = books.next_id();
    let options = labels.iter().map(|label| NamedOption { id: books.next_id(), value: (*label).to_owned() }).collect();
    books.account.custom_fields.push(CustomField { id, name, api_name, kind, options });
    Ok(id)
}

/// Lower case, with hyphens between words.
fn sanitized(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
