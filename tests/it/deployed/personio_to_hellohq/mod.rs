//! personio-to-hellohq in the deployed stack.

pub(super) mod door;
pub(super) mod tenants;

use serde_json::{Value, json};
use uuid::Uuid;

const HEADER: &str = "authorization";

/// An event as Personio tells it.
fn event(name: &str, absence: Uuid) -> Value {
    let payload = json!({"absence_period": {"id": absence}});
    let now = jiff::Timestamp::now();
    json!({"company_id": "48151", "event_name": name, "occurred_at": format!("{now:.3}"), "payload": payload})
}
