//! A resource before it is written as JSON:API: attributes, and what it relates to.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::members;

/// A kind and an id.
pub(super) type Name = (&'static str, u64);

/// What a relationship leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Related {
    One(Option<Name>),
    Many(Vec<Name>),
    /// Documented, but not built: only its links are shown.
    Unbuilt,
}

/// A resource.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resource {
    pub(super) name: Name,
    pub(super) attributes: Map<String, Value>,
    pub(super) related: Vec<(&'static str, Related)>,
}

impl Resource {
    /// With the members of a JSON object.
    pub(super) fn new(name: Name, attributes: Value, related: Vec<(&'static str, Related)>) -> Self {
        let attributes = match attributes {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        Self { name, attributes, related }
    }

    pub(super) fn related(&self, relation: &str) -> Option<&Related> {
        let found = self.related.iter().find(|(name, related)| *name == relation && *related != Related::Unbuilt);
        found.map(|(_, related)| related)
    }

    /// As JSON:API; `data` only for the relationships that `with_data` names.
    pub(super) fn shown(&self, base: &str, with_data: impl Fn(&str) -> bool) -> Value {
        let (kind, id) = self.name;
        let address = format!("{base}/{kind}/{id}");
        let relationships = self.related.iter().map(|(relation, related)| {
            let links = json!({
                "self": format!("{address}/relationships/{relation}"),
                "related": format!("{address}/{relation}"),
            });
            let mut shown = json!({"links": links});
            if with_data(relation) {
                members::set(&mut shown, "data", data(related));
            }
            ((*relation).to_owned(), shown)
        });
        let relationships: Map<_, _> = relationships.collect();
        json!({
            "id": id.to_string(),
            "type": kind,
            "links": {"self": address},
            "attributes": self.attributes,
            "relationships": relationships,
        })
    }
}

fn data(related: &Related) -> Value {
    let named = |(kind, id): &Name| json!({"id": id.to_string(), "type": kind});
    match related {
        Related::One(one) => one.as_ref().map_or(Value::Null, named),
        Related::Many(many) => many.iter().map(named).collect(),
        Related::Unbuilt => Value::Null,
    }
}

/// `2020-05-18T09:43:13.168+00:00`
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+00:00").to_string()
}
