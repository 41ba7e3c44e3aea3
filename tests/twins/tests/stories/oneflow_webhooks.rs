//! Webhooks of Oneflow: what they tell, what counts as delivered, and what is tried again.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::oneflow_stage::{AGENCY, CANDIDATE, Oneflow};
use crate::receiver::Receiver;
use crate::stage::Stage;

fn kinds(body: &Value) -> Vec<&str> {
    body["events"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect()
}

/// Nothing of the contracts made so far is told.
async fn told_from_now_on(oneflow: &Oneflow, receiver: &Receiver, answers: &[u16]) -> i64 {
    let id = oneflow.published().await;
    oneflow.hook(&receiver.start(answers).await).await;
    id
}

#[tokio::test]
async fn the_last_signature_comes_with_the_contracts() {
    let (oneflow, receiver) = (Oneflow::new(), Receiver::default());
    let id = told_from_now_on(&oneflow, &receiver, &[]).await;
    oneflow.office().sign(id, Some(CANDIDATE)).await.unwrap();
    oneflow.office().sign(id, None).await.unwrap();
    let bodies = receiver.bodies();
    assert_eq!(kinds(&bodies[0]), ["participant:sign"]);
    assert_eq!(kinds(&bodies[1]), ["participant:sign", "contract:sign"]);
    assert_eq!(bodies[1]["contract"], json!({"id": id}));
    assert_eq!(bodies[1]["events"][0]["created_time"], "2026-03-01T10:00:00+0000");
    assert_eq!(bodies[1]["signature"].as_str().unwrap().len(), 40);
    oneflow.switch(json!({"one_event_a_callback": true})).await;
    oneflow.office().open(id, CANDIDATE).await.unwrap();
    assert_eq!(kinds(&receiver.bodies()[2]), ["participant:first_visit"]);
    let (_, events) = oneflow.get(&format!("/contracts/{id}/events")).await;
    let last = events["data"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["type"], &last["actor"]["name"]), (&json!("participant:first_visit"), &json!("Mia Berg")));
}

#[tokio::test]
async fn nothing_but_200_counts_and_the_schedule_is_fixed() {
    let (oneflow, receiver) = (Oneflow::new(), Receiver::default());
    let id = told_from_now_on(&oneflow, &receiver, &[202, 204, 500, 500, 500, 500, 500, 500, 500, 500, 500]).await;
    oneflow.office().expire(id).await.unwrap();
    for seconds in [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 3600] {
        oneflow.later(seconds - 1);
        oneflow.twin().deliver_due(AGENCY).await;
        let before = receiver.bodies().len();
        oneflow.later(1);
        assert_eq!(oneflow.act(Method::POST, "/deliveries/due", &Value::Null).await.0, 204);
        let expected = if before == 10 { 10 } else { before + 1 };
        assert_eq!(receiver.bodies().len(), expected, "after {seconds} s");
    }
    let bodies = receiver.bodies();
    assert!(bodies.iter().all(|body| body["callback_id"] == bodies[0]["callback_id"]), "one callback, many tries");
    assert_eq!(oneflow.twin().deliveries(AGENCY).len(), 10);
}

#[tokio::test]
async fn a_callers_own_write_is_told_too() {
    let oneflow = Oneflow::with(json!({"modes": {"hold": true}})).await;
    let receiver = Receiver::default();
    let id = told_from_now_on(&oneflow, &receiver, &[]).await;
    let path = format!("/contracts/{id}/data_fields/c::oneflow-city");
    oneflow.send(Method::PUT, &path, &json!({"value": "Lund"})).await;
    let letters = oneflow.twin().take_due(AGENCY);
    let body: Value = serde_json::from_str(&letters[0].body).unwrap();
    assert_eq!((letters.len(), kinds(&body)), (1, vec!["data_field:update"]));
    oneflow.twin().answered(AGENCY, letters[0].clone(), 202);
    assert!(oneflow.twin().take_due(AGENCY).is_empty());
    oneflow.later(1);
    assert_eq!(oneflow.twin().take_due(AGENCY).len(), 1, "202 is no success");
    assert!(receiver.bodies().is_empty());
}

