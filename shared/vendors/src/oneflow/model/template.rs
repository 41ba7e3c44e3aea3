//! Templates, from which contracts are made, and their types, which define data fields.

use serde_json::{Map, Value};

use super::id::{CustomId, DataFieldId, TemplateId, TemplateTypeId};
use crate::value::Personal;

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Its name.
    pub name: Option<String>,
    /// What its data fields are defined by. `None`: it has no type, so contracts made from it have no data fields.
    pub template_type: Option<TemplateTypeId>,
}

/// A template type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateType {
    /// Its id.
    pub id: TemplateTypeId,
    /// Its name.
    pub name: Option<String>,
    /// Its data fields, all of them. `None`: the answer has none, as a list may.
    pub data_fields: Option<Vec<TypeDataField>>,
}

/// A data field of a template type: one that was read, or one that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDataField {
    /// Its id. `None`: it is to be added.
    pub id: Option<DataFieldId>,
    /// Its external key. One that was read may have none.
    pub custom_id: Option<CustomId>,
    /// Its name.
    pub name: String,
    /// Whether Oneflow fills it by itself: what is written to such a field is passed over.
    pub is_system: bool,
    /// All that was read: it is sent back, so that replacing the set changes nothing of it.
    pub(crate) resource: Personal<Map<String, Value>>,
}

impl TypeDataField {
    /// A field that is to be added.
    #[must_use]
    pub fn new(custom_id: CustomId, name: String) -> Self {
        let resource = Personal::new(Map::new());
        Self { id: None, custom_id: Some(custom_id), name, is_system: false, resource }
    }

    /// All that was read of the field, as one text: whatever changes of the field changes the text.
    #[must_use]
    pub fn spelled(&self) -> Personal<String> {
        Personal::new(Value::Object(self.resource.reveal().clone()).to_string())
    }
}
