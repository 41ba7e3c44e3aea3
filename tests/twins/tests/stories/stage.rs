//! What every story needs: twins on a free port, a client, a complete application.

use std::net::SocketAddr;

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use twins::Twins;

pub(crate) const APPLICATIONS: &str = "/v1/recruiting/applications";
pub(crate) const DOCUMENTS: &str = "/v1/recruiting/applications/documents";

pub(crate) struct Stage {
    pub(crate) twins: Twins,
    pub(crate) client: Client,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let twins = Twins::start(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        Self { twins, client: Client::builder().no_proxy().build().unwrap() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.twins.url())
    }

    /// A call with the seed account's login.
    pub(crate) fn personio(&self, path: &str) -> RequestBuilder {
        let request = self.client.post(self.url(&format!("/personio{path}")));
        request.bearer_auth("twin-recruiting-token").header("X-Company-ID", "48151")
    }

    pub(crate) async fn apply(&self, body: &Value) -> Response {
        self.personio(APPLICATIONS).json(body).send().await.unwrap()
    }

    /// Status and body text of an application.
    pub(crate) async fn applied(&self, body: &Value) -> (u16, String) {
        let answer = self.apply(body).await;
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Sets Personio's faults through the door.
    pub(crate) async fn faults(&self, switches: Value) {
        let answer = self.client.post(self.url("/_twin/personio/faults")).json(&switches).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }

    pub(crate) async fn state(&self, vendor: &str) -> Value {
        self.client.get(self.url(&format!("/_twin/{vendor}"))).send().await.unwrap().json().await.unwrap()
    }

    /// How many applications Personio holds.
    pub(crate) fn held(&self) -> usize {
        self.twins.personio().applications().len()
    }
}

/// The least that Personio takes.
pub(crate) fn applicant() -> Value {
    json!({
        "first_name": "Sample", "last_name": "Applicant", "email": "sample.applicant@example.com",
        "job_position_id": 1_834_171,
    })
}

/// The least, with these members set over it.
pub(crate) fn applicant_with(members: Value) -> Value {
    let mut body = applicant();
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}

/// The field errors of an answer as `field: reason`.
pub(crate) fn reasons(body: &str) -> Vec<String> {
    let body: Value = serde_json::from_str(body).unwrap();
    let mut told = Vec::new();
    for error in body["errors"].as_array().unwrap() {
        for reason in error["errors"].as_array().unwrap() {
            told.push(format!("{}: {}", error["field"].as_str().unwrap(), reason["reason"].as_str().unwrap()));
        }
    }
    told
}