#[tokio::test]
async fn held_letters_come_in_any_order_and_lost_ones_never() {
    let oneflow = Oneflow::with(json!({"modes": {"hold": true}})).await;
    let receiver = Receiver::default();
    let id = told_from_now_on(&oneflow, &receiver, &[]).await;
    oneflow.office().open(id, CANDIDATE).await.unwrap();
    oneflow.office().sign(id, Some(CANDIDATE)).await.unwrap();
    assert_eq!(oneflow.act(Method::POST, "/deliveries/release", &json!({"order": [2, 1, 1]})).await.0, 204);
    let first: Vec<_> = receiver.bodies().iter().map(|body| kinds(body)[0].to_owned()).collect();
    assert_eq!(first, ["participant:sign", "participant:first_visit", "participant:first_visit"]);
    assert_eq!(oneflow.act(Method::POST, "/deliveries/release", &json!({"order": [9]})).await.0, 409);
    oneflow.switch(json!({"modes": {"lost": true}})).await;
    oneflow.office().sign(id, None).await.unwrap();
    assert_eq!(receiver.bodies().len(), 3);
    oneflow.switch(json!({"modes": {"deliveries": 2}})).await;
    oneflow.office().announce(id, "product:create").await.unwrap();
    assert_eq!(receiver.bodies().len(), 5);
}

#[tokio::test]
async fn a_webhook_is_told_what_its_filters_let_through() {
    let (oneflow, receiver) = (Oneflow::new(), Receiver::default());
    let id = oneflow.published().await;
    let url = receiver.start(&[]).await;
    let filter = |rules: Value| json!({"callback_url": url, "filters": [{"filter_rules": rules}]});
    let signs = json!([{"type": "EVENT_TYPE", "values": ["contract:sign"]}, {"type": "WORKSPACE", "values": [11]}]);
    let (status, hook) = oneflow.administer(Method::POST, "/webhooks", &filter(signs)).await;
    assert_eq!((status, &hook["id"]), (200, &hook["webhook_id"]));
    assert_eq!(oneflow.send(Method::DELETE, &format!("/webhooks/{}", hook["id"]), &Value::Null).await.0, 403);
    oneflow.office().sign(id, None).await.unwrap();
    let bodies = receiver.bodies();
    assert_eq!((bodies.len(), kinds(&bodies[0]), &bodies[0]["signature"]), (1, vec!["contract:sign"], &Value::Null));
    for wrong in
        [json!({"callback_url": "http://example.com/"}), filter(json!([])), json!({"callback_url": url, "x": 1})]
    {
        assert_eq!(oneflow.administer(Method::POST, "/webhooks", &wrong).await.0, 400, "{wrong}");
    }
    let path = format!("/webhooks/{}", hook["id"]);
    assert_eq!(oneflow.administer(Method::PUT, &path, &json!({"callback_url": url})).await.1["filters"], json!([]));
    assert_eq!(oneflow.get("/webhooks").await.1["count"], 1);
    assert_eq!(oneflow.administer(Method::DELETE, &path, &Value::Null).await.0, 200);
    assert_eq!(oneflow.get(&path).await.0, 404);
}

#[tokio::test]
async fn in_real_time_the_twin_sends_and_tries_again_by_itself() {
    let (oneflow, receiver) = (Oneflow(Stage::new()), Receiver::default());
    let id = told_from_now_on(&oneflow, &receiver, &[503]).await;
    let path = format!("/contracts/{id}/data_fields/c::oneflow-city");
    oneflow.send(Method::PUT, &path, &json!({"value": "Lund"})).await;
    let twice = async {
        while receiver.bodies().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), twice).await.unwrap();
    let bodies = receiver.bodies();
    assert_eq!((kinds(&bodies[0]), &bodies[0]), (vec!["data_field:update"], &bodies[1]));
}
