//! The client against a stand-in: the exact requests, what their answers become, and every failure.

mod failures;
mod lists;
mod people;
mod requests;

use jiff::Timestamp;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::account::Account;
use super::client::Hibob;
use super::model::{OpeningFields, PositionFields, opening_field, position_field};
use crate::Http;
use crate::value::BaseUrl;

/// As large as those that were met.
const POSITION: u64 = 2_251_800_820_033_996;
const OPENING: u64 = 2_251_800_820_173_708;

fn now() -> Timestamp {
    "2026-01-15T09:30:00Z".parse().unwrap()
}

fn client_at(base_url: &str) -> Hibob {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    let account = Account { base_url, service_user: "SERVICE-1".to_owned(), token: "tok-2".into() };
    Hibob::new(Http::new().unwrap(), account, now())
}

fn hibob(server: &MockServer) -> Hibob {
    client_at(&format!("{}/v1", server.uri()))
}

/// A stand-in that answers whatever is asked of it.
async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn position_fields() -> PositionFields {
    PositionFields::new([position_field::STATUS]).unwrap()
}

fn opening_fields() -> OpeningFields {
    OpeningFields::new([opening_field::STATUS]).unwrap()
}

fn position_row(id: &Value) -> Value {
    json!({"/position/id": {"value": id, "humanReadable": id.to_string()}, "/position/status": {"value": "vacant"}})
}

fn opening_row(id: &Value) -> Value {
    json!({"/positionOpening/id": {"value": id}, "/positionOpening/positionId": {"value": POSITION.to_string()},
        "/positionOpening/status": {"value": "vacant", "humanReadable": "Vacant"}})
}

/// The only request's body.
async fn sent(server: &MockServer) -> Value {
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    requests[0].body_json().unwrap()
}
