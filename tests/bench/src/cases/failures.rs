//! One stored failure that is not mailed yet.

use serde_json::json;

use super::{connection, item};
use crate::stand_ins::World;

const ID: &str = "0123456789abcdef0123456789abcdef-0";
/// When it failed, in milliseconds since the epoch.
const FAILED: i64 = 1_772_359_200_000;

/// The failure, its pointer and its connection.
pub(super) fn world(_url: &str) -> World {
    let failure = [
        ("connection", json!("careers")),
        ("flow", json!("heyflow-to-personio")),
        ("cause", json!("unmappable")),
        ("ids", json!([{"name": "flow", "value": "Vho2vAPoENipbDaRusGU"}, {"name": "response", "value": "8f14e45f"}])),
        ("reasons", json!(["`application.email`: the answer to `E-mail` is no e-mail address"])),
        ("message", json!("{}")),
        ("failed_ms", json!(FAILED)),
        ("mailed_ms", json!(null)),
        ("expires_at", json!(FAILED / 1000 + 2_592_000)),
    ];
    let pointer = [
        ("connection", json!("careers")),
        ("failure", json!(ID)),
        ("failed_ms", json!(FAILED)),
        ("announced_ms", json!(null)),
        ("expires_at", json!(FAILED / 1000 + 2_592_000)),
    ];
    let document = "flow = \"heyflow-to-personio\"\nname = \"careers\"\n".to_owned();
    World {
        items: vec![
            item("failure#careers", ID, &failure),
            item("unmailed", format!("careers/{ID}"), &pointer),
            connection("careers", "heyflow-to-personio", document),
        ],
        ..World::default()
    }
}

/// The message that announces the failure.
pub(super) fn announcement(number: u32) -> String {
    let message = json!({
        "v": 1,
        "flow": "failures",
        "connection": "careers",
        "event": ID,
        "generation": number,
        "received_ms": FAILED,
        "ids": [{"name": "failure", "value": ID}],
        "body": null,
    });
    message.to_string()
}
