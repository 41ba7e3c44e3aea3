//! The door through its real route: what API Gateway makes of headers, queries, paths and bodies is part of it.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tour::Endpoints;

use crate::support::house::FLOW;

const HEADER: &str = "x-heyflow-secret";

/// The public route of the connection `careers`.
pub(super) struct Door {
    client: reqwest::Client,
    url: String,
    secret: String,
}

impl Door {
    pub(super) fn new(endpoints: &Endpoints, path: &str) -> Self {
        let secrets = std::path::Path::new(path).with_file_name("secrets.json");
        let secrets: Value = serde_json::from_slice(&std::fs::read(secrets).unwrap()).unwrap();
        let secret = secrets["careers"]["webhook_secrets"][0]["value"].as_str().unwrap().to_owned();
        Self { client: reqwest::Client::new(), url: endpoints.webhooks["careers"].clone(), secret }
    }

    /// A response of a form, delivered as Heyflow delivers it.
    pub(super) async fn deliver(&self, body: &Value) -> StatusCode {
        status(self.client.post(&self.url).header(HEADER, &self.secret).json(body)).await
    }

    fn request(&self, method: Method, suffix: &str) -> RequestBuilder {
        let body = json!({"flowID": FLOW, "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z", "fields": {}});
        self.client.request(method, format!("{}{suffix}", self.url)).json(&body)
    }
}

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

pub(super) async fn every_way_through_the_route(door: &Door) {
    let secret = door.secret.as_str();
    let post = |suffix: &str| door.request(Method::POST, suffix);
    let open = [
        post("").header(HEADER, secret),
        door.request(Method::PUT, "").header(HEADER, secret),
        post("").basic_auth("anybody", Some(secret)),
        post(&format!("?secret={secret}")),
        post(&format!("/{secret}")),
        post("").header(HEADER, secret).header("content-type", "application/octet-stream"),
    ];
    for (number, request) in open.into_iter().enumerate() {
        assert_eq!(status(request).await, 200, "open way {number}");
    }
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
    for (number, request) in refused.into_iter().enumerate() {
        assert_eq!(status(request).await, 401, "refused way {number}");
    }
    for method in [Method::GET, Method::DELETE, Method::PATCH] {
        assert_eq!(status(door.request(method, "").header(HEADER, secret)).await, 405);
    }
    let unreadable = post("").header(HEADER, secret).body("{\"flowID\":");
    assert_eq!(status(unreadable).await, 400);
    let oversize = post("").header(HEADER, secret).body(vec![b' '; edge::door::LARGEST_BODY + 1]);
    assert_eq!(status(oversize).await, 413);
    let elsewhere = door.client.post(door.url.replace("careers", "carers")).header(HEADER, secret).body("{}");
    assert_eq!(status(elsewhere).await, 404);
}
