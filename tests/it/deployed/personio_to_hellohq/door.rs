//! Personio's door through its real route.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{HEADER, event};
use crate::deployed::route::{Route, all};

/// All absences told of are unknown to Personio and said to be deleted, so that nothing comes of them.
pub(in crate::deployed) async fn every_way_through_the_route(route: &Route) {
    let secret = route.secret.as_str();
    let (deleted, ping) = (event("absence-period.deleted", Uuid::new_v4()), event("ping", Uuid::nil()));
    let mut hyphen = deleted.clone();
    hyphen["payload"] = json!({"absence-period": {"id": Uuid::new_v4()}, "person": {"id": "3001"}});
    let post = |suffix: &str| route.request(Method::POST, suffix);
    let shown = |body: &Value| post("").header(HEADER, secret).json(body);
    let open = [
        shown(&ping),
        shown(&event("person.updated", Uuid::nil())),
        shown(&deleted),
        shown(&deleted),
        shown(&hyphen),
        // what is not text arrives base64-encoded
        post("").header("content-type", "application/octet-stream").header(HEADER, secret).json(&hyphen),
        post("").header(HEADER, format!("Bearer {secret}")).json(&ping),
    ];
    all(open, 200).await;
    let refused = [
        post(""),
        post("").header(HEADER, ""),
        post("").header(HEADER, "wrong"),
        post("").header(HEADER, "Bearer wrong"),
        post("").header(HEADER, "Bearer "),
        post("").header(HEADER, secret).header(HEADER, secret),
        post("").header(HEADER, format!("{secret},{secret}")),
        post("").header("x-hrsync-secret", secret),
        post("").basic_auth("anybody", Some(secret)),
        post(&format!("?secret={secret}")),
    ];
    all(refused.map(|request| request.json(&deleted)), 401).await;
    let mut timeless = deleted.clone();
    timeless["occurred_at"] = json!("soon");
    let unreadable = [json!({}), timeless, json!({"event_name": "absence-period.created", "payload": {}})];
    all(unreadable.iter().map(shown), 400).await;
    route.refuses_what_no_door_takes(HEADER, &[Method::GET, Method::PUT, Method::PATCH, Method::DELETE]).await;
}
