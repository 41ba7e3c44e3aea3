//! Heyflow as a sender, seen from a receiver.

use serde_json::{Value, json};

use crate::receiver::{Receiver, flow, post, submit};
use crate::stage::Stage;

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
async fn modes_repeat_and_nothing_is_tried_again() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[200, 200, 200, 503]).await})).await;
    submit(&stage, json!({"answers": {}, "id": "twice", "modes": {"deliveries": 2}})).await;
    let bodies = receiver.bodies();
    assert_eq!((bodies.len(), &bodies[1]), (3, &bodies[2]));
    assert_eq!(submit(&stage, json!({"answers": {}})).await["status"], 503, "no retry");
    assert_eq!(stage.state("heyflow").await["deliveries"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn modes_change_names_and_body() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let url = receiver.start(&[]).await;
    flow(&stage, json!({"url": url})).await;
    let clock = json!({"clock": {"now": "2026-03-01T10:00:00.120Z"}});
    post(&stage, "/_twin/heyflow/faults", clock).await;
    submit(&stage, json!({"answers": {}, "modes": {"milliseconds": true, "old_names": true}, "id": "r"})).await;
    let sent = json!({"flowId": "F1", "id": "r", "created": "2026-03-01T10:00:00.120Z", "fields": []});
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
async fn a_closed_connection_is_told_as_one() {
    // the receiver is a twin, whose faults close connections
    let stage = Stage::new();
    let rules = json!([{"on": "*", "effect": {"status": 200}}, {"on": "*", "effect": {"drop_answer": true}}]);
    stage.faults(json!({"rules": rules})).await;
    flow(&stage, json!({"url": stage.url("/personio/hook")})).await;
    let told = submit(&stage, json!({"answers": {}})).await;
    assert_eq!((&told["status"], &told["error"]), (&Value::Null, &json!("AxiosError: socket hang up")));
}

#[tokio::test]
async fn the_hooks_headers_replace_the_senders() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let (url, basic) = (receiver.start(&[]).await, json!({"user": "u", "password": "p"}));
    let headers = json!({"Content-Type": "application/json; charset=utf-8", "AUTHORIZATION": "Bearer b"});
    flow(&stage, json!({"url": url, "headers": headers, "basic": basic})).await;
    let (_, got, _) = receiver.last();
    let all = |name: &str| got.get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(all("content-type"), ["application/json; charset=utf-8"]);
    assert_eq!(all("authorization"), ["Bearer b"]);

    let broken = flow(&stage, json!({"url": url, "headers": {"x-secret": "line\nbreak"}})).await;
    assert_eq!(broken["error"], "AxiosError: Invalid character in header content [\"x-secret\"]");
}

#[tokio::test]
async fn what_is_shown_of_a_hook_holds_no_secret() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    let url = receiver.start(&[]).await.replace("/hook", "/hooks/in-the-path?token=in-the-value&in-the-name");
    let url = url.replace("http://", "http://in-the-user:in-the-password@");
    let hook = json!({
        "url": url, "headers": {"x-heyflow-secret": "in-a-header"}, "params": {"p": "in-a-parameter"},
        "basic": {"user": "u", "password": "in-basic"},
    });
    flow(&stage, hook).await;
    submit(&stage, json!({"answers": {}})).await;
    let (line, _, _) = receiver.last();
    assert_eq!(line, "POST /hooks/in-the-path?token=in-the-value&in-the-name&p=in-a-parameter");
    let state = stage.state("heyflow").await;
    assert!(!state.to_string().contains("in-"), "{state}");
    let shown = state["flows"]["F1"]["hook"]["url"].as_str().unwrap();
    assert!(shown.ends_with("/hooks/***?token=***&***=***"), "{shown}");
    assert_eq!(state["deliveries"][1]["url"], shown);
}
