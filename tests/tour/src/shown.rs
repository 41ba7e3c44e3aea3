//! What the twins show about themselves.

use anyhow::Context as _;
use serde_json::Value;

use crate::stage::Http;

/// Everything that a twin holds.
pub(crate) async fn state(http: &Http<'_>, vendor: &str) -> anyhow::Result<Value> {
    http.get(&http.twins(&format!("/_twin/{vendor}"))).await
}

/// A list of a twin's state.
pub(crate) fn list<'a>(state: &'a Value, pointer: &str) -> anyhow::Result<&'a Vec<Value>> {
    let list = state.pointer(pointer).and_then(Value::as_array);
    list.with_context(|| format!("a twin's state has no list {pointer}"))
}

/// A text of a twin's state.
pub(crate) fn text<'a>(state: &'a Value, pointer: &str) -> anyhow::Result<&'a str> {
    let text = state.pointer(pointer).and_then(Value::as_str);
    text.with_context(|| format!("a twin's state has no text {pointer}"))
}
