//! Every fault switch, seen from a client.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twins::faults::{Effect, Faults, Rule};

use crate::stage::{APPLICATIONS, Stage, applicant, applicant_with};

fn on_applications(effect: Value) -> Value {
    json!({"rules": [{"on": format!("POST {APPLICATIONS}"), "effect": effect}]})
}

async fn fails(stage: &Stage) -> reqwest::Error {
    stage.personio(APPLICATIONS).json(&applicant()).send().await.expect_err("no answer")
}

#[tokio::test]
async fn a_status_stands_in_for_the_vendors_answer() {
    let stage = Stage::new();
    let effect = json!({"status": 503, "headers": {"retry-after": "7"}, "body": {"why": "maintenance"}});
    stage.faults(on_applications(effect)).await;
    let answer = stage.apply(&applicant()).await;
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (503, "7"));
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"why": "maintenance"}));
    assert_eq!(stage.held(), 0);
    assert_eq!(stage.applied(&applicant()).await.0, 201, "a rule hits once unless told otherwise");
}

#[tokio::test]
async fn a_dropped_request_has_no_effect() {
    let stage = Stage::new();
    stage.faults(on_applications(json!({"drop_request": true}))).await;
    assert!(!fails(&stage).await.is_timeout());
    assert_eq!(stage.held(), 0);
    let calls = stage.state("personio").await["calls"].clone();
    assert_eq!((&calls[0]["status"], &calls[0]["fault"]), (&json!("dropped"), &json!("drop_request")));
}

#[tokio::test]
async fn a_dropped_answer_hides_work_that_was_done() {
    let stage = Stage::new();
    stage.faults(on_applications(json!({"drop_answer": true}))).await;
    let error = fails(&stage).await;
    assert!(!error.is_timeout() && !error.is_connect(), "the client sent it and saw the connection end: {error:?}");
    assert_eq!(stage.held(), 1);
    assert!(stage.applied(&applicant()).await.1.contains("errors.applicant-already-exists"));
    let calls = stage.twins.personio().desk_calls();
    assert_eq!(calls, ["POST /v1/recruiting/applications \"dropped\"", "POST /v1/recruiting/applications 400"]);
}

#[tokio::test]
async fn a_hanging_call_is_never_answered_and_never_carried_out() {
    let stage = Stage::new();
    stage.faults(on_applications(json!({"hang": true}))).await;
    let call = stage.personio(APPLICATIONS).json(&applicant()).timeout(Duration::from_millis(200)).send();
    assert!(call.await.unwrap_err().is_timeout());
    assert_eq!(stage.held(), 0);
    assert_eq!(stage.state("personio").await["calls"][0]["status"], "hung");
}

