//! A contract whose counterparty has entered a start date, on the way to its candidate; the connection is the example.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use super::{connection, item, message};
use crate::event::Delivery;
use crate::stand_ins::World;

const NAME: &str = "oneflow-teamtailor";
const CONNECTION: &str = "contracts";
const SIGN_KEY: &str = "the-sign-key-of-this-benchmark";
const CONTRACT: u64 = 51_874;
const CANDIDATE: &str = "1337";
/// When Oneflow tells of the contract: text, and milliseconds since the epoch.
const TOLD: (&str, i64) = ("2026-03-01T10:00:00+00:00", 1_772_359_200_000);

/// The connection, its secret, no links, a Oneflow that shows the contract and a Teamtailor that shows the candidate and takes
/// every value.
pub(super) fn world(url: &str) -> World {
    let document = include_str!("../../../../functions/oneflow-teamtailor/connection.example.toml")
        .replace("https://api.oneflow.com/v1\"", &format!("{url}/oneflow\""))
        .replace("region = \"eu\"", &format!("base_url = \"{url}/teamtailor\""));
    let cursor = item("cursor#contracts", "cursor", &[("at_ms", json!(TOLD.1))]);
    let items = vec![connection(CONNECTION, NAME, document), cursor];
    World { items, secret: secret(), vendors: vendors(), ..World::default() }
}

fn secret() -> String {
    let secret = json!({
        "webhook_secrets": [{"value": "the-secret-of-this-benchmark"}],
        "oneflow_token": "bench-oneflow-token-00000000000000000000",
        "oneflow_sign_key": SIGN_KEY,
        "teamtailor_api_key": "a-key",
    });
    secret.to_string()
}

fn vendors() -> Vec<(&'static str, u16, Value)> {
    let field = json!({"id": "7", "type": "custom-fields", "attributes":
        {"api-name": "oneflow-start", "name": "Start", "field-type": "CustomField::Date"}});
    let fields = json!({"data": [field], "links": {"next": null}, "meta": {"record-count": 1, "page-count": 1}});
    let kind = json!({"id": 12_222, "name": "Employment", "data_fields": [
        {"id": 1, "custom_id": "oneflow-start", "name": "Start", "value": ""},
        {"id": 2, "custom_id": "hrsync-candidate", "name": "Candidate", "value": ""},
        {"id": 3, "custom_id": "hrsync-key", "name": "Key", "value": ""}]});
    vec![
        ("GET /oneflow/contracts/51874", 200, contract()),
        ("GET /oneflow/templates/101", 200, json!({"id": 101, "name": "Employment", "template_type": {"id": 12_222}})),
        ("GET /oneflow/template_types/12222", 200, kind),
        ("GET /teamtailor/v1/custom-fields", 200, fields),
        ("GET /teamtailor/v1/candidates/1337", 200, candidate()),
        // nothing is new in either list
        ("GET /oneflow/contracts", 200, json!({"_links": {"next": null}, "count": 0, "data": []})),
        (
            "GET /teamtailor/v1/job-applications",
            200,
            json!({"data": [], "links": {"next": null},
            "meta": {"record-count": 0, "page-count": 0}}),
        ),
        ("POST /teamtailor/v1/custom-field-values", 201, json!({"data": {"id": "70", "type": "custom-field-values"}})),
    ]
}

fn contract() -> Value {
    json!({
        "id": CONTRACT,
        "_private": {"name": "Employment Dora", "workspace_id": 11, "value": null},
        "_private_ownerside": {"created_time": "2026-02-28T07:15:23+00:00", "template_id": 101, "template_type_id": 12_222},
        "state": "pending", "state_updated_time": "2026-02-28T07:38:55+00:00", "published_time": "2026-02-28T07:38:55+00:00",
        "updated_time": TOLD.0, "lifecycle_state": {"is_canceled": false, "lifecycle_state": "awaiting"},
        "data_fields": [
            {"id": 1, "name": "Start", "value": "2026-04-01", "_private_ownerside": {"custom_id": "oneflow-start"}},
            {"id": 2, "name": "Candidate", "value": CANDIDATE, "_private_ownerside": {"custom_id": "hrsync-candidate"}}],
        "parties": [
            {"id": 353_218, "my_party": true, "type": "company", "participants": [
                {"id": 113_703, "name": "Jan", "email": "jan@example.com", "signatory": true, "sign_state": "undecided"}]},
            {"id": 353_219, "my_party": false, "type": "individual", "participant":
                {"id": 113_704, "name": "Dora", "email": "dora@example.com", "signatory": true, "sign_state": "undecided"}}]
    })
}

fn candidate() -> Value {
    let attributes = json!({"first-name": "Dora", "last-name": "Maar", "email": "dora@example.com", "phone": null,
        "updated-at": "2026-02-28T09:43:13.168+01:00", "tags": []});
    json!({"data": {"id": CANDIDATE, "type": "candidates", "attributes": attributes,
        "relationships": {"custom-field-values": {"data": []}, "uploads": {"links": {}}}}, "included": []})
}

/// Oneflow's event, signed.
pub(super) fn delivery(number: u32) -> Delivery {
    let callback = format!("callback-{number}");
    let event = json!({
        "callback_id": callback,
        "contract": {"id": CONTRACT + u64::from(number)},
        "events": [{"created_time": TOLD.0, "id": number, "type": "data_field:update"}],
        "signature": signature(&callback),
    });
    Delivery {
        flow: NAME,
        connection: CONNECTION,
        vendor: Some("oneflow"),
        headers: Vec::new(),
        body: event.to_string(),
    }
}

fn signature(callback: &str) -> String {
    let digest = Sha1::new().chain_update(callback).chain_update(SIGN_KEY).finalize();
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The signal of the contract in its candidate's turn.
pub(super) fn signal(number: u32) -> String {
    let trigger = json!({"kind": "event", "deleted": false, "occurred_at": TOLD.0});
    let (about, owner) = (format!("contract/{CONTRACT}"), format!("candidate/{CANDIDATE}"));
    let body = json!({"v": 2, "about": about, "owner": owner, "trigger": trigger});
    message((NAME, CONNECTION), number, &owner, &[("contract", &CONTRACT.to_string())], &body)
}

/// The message that has candidates with open contracts woken.
pub(super) fn task(number: u32) -> String {
    let run = format!("contracts-2026-03-01T{number}");
    let body = json!({"v": 2, "run": run, "windows": [], "whole": false, "slice": {"kind": "changes"}});
    message((NAME, CONNECTION), number, "sweep", &[("run", &run)], &body)
}
