//! The client against a stand-in: the exact requests, what their answers become, every failure, and one test or more for
//! each behaviour that servers were met with.

mod answers;
mod changes;
mod failures;
mod lookups;
mod paging;

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::account::{Account, Login};
use super::client::Scim;
use super::model::{ExternalId, UserId, UserName};
use crate::Http;
use crate::value::BaseUrl;

const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

fn client_at(base_url: &str, login: Login) -> Scim {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    Scim::new(Http::new().unwrap(), Account { base_url, login })
}

fn scim(server: &MockServer) -> Scim {
    client_at(&format!("{}/scim/v2", server.uri()), Login::Bearer("token-1".into()))
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

fn refusal(status: u16, scim_type: &str) -> ResponseTemplate {
    let body = json!({"schemas": [ERROR], "status": status.to_string(), "scimType": scim_type, "detail": "of Dora"});
    ResponseTemplate::new(status).set_body_json(body)
}

fn listing(total: usize, users: &[Value]) -> ResponseTemplate {
    let schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    ok(
        json!({"schemas": [schema], "totalResults": total, "startIndex": 1, "itemsPerPage": users.len(), "Resources": users}),
    )
}

/// The user of the standard's examples, in other words.
fn dora() -> Value {
    json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "2819c223", "externalId": "3003",
        "userName": "dora@example.com", "active": true, "emails": [{"value": "dora@example.com", "type": "work"}],
        "meta": {"resourceType": "User", "location": "https://elsewhere.example/v2/Users/2819c223"}})
}

/// A user with this number and nothing of Dora's.
fn other(number: usize) -> Value {
    json!({"id": format!("u{number}"), "userName": format!("u{number}@example.com"), "active": true})
}

fn id() -> UserId {
    "2819c223".parse().unwrap()
}

fn name() -> UserName {
    "dora@example.com".parse().unwrap()
}

fn external_id() -> ExternalId {
    "3003".parse().unwrap()
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
