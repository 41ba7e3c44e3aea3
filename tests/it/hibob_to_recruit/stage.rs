//! What the tests send and enter: the connection's file, positions as companies enter them, signed deliveries.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edge::batch::Handled;
use edge::http::{Body, Request};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use sha2::Sha512;
use twins::faults::{Effect, Faults, Rule};
use twins::hibob::{Cell, Cells, NewPosition, SEED_SERVICE_USER, SEED_TOKEN};
use twins::recruit::{Opening, SEED_API_KEY, SEED_SECRET};

/// The secret that the test's HiBob signs with.
pub(super) const SECRET: &str = "the-secret-of-this-test";

/// The calls that nobody documents, as the twin takes them.
pub(super) const WAYS: &str = r#"update_opening = { method = "PATCH", path = "/openings/{uid}", body = { name = "{name}", time_expected_hire = "{time_expected_hire}", reason = "{reason}", custom_fields = "{custom_fields}" } }
cancel_opening = { method = "PATCH", path = "/openings/{uid}", body = { status = "CANCELED", custom_fields = { "Note" = "{note}" } } }
list_openings = { method = "GET", path = "/openings?position_uid={position_uid}" }
read_opening = { method = "GET", path = "/openings/{uid}" }
set_position_status = { method = "PATCH", path = "/position/{position_uid}", body = { status = "{status}" } }
"#;

/// The connection's file: the example with the calls that nobody documents, between the twins.
pub(super) fn document(twins: &str, owner: &str) -> String {
    let example = include_str!("../../../functions/hibob-to-recruit/connection.example.toml");
    let ways = ["update_opening", "cancel_opening", "list_openings", "read_opening", "set_position_status"];
    let without =
        ways.iter().fold(example.to_owned(), |text, way| text.replace(&format!("{way} = \"unsupported\"\n"), ""));
    without
        .replace("# For example:\n", WAYS)
        .replace("https://api.hibob.com/v1\"", &format!("{twins}/hibob/v1\""))
        .replace("https://api.comeet.co\"", &format!("{twins}/recruit\""))
        .replace("recruiting-team@example.com", owner)
        // turns a millisecond apart: the clock stands still, so a test would wait for them in real time
        .replace("calls_per_minute = 90", "calls_per_minute = 60000")
        .replace("calls_per_minute = 60\n", "calls_per_minute = 60000\n")
}

/// The connection's secret.
pub(super) fn secret() -> Value {
    json!({"webhook_secrets": [{"value": SECRET}], "hibob_service_user": SEED_SERVICE_USER, "hibob_token": SEED_TOKEN,
        "recruit_api_key": SEED_API_KEY, "recruit_secret": SEED_SECRET})
}

/// So many calls of this kind go wrong.
pub(super) fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

pub(super) fn outcomes(ended: &[Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
}

/// A position as companies enter them.
pub(super) fn position() -> NewPosition {
    let fields: Cells = [
        ("/position/jobProfile", Cell::labelled(77, "Engineer (J-1)")),
        ("/position/department", Cell::labelled(5, "Product")),
        ("/position/site", Cell::labelled(7, "Berlin")),
        ("/position/positionType", Cell::labelled("growth", "Growth")),
    ]
    .map(|(field, cell)| (field.to_owned(), cell))
    .into();
    NewPosition { fields, ..NewPosition::default() }
}

/// An opening as companies enter them.
pub(super) fn opening_cells() -> Cells {
    cells("/positionOpening/expectedStartDate", Cell::new("2026-06-01"))
}

/// A single cell.
pub(super) fn cells(field: &str, cell: Cell) -> Cells {
    [(field.to_owned(), cell)].into()
}

/// A POST to the connection's door, signed.
pub(super) fn signed(body: &str) -> Request {
    signed_with(SECRET, body)
}

/// The same, signed with this secret.
pub(super) fn signed_with(secret: &str, body: &str) -> Request {
    let mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap().chain_update(body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let mut headers = HeaderMap::new();
    headers.insert("bob-signature", signature.parse().unwrap());
    Request { headers, ..unsigned(body) }
}

/// The same without a signature.
pub(super) fn unsigned(body: &str) -> Request {
    let connection = "openings".to_owned();
    let body = Body::Whole(body.as_bytes().to_vec());
    Request { method: Method::POST, headers: HeaderMap::new(), connection, segment: None, query: String::new(), body }
}

/// `  O-1 Open api`
pub(super) fn spelt(opening: &Opening) -> String {
    format!("  {} {:?} {:?}", opening.name, opening.status, opening.entered_by)
}
