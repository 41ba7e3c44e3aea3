//! The HR API's client against a stand-in: the exact requests, what their answers become, every failure, odd answers.

mod calls;
mod failures;
mod hooks;
mod log;
mod organization;
mod paging;
mod people;
mod people_events;
mod registration;
mod tokens;

use serde_json::{Value, json};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::hr::{Account, Hr, Tokens};
use super::model::id::AbsenceId;
use super::{absences, persons, webhooks};
use crate::Http;
use crate::value::BaseUrl;

const ID: &str = "1d8e3f7a-0000-4000-8000-000000000001";

fn id() -> AbsenceId {
    ID.parse().unwrap()
}

fn account(base_url: &str) -> Account {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    Account { base_url, client_id: "client-1".to_owned(), client_secret: "s&cret=1 +".into() }
}

fn hr_at(base_url: &str, tokens: Tokens, now: &str) -> Hr {
    Hr::new(Http::new().unwrap(), account(base_url), tokens, now.parse().unwrap())
}

fn hr(server: &MockServer) -> Hr {
    hr_at(&server.uri(), Tokens::default(), "2026-03-01T10:00:00Z")
}

fn granted(token: &str, expires_in: i64) -> ResponseTemplate {
    let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": expires_in,
        "scope": "personio:absences:read", "refresh_token": null});
    ResponseTemplate::new(200).set_body_json(body)
}

/// A stand-in that gives the token `papi-1` and nothing else.
async fn stand_in() -> MockServer {
    let server = MockServer::start().await;
    let asks_for_token = Mock::given(method("POST")).and(path("/v2/auth/token"));
    asks_for_token.respond_with(granted("papi-1", 86400)).with_priority(1).mount(&server).await;
    server
}

/// A stand-in that answers whatever is asked of it.
async fn answering(template: ResponseTemplate) -> MockServer {
    let server = stand_in().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// Every request but those for tokens, as method, path and query.
async fn requests(server: &MockServer) -> Vec<String> {
    let all = server.received_requests().await.unwrap();
    let lines = all.iter().map(|request| {
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{} {}{query}", request.method, request.url.path())
    });
    lines.filter(|line| line != "POST /v2/auth/token").collect()
}

/// The period of the vendor's reference.
fn period() -> Value {
    json!({"id": ID, "person": {"id": "3003"},
        "starts_from": {"date_time": "2026-12-28T00:00:00", "type": "FIRST_HALF"},
        "ends_at": {"date_time": "2027-01-01T00:00:00", "type": "SECOND_HALF"},
        "timezone_id": "Europe/Berlin", "comment": null,
        "absence_type": {"id": "7c5b1b3e-0000-4000-8000-0000000000aa"},
        "approval": {"status": "APPROVED"},
        "created_at": "2026-03-01T08:00:00.000Z", "updated_at": "2026-03-02T08:00:00.000Z",
        "_meta": {"links": {}}})
}
