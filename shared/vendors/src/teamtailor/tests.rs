//! The client against a stand-in: the exact requests, what their answers become, every failure, and odd answers.

mod applications;
mod candidates;
mod failures;
mod fields;
mod files;

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::account::{Account, ApiVersion};
use super::client::Teamtailor;
use crate::Http;
use crate::value::{BaseUrl, Personal};

const JSON_API: &str = "application/vnd.api+json";

fn client_at(base_url: &str) -> Teamtailor {
    let base_url = BaseUrl::parse(base_url, true).unwrap();
    Teamtailor::new(Http::new().unwrap(), Account { base_url, api_key: "key-1".into(), version: ApiVersion::default() })
}

fn teamtailor(server: &MockServer) -> Teamtailor {
    client_at(&server.uri())
}

/// A stand-in that answers whatever is asked of it.
async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    server
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_string(), JSON_API)
}

fn made(kind: &str) -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({"data": {"id": "77", "type": kind, "attributes": {}}}))
}

fn refusal(status: u16, title: &str) -> ResponseTemplate {
    let error = json!({"title": title, "detail": "of Dora", "status": status.to_string(), "code": "100"});
    ResponseTemplate::new(status).set_body_json(json!({"errors": [error]}))
}

/// The one request that was made.
async fn request(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

/// Method, path and query, the latter as it is read.
fn line(request: &Request) -> String {
    let pairs: Vec<_> = request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    format!("{} {}{query}", request.method, request.url.path())
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

fn body(request: &Request) -> Value {
    request.body_json().unwrap()
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn related(kind: &str, id: &str) -> Value {
    json!({"data": {"type": kind, "id": id}})
}
