//! JSON:API documents (jsonapi.org): a resource, what it is related to, and what came along with it.
//!
//! The `data` of a relation is there only where the relation was asked to be included; otherwise nothing is known of it.

use std::str::FromStr;

use serde_json::{Value, json};

use crate::json::{Field, id, member};

/// A resource within a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resource<'a> {
    pub(super) value: &'a Value,
    included: &'a [Value],
}

/// The one resource of a document; `None` where it has none.
pub(super) fn one(document: &Value) -> Option<Resource<'_>> {
    let value = member(document, "data").filter(|data| data.is_object())?;
    Some(Resource { value, included: included(document) })
}

/// The resources of a list; `None` where the document is no list.
pub(super) fn many(document: &Value) -> Option<Vec<Resource<'_>>> {
    let list = member(document, "data")?.as_array()?;
    Some(list.iter().map(|value| Resource { value, included: included(document) }).collect())
}

fn included(document: &Value) -> &[Value] {
    document.get("included").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

impl<'a> Resource<'a> {
    /// Whether the resource is of this type.
    pub(super) fn is(self, kind: &str) -> bool {
        self.value.get("type").and_then(Value::as_str) == Some(kind)
    }

    /// The id of what a relation to one leads to; `None` where it leads nowhere, an error where it was not included.
    pub(super) fn related_id<T: FromStr>(self, relation: &'static str) -> Result<Option<T>, Field> {
        match self.data(relation)? {
            Value::Null => Ok(None),
            data => id(data, "id").map(Some).map_err(|_| Field(relation)),
        }
    }

    /// What a relation to one leads to, where it came along.
    pub(super) fn related(self, relation: &'static str) -> Result<Option<Self>, Field> {
        match self.data(relation)? {
            Value::Null => Ok(None),
            data => Ok(Some(self.find(data).ok_or(Field(relation))?)),
        }
    }

    /// What a relation to many leads to; all of it must have come along.
    pub(super) fn related_many(self, relation: &'static str) -> Result<Vec<Self>, Field> {
        let list = self.data(relation)?.as_array().ok_or(Field(relation))?;
        list.iter().map(|data| self.find(data).ok_or(Field(relation))).collect()
    }

    fn data(self, relation: &'static str) -> Result<&'a Value, Field> {
        let relation_of = self.value.get("relationships").and_then(|all| all.get(relation));
        relation_of.and_then(|one| one.get("data")).ok_or(Field(relation))
    }

    fn find(self, identifier: &Value) -> Option<Self> {
        let is_it = |value: &&Value| ["type", "id"].iter().all(|name| value.get(name) == identifier.get(name));
        self.included.iter().find(is_it).map(|value| Self { value, ..self })
    }
}

/// What a relation leads to, as it is written.
pub(super) fn to(kind: &str, id: impl ToString) -> Value {
    json!({"data": {"type": kind, "id": id.to_string()}})
}
