//! What a company's fields are: <https://apidocs.hibob.com/reference/get_metadata-objects-position>.

use serde_json::{Value, json};

use super::company::Company;
use super::fields::Kind;
use super::quirks::MetadataForm;

/// All fields of a kind, custom ones last.
pub(super) fn of(kind: Kind, company: &Company) -> Value {
    let own = company.custom_fields.iter().filter(|_| kind == Kind::Position);
    let own = own.map(|(id, name)| descriptor(id, name, "text", None));
    let fields = kind.fields().iter().map(|field| descriptor(field.id, field.name, field.kind, field.list));
    let fields: Vec<_> = fields.chain(own).collect();
    match company.quirks.metadata_list {
        MetadataForm::Bare => json!(fields),
        MetadataForm::Fields => json!({"fields": fields}),
    }
}

fn descriptor(id: &str, name: &str, kind: &str, list: Option<&str>) -> Value {
    let type_data = list.map_or_else(|| json!({}), |list| json!({"listId": list}));
    let raw = id.trim_start_matches('/').replace('/', ".");
    json!({
        "id": id,
        "name": name,
        "description": name,
        "fieldType": {"type": kind, "typeData": type_data},
        "jsonPath": {"root": raw.split('.').next(), "rawData": raw},
    })
}
