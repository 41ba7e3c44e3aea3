//! A person who gets an account, on the way from Personio to the partner system; the connection is the example.

use serde_json::{Value, json};

use super::{connection, item, message};
use crate::event::Delivery;
use crate::stand_ins::World;

pub(super) const NAME: &str = "personio-to-scim";
pub(super) const CONNECTION: &str = "accounts";
const SECRET: &str = "the-secret-of-this-benchmark";
const PERSON: &str = "3003";
const EMAIL: &str = "sample@company.example";
/// When Personio tells of the person: text, and milliseconds since the epoch.
const TOLD: (&str, i64) = ("2026-03-01T10:00:00.000Z", 1_772_359_200_000);

/// The connection, its secret, no links, a Personio that shows the person and a partner who takes every account.
pub(super) fn world(url: &str) -> World {
    let document = document(url);
    let cursor = item("cursor#accounts", "cursor", &[("at_ms", json!(TOLD.1))]);
    let items = vec![connection(CONNECTION, NAME, document), cursor];
    World { items, secret: secret(), vendors: vendors(), ..World::default() }
}

/// The example, with both accounts at this address.
pub(super) fn document(url: &str) -> String {
    include_str!("../../../../functions/personio-to-scim/connection.example.toml")
        .replace("https://api.personio.de", &format!("{url}/personio"))
        .replace("https://partner.example.com/scim/v2", &format!("{url}/scim"))
}

pub(super) fn secret() -> String {
    let secret = json!({
        "webhook_secrets": [{"value": SECRET}],
        "personio_client_id": "a-client",
        "personio_client_secret": "a-client-secret",
        "scim_token": "a-token",
    });
    secret.to_string()
}

fn vendors() -> Vec<(&'static str, u16, Value)> {
    let person = json!({"id": PERSON, "email": EMAIL, "first_name": "Sample", "last_name": "Person", "status": "ACTIVE",
        "custom_attributes": [], "created_at": TOLD.0, "updated_at": TOLD.0});
    let employment = employment(PERSON);
    let nobody =
        json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 0, "Resources": []});
    let made = json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "u-1", "userName": EMAIL,
        "externalId": PERSON, "active": true});
    vec![
        super::personio_to_hellohq::token(),
        ("GET /personio/v2/persons/3003", 200, person),
        ("GET /personio/v2/persons/3003/employments", 200, json!({"_data": [employment], "_meta": {"links": {}}})),
        ("GET /scim/Users", 200, nobody),
        ("POST /scim/Users", 201, made),
    ]
}

/// The one employment of a person, for years, full time.
pub(super) fn employment(person: &str) -> Value {
    json!({"id": "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1", "status": "ACTIVE", "type": "INTERNAL",
        "position": {"title": "Maker"}, "employment_start_date": "2022-05-01", "employment_end_date": null,
        "contract_end_date": null, "termination": null, "supervisor": null, "office": null, "org_units": [],
        "legal_entity": null, "cost_centers": [], "weekly_working_hours": 40, "person": {"id": person}})
}

/// Personio's event, with the secret in its header.
pub(super) fn delivery(number: u32) -> Delivery {
    let event = json!({
        "company_id": "48151",
        "event_id": format!("8f14e45f-ceea-467f-a9d0-{number:012x}"),
        "event_name": "person.updated",
        "occurred_at": TOLD.0,
        "payload": {"person": {"id": (3003 + number).to_string()}},
    });
    let headers = vec![("authorization", format!("Bearer {SECRET}"))];
    Delivery { flow: NAME, connection: CONNECTION, vendor: None, headers, body: event.to_string() }
}

/// The signal of the person, as the receiver queues it.
pub(super) fn signal(number: u32) -> String {
    let trigger = json!({"kind": "event", "deleted": false, "occurred_at": TOLD.0});
    let body = json!({"v": 2, "about": format!("person/{PERSON}"), "trigger": trigger});
    message((NAME, CONNECTION), number, PERSON, &[("person", PERSON)], &body)
}

/// The message that wakes who is due.
pub(super) fn task(number: u32) -> String {
    let run = format!("2026-03-01T{number}");
    let body = json!({"v": 2, "run": run, "windows": [], "whole": false, "slice": {"kind": "changes"}});
    message((NAME, CONNECTION), number, "sweep", &[("run", &run)], &body)
}
