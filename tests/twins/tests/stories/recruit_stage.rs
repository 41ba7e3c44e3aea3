//! What the stories about Recruit need: its twin at a fixed time, calls with a token of the seed account, complete bodies.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::Sha256;
use twins::Vendor as _;
use twins::recruit::{Account, Opening, Quirks, SEED_ACCOUNT, SEED_API_KEY, SEED_SECRET, Twin};

use crate::scim_stage::told;
use crate::stage::Stage;

/// 2026-03-01T10:00:00Z
pub(crate) const NOW: i64 = 1_772_359_200;

pub(crate) struct Desk(pub(crate) Stage);

impl Desk {
    /// At [`NOW`].
    pub(crate) fn new() -> Self {
        let desk = Self(Stage::new());
        desk.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        desk
    }

    /// The same with these quirks, through the door.
    pub(crate) async fn with(quirks: Value) -> Self {
        let desk = Self::new();
        let url = desk.0.url("/_twin/recruit/accounts/planning/quirks");
        let answer = told(desk.0.client.put(url).json(&quirks).send().await.unwrap()).await;
        assert_eq!(answer.0, 204, "{}", answer.1);
        desk
    }

    pub(crate) fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        self.change(|account| change(&mut account.quirks));
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Account)) {
        assert!(self.twin().adjust(SEED_ACCOUNT, change));
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.recruit()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.0.client.request(method, self.0.url(&format!("/recruit{path}")));
        request.bearer_auth(token(SEED_SECRET, SEED_API_KEY, NOW + 600))
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// Status and text of a call whose answer is no JSON.
    pub(crate) async fn text(&self, method: Method, path: &str) -> (u16, String) {
        let answer = self.request(method, path).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        told(self.request(method, path).json(body).send().await.unwrap()).await
    }

    /// Creates a position that is taken. Gives its uid.
    pub(crate) async fn made(&self, body: &Value) -> String {
        let (status, answer) = self.send(Method::POST, "/positions/", body).await;
        assert_eq!(status, 201, "{answer}");
        answer["uid"].as_str().unwrap().to_owned()
    }

    pub(crate) fn openings_of(&self, position: &str) -> Vec<Opening> {
        self.twin().openings_of(SEED_ACCOUNT, position)
    }

    /// What recruiters do, over HTTP.
    pub(crate) async fn act(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let url = self.0.url(&format!("/recruit/people/planning{path}"));
        told(self.0.client.request(method, url).json(&body).send().await.unwrap()).await
    }
}

pub(crate) fn token(secret: &str, issuer: &str, expiry: i64) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed =
        format!("{}.{}", part(&json!({"alg": "HS256", "typ": "JWT"})), part(&json!({"iss": issuer, "exp": expiry})));
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(&signed);
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// The least that Recruit takes.
pub(crate) fn position() -> Value {
    json!({"name": "Account manager", "status": "open", "is_discreet": false})
}

/// The least, with these members set over it; null takes one out.
pub(crate) fn position_with(members: Value) -> Value {
    with(position(), members)
}

pub(crate) fn opening() -> Value {
    json!({"name": "O-1", "time_expected_hire": "2026-05-01T00:00:00Z", "reason": "New", "status": "OPEN"})
}

pub(crate) fn opening_with(members: Value) -> Value {
    with(opening(), members)
}

fn with(mut body: Value, members: Value) -> Value {
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}
