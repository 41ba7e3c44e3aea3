//! Who may call HiBob, how often, and how a refusal is told.

use reqwest::Method;
use serde_json::{Value, json};

use crate::hibob_stage::{Bob, POSITIONS, all};
use crate::scim_stage::told;

fn search() -> Value {
    all("/position/id", &["/position/id"])
}

async fn status(bob: &Bob, authorization: &str) -> u16 {
    let request = bob.0.client.post(bob.0.url(&format!("/hibob{POSITIONS}"))).header("authorization", authorization);
    request.json(&search()).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn only_a_service_users_login_is_taken() {
    let bob = Bob::new();
    // SERVICE-12345:twin-bob-token
    assert_eq!(status(&bob, "Basic U0VSVklDRS0xMjM0NTp0d2luLWJvYi10b2tlbg==").await, 200);
    for login in ["Bearer twin-bob-token", "Basic nonsense", "Basic U0VSVklDRS0xMjM0NTo=", "Basic U0VSVklDRS0xMjM0NTp4"]
    {
        assert_eq!(status(&bob, login).await, 401, "{login}");
    }
}

#[tokio::test]
async fn a_missing_right_is_told_with_its_name() {
    let bob = Bob::new();
    let company = json!({"service_users": {"SERVICE-12345": {"token": "twin-bob-token", "rights": ["people"]}}});
    let url = bob.0.url("/_twin/hibob/companies/636192");
    assert_eq!(bob.0.client.put(url).json(&company).send().await.unwrap().status(), 204);
    let (status, body) = bob.post(POSITIONS, &search()).await;
    assert_eq!((status, body["key"].as_str()), (403, Some("FORBIDDEN")));
    assert!(body["error"].as_str().unwrap().contains("Position management > Manage positions"), "{body}");
    bob.switch(json!({"missing_right": "unauthorized"})).await;
    let expected = json!({"errorMessage": "No permissions to position management"});
    assert_eq!(bob.post(POSITIONS, &search()).await, (401, expected));
    assert_eq!(bob.post("/v1/people/search", &json!({})).await.0, 200);
}

#[tokio::test]
async fn fifty_refusals_shut_a_caller_out_for_five_minutes() {
    let bob = Bob::new();
    for _ in 0..50 {
        assert_eq!(status(&bob, "Basic x").await, 401);
    }
    assert_eq!(status(&bob, "Basic x").await, 403);
    assert_eq!(bob.post(POSITIONS, &search()).await.0, 200, "other callers are let in");
    bob.later(299);
    assert_eq!(status(&bob, "Basic x").await, 403);
    bob.later(1);
    assert_eq!(status(&bob, "Basic x").await, 401);
}

#[tokio::test]
async fn every_endpoint_has_a_limit_of_its_own() {
    let bob = Bob::with(json!({"limits": {"search": 2, "metadata": 1, "retry_after": true}})).await;
    let call = async || bob.request(Method::POST, POSITIONS).json(&search()).send().await.unwrap();
    let first = call().await;
    assert_eq!(
        (&first.headers()["x-ratelimit-limit"], &first.headers()["x-ratelimit-remaining"]),
        (&"2".parse().unwrap(), &"1".parse().unwrap())
    );
    assert_eq!(call().await.status(), 200);
    let refused = call().await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"60".parse().unwrap()));
    assert_eq!(refused.headers()["x-ratelimit-reset"], "1772359260");
    let fields = bob.request(Method::GET, "/v1/metadata/objects/position").send().await.unwrap();
    assert_eq!(fields.status(), 200);
    bob.later(60);
    assert_eq!(call().await.status(), 200);
}

#[tokio::test]
async fn a_refusal_has_five_forms() {
    let bob = Bob::new();
    let mut search = search();
    search["filters"] = json!([]);
    for (form, expected) in [
        ("key_error", json!({"key": "BAD_REQUEST", "error": "filters: one or more are required"})),
        ("error_message", json!({"errorMessage": "filters: one or more are required"})),
        ("message", json!({"message": "filters: one or more are required"})),
        (
            "errors",
            json!({"errors": {"filters": {"error": "BAD_REQUEST", "message": "filters: one or more are required"}}}),
        ),
        ("empty", Value::Null),
    ] {
        bob.switch(json!({"error_form": form})).await;
        assert_eq!(bob.post(POSITIONS, &search).await, (400, expected), "{form}");
    }
}

#[tokio::test]
async fn the_doors_refuse_what_they_do_not_understand() {
    let bob = Bob::new();
    let put = async |path: &str, body: Value| {
        told(bob.0.client.put(bob.0.url(path)).json(&body).send().await.unwrap()).await.0
    };
    assert_eq!(put("/_twin/hibob/companies/636192/quirks", json!({"lag": 1})).await, 400);
    assert_eq!(put("/_twin/hibob/companies/1/quirks", json!({})).await, 409);
    assert_eq!(put("/_twin/hibob/companies/1/modes", json!({})).await, 409);
    assert_eq!(put("/_twin/hibob/companies/1", json!({})).await, 204);
    assert_eq!(put("/_twin/hibob/companies/1/modes", json!({"hold": true})).await, 204);
    let state = bob.0.state("hibob").await;
    assert_eq!(state["companies"]["1"]["modes"]["hold"], true);
    assert!(!state.to_string().contains("twin-bob-token"));
}
