//! An opening that gets a position, on the way from HiBob to Recruit; the connection is the example.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha512;

use super::{connection, item, message};
use crate::event::Delivery;
use crate::stand_ins::{Item, World};

pub(super) const NAME: &str = "hibob-to-recruit";
pub(super) const CONNECTION: &str = "openings";
const SECRET: &str = "the-secret-of-this-benchmark";
const OPENING: u64 = 2_251_800_820_173_708;
const POSITION: u64 = 2_251_800_820_033_996;
/// When HiBob tells of the opening: text, and milliseconds since the epoch.
const TOLD: (&str, i64) = ("2026-03-01T10:00:00.000Z", 1_772_359_200_000);

/// The connection, its secret, no links, a HiBob that shows the opening and a Recruit that takes every position.
pub(super) fn world(url: &str) -> World {
    World { items: connected(url), secret: secret(), vendors: vendors(), ..World::default() }
}

/// The connection after its first sweep. Turns are so near that nothing is waited for.
pub(super) fn connected(url: &str) -> Vec<Item> {
    let document = include_str!("../../../../functions/hibob-to-recruit/connection.example.toml")
        .replace("https://api.hibob.com/v1", &format!("{url}/hibob"))
        .replace("https://api.comeet.co", &format!("{url}/recruit"))
        .replace("calls_per_minute = 90", "calls_per_minute = 60000");
    let cursor = item("cursor#openings", "cursor", &[("at_ms", json!(TOLD.1))]);
    vec![connection(CONNECTION, NAME, document), cursor]
}

pub(super) fn secret() -> String {
    let secret = json!({
        "webhook_secrets": [{"value": SECRET}],
        "hibob_service_user": "SERVICE-1",
        "hibob_token": "a-token",
        "recruit_api_key": "a-key",
        "recruit_secret": "a-secret",
    });
    secret.to_string()
}

fn vendors() -> Vec<(&'static str, u16, Value)> {
    let cell = |value: Value, label: &str| json!({"value": value, "humanReadable": label});
    let opening = json!({
        "/positionOpening/id": {"value": OPENING},
        "/positionOpening/positionId": {"value": POSITION},
        "/positionOpening/positionOpeningName": {"value": "O-6853240227"},
        "/positionOpening/status": {"value": "vacant"},
        "/positionOpening/recruitmentStatus": {"value": "open"},
        "/positionOpening/expectedStartDate": {"value": "2026-06-01"},
        "/positionOpening/actualStartDate": {"value": null},
        "/positionOpening/filledBy": {"value": null},
    });
    let position = json!({
        "/position/id": {"value": POSITION},
        "/position/status": {"value": "vacant"},
        "/position/jobProfile": cell(json!(77), "Engineer (J-1)"),
        "/position/department": cell(json!(5), "Product"),
        "/position/employmentType": cell(json!("permanent"), "Permanent"),
        "/position/positionType": cell(json!("growth"), "Growth"),
    });
    vec![
        ("POST /hibob/positions/position-openings/search", 200, json!({"values": [opening], "response_metadata": {}})),
        ("POST /hibob/objects/position/search", 200, json!([position])),
        ("POST /recruit/positions/", 201, json!({"uid": "3A.93C", "name": "Engineer", "status": "open"})),
    ]
}

/// HiBob's event, signed.
pub(super) fn delivery(number: u32) -> Delivery {
    let event = json!({
        "companyId": 636_192,
        "type": "workforcePlanning.positionOpening.created",
        "triggeredBy": "system",
        "triggeredAt": TOLD.0,
        "version": "v2",
        "data": {"positionOpeningId": OPENING + u64::from(number)},
    });
    let body = event.to_string();
    let headers = vec![("bob-signature", signature(&body))];
    Delivery { flow: NAME, connection: CONNECTION, vendor: None, headers, body }
}

fn signature(body: &str) -> String {
    let mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).map(|mac| mac.chain_update(body));
    mac.map(|mac| STANDARD.encode(mac.finalize().into_bytes())).unwrap_or_default()
}

/// The signal of the opening in its position's turn.
pub(super) fn signal(number: u32) -> String {
    let trigger = json!({"kind": "event", "deleted": false, "occurred_at": TOLD.0});
    let (about, owner) = (format!("opening/{OPENING}"), format!("group/{POSITION}"));
    let body = json!({"v": 2, "about": about, "owner": owner, "trigger": trigger});
    message((NAME, CONNECTION), number, &owner, &[("opening", &OPENING.to_string())], &body)
}

/// The message that has HiBob's list read for whoever waits.
pub(super) fn task(number: u32) -> String {
    let run = format!("openings-2026-03-01T{number}");
    let body = json!({"v": 2, "run": run, "windows": [], "whole": false, "slice": {"kind": "changes"}});
    message((NAME, CONNECTION), number, "sweep", &[("run", &run)], &body)
}
