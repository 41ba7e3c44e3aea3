//! An absence of one week, entered for the first time, on its way from Personio to helloHQ; the connection is the example.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::{connection, item, message};
use crate::event::Delivery;
use crate::stand_ins::{Item, World};

pub(super) const NAME: &str = "personio-to-hellohq";
pub(super) const CONNECTION: &str = "absences";
const SECRET: &str = "the-secret-of-this-benchmark";
const ABSENCE: &str = "1d8e3f7a-0000-4000-8000-000000000001";
pub(super) const TYPE: &str = "7c5b1b3e-0000-4000-8000-0000000000aa";
const EMAIL: &str = "sample@company.example";
/// When the absence was edited last: text, and milliseconds since the epoch.
const EDITED: (&str, i64) = ("2026-03-01T10:00:00.000Z", 1_772_359_200_000);
/// How many absences a sweep finds that are new since its cursor.
const LISTED: u32 = 20;

/// The connection, its secret, no links, a Personio that lists absences and a helloHQ that takes every entry.
pub(super) fn world(url: &str) -> World {
    let cursor = item("cursor#absences", "cursor", &[("at_ms", json!(EDITED.1))]);
    let items = [accounts(url, date(2026, 1, 1)), vec![cursor]].concat();
    World { items, secret: secret(), vendors: vendors(), ..World::default() }
}

/// The connection.
pub(super) fn accounts(url: &str, start: Date) -> Vec<Item> {
    let document = include_str!("../../../../functions/personio-to-hellohq/connection.example.toml")
        .replace("https://api.personio.de", &format!("{url}/personio"))
        .replace("https://api.hellohq.io", &format!("{url}/hellohq"))
        .replace("start_date = \"2026-01-01\"", &format!("start_date = \"{start}\""));
    vec![connection(CONNECTION, NAME, document)]
}

/// The connection's secret.
pub(super) fn secret() -> String {
    let secret = json!({
        "webhook_secrets": [{"value": SECRET}],
        "personio_client_id": "a-client",
        "personio_client_secret": "a-client-secret",
        "hellohq_token": "a-token",
    });
    secret.to_string()
}

/// Personio's token.
pub(super) fn token() -> (&'static str, u16, Value) {
    let token = json!({"access_token": "a-token", "token_type": "Bearer", "expires_in": 86400, "scope": "", "refresh_token": null});
    ("POST /personio/v2/auth/token", 200, token)
}

fn vendors() -> Vec<(&'static str, u16, Value)> {
    let types =
        json!({"_data": [{"id": TYPE, "name": "Urlaub", "category": "PAID_VACATION", "unit": "DAY"}], "_meta": {}});
    let absences: Value = (0..LISTED).map(absence).collect();
    let users = json!([{"id": 15, "eMailWork": EMAIL, "eMailPrivate": null, "isDeactivated": false}]);
    vec![
        token(),
        ("GET /personio/v2/absence-periods/1d8e3f7a-0000-4000-8000-000000000001", 200, absence(0)),
        ("GET /personio/v2/absence-periods/1d8e3f7a-0000-4000-8000-000000000001/breakdowns", 200, breakdowns()),
        ("GET /personio/v2/absence-periods", 200, json!({"_data": absences, "_meta": {"links": {}}})),
        ("GET /personio/v2/absence-types", 200, types),
        ("GET /personio/v2/persons/3003", 200, json!({"id": "3003", "email": EMAIL, "status": "ACTIVE"})),
        ("GET /hellohq/v2/Users", 200, users),
        ("POST /hellohq/v2/Absences", 200, json!({"id": 7, "userId": 15})),
    ]
}

fn id(number: u32) -> String {
    format!("1d8e3f7a-0000-4000-8000-{:012}", number + 1)
}

fn absence(number: u32) -> Value {
    json!({
        "id": id(number),
        "person": {"id": "3003"},
        "starts_from": {"date_time": "2026-12-07T00:00:00", "type": "FIRST_HALF"},
        "ends_at": {"date_time": "2026-12-12T00:00:00", "type": "SECOND_HALF"},
        "timezone_id": "Europe/Berlin",
        "comment": null,
        "absence_type": {"id": TYPE},
        "approval": {"status": "APPROVED"},
        "created_at": EDITED.0,
        "updated_at": EDITED.0,
    })
}

fn breakdowns() -> Value {
    let day =
        |day: u32| json!({"date": format!("2026-12-{day:02}"), "effective_duration": {"unit": "DAY", "value": 1}});
    json!({"_data": (7..12).map(day).collect::<Value>(), "_meta": {"links": {}}})
}

/// Personio's event, with the secret in its header.
pub(super) fn delivery(number: u32) -> Delivery {
    let event = json!({
        "company_id": "48151",
        "event_id": format!("8f14e45f-ceea-467f-a9d0-{number:012x}"),
        "event_name": "absence-period.created",
        "occurred_at": EDITED.0,
        "payload": {"absence_period": {"id": id(number)}},
    });
    let headers = vec![("authorization", format!("Bearer {SECRET}"))];
    Delivery { flow: NAME, connection: CONNECTION, vendor: None, headers, body: event.to_string() }
}

/// The signal of the first absence, as the receiver queues it.
pub(super) fn signal(number: u32) -> String {
    let trigger = json!({"kind": "event", "deleted": false, "occurred_at": EDITED.0});
    let body = json!({"v": 2, "about": format!("absence/{ABSENCE}"), "trigger": trigger});
    message((NAME, CONNECTION), number, ABSENCE, &[("absence", ABSENCE)], &body)
}

/// The message that asks for what has changed.
pub(super) fn task(number: u32) -> String {
    let run = format!("2026-03-01T{number}");
    let body = json!({"v": 2, "run": run, "windows": [], "whole": false, "slice": {"kind": "changes"}});
    message((NAME, CONNECTION), number, "sweep", &[("run", &run)], &body)
}
