//! A form response without files, on its way from Heyflow to Personio; the connection is the example.

use serde_json::{Value, json};

use super::connection;
use crate::event::Delivery;
use crate::stand_ins::World;

const NAME: &str = "heyflow-to-personio";
const SECRET: &str = "the-secret-of-this-benchmark";
/// The flow that the example lists.
const FLOW: &str = "Vho2vAPoENipbDaRusGU";

/// The connection, its secret, and a Personio that takes every application.
pub(super) fn world(url: &str) -> World {
    let document = include_str!("../../../../functions/heyflow-to-personio/connection.example.toml")
        .replace("https://api.personio.de", &format!("{url}/personio"));
    let secret = json!({"webhook_secrets": [{"value": SECRET}], "personio_recruiting_token": "a-recruiting-token"});
    World {
        items: vec![connection("careers", NAME, document)],
        secret: secret.to_string(),
        vendors: vec![("POST /personio/v1/recruiting/applications", 201, Value::Null)],
        ..World::default()
    }
}

/// The delivery of a response, with the secret in its header.
pub(super) fn delivery(number: u32) -> Delivery {
    let headers = vec![("x-heyflow-secret", SECRET.to_owned())];
    Delivery { flow: NAME, connection: "careers", vendor: None, headers, body: response(number).to_string() }
}

/// The same response as the receiver queues it.
pub(super) fn message(number: u32) -> String {
    let message = json!({
        "v": 1,
        "flow": NAME,
        "connection": "careers",
        "event": format!("{number:032x}"),
        "generation": 0,
        "received_ms": 1_772_359_200_000_i64,
        "ids": [{"name": "flow", "value": FLOW}, {"name": "response", "value": id(number)}],
        "body": response(number),
    });
    message.to_string()
}

fn response(number: u32) -> Value {
    json!({
        "flowID": FLOW,
        "id": id(number),
        "createdAt": "2026-03-01T10:00:00Z",
        "urlWithParameters": "https://form.example.com/careers?utm_source=newsletter",
        "fields": {
            "Job": "Designer",
            "First name": "Sample",
            "Last name": "Applicant",
            "E-mail": format!("sample-{number}@applicant.example"),
            "Phone": "+49 30 5550100",
            "Message": "A few sentences about why this should be the right place. ".repeat(10),
            "Privacy": "yes",
        },
    })
}

fn id(number: u32) -> String {
    format!("8f14e45f-ceea-467f-a9d0-{number:012x}")
}
