//! What the stories about a partner's SCIM server need: its twin at a fixed time, calls with the seed account's token, a complete user.

use reqwest::{Method, RequestBuilder, Response, Url};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::scim::{Account, Twin, User};

use crate::stage::Stage;

/// The seed account.
pub(crate) const PARTNER: &str = "partner";
pub(crate) const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub(crate) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

pub(crate) struct Partner(pub(crate) Stage);

impl Partner {
    /// At 2026-03-01T10:00:00Z.
    pub(crate) fn new() -> Self {
        let partner = Self(Stage::new());
        partner.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        partner
    }

    /// The seed account with these switches set over it, through the door.
    pub(crate) async fn with(switches: Value) -> Self {
        let partner = Self::new();
        partner.switch(switches).await;
        partner
    }

    /// Other switches; the users stay.
    pub(crate) async fn switch(&self, switches: Value) {
        let mut account = json!({"token": "twin-scim-token"});
        account.as_object_mut().unwrap().extend(switches.as_object().unwrap().clone());
        let answer = self.seed(&account).await;
        assert_eq!(answer.0, 204, "{}", answer.1);
    }

    pub(crate) async fn seed(&self, account: &Value) -> (u16, Value) {
        let door = self.0.url("/_twin/scim/accounts/partner");
        told(self.0.client.put(door).json(account).send().await.unwrap()).await
    }

    /// Changes the seed account in process.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Account)) {
        let mut account = self.twin().account(PARTNER).unwrap();
        change(&mut account);
        self.twin().seed(PARTNER, account).unwrap();
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.scim()
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.twin().desk().clock().advance(seconds);
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.0.client.request(method, self.0.url(&format!("/scim/partner{path}")));
        request.bearer_auth("twin-scim-token")
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, path).header("content-type", "application/scim+json");
        told(request.body(body.to_string()).send().await.unwrap()).await
    }

    /// Creates a user that is taken; gives its id.
    pub(crate) async fn made(&self, body: &Value) -> String {
        let (status, answer) = self.send(Method::POST, "/Users", body).await;
        assert_eq!(status, 201, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// Status and body of a PATCH with these operations.
    pub(crate) async fn patch(&self, id: &str, operations: Value) -> (u16, Value) {
        let schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
        let body = json!({"schemas": schemas, "Operations": operations});
        self.send(Method::PATCH, &format!("/Users/{id}"), &body).await
    }

    /// A PATCH that succeeds.
    pub(crate) async fn patched(&self, id: &str, operations: Value) -> Value {
        let (status, body) = self.patch(id, operations).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub(crate) async fn delete(&self, id: &str) -> (u16, Value) {
        told(self.request(Method::DELETE, &format!("/Users/{id}")).send().await.unwrap()).await
    }

    pub(crate) async fn listed(&self, options: &[(&str, &str)]) -> (u16, Value) {
        let url = Url::parse_with_params(&self.0.url("/scim/partner/Users"), options).unwrap();
        told(self.0.client.get(url).bearer_auth("twin-scim-token").send().await.unwrap()).await
    }

    /// The names of those who fit.
    pub(crate) async fn names(&self, filter: &str) -> Vec<String> {
        let (status, body) = self.listed(&[("filter", filter)]).await;
        assert_eq!(status, 200, "{filter}: {body}");
        let name = |user: &Value| user["userName"].as_str().unwrap().to_owned();
        body["Resources"].as_array().unwrap().iter().map(name).collect()
    }

    /// The user as the partner holds it.
    pub(crate) fn held(&self, id: &str) -> User {
        self.twin().users(PARTNER).into_iter().find(|user| user.id == id).unwrap()
    }
}

/// Status and body; null for an empty body.
pub(crate) async fn told(answer: Response) -> (u16, Value) {
    let (status, body) = (answer.status().as_u16(), answer.text().await.unwrap());
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

/// A user with everything that a provisioning client sends.
pub(crate) fn dora() -> Value {
    json!({
        "schemas": [CORE, ENTERPRISE],
        "userName": "dora.klein@agency.example",
        "externalId": "3003",
        "name": {"givenName": "Dora", "familyName": "Klein"},
        "displayName": "Dora Klein",
        "title": "Art Director",
        "preferredLanguage": "de",
        "active": true,
        "emails": [{"value": "dora.klein@agency.example", "type": "work", "primary": true}],
        ENTERPRISE: {"employeeNumber": "3003", "department": "Design"},
    })
}

/// The same with these members set over it; null takes one out.
pub(crate) fn dora_with(members: Value) -> Value {
    let mut body = dora();
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    body
}

/// A user with a name and nothing else.
pub(crate) fn bare(user_name: &str) -> Value {
    json!({"schemas": [CORE], "userName": user_name})
}

/// The kind of a refusal.
pub(crate) fn kind(answer: &(u16, Value)) -> (u16, &str) {
    assert_eq!(answer.1["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]), "{}", answer.1);
    (answer.0, answer.1["scimType"].as_str().unwrap_or_default())
}
