//! What helloHQ's stories need: its twin at a fixed time, calls with the seed account's token, a complete absence.

use reqwest::{Method, RequestBuilder, Response, Url};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::hellohq::{Account, Entry, Twin};

use crate::stage::Stage;

/// The seed account.
pub(crate) const AGENCY: &str = "agency";

pub(crate) struct Hq(pub(crate) Stage);

impl Hq {
    pub(crate) fn new() -> Self {
        let hq = Self(Stage::new());
        hq.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        hq
    }

    /// The seed account with these switches set over it, through the door.
    pub(crate) async fn with(switches: Value) -> Self {
        let hq = Self::new();
        let mut account = json!({"token": "twin-hq-token", "users": hq.0.state("hellohq").await["users"][AGENCY]});
        account.as_object_mut().unwrap().extend(switches.as_object().unwrap().clone());
        assert_eq!(hq.seed(AGENCY, &account).await.status(), 204);
        hq
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.hellohq()
    }

    /// Changes the seed account in process.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Account)) {
        let mut account = self.twin().account(AGENCY).unwrap();
        change(&mut account);
        self.twin().seed(AGENCY, account);
    }

    pub(crate) async fn seed(&self, name: &str, account: &Value) -> Response {
        let door = self.0.url(&format!("/_twin/hellohq/accounts/{name}"));
        self.0.client.put(door).json(account).send().await.unwrap()
    }

    pub(crate) async fn faults(&self, switches: Value) {
        let door = self.0.url("/_twin/hellohq/faults");
        assert_eq!(self.0.client.post(door).json(&switches).send().await.unwrap().status(), 200);
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.twin().desk().clock().advance(seconds);
    }

    /// A call with the seed account's token.
    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.client.request(method, self.0.url(&format!("/hellohq{path}"))).bearer_auth("twin-hq-token")
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.call(Method::GET, path).send().await.unwrap()).await
    }

    /// A list with these options.
    pub(crate) async fn listed(&self, path: &str, options: &[(&str, &str)]) -> Response {
        let url = Url::parse_with_params(&self.0.url(&format!("/hellohq{path}")), options).unwrap();
        self.0.client.get(url).bearer_auth("twin-hq-token").send().await.unwrap()
    }

    /// The ids of a list with these options.
    pub(crate) async fn ids(&self, path: &str, options: &[(&str, &str)]) -> Vec<i64> {
        let (status, body) = told(self.listed(path, options).await).await;
        assert_eq!(status, 200, "{options:?}: {body}");
        ids(&body)
    }

    pub(crate) async fn post(&self, body: &Value) -> (u16, Value) {
        told(self.call(Method::POST, "/v2/Absences").json(body).send().await.unwrap()).await
    }

    /// Posts an absence that is taken; gives its id.
    pub(crate) async fn posted(&self, body: &Value) -> i64 {
        let (status, answer) = self.post(body).await;
        assert_eq!(status, 200, "{answer}");
        answer["id"].as_i64().unwrap()
    }

    pub(crate) async fn delete(&self, id: i64) -> (u16, Value) {
        told(self.call(Method::DELETE, &format!("/v2/Absences/{id}")).send().await.unwrap()).await
    }

    /// Somebody of the HQ enters an absence, in process.
    pub(crate) fn by_hand(&self, entry: Entry) -> i64 {
        self.twin().enter(AGENCY, entry).unwrap().into()
    }
}

/// Status and body; null for an empty body, a string for one that is not JSON.
pub(crate) async fn told(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(Value::String(text)) };
    (status, body)
}

pub(crate) fn ids(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

/// A day of vacation.
pub(crate) fn vacation() -> Value {
    json!({"type": "Vacation", "userId": 11, "start": "2026-03-02T00:00:00", "end": "2026-03-03T00:00:00"})
}

/// A day of vacation, with these members set over it.
pub(crate) fn vacation_with(members: Value) -> Value {
    let mut body = vacation();
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}

/// Two hours of a type in hours.
pub(crate) fn errand() -> Value {
    json!({"type": "PrivateAbsence", "userId": 12, "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T10:00:00Z"})
}

/// The fields of a refusal.
pub(crate) fn fields(body: &Value) -> Vec<&str> {
    body["errors"].as_object().unwrap().keys().map(String::as_str).collect()
}