#[tokio::test]
async fn a_late_answer_is_late_after_the_work() {
    let stage = Stage::new();
    stage.faults(on_applications(json!({"latency_ms": 60_000}))).await;
    let call = stage.personio(APPLICATIONS).json(&applicant()).timeout(Duration::from_millis(300)).send();
    assert!(call.await.unwrap_err().is_timeout());
    assert_eq!(stage.held(), 1);

    stage.faults(json!({"latency_ms": 150})).await;
    let begun = Instant::now();
    assert_eq!(stage.applied(&applicant_with(json!({"email": "other@example.com"}))).await.0, 201);
    assert!(begun.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn rules_skip_count_and_stand_in_line() {
    let stage = Stage::new();
    stage
        .faults(json!({"rules": [
            {"on": "GET /v1/recruiting/applications", "effect": {"status": 500}},
            {"on": "POST /v1/*/applications", "skip": 1, "times": 2, "effect": {"status": 502}},
            {"on": "*", "times": 1, "effect": {"status": 504}},
        ]}))
        .await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(stage.applied(&json!({})).await.0);
    }
    assert_eq!(seen, [504, 502, 502, 400, 400], "a skipped call goes on to the next rule");
    let left = &stage.state("personio").await["faults"]["rules"];
    assert_eq!([&left[0]["times"], &left[1]["times"], &left[2]["times"]], [1, 0, 0]);
}

#[tokio::test]
async fn switches_that_are_not_understood_are_refused() {
    let stage = Stage::new();
    for wrong in [
        json!({"latency": 5}),
        json!({"rules": [{"on": "*", "effect": {"statuss": 500}}]}),
        json!({"rules": [{"on": "*", "effect": {}}]}),
        json!({"rules": [{"on": "*", "effect": {"drop_request": false}}]}),
        json!({"rules": [{"on": "*", "effect": {"hang": true, "drop_answer": true}}]}),
        json!({"rules": [{"on": "*", "effect": {"status": 99}}]}),
        json!({"rules": [{"on": "*", "effect": {"body": "x"}}]}),
        json!({"rules": [{"on": "/v1/recruiting/applications", "effect": {"hang": true}}]}),
        json!({"clock": {}}),
        json!({"clock": {"now": "2026-03-01T10:00:00Z", "advance_seconds": 1}}),
    ] {
        let answer = stage.client.post(stage.url("/_twin/personio/faults")).json(&wrong).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{wrong}");
        assert!(answer.json::<Value>().await.unwrap()["error"].is_string());
    }
}

#[tokio::test]
async fn switches_can_be_set_without_http_and_replace_the_former() {
    let stage = Stage::new();
    let desk = twins::Vendor::desk(stage.twins.personio());
    desk.set_faults(Faults::one(Rule::new("*", Effect::status(500)).unwrap().times(9)));
    assert_eq!(stage.applied(&applicant()).await.0, 500);
    desk.set_faults(Faults::default());
    assert_eq!(stage.applied(&applicant()).await.0, 201);
}

#[tokio::test]
async fn a_reset_goes_back_to_the_seed() {
    let stage = Stage::new();
    stage.faults(json!({"latency_ms": 1, "clock": {"now": "2020-01-01T00:00:00Z"}})).await;
    stage.apply(&applicant()).await;
    let other = json!({"token": "t"});
    stage.client.put(stage.url("/_twin/personio/accounts/1")).json(&other).send().await.unwrap();
    assert_eq!(stage.client.post(stage.url("/_twin/reset")).send().await.unwrap().status(), 204);
    let state = stage.state("personio").await;
    assert_eq!(state["applications"], json!([]));
    assert_eq!(state["calls"], json!([]));
    assert_eq!(state["faults"], json!({"latency_ms": 0, "rules": []}));
    assert_eq!(state["clock"]["fixed"], false);
    assert_eq!(state["accounts"].as_object().unwrap().keys().collect::<Vec<_>>(), ["48151"]);
    assert_eq!(stage.applied(&applicant()).await.0, 201);
}

#[tokio::test]
async fn unknown_vendors_and_paths_are_told() {
    let stage = Stage::new();
    let health: Value = stage.client.get(stage.url("/_twin/health")).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        health,
        json!({"status": "ok", "vendors": ["hellohq", "heyflow", "hibob", "oneflow", "personio", "recruit", "scim", "teamtailor"]})
    );
    assert_eq!(stage.client.get(stage.url("/_twin/nobody")).send().await.unwrap().status(), 404);
    assert_eq!(stage.client.get(stage.url("/personio/v1/nothing")).send().await.unwrap().status(), 404);
    assert_eq!(stage.state("personio").await["calls"][0]["path"], "/v1/nothing");
}

#[tokio::test]
async fn stopped_twins_answer_no_more() {
    let stage = Stage::new();
    stage.apply(&applicant()).await;
    let (url, client) = (stage.url("/_twin/health"), stage.client);
    stage.twins.stop();
    assert!(client.get(url).send().await.is_err());
}

trait Shown {
    fn desk_calls(&self) -> Vec<String>;
}

impl Shown for twins::personio::Twin {
    fn desk_calls(&self) -> Vec<String> {
        let calls = twins::Vendor::desk(self).calls();
        calls.iter().map(|call| format!("{} {} {}", call.method, call.path, json!(call.status))).collect()
    }
}
