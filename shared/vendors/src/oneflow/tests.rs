//! The client against a stand-in: the exact requests, what their answers become, every failure, and odd answers.

mod contracts;
mod downloads;
mod drafts;
mod failures;
mod paging;
mod templates;

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::account::Account;
use super::client::Oneflow;
use crate::Http;
use crate::value::{BaseUrl, Personal};

const TOKEN: &str = "0123456789abcdef-0123456789abcdef-ABCDEF";

fn client_at(base_url: &str) -> Oneflow {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    let token = secrecy::SecretString::from(TOKEN).try_into().unwrap();
    Oneflow::new(Http::new().unwrap(), Account { base_url, token, user: "jan@example.com".parse().unwrap() })
}

fn oneflow(server: &MockServer) -> Oneflow {
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

fn refusal(status: u16, code: u32) -> ResponseTemplate {
    let body = json!({"error_code": code, "detail": "of Dora", "parameter_problems": {}, "status": status,
        "title": "Refused", "type": "https://developer.oneflow.com"});
    ResponseTemplate::new(status).set_body_json(body)
}

/// The one request that was made.
async fn request(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

/// Method, path and query.
fn line(request: &Request) -> String {
    let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method, request.url.path())
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

/// A contract in the form of the vendor's sample, in other words.
fn contract() -> Value {
    json!({
        "_links": {}, "_permissions": {"contract:delete": true}, "id": 51874,
        "_private": {"name": "Employment Dora", "workspace_id": 12345, "value": null},
        "_private_ownerside": {"created_time": "2020-06-30T07:15:23+00:00", "template_id": 11111, "template_type_id": 12222},
        "state": "pending", "state_updated_time": "2020-06-30T07:38:55+00:00", "published_time": "2020-06-30T07:38:55+00:00",
        "updated_time": "2020-07-09T12:54:57+00:00", "lifecycle_state": {"is_canceled": false, "lifecycle_state": "awaiting"},
        "data_fields": [
            {"id": 1, "name": "Start", "value": "2026-04-01", "_private_ownerside": {"custom_id": "oneflow-start"}},
            {"id": 2, "name": "Salary", "value": null, "custom_id": "oneflow-salary"},
            {"id": 3, "value": ""}],
        "parties": [
            {"id": 353218, "my_party": true, "type": "company", "participants": [
                {"id": 113703, "name": "Jan", "email": "jan@example.com", "signatory": true, "sign_state": "undecided"}]},
            {"id": 353219, "my_party": false, "type": "individual", "participant":
                {"id": 113704, "name": "Dora", "email": "dora@example.com", "phone_number": "+49 151 1", "signatory": true,
                 "delivery_status": "bounce", "sign_state": "signed", "sign_state_updated_time": "2020-07-09T12:54:53+0000",
                 "_private_ownerside": {"first_visited_time": "2020-07-09T12:54:42+00:00", "visits": 3}}}]
    })
}
