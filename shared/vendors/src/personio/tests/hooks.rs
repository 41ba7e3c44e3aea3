use http::HeaderName;
use wiremock::matchers::{body_json, method};

use super::super::webhook::ABSENCE_EVENTS;
use super::super::webhooks::{Hook, HookSecret, NewHook};
use super::*;
use crate::Kind;

fn wire_hook() -> Value {
    json!({"id": "h-1", "url": "https://in.example/personio", "description": "hrsync", "status": "ENABLED",
        "auth_type": "TOKEN", "token": "Bearer the-only-secret-value", "enabled_events": ["absence-period.created"]})
}

fn hook() -> Hook {
    Hook {
        id: "h-1".into(),
        url: "https://in.example/personio".into(),
        description: "hrsync".into(),
        enabled: true,
        events: vec!["absence-period.created".into()],
        auth: "TOKEN".into(),
    }
}

fn new_hook(secret: HookSecret) -> NewHook {
    let url = "https://in.example/personio".parse().unwrap();
    NewHook { url, description: "hrsync".into(), events: ABSENCE_EVENTS, secret }
}

fn with_token() -> NewHook {
    new_hook(HookSecret::Authorization("Bearer the-only-secret-value".into()))
}

fn with_headers(names: &[&'static str]) -> NewHook {
    let header = |name: &&'static str| (HeaderName::from_static(name), "the-only-secret-value".into());
    new_hook(HookSecret::Headers(names.iter().map(header).collect()))
}

fn sent(secret: Value) -> Value {
    let mut body = json!({"url": "https://in.example/personio", "description": "hrsync", "status": "ENABLED",
        "enabled_events": ["absence-period.created", "absence-period.updated.status",
            "absence-period.updated.timerange", "absence-period.deleted"]});
    body.as_object_mut().unwrap().extend(secret.as_object().unwrap().clone());
    body
}

async fn creates(new: NewHook, body: Value) {
    let server = stand_in().await;
    Mock::given(method("POST"))
        .and(path("/v2/webhooks"))
        .and(body_json(body))
        .respond_with(ResponseTemplate::new(201).set_body_json(wire_hook()))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(webhooks::create(&hr(&server), &new).await.unwrap(), "h-1");
}

#[tokio::test]
async fn a_webhook_is_made_enabled_with_a_token() {
    creates(with_token(), sent(json!({"auth_type": "TOKEN", "token": "Bearer the-only-secret-value"}))).await;
}

#[tokio::test]
async fn a_webhook_is_made_with_headers_of_its_own() {
    let headers = json!({"x-hrsync-a": "the-only-secret-value", "x-hrsync-b": "the-only-secret-value"});
    let body = sent(json!({"auth_type": "CUSTOM", "custom_headers": headers}));
    creates(with_headers(&["x-hrsync-a", "x-hrsync-b"]), body).await;
}

#[tokio::test]
async fn headers_that_personio_would_not_send_are_refused_before_the_call() {
    let server = answering(ResponseTemplate::new(201).set_body_json(wire_hook())).await;
    for names in [&["host"][..], &["x-a", "content-type-2"], &["te"], &[], &["x-a", "x-b", "x-c", "x-d"]] {
        let error = webhooks::create(&hr(&server), &with_headers(names)).await.unwrap_err();
        assert!(matches!(error.kind, Kind::Invalid(reasons) if reasons[0].field.as_deref() == Some("custom_headers")));
        assert!(webhooks::update(&hr(&server), "h-1", &with_headers(names)).await.is_err());
    }
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn answers_are_read_in_every_wrapping() {
    for body in [wire_hook(), json!({"_data": wire_hook()}), json!({"data": wire_hook()}), json!({"id": "h-1"})] {
        let server = answering(ResponseTemplate::new(201).set_body_json(body)).await;
        assert_eq!(webhooks::create(&hr(&server), &with_token()).await.unwrap(), "h-1");
    }
    for body in [json!({"_data": [wire_hook()]}), json!({"data": [wire_hook()]}), json!([wire_hook()])] {
        let server = answering(ok(body)).await;
        assert_eq!(webhooks::list(&hr(&server)).await.unwrap(), [hook()]);
        assert_eq!(requests(&server).await, ["GET /v2/webhooks"]);
    }
}

#[tokio::test]
async fn a_silent_webhook_is_seen() {
    let mut silent = wire_hook();
    silent["status"] = json!("DISABLED");
    silent.as_object_mut().unwrap().remove("auth_type");
    silent["description"] = json!(null);
    let hooks = webhooks::list(&hr(&answering(ok(json!({"_data": [silent]}))).await)).await.unwrap();
    let [hook] = hooks.as_slice() else { panic!("{hooks:?}") };
    assert_eq!((hook.enabled, hook.auth.as_str(), hook.description.as_str()), (false, "", ""));
}

#[tokio::test]
async fn a_webhook_of_which_little_is_shown_is_listed() {
    let bare = json!({"id": 7, "url": "https://in.example/personio"});
    let silent = json!({"id": "h-8", "url": "https://in.example/personio", "enabled_events": null, "status": null});
    let hooks = webhooks::list(&hr(&answering(ok(json!({"_data": [bare, silent]}))).await)).await.unwrap();
    let seen: Vec<_> = hooks.iter().map(|hook| (hook.id.as_str(), hook.enabled, hook.events.len())).collect();
    assert_eq!(seen, [("7", false, 0), ("h-8", false, 0)]);
}

#[tokio::test]
async fn a_webhook_is_changed_pinged_and_removed() {
    let server = stand_in().await;
    let body = sent(json!({"auth_type": "TOKEN", "token": "Bearer the-only-secret-value"}));
    let change = Mock::given(method("PATCH")).and(body_json(body));
    change.respond_with(ok(wire_hook())).mount(&server).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    Mock::given(method("DELETE")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let hr = hr(&server);
    webhooks::update(&hr, "h-1", &with_token()).await.unwrap();
    webhooks::ping(&hr, "h-1").await.unwrap();
    webhooks::delete(&hr, "h-1").await.unwrap();
    let wanted = ["PATCH /v2/webhooks/h-1", "POST /v2/webhooks/h-1/ping", "DELETE /v2/webhooks/h-1"];
    assert_eq!(requests(&server).await, wanted);
}

#[tokio::test]
async fn an_id_cannot_name_another_path() {
    let server = answering(ResponseTemplate::new(204)).await;
    for bad in ["", "..", "../persons/1", "h-1?x", "h-1/ping", "h 1"] {
        let error = webhooks::delete(&hr(&server), bad).await.unwrap_err();
        assert!(matches!(error.kind, Kind::Invalid(_)), "{bad:?}");
    }
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn refusals_have_their_causes() {
    for (status, made, one) in [
        (400, Kind::Invalid(Vec::new()), Kind::Invalid(Vec::new())),
        (403, Kind::Unexplained { status: 403 }, Kind::Unexplained { status: 403 }),
        (404, Kind::WrongAddress, Kind::Gone),
        (409, Kind::Conflict(Vec::new()), Kind::Conflict(Vec::new())),
        (422, Kind::Invalid(Vec::new()), Kind::Invalid(Vec::new())),
        (502, Kind::Unavailable { retry_after: None }, Kind::Unavailable { retry_after: None }),
    ] {
        let server = answering(ResponseTemplate::new(status)).await;
        let hr = hr(&server);
        assert_eq!(webhooks::create(&hr, &with_token()).await.unwrap_err().kind, made);
        assert_eq!(webhooks::update(&hr, "h-1", &with_token()).await.unwrap_err().kind, one);
        assert_eq!(webhooks::delete(&hr, "h-1").await.unwrap_err().kind, one);
        assert_eq!(webhooks::ping(&hr, "h-1").await.unwrap_err().kind, one);
    }
}

#[tokio::test]
async fn an_answer_without_the_webhook_may_have_made_one() {
    let server = answering(ResponseTemplate::new(201).set_body_string("{}")).await;
    let error = webhooks::create(&hr(&server), &with_token()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unexplained { status: 201 });
    assert!(!error.kind.certainly_not_done());
    let list = webhooks::list(&hr(&answering(ok(json!({"_data": [wire_hook(), {"id": "h-2"}]}))).await)).await;
    assert_eq!(list.unwrap_err().kind, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn the_secret_shows_nowhere() {
    let server = answering(ResponseTemplate::new(201).set_body_json(wire_hook())).await;
    let listed = webhooks::list(&hr(&answering(ok(json!([wire_hook()]))).await)).await.unwrap();
    let made = webhooks::create(&hr(&server), &with_token()).await.unwrap();
    let shown = format!("{listed:?} {made} {:?} {:?}", with_token(), with_headers(&["x-hrsync-a"]));
    assert!(!shown.contains("the-only-secret-value"), "{shown}");
}
