//! The rate limit on the virtual clock.

use reqwest::multipart::{Form, Part};
use serde_json::json;
use twins::personio::Account;

use crate::stage::{DOCUMENTS, Stage, applicant_with};

async fn fixed() -> Stage {
    let stage = Stage::new();
    stage.faults(json!({"clock": {"now": "2026-03-01T10:00:00Z"}})).await;
    stage
}

async fn later(stage: &Stage, seconds: u32) {
    stage.faults(json!({"clock": {"advance_seconds": seconds}})).await;
}

async fn apply(stage: &Stage, number: usize) -> (u16, String) {
    stage.applied(&applicant_with(json!({"email": format!("sample{number}@example.com")}))).await
}

#[tokio::test]
async fn the_twenty_first_call_within_a_minute_is_too_many() {
    let stage = fixed().await;
    for number in 0..20 {
        assert_eq!(apply(&stage, number).await.0, 201);
        later(&stage, 2).await;
    }
    let answer = stage.apply(&applicant_with(json!({"email": "sample20@example.com"}))).await;
    assert_eq!(answer.status(), 429);
    assert!(answer.headers().get("retry-after").is_none());
    assert_eq!(answer.text().await.unwrap(), "");
    assert_eq!(stage.held(), 20);
}

#[tokio::test]
async fn the_window_slides_for_those_who_stay_below_it() {
    let stage = fixed().await;
    for number in 0..60 {
        assert_eq!(apply(&stage, number).await.0, 201, "call {number}");
        later(&stage, 3).await;
    }
}

#[tokio::test]
async fn who_went_over_waits_a_whole_minute() {
    let stage = fixed().await;
    for number in 0..20 {
        apply(&stage, number).await;
    }
    later(&stage, 30).await;
    assert_eq!(apply(&stage, 20).await.0, 429);
    later(&stage, 59).await;
    assert_eq!(apply(&stage, 20).await.0, 429, "the first twenty are long gone, the wait is not over");
    later(&stage, 1).await;
    assert_eq!(apply(&stage, 20).await.0, 201);
}

#[tokio::test]
async fn hammering_while_closed_closes_it_again() {
    let stage = fixed().await;
    for number in 0..20 {
        apply(&stage, number).await;
    }
    assert_eq!(apply(&stage, 20).await.0, 429);
    later(&stage, 30).await;
    for _ in 0..20 {
        assert_eq!(apply(&stage, 20).await.0, 429);
    }
    later(&stage, 30).await;
    assert_eq!(apply(&stage, 20).await.0, 429, "the wait is over, but the twenty refused calls count");
    later(&stage, 60).await;
    assert_eq!(apply(&stage, 20).await.0, 201);
}

#[tokio::test]
async fn refused_calls_count_and_endpoints_and_companies_do_not_share() {
    let stage = fixed().await;
    for _ in 0..20 {
        assert_eq!(stage.applied(&json!({})).await.0, 400);
    }
    assert_eq!(apply(&stage, 0).await.0, 429);
    let form = Form::new().part("file", Part::bytes(vec![1]).file_name("a.pdf"));
    assert_eq!(stage.personio(DOCUMENTS).multipart(form).send().await.unwrap().status(), 200);
    stage.twins.personio().seed("7", Account { token: "other".to_owned(), ..Account::seed() });
    let other = stage.client.post(stage.url("/personio/v1/recruiting/applications")).bearer_auth("other");
    let answer = other.header("X-Company-ID", "7").json(&applicant_with(json!({}))).send().await.unwrap();
    assert_eq!(answer.status(), 201);
}

#[tokio::test]
async fn documents_have_the_same_limit_and_a_seed_may_change_it() {
    let stage = fixed().await;
    stage.twins.personio().seed("48151", Account { limit: 2, window_seconds: 5, ..Account::seed() });
    let upload = async || {
        let form = Form::new().part("file", Part::bytes(vec![1]).file_name("a.pdf"));
        stage.personio(DOCUMENTS).multipart(form).send().await.unwrap().status().as_u16()
    };
    assert_eq!([upload().await, upload().await, upload().await], [200, 200, 429]);
    later(&stage, 5).await;
    assert_eq!(upload().await, 200);
}

#[tokio::test]
async fn a_clock_that_is_set_back_has_not_seen_the_later_calls() {
    let stage = fixed().await;
    for number in 0..20 {
        apply(&stage, number).await;
    }
    assert_eq!(apply(&stage, 20).await.0, 429);
    stage.faults(json!({"clock": {"now": "2026-03-01T09:00:00Z"}})).await;
    assert_eq!(apply(&stage, 20).await.0, 201);
}
