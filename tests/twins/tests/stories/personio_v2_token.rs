//! Personio's tokens for the HR API.

use serde_json::{Value, json};
use twins::personio::v2::{Quirks, SEED_CLIENT, SEED_SECRET, Tenant};

use crate::personio_v2_stage::{Hr, PERIODS, ask, form, token, told};
use crate::stage::Stage;

async fn refused(stage: &Stage, fields: &[(&str, &str)]) -> String {
    let (status, body) = ask(stage, fields).await;
    assert_eq!(status, 400, "{body}");
    body["error"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_is_the_same_for_a_day_and_dead_after_it() {
    let hr = Hr::new().await;
    let (status, body) = ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await;
    let scope = "personio:absences:read personio:legal-entities:read personio:org-units:read personio:persons:read \
                 personio:webhooks:read personio:webhooks:write personio:workplaces:read";
    let same = json!({
        "access_token": hr.token, "token_type": "Bearer", "expires_in": 86_400, "scope": scope, "refresh_token": null,
    });
    assert_eq!((status, body), (200, same.clone()));
    assert!(hr.token.starts_with("papi-"));
    hr.later(86_399);
    assert_eq!(ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await.1, same);
    assert_eq!(hr.get(PERIODS).await.0, 200);
    hr.later(1);
    assert_eq!(hr.get(PERIODS).await.0, 401);
    assert_ne!(token(&hr.stage, SEED_CLIENT, SEED_SECRET).await, hr.token);
}

#[tokio::test]
async fn what_is_left_of_a_token_can_be_told() {
    let hr = Hr::with(Quirks { expires_in_counts_down: true, ..Quirks::default() }).await;
    hr.later(400);
    assert_eq!(ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await.1["expires_in"], 86_000);
}

#[tokio::test]
async fn a_wrong_client_is_a_400() {
    let hr = Hr::new().await;
    let request = hr.stage.client.post(hr.stage.url("/personio/v2/auth/token"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = "grant_type=client_credentials&client_id=twin-client&client_secret=wrong";
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let (status, mut body) = told(answer).await;
    assert_eq!(status, 400);
    assert!(body["error_description"].as_str().unwrap().starts_with("Client authentication failed"));
    assert!(body["trace_id"].is_string() && body.get("personio_trace_id").is_none());
    for open in ["error_description", "trace_id"] {
        body[open] = Value::Null;
    }
    let rest = json!({
        "error": "invalid_client", "error_description": null, "error_uri": null,
        "timestamp": "2026-03-01T10:00:00.000Z", "trace_id": null, "meta": {},
    });
    assert_eq!(body, rest);
    assert_eq!(refused(&hr.stage, &form("nobody", SEED_SECRET)).await, "invalid_client");
    hr.stage.twins.personio().seed_tenant("open", Tenant::new("", "1")).unwrap();
    assert_eq!(refused(&hr.stage, &form("open", "")).await, "invalid_client", "an empty secret lets nobody in");
}

#[tokio::test]
async fn only_a_complete_form_is_a_request() {
    let stage = Stage::new();
    let json = json!({"grant_type": "client_credentials", "client_id": SEED_CLIENT, "client_secret": SEED_SECRET});
    let request = stage.client.post(stage.url("/personio/v2/auth/token")).json(&json);
    let (status, body) = told(request.send().await.unwrap()).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_request")));
    let [grant, client, secret] = form(SEED_CLIENT, SEED_SECRET);
    for lacking in [vec![grant, client], vec![client, secret], vec![grant, secret], vec![grant, client, client, secret]]
    {
        assert_eq!(refused(&stage, &lacking).await, "invalid_request", "{lacking:?}");
    }
    assert_eq!(refused(&stage, &[("grant_type", "password"), client, secret]).await, "unsupported_grant_type");
}

#[tokio::test]
async fn scopes_can_be_narrowed_but_not_widened() {
    let mut hr = Hr::new().await;
    let [grant, client, secret] = form(SEED_CLIENT, SEED_SECRET);
    for wrong in ["personio:recruiting:read", "personio:persons:read nonsense", " "] {
        assert_eq!(refused(&hr.stage, &[grant, client, secret, ("scope", wrong)]).await, "invalid_scope", "{wrong}");
    }
    let (_, body) = ask(&hr.stage, &[grant, client, secret, ("scope", "personio:persons:read")]).await;
    assert_eq!(body["scope"], "personio:persons:read");
    let all = std::mem::replace(&mut hr.token, body["access_token"].as_str().unwrap().to_owned());
    assert_eq!((hr.get("/v2/persons").await.0, hr.get(PERIODS).await.0), (200, 403));
    assert_eq!(token(&hr.stage, SEED_CLIENT, SEED_SECRET).await, all, "both live side by side");
}

#[tokio::test]
async fn tokens_can_be_ended() {
    let mut hr = Hr::new().await;
    let door = hr.stage.url("/_twin/personio/tenants/twin-client/tokens");
    assert_eq!(hr.stage.client.delete(door).send().await.unwrap().status(), 204);
    assert_eq!(hr.get(PERIODS).await.0, 401);
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    assert_eq!(hr.get(PERIODS).await.0, 200);

    let revoke = hr.stage.client.post(hr.stage.url("/personio/v2/auth/revoke"));
    let revoke = revoke.header("content-type", "application/x-www-form-urlencoded").body(format!("token={}", hr.token));
    assert_eq!(told(revoke.send().await.unwrap()).await, (200, Value::Null));
    assert_eq!(hr.get(PERIODS).await.0, 401);
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    hr.office().invalidate_tokens().unwrap();
    assert_eq!(hr.get(PERIODS).await.0, 401);
}

#[tokio::test]
async fn beyond_150_a_minute_it_is_one_a_second() {
    let hr = Hr::new().await;
    let asked = async || ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await.0;
    for _ in 1..150 {
        assert_eq!(asked().await, 200);
    }
    assert_eq!([asked().await, asked().await], [429, 429]);
    hr.later(1);
    assert_eq!([asked().await, asked().await], [200, 429]);
    hr.later(60);
    assert_eq!([asked().await, asked().await], [200, 200]);
}

#[tokio::test]
async fn one_client_does_not_use_up_anothers_tokens() {
    let hr = Hr::with(Quirks { token_limit: Some(1), ..Quirks::default() }).await;
    hr.stage.twins.personio().seed_tenant("other", Tenant::new("secret", "2")).unwrap();
    assert_eq!(ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await.0, 429);
    assert_eq!(ask(&hr.stage, &form("other", "secret")).await.0, 200);
    hr.office().set_quirks(Quirks { token_limit: None, ..Quirks::default() }).unwrap();
    assert_eq!(ask(&hr.stage, &form(SEED_CLIENT, SEED_SECRET)).await.0, 200);
}
