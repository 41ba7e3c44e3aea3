//! Heyflow's door through its real route.

use reqwest::Method;
use serde_json::json;

use crate::deployed::route::{Route, all};
use crate::support::house::FLOW;

pub(super) const HEADER: &str = "x-heyflow-secret";

pub(in crate::deployed) async fn every_way_through_the_route(route: &Route) {
    let body = json!({"flowID": FLOW, "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z", "fields": {}});
    let secret = route.secret.as_str();
    let post = |suffix: &str| route.request(Method::POST, suffix).json(&body);
    let open = [
        post("").header(HEADER, secret),
        route.request(Method::PUT, "").json(&body).header(HEADER, secret),
        post("").basic_auth("anybody", Some(secret)),
        post(&format!("?secret={secret}")),
        post(&format!("/{secret}")),
        // what is not text arrives base64-encoded
        route
            .request(Method::POST, "")
            .header("content-type", "application/octet-stream")
            .header(HEADER, secret)
            .json(&body),
    ];
    all(open, 200).await;
    let refused = [
        post(""),
        post("").header(HEADER, ""),
        post("").header(HEADER, "wrong"),
        post("").header(HEADER, secret).header(HEADER, secret),
        post("").header(HEADER, format!("{secret},{secret}")),
        post("").basic_auth(secret, None::<&str>),
        post("").basic_auth("anybody", Some("")),
        post("?secret="),
        post(&format!("?secret={secret}&secret={secret}")),
        post("/wrong"),
    ];
    all(refused, 401).await;
    route.refuses_what_no_door_takes(HEADER, &[Method::GET, Method::DELETE, Method::PATCH]).await;
}
