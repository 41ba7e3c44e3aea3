//! Heyflow as a sender, seen from a receiver.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::stage::Stage;

/// Method and URI, headers, body.
type Got = (String, HeaderMap, String);

/// A receiver that answers as told and remembers what it got.
#[derive(Clone, Default)]
struct Receiver {
    answers: Arc<Mutex<Vec<u16>>>,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Receiver {
    /// Answers these statuses in turn, then 200. Gives its URL.
    async fn start(&self, answers: &[u16]) -> String {
        *self.answers.lock().unwrap() = answers.to_vec();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(receive).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/hook")
    }

    fn bodies(&self) -> Vec<Value> {
        self.got.lock().unwrap().iter().map(|(_, _, body)| serde_json::from_str(body).unwrap()).collect()
    }

    fn last(&self) -> Got {
        self.got.lock().unwrap().last().unwrap().clone()
    }
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let line = format!("{} {}", parts.method, parts.uri);
    receiver.got.lock().unwrap().push((line, parts.headers, String::from_utf8(body.to_vec()).unwrap()));
    let mut answers = receiver.answers.lock().unwrap();
    let status = if answers.is_empty() { 200 } else { answers.remove(0) };
    StatusCode::from_u16(status).unwrap()
}

/// A flow `F1` with this hook, tested: the receiver's first answer activates it if it is 200.
async fn flow(stage: &Stage, hook: Value) -> Value {
    let body = json!({"owner": "people-team@example.com", "hook": hook});
    let url = stage.url("/heyflow/flows/F1");
    assert_eq!(stage.client.put(url).json(&body).send().await.unwrap().status(), 200);
    post(stage, "/heyflow/flows/F1/test", json!({})).await
}

async fn post(stage: &Stage, path: &str, body: Value) -> Value {
    stage.client.post(stage.url(path)).json(&body).send().await.unwrap().json().await.unwrap()
}

async fn submit(stage: &Stage, body: Value) -> Value {
    post(stage, "/heyflow/flows/F1/responses", body).await
}

#[tokio::test]
async fn the_test_button_sends_the_demo_and_activates() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let url = receiver.start(&[]).await;
    let told = flow(&stage, json!({"url": url, "headers": {"x-heyflow-secret": "s"}})).await;
    assert_eq!(told, json!({"id": "demo-response-id", "status": 200, "error": null}));
    let (line, headers, body) = receiver.last();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((line.as_str(), headers["content-type"].to_str().unwrap()), ("POST /hook", "application/json"));
    assert!(headers["user-agent"].to_str().unwrap().starts_with("axios/1."));
    assert_eq!(headers["x-heyflow-secret"], "s");
    assert_eq!((&body["flowID"], &body["id"]), (&json!("F1"), &json!("demo-response-id")));
    let labels: Vec<_> = body["fields"].as_object().unwrap().keys().collect();
    assert_eq!(labels, ["Demo Field 1", "Demo Field 2"]);
    let state = stage.state("heyflow").await;
    assert_eq!(state["flows"]["F1"]["active"], true);
    assert_eq!(state["flows"]["F1"]["hook"]["headers"], json!(["x-heyflow-secret"]), "values stay hidden");
}

#[tokio::test]
async fn only_exactly_200_activates() {
    for status in [201, 202, 204, 302, 400, 401, 500] {
        let (stage, receiver) = (Stage::new(), Receiver::default());
        let url = receiver.start(&[status]).await;
        let told = flow(&stage, json!({"url": url})).await;
        assert_eq!(told["status"], status);
        let refused = stage.client.post(stage.url("/heyflow/flows/F1/responses")).json(&json!({"answers": {}}));
        assert_eq!(refused.send().await.unwrap().status(), 409, "the hook is not active after {status}");
        assert_eq!(stage.state("heyflow").await["mailbox"], json!([]));
    }
}

#[tokio::test]
async fn a_changed_hook_must_be_tested_again() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let url = receiver.start(&[200, 500]).await;
    flow(&stage, json!({"url": url})).await;
    flow(&stage, json!({"url": url, "extend": true})).await;
    assert_eq!(stage.state("heyflow").await["flows"]["F1"]["active"], false);
}

#[tokio::test]
async fn a_response_is_delivered_in_the_simple_form() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[]).await})).await;
    let answers = json!({"First name": "Sample", "Count": 3, "Consent": true, "Skills": ["a", "b"], "E-mail": "x@y.z"});
    let body = json!({"answers": answers, "id": "r1", "created_at": "2026-03-01T11:18:55Z"});
    assert_eq!(submit(&stage, body).await, json!({"id": "r1", "status": 200, "error": null}));
    let fields = json!({"First name": "Sample", "Count": 3, "Consent": true, "Skills": "a, b", "E-mail": "x@y.z"});
    let sent = json!({"flowID": "F1", "id": "r1", "createdAt": "2026-03-01T11:18:55Z", "fields": fields});
    assert_eq!(receiver.bodies()[1], sent);
}

#[tokio::test]
async fn a_refused_response_is_mailed_to_the_owner() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[200, 400]).await})).await;
    let told = submit(&stage, json!({"answers": {}, "id": "r1"})).await;
    let error = "AxiosError: Request failed with status code 400";
    assert_eq!(told, json!({"id": "r1", "status": 400, "error": error}));
    let mailbox = stage.state("heyflow").await["mailbox"].clone();
    assert_eq!(mailbox.as_array().unwrap().len(), 1);
    assert_eq!(
        (&mailbox[0]["flow_id"], &mailbox[0]["response_id"], &mailbox[0]["error"], &mailbox[0]["owner"]),
        (&json!("F1"), &json!("r1"), &json!(error), &json!("people-team@example.com")),
    );
}

