//! What several tests use.

use vendors::teamtailor::model::{CustomField, CustomFieldKind, CustomFieldOption, FieldContent, NewFieldValue};
use vendors::value::Personal;

use crate::oneflow_teamtailor::{FieldKind, FieldValue};

pub(super) fn options(labels: &[&str]) -> Vec<CustomFieldOption> {
    let option = |(index, label): (usize, &&str)| CustomFieldOption {
        id: (100 + index).to_string().parse().unwrap(),
        label: (*label).to_owned(),
    };
    labels.iter().enumerate().map(option).collect()
}

pub(super) fn one(text: &str) -> FieldContent {
    FieldContent::One(Personal::new(text.to_owned()))
}

pub(super) fn many(texts: &[&str]) -> FieldContent {
    FieldContent::Many(Personal::new(texts.iter().map(|text| (*text).to_owned()).collect()))
}

pub(super) fn spelled(value: &FieldValue) -> String {
    value.spelled().reveal().clone()
}

pub(super) fn field(id: u32, api_name: &str, kind: CustomFieldKind) -> CustomField {
    CustomField { id: id.to_string().parse().unwrap(), name: None, api_name: api_name.to_owned(), kind }
}

/// What Teamtailor shows of what it was sent: a boolean and a number as texts, options by their labels.
pub(super) fn shown(sent: &NewFieldValue, kind: FieldKind, options: &[CustomFieldOption]) -> FieldContent {
    let label = |id: &serde_json::Value| {
        let option = options.iter().find(|option| option.id.as_str() == id.as_str().unwrap()).unwrap();
        option.label.clone()
    };
    match sent.json() {
        serde_json::Value::Null => FieldContent::Empty,
        serde_json::Value::String(text) => one(text),
        serde_json::Value::Array(ids) if kind.has_options() => {
            FieldContent::Many(Personal::new(ids.iter().map(label).collect()))
        }
        other => one(&other.to_string()),
    }
}
