//! What the stories about Oneflow need: its twin at a fixed time, calls with the seed account's token, a draft for a candidate.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::oneflow::{Office, Twin};

use crate::stage::Stage;

pub(crate) const AGENCY: &str = "agency";
pub(crate) const CANDIDATE: &str = "mia@people.example";
const RECRUITER: &str = "recruiter@agency.example";
const TOKEN: &str = "twin-oneflow-token-000000000000000000000";

pub(crate) struct Oneflow(pub(crate) Stage);

impl Oneflow {
    /// At 2026-03-01T10:00:00Z.
    pub(crate) fn new() -> Self {
        let oneflow = Self(Stage::new());
        oneflow.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        oneflow
    }

    /// With these switches of the seed account set.
    pub(crate) async fn with(switches: Value) -> Self {
        let oneflow = Self::new();
        oneflow.switch(switches).await;
        oneflow
    }

    /// Other switches; the contracts stay.
    pub(crate) async fn switch(&self, switches: Value) {
        let mut account = serde_json::to_value(self.twin().account(AGENCY).unwrap()).unwrap();
        account["token"] = json!(TOKEN);
        account.as_object_mut().unwrap().extend(switches.as_object().unwrap().clone());
        let answer = self.seed(&account).await;
        assert_eq!(answer.0, 204, "{}", answer.1);
    }

    pub(crate) async fn seed(&self, account: &Value) -> (u16, Value) {
        let door = self.0.url("/_twin/oneflow/accounts/agency");
        told(self.0.client.put(door).json(account).send().await.unwrap()).await
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.oneflow()
    }

    pub(crate) fn office(&self) -> Office {
        Office::new(self.twin(), AGENCY)
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.twin().desk().clock().advance(seconds);
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.client.request(method, self.0.url(&format!("/oneflow/v1{path}"))).header("x-oneflow-api-token", TOKEN)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// A call for the recruiter.
    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, path).header("x-oneflow-user-email", RECRUITER);
        told(request.json(body).send().await.unwrap()).await
    }

    /// An administrator's call.
    pub(crate) async fn administer(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, path).header("x-oneflow-user-email", "admin@agency.example");
        told(request.json(body).send().await.unwrap()).await
    }

    /// A person's act through the door.
    pub(crate) async fn act(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let url = self.0.url(&format!("/oneflow/people/agency{path}"));
        told(self.0.client.request(method, url).json(body).send().await.unwrap()).await
    }

    /// A draft that the API took; gives its id.
    pub(crate) async fn drafted(&self) -> i64 {
        let (status, contract) = self.send(Method::POST, "/contracts/create", &draft()).await;
        assert_eq!(status, 200, "{contract}");
        contract["id"].as_i64().unwrap()
    }

    /// A contract that was sent.
    pub(crate) async fn published(&self) -> i64 {
        let id = self.drafted().await;
        let answer = self.publish(id).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
        id
    }

    pub(crate) async fn publish(&self, id: i64) -> (u16, Value) {
        let invitation = json!({"subject": "Your contract", "message": "Please sign"});
        self.send(Method::POST, &format!("/contracts/{id}/publish"), &invitation).await
    }

    pub(crate) async fn contract(&self, id: i64) -> Value {
        let (status, contract) = self.get(&format!("/contracts/{id}")).await;
        assert_eq!(status, 200, "{contract}");
        contract
    }

    /// Registers a webhook that is told everything.
    pub(crate) async fn hook(&self, url: &str) {
        let body = json!({"callback_url": url, "sign_key": "test-sign-key"});
        let answer = self.administer(Method::POST, "/webhooks", &body).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
    }
}

/// Status and body; null for an empty body.
pub(crate) async fn told(answer: Response) -> (u16, Value) {
    let (status, body) = (answer.status().as_u16(), answer.text().await.unwrap());
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

/// A contract for a candidate who may sign, and a recruiter who must.
pub(crate) fn draft() -> Value {
    json!({
        "workspace_id": 11,
        "template_id": 31,
        "name": "Contract of Mia Berg",
        "data_fields": [{"custom_id": "oneflow-city", "value": "Berlin"}],
        "parties": [{"type": "individual", "country_code": "SE", "participant": {
            "name": "Mia Berg", "email": CANDIDATE, "phone_number": "+46701234567", "signatory": true,
        }}],
        "my_party": {"participants": [{"name": "Sample recruiter", "email": RECRUITER, "signatory": true}]},
    })
}

/// The same with these members set over it.
pub(crate) fn draft_with(members: Value) -> Value {
    let mut body = draft();
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}
