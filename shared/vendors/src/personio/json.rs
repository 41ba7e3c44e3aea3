//! Personio's JSON: how its answers are wrapped, and what a member that cannot be read means.

use serde_json::Value;

use crate::{Kind, Meaning, Reason};

pub(super) use crate::json::{Field, id, id_text, member, moment, optional_moment, optional_text, plain, text};

/// A member that is missing or cannot be read, as the cause of a failed call.
pub(super) fn unreadable(field: Field) -> Kind {
    let meaning = Some(Meaning {
        means: "missing in Personio's answer, or not of the documented form",
        to_do: "Look whether the credential may read it (Settings > API credentials > readable attributes).",
    });
    Kind::Invalid(vec![Reason { field: Some(field.to_string()), code: "unreadable".to_owned(), meaning }])
}

/// The one thing that was asked for. It comes bare, but wrapped answers have been met too.
pub(super) fn bare(body: Value) -> Option<Value> {
    let Value::Object(mut object) = body else { return None };
    let wrapped = ["_data", "data"].into_iter().find(|name| object.get(*name).is_some_and(Value::is_object));
    match wrapped {
        Some(name) => object.remove(name),
        None => Some(Value::Object(object)),
    }
}

/// The entries of a list: in `_data`, and in other wrappings that have been met.
pub(super) fn entries(body: Value) -> Option<Vec<Value>> {
    let list = match body {
        Value::Object(mut object) => ["_data", "data"].into_iter().find_map(|name| object.remove(name))?,
        list => list,
    };
    match list {
        Value::Array(entries) => Some(entries),
        _ => None,
    }
}
