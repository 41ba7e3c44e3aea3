//! The client against a stand-in: the exact requests, what their answers become, and every failure.

mod careers;
mod failures;
mod openings;
mod positions;
mod tokens;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::account::Account;
use super::client::Recruit;
use super::model::{NewOpening, NewPosition, OpeningReason, PositionStatus};
use super::token::Tokens;
use super::way::{Purpose, Way, Ways};
use crate::Http;
use crate::value::BaseUrl;

fn now() -> Timestamp {
    "2025-12-31T23:50:00Z".parse().unwrap()
}

fn account_at(base_url: &str) -> Account {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    Account { base_url, api_key: "test-key".to_owned(), secret: "test-secret".into() }
}

/// A client with a way for everything, after the assumptions of this folder's README.
fn recruit(server: &MockServer) -> Recruit {
    let way = |purpose, method, path, body| Some(Way::new(purpose, method, path, body).unwrap());
    let change = json!({"name": "{name}", "time_expected_hire": "{time_expected_hire}", "reason": "{reason}",
        "custom_fields": "{custom_fields}"});
    let ways = Ways {
        update_opening: way(Purpose::UpdateOpening, "PATCH", "/openings/{uid}", Some(change)),
        cancel_opening: way(
            Purpose::CancelOpening,
            "PATCH",
            "/openings/{uid}",
            Some(json!({"status": "CANCELED", "custom_fields": {"Reason": "{note}"}})),
        ),
        list_openings: way(Purpose::ListOpenings, "GET", "/openings?position_uid={position_uid}", None),
        read_opening: way(Purpose::ReadOpening, "GET", "/openings/{uid}", None),
        set_position_status: way(
            Purpose::SetPositionStatus,
            "PATCH",
            "/position/{position_uid}",
            Some(json!({"status": "{status}"})),
        ),
    };
    Recruit::new(Http::new().unwrap(), account_at(&server.uri()), Tokens::default(), ways, now())
}

fn without_ways(server: &MockServer) -> Recruit {
    Recruit::new(Http::new().unwrap(), account_at(&server.uri()), Tokens::default(), Ways::default(), now())
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

fn page_of_html(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw("<!DOCTYPE html><html>Recruit</html>", "text/html; charset=utf-8")
}

fn new_position() -> NewPosition {
    NewPosition {
        name: "Engineer".to_owned(),
        status: PositionStatus::Open,
        is_discreet: false,
        department: None,
        employment_type: None,
        experience_level: None,
        location: None,
        custom_id: None,
        categories: Vec::new(),
        details: Vec::new(),
        allow_fallback: None,
        users: BTreeMap::new(),
        openings: Vec::new(),
    }
}

fn new_opening() -> NewOpening {
    NewOpening {
        name: "O-1".to_owned(),
        time_expected_hire: "2026-09-01T00:00:00Z".parse().unwrap(),
        reason: OpeningReason::New,
        approved_at: None,
        custom_fields: BTreeMap::new(),
    }
}

/// Every request as method, path and query.
async fn requests(server: &MockServer) -> Vec<String> {
    let all = server.received_requests().await.unwrap();
    let line = |request: &wiremock::Request| {
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{} {}{query}", request.method, request.url.path())
    };
    all.iter().map(line).collect()
}

/// The only request's line and body.
async fn sent(server: &MockServer) -> (String, Value) {
    let all = server.received_requests().await.unwrap();
    assert_eq!(all.len(), 1);
    (requests(server).await.remove(0), serde_json::from_slice(&all[0].body).unwrap_or_default())
}
