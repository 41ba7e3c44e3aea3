//! The body of an application, `submit_application` of the specification, read as narrowly as it is written there.
//!
//! Refused whole: anything but a JSON object, unknown or repeated members (the inner objects' too), wrong types, a list in the place
//! of an object, nulls (a required member that is null counts as missing), and the same attribute twice.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::account::Account;
use super::state::{Attribute, FileReference};

/// The reason given for a body that is refused whole, as users of Personio's developer hub quote it.
pub(super) const INVALID: &str = "Invalid request body supplied";

/// Required members are optional here so that a missing one becomes a field error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) job_position_id: Option<i64>,
    pub(super) recruiting_channel_id: Option<i64>,
    pub(super) external_posting_id: Option<String>,
    pub(super) message: Option<String>,
    pub(super) application_date: Option<String>,
    pub(super) phase: Option<Phase>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) files: Vec<FileReference>,
    #[serde(default)]
    pub(super) attributes: Vec<Attribute>,
}

impl Submission {
    /// Reads a body; the error is the reason for refusing it whole.
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        let json: Value = serde_json::from_slice(body).map_err(|_| INVALID)?;
        if !is_shaped(&json) {
            return Err(INVALID.to_owned());
        }
        // from the bytes again: a repeated member is gone from `json`
        let read: Self = serde_json::from_slice(body).map_err(|error| reason(&error.to_string()))?;
        let ids: BTreeSet<_> = read.attributes.iter().map(|attribute| &attribute.id).collect();
        if ids.len() < read.attributes.len() { Err(INVALID.to_owned()) } else { Ok(read) }
    }
}

/// A phase as it was asked for.
#[derive(Debug, Deserialize)]
#[serde(try_from = "PhaseMembers")]
pub(super) enum Phase {
    System(String),
    Custom(i64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhaseMembers {
    r#type: PhaseType,
    id: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PhaseType {
    System,
    Custom,
}

impl TryFrom<PhaseMembers> for Phase {
    type Error = &'static str;

    fn try_from(members: PhaseMembers) -> Result<Self, Self::Error> {
        match members.r#type {
            PhaseType::System => members.id.as_str().map(|id| Self::System(id.to_owned())),
            PhaseType::Custom => members.id.as_i64().map(Self::Custom),
        }
        .ok_or("the id of a system phase is a string, that of a custom phase an integer")
    }
}

impl Phase {
    /// Where the application lands: a custom phase that the account does not have becomes `unassigned`.
    pub(super) fn landed(&self, account: &Account) -> String {
        match self {
            Self::System(id) => format!("system:{id}"),
            Self::Custom(id) if account.custom_phases.contains(id) => format!("custom:{id}"),
            Self::Custom(_) => "system:unassigned".to_owned(),
        }
    }
}

/// Objects where objects belong (serde would read a list as one), and no nulls.
fn is_shaped(json: &Value) -> bool {
    let Some(members) = json.as_object() else { return false };
    let objects =
        |name: &str| members.get(name).and_then(Value::as_array).is_none_or(|items| items.iter().all(Value::is_object));
    let phase = members.get("phase").is_none_or(Value::is_object);
    phase && objects("files") && objects("attributes") && !members.iter().any(|(name, value)| bad_null(name, value))
}

fn bad_null(name: &str, value: &Value) -> bool {
    let required = ["first_name", "last_name", "email", "job_position_id"].contains(&name);
    if value.is_null() { !required } else { holds_null(value) }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}

/// A missing member of an inner object is told by its name, "Field 'id' is required"; nothing else is told apart.
fn reason(error: &str) -> String {
    let missing = error.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    missing.map_or_else(|| INVALID.to_owned(), |name| format!("Field '{name}' is required"))
}
