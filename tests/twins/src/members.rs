//! Members of a JSON object.

use serde_json::Value;

/// Sets a member; of what is no object nothing changes.
pub(crate) fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}
