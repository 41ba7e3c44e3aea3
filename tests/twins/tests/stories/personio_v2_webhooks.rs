//! Registering webhooks of the HR API.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use twins::personio::v2::{Quirks, WebhookAnswers};

use crate::personio_v2_stage::{Hr, hook};

const HOOKS: &str = "/v2/webhooks";
const CREATED: &str = "absence-period.created";

/// A complete webhook with these members set over it; null takes one out.
fn with(members: Value) -> Value {
    let mut body = hook("https://hooks.example.com/p", &[CREATED]);
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

async fn created(hr: &Hr, members: Value) -> (u16, Value) {
    hr.send(Method::POST, HOOKS, &with(members)).await
}

#[tokio::test]
async fn a_webhook_is_created_read_changed_and_removed() {
    let hr = Hr::new().await;
    let (status, made) = created(&hr, json!({"status": null})).await;
    let path = format!("{HOOKS}/{}", made["id"].as_str().unwrap());
    let mut expected = json!({
        "id": made["id"], "url": "https://hooks.example.com/p", "description": "absences", "status": "DISABLED",
        "auth_type": "TOKEN", "enabled_events": [CREATED],
    });
    assert_eq!((status, &made), (201, &expected), "silent at first, and no token comes back");
    assert_eq!(hr.read(&path).await, expected);
    assert_eq!(hr.read(HOOKS).await, json!({"_data": [expected], "_meta": {"links": {}}}));
    expected["status"] = json!("ENABLED");
    assert_eq!(hr.send(Method::PATCH, &path, &json!({"status": "ENABLED"})).await, (200, expected));
    assert_eq!(hr.request(Method::DELETE, &path).send().await.unwrap().status(), 204);
    for method in [Method::GET, Method::PATCH, Method::DELETE] {
        assert_eq!(hr.send(method, &path, &json!({})).await.0, 404);
    }
    assert_eq!(hr.read(HOOKS).await["_data"], json!([]));
}

#[tokio::test]
async fn a_body_must_have_its_shape() {
    let hr = Hr::new().await;
    for wrong in [
        json!({"url": null}),
        json!({"description": null}),
        json!({"enabled_events": null}),
        json!({"enabled_events": "absence-period.created"}),
        json!({"status": "ON"}),
        json!({"auth_type": "HMAC"}),
        json!({"events": [CREATED]}),
    ] {
        assert_eq!(created(&hr, wrong.clone()).await.0, 400, "{wrong}");
    }
    assert_eq!(hr.send(Method::POST, HOOKS, &json!(["https://hooks.example.com/p"])).await.0, 400);
    assert!(hr.office().webhooks().is_empty());
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let hr = Hr::new().await;
    let custom = |headers: Value| json!({"auth_type": "CUSTOM", "token": null, "custom_headers": headers});
    for wrong in [
        json!({"url": "http://hooks.example.com/p"}),
        json!({"url": "hooks.example.com"}),
        json!({"enabled_events": []}),
        json!({"enabled_events": ["absence-period.updated"]}),
        json!({"enabled_events": ["ping"]}),
        json!({"token": null}),
        json!({"token": "two\nlines"}),
        json!({"auth_type": "NONE"}),
        json!({"custom_headers": {"x-a": "1"}}),
        custom(Value::Null),
        custom(json!({"x-a": "1", "x-b": "2", "x-c": "3", "x-d": "4"})),
        custom(json!({"Host": "a"})),
        custom(json!({"Content-Type-Of": "a"})),
        custom(json!({"test": "a"})),
        custom(json!({"x a": "a"})),
    ] {
        let (status, body) = created(&hr, wrong.clone()).await;
        assert_eq!(status, 422, "{wrong}: {body}");
    }
    for fine in [
        json!({}),
        json!({"url": "http://127.0.0.1:1/a", "auth_type": "NONE", "token": null}),
        json!({"url": "http://localhost:1/b", "auth_type": null}),
        json!({"url": "https://hooks.example.com/3", "auth_type": "CUSTOM", "token": null,
               "custom_headers": {"x-a": "1", "x-b": "2", "x-c": "3"}}),
    ] {
        assert_eq!(created(&hr, fine.clone()).await.0, 201, "{fine}");
    }
}

#[tokio::test]
async fn a_url_is_registered_once() {
    let hr = Hr::new().await;
    let (_, first) = created(&hr, json!({})).await;
    assert_eq!(created(&hr, json!({"description": "again"})).await.0, 409);
    let (_, second) = created(&hr, json!({"url": "https://hooks.example.com/2"})).await;
    let path = |hook: &Value| format!("{HOOKS}/{}", hook["id"].as_str().unwrap());
    assert_eq!(hr.send(Method::PATCH, &path(&second), &json!({"url": first["url"]})).await.0, 409);
    assert_eq!(hr.send(Method::PATCH, &path(&second), &json!({"url": second["url"]})).await.0, 200);
    hr.request(Method::DELETE, &path(&first)).send().await.unwrap();
    assert_eq!(created(&hr, json!({})).await.0, 201);
}

#[tokio::test]
async fn a_change_is_held_to_the_same_rules() {
    let hr = Hr::new().await;
    let (_, made) = created(&hr, json!({})).await;
    let path = format!("{HOOKS}/{}", made["id"].as_str().unwrap());
    for (wrong, status) in [
        (json!({"url": "http://hooks.example.com/p"}), 422),
        (json!({"custom_headers": {"x-a": "1"}}), 422),
        (json!({"auth_type": "CUSTOM"}), 422),
        (json!({"enabled_events": ["nonsense"]}), 422),
        (json!({"id": "1"}), 400),
    ] {
        assert_eq!(hr.send(Method::PATCH, &path, &wrong).await.0, status, "{wrong}");
    }
    let custom = json!({"auth_type": "CUSTOM", "custom_headers": {"x-a": "1"}});
    assert_eq!(hr.send(Method::PATCH, &path, &custom).await.0, 200, "and the token is dropped");
    let hooks = hr.office().webhooks();
    let headers = BTreeMap::from([("x-a".to_owned(), "1".to_owned())]);
    assert_eq!((hooks[0].token.as_ref(), &hooks[0].custom_headers), (None, &headers));
    assert_eq!(hr.send(Method::PATCH, &path, &json!({"token": "t"})).await.0, 422);
}

#[tokio::test]
async fn answers_can_be_wrapped_and_tell_secrets() {
    let hr = Hr::new().await;
    created(&hr, json!({})).await;
    let id = hr.office().webhooks()[0].id;
    let shown = async |webhook_answers| {
        hr.office().set_quirks(Quirks { webhook_answers, webhook_secrets_echoed: true, ..Quirks::default() }).unwrap();
        (hr.read(&format!("{HOOKS}/{id}")).await, hr.read(HOOKS).await)
    };
    let (bare, _) = shown(WebhookAnswers::Bare).await;
    assert_eq!((&bare["token"], &bare["custom_headers"]), (&json!("Bearer hook"), &json!({})));
    let (one, list) = shown(WebhookAnswers::Wrapped).await;
    assert_eq!((&one, &list["_data"]), (&json!({"_data": bare}), &json!([bare])));
    let (one, list) = shown(WebhookAnswers::WrappedPlainly).await;
    assert_eq!((&one, &list["data"]), (&json!({"data": bare}), &json!([bare])));
}
