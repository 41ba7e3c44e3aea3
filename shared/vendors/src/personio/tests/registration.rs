//! What a registration sends, by what the list shows.

use url::Url;
use wiremock::matchers::method;

use super::super::registration::{self, Deviation, Endpoint, Registered, Registration, RegistrationError, Removal};
use super::super::webhooks::HookSecret;
use super::*;
use crate::Kind;

const ADDRESS: &str = "https://in.example/webhooks/sample-flow/people";
const EVENTS: &[&str] = &["person.created"];

fn address() -> Url {
    ADDRESS.parse().unwrap()
}

fn endpoint() -> Endpoint {
    Endpoint { address: address(), path: "/webhooks/sample-flow/people".to_owned(), events: EVENTS }
}

fn wire(id: &str, url: &str, events: &[&str]) -> Value {
    json!({"id": id, "url": url, "status": "ENABLED", "enabled_events": events})
}

/// A stand-in that lists these webhooks and answers a creation so.
async fn listing(hooks: Value, created: ResponseTemplate) -> MockServer {
    let server = stand_in().await;
    let list = Mock::given(method("GET")).and(path("/v2/webhooks"));
    list.respond_with(ok(json!({ "_data": hooks }))).mount(&server).await;
    let create = Mock::given(method("POST")).and(path("/v2/webhooks"));
    create.respond_with(created).mount(&server).await;
    Mock::given(method("PATCH")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(202)).mount(&server).await;
    server
}

async fn registered(server: &MockServer) -> Result<Registered, RegistrationError> {
    let secret = HookSecret::Authorization("the-only-secret-value".into());
    registration::register(&hr(server), &endpoint(), "hrsync: persons of the connection people", secret).await
}

fn created(id: &str) -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(wire(id, ADDRESS, EVENTS))
}

#[tokio::test]
async fn without_an_own_webhook_one_is_created_with_the_events_of_the_flow() {
    let earlier = "https://in.example/stage/webhooks/sample-flow/people";
    let hooks = json!([wire("h-1", earlier, EVENTS), wire("h-2", "https://elsewhere.example/", EVENTS)]);
    let server = listing(hooks, created("h-3")).await;
    let registered = registered(&server).await.unwrap();
    let others = vec!["h-1".to_owned()];
    assert_eq!(registered, Registered { id: "h-3".to_owned(), registration: Registration::Created, others });
    let sent = server.received_requests().await.unwrap().pop().unwrap();
    let sent: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!((&sent["enabled_events"], &sent["url"]), (&json!(EVENTS), &json!(ADDRESS)));
}

#[tokio::test]
async fn an_own_webhook_is_updated_and_its_doubles_are_left_alone() {
    let hooks = json!([wire("h-1", ADDRESS, &["person.deleted"]), wire("h-2", ADDRESS, EVENTS)]);
    let server = listing(hooks, created("h-3")).await;
    let registered = registered(&server).await.unwrap();
    let changed = vec![Deviation::Lacks(vec!["person.created"])];
    let expected = Registered {
        id: "h-1".to_owned(),
        registration: Registration::Updated { changed },
        others: vec!["h-2".into()],
    };
    assert_eq!(registered, expected);
    assert_eq!(requests(&server).await, ["GET /v2/webhooks", "PATCH /v2/webhooks/h-1"]);
}

#[tokio::test]
async fn a_conflict_with_an_unlisted_webhook_is_told_from_other_failures() {
    let server = listing(json!([]), ResponseTemplate::new(409)).await;
    let error = registered(&server).await.unwrap_err();
    assert!(matches!(error, RegistrationError::Unlisted(_)), "{error}");
    assert!(error.to_string().starts_with("personio create webhook: conflict: Personio lists no webhook"), "{error}");
    let server = listing(json!([]), ResponseTemplate::new(503)).await;
    assert!(matches!(registered(&server).await, Err(RegistrationError::Vendor(_))));
}

#[tokio::test]
async fn only_own_webhooks_are_pinged_and_removed() {
    let hooks = json!([wire("h-1", ADDRESS, EVENTS), wire("h-2", "https://elsewhere.example/", EVENTS)]);
    let server = listing(hooks, created("h-3")).await;
    Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    let hr = hr(&server);
    assert_eq!(registration::ping(&hr, &address()).await.unwrap(), ["h-1"]);
    assert_eq!(registration::remove(&hr, Removal::Own(&address())).await.unwrap(), ["h-1"], "gone already");
    let error = registration::remove(&hr, Removal::Id("h-2")).await.unwrap_err();
    assert_eq!(error.kind, Kind::Gone);
}