#[tokio::test]
async fn an_unreachable_receiver_is_a_null_status() {
    let stage = Stage::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let told = flow(&stage, json!({"url": format!("http://{address}/")})).await;
    assert_eq!(told["status"], Value::Null);
    assert_eq!(told["error"], format!("AxiosError: connect ECONNREFUSED {address}"));
}

#[tokio::test]
async fn modes_repeat_and_retry() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[200, 200, 200, 503]).await})).await;
    submit(&stage, json!({"answers": {}, "id": "twice", "modes": {"deliveries": 2}})).await;
    let bodies = receiver.bodies();
    assert_eq!((bodies.len(), &bodies[1]), (3, &bodies[2]));
    assert_eq!(submit(&stage, json!({"answers": {}})).await["status"], 503, "no retry unless asked");
    *receiver.answers.lock().unwrap() = vec![503];
    let retried = submit(&stage, json!({"answers": {}, "modes": {"retries_after_5xx": 3}})).await;
    assert_eq!((&retried["status"], receiver.bodies().len()), (&json!(200), 6));
    assert_eq!(stage.state("heyflow").await["deliveries"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn modes_change_headers_names_and_body() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let url = receiver.start(&[]).await;
    flow(&stage, json!({"url": url, "headers": {"X-Heyflow-Secret": "right", "x-other": "o"}})).await;
    submit(&stage, json!({"answers": {}, "modes": {"headers": {"x-heyflow-secret": "wrong", "x-other": null}}})).await;
    let (_, headers, _) = receiver.last();
    assert_eq!(headers.get_all("x-heyflow-secret").iter().collect::<Vec<_>>(), ["wrong"]);
    assert!(!headers.contains_key("x-other"));

    let clock = json!({"clock": {"now": "2026-03-01T10:00:00.120Z"}});
    post(&stage, "/_twin/heyflow/faults", clock).await;
    submit(&stage, json!({"answers": {}, "modes": {"milliseconds": true, "old_names": true}, "id": "r"})).await;
    let sent = json!({"flowId": "F1", "id": "r", "created": "2026-03-01T10:00:00.120Z", "fields": {}});
    assert_eq!(receiver.bodies().last().unwrap(), &sent);
    submit(&stage, json!({"answers": {}, "id": "r"})).await;
    assert_eq!(receiver.bodies().last().unwrap()["createdAt"], "2026-03-01T10:00:00Z");

    submit(&stage, json!({"answers": {}, "modes": {"raw_body": "{\"flowID\":"}})).await;
    assert_eq!(receiver.last().2, "{\"flowID\":");
    let refused = json!({"answers": {}, "modes": {"twice": true}});
    let refused = stage.client.post(stage.url("/heyflow/flows/F1/responses")).json(&refused).send().await.unwrap();
    assert_eq!(refused.status(), 400);
}

#[tokio::test]
async fn the_extended_form_is_a_list_of_fields() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[]).await, "extend": true})).await;
    let answers = json!({"Skills": ["a", "b"]});
    submit(&stage, json!({"answers": answers})).await;
    let id = "id-00000001";
    let values = json!([{"name": id, "answer": "a"}, {"name": id, "answer": "b"}]);
    let fields = json!([{"label": "Skills", "variable": id, "id": id, "values": values}]);
    assert_eq!(receiver.bodies().last().unwrap()["fields"], fields);
    submit(&stage, json!({"answers": {"Name": "S"}, "modes": {"old_names": true}})).await;
    let values = json!([{"label": "S", "id": id}]);
    assert_eq!(receiver.bodies().last().unwrap()["fields"][0]["values"], values);
    submit(&stage, json!({"answers": answers, "modes": {"extend": false}})).await;
    assert_eq!(receiver.bodies().last().unwrap()["fields"], json!({"Skills": "a, b"}));
}

#[tokio::test]
async fn methods_parameters_and_basic_are_the_hooks() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let basic = json!({"user": "u", "password": "p"});
    let url = receiver.start(&[]).await;
    flow(&stage, json!({"url": url, "method": "PUT", "params": {"secret": "a b"}, "basic": basic})).await;
    let (line, headers, _) = receiver.last();
    assert_eq!((line.as_str(), headers["authorization"].to_str().unwrap()), ("PUT /hook?secret=a+b", "Basic dTpw"));
    flow(&stage, json!({"url": url, "method": "GET"})).await;
    let (line, _, body) = receiver.last();
    assert!(line.starts_with("GET /hook?") && line.contains("fields%5BDemo+Field+1%5D=Demo+value"), "{line}");
    assert_eq!(body, "");
}

#[tokio::test]
async fn a_public_link_gives_the_file_and_faults_play_the_rest() {
    let stage = Stage::new();
    let seed = stage.client.put(stage.url("/_twin/heyflow/uploads/u1/cv.pdf"));
    let seeded = seed.header("content-type", "application/pdf").body("%PDF-1.7").send().await.unwrap();
    assert_eq!(seeded.status(), 204);
    let link = stage.url("/heyflow/uploads/u1/cv.pdf");
    let file = stage.client.get(&link).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/pdf");
    assert_eq!(file.text().await.unwrap(), "%PDF-1.7");
    let page = json!({"status": 200, "headers": {"content-type": "text/html"}, "body": "<html>log in</html>"});
    post(&stage, "/_twin/heyflow/faults", json!({"rules": [{"on": "GET /uploads/*/*", "effect": page}]})).await;
    let page = stage.client.get(&link).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html");
    assert_eq!(stage.client.get(stage.url("/heyflow/uploads/u2/x")).send().await.unwrap().status(), 404);
}
