//! The body of a write: one JSON:API resource.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::problem::{JSON_API, Problem};

/// A resource as a caller sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) attributes: Map<String, Value>,
    #[serde(default)]
    relationships: BTreeMap<String, Relationship>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    data: Document,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relationship {
    data: Option<Identifier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identifier {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Document {
    /// A document of this type; with an id, that of the path.
    pub(super) fn read(headers: &HeaderMap, body: &[u8], kind: &str, id: Option<u64>) -> Result<Self, Problem> {
        is_json_api(headers)?;
        let Body { data } = serde_json::from_slice(body).map_err(|error| Problem::body(error.to_string()))?;
        if data.kind != kind {
            return Err(Problem::body(format!("{} is no {kind}", data.kind)));
        }
        if data.id.as_ref().map(|sent| sent.parse().ok()) != id.map(Some) {
            return Err(Problem::body("The id does not match the path."));
        }
        Ok(data)
    }

    /// The id that a relationship leads to, of one of these types.
    pub(super) fn related(&self, relation: &str, kinds: &[&str]) -> Result<Option<u64>, Problem> {
        let wrong = || Problem::invalid(format!("/data/relationships/{relation}"), "must exist");
        let Some(one) = self.relationships.get(relation) else { return Ok(None) };
        let identifier = one.data.as_ref().filter(|data| kinds.contains(&data.kind.as_str())).ok_or_else(wrong)?;
        identifier.id.parse().map(Some).map_err(|_| wrong())
    }

    /// The same where it must be there.
    pub(super) fn required(&self, relation: &str, kinds: &[&str]) -> Result<u64, Problem> {
        let missing = || Problem::invalid(format!("/data/relationships/{relation}"), "must exist");
        self.related(relation, kinds)?.ok_or_else(missing)
    }

    /// An attribute that is a text and not blank.
    pub(super) fn text(&self, attribute: &str) -> Result<String, Problem> {
        let text = self.attributes.get(attribute).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let blank = || Problem::invalid(format!("/data/attributes/{attribute}"), "can't be blank");
        text.map(str::to_owned).ok_or_else(blank)
    }

    /// Refuses attributes and relationships that are not among these.
    pub(super) fn only(&self, attributes: &[&str], relations: &[&str]) -> Result<(), Problem> {
        let unknown = |names: Vec<&String>, known: &[&str]| {
            names.into_iter().find(|name| !known.contains(&name.as_str())).cloned()
        };
        let found = unknown(self.attributes.keys().collect(), attributes);
        match found.or_else(|| unknown(self.relationships.keys().collect(), relations)) {
            Some(name) => Err(Problem::body(format!("{name} is not allowed."))),
            None => Ok(()),
        }
    }
}

fn is_json_api(headers: &HeaderMap) -> Result<(), Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(JSON_API) { Ok(()) } else { Err(Problem::media()) }
}
