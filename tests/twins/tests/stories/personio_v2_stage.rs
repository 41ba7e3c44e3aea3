//! What every story about Personio's HR API needs: a clock that stands still, a token, days of March 2026.

use jiff::civil::{Date, date};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::personio::v2::{NewAbsence, Office, Quirks, SEED_CLIENT, SEED_SECRET, Span, kinds};
use uuid::Uuid;

use crate::stage::Stage;

pub(crate) const PERIODS: &str = "/v2/absence-periods";

pub(crate) struct Hr {
    pub(crate) stage: Stage,
    pub(crate) token: String,
}

impl Hr {
    /// At 2026-03-01T10:00:00Z, with a token of the seed tenant.
    pub(crate) async fn new() -> Self {
        let stage = Stage::new();
        stage.twins.personio().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        let token = token(&stage, SEED_CLIENT, SEED_SECRET).await;
        Self { stage, token }
    }

    /// The same with these switches.
    pub(crate) async fn with(quirks: Quirks) -> Self {
        let hr = Self::new().await;
        hr.office().set_quirks(quirks).unwrap();
        hr
    }

    pub(crate) fn office(&self) -> Office {
        self.stage.twins.personio().v2(SEED_CLIENT)
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.stage.twins.personio().desk().clock().advance(seconds);
    }

    /// Days pass; a token lives for one.
    pub(crate) async fn days_later(&mut self, days: u32) {
        self.later(days * 86_400);
        self.token = token(&self.stage, SEED_CLIENT, SEED_SECRET).await;
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.stage.client.request(method, self.stage.url(&format!("/personio{path}"))).bearer_auth(&self.token)
    }

    pub(crate) async fn answer(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// Status and JSON body.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.answer(path).await).await
    }

    /// The body of a call that succeeds.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        told(self.request(method, path).json(body).send().await.unwrap()).await
    }

    /// The ids of the one page that this path gives.
    pub(crate) async fn ids(&self, path: &str) -> Vec<String> {
        ids(&self.read(path).await)
    }

    /// An approved holiday of person 3001.
    pub(crate) async fn holiday(&self, first: i8, last: i8) -> Uuid {
        self.office().create(holiday(first, last)).await.unwrap()
    }
}

pub(crate) fn holiday(first: i8, last: i8) -> NewAbsence {
    NewAbsence::new(3001, kinds::URLAUB, Span::days(march(first), march(last)))
}

pub(crate) fn march(day: i8) -> Date {
    date(2026, 3, day)
}

pub(crate) fn ids(page: &Value) -> Vec<String> {
    page["_data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// Status and body; null where there is none.
pub(crate) async fn told(answer: Response) -> (u16, Value) {
    let (status, body) = (answer.status().as_u16(), answer.text().await.unwrap());
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

pub(crate) fn form<'a>(client: &'a str, secret: &'a str) -> [(&'a str, &'a str); 3] {
    [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret)]
}

/// Asks for a token with these fields.
pub(crate) async fn ask(stage: &Stage, fields: &[(&str, &str)]) -> (u16, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = stage.client.post(stage.url("/personio/v2/auth/token")).body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    told(request.send().await.unwrap()).await
}

pub(crate) async fn token(stage: &Stage, client: &str, secret: &str) -> String {
    let (status, body) = ask(stage, &form(client, secret)).await;
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().unwrap().to_owned()
}

/// The first problem of an error body.
pub(crate) fn detail(body: &Value) -> &str {
    assert!(body["personio_trace_id"].is_string(), "{body}");
    body["errors"][0]["detail"].as_str().unwrap()
}

/// A webhook for these events with `Authorization: Bearer hook`.
pub(crate) fn hook(url: &str, events: &[&str]) -> Value {
    json!({
        "url": url, "description": "absences", "status": "ENABLED", "auth_type": "TOKEN", "token": "Bearer hook",
        "enabled_events": events,
    })
}
