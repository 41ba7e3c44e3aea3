//! What the stories about HiBob need: its twin at a fixed time, calls with the seed company's service user.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::hibob::{Cells, NewPosition, Office, Quirks, SEED_COMPANY, Twin};

use crate::receiver::Receiver;
use crate::scim_stage::told;
use crate::stage::Stage;

pub(crate) const POSITIONS: &str = "/v1/objects/position/search";
pub(crate) const OPENINGS: &str = "/v1/positions/position-openings/search";

pub(crate) struct Bob(pub(crate) Stage);

impl Bob {
    /// At 2026-03-01T10:00:00Z.
    pub(crate) fn new() -> Self {
        let bob = Self(Stage::new());
        bob.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        bob
    }

    /// The same with these quirks, through the door.
    pub(crate) async fn with(quirks: Value) -> Self {
        let bob = Self::new();
        bob.switch(quirks).await;
        bob
    }

    pub(crate) async fn switch(&self, quirks: Value) {
        let url = self.0.url("/_twin/hibob/companies/636192/quirks");
        let answer = told(self.0.client.put(url).json(&quirks).send().await.unwrap()).await;
        assert_eq!(answer.0, 204, "{}", answer.1);
    }

    pub(crate) fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        assert!(self.twin().adjust(SEED_COMPANY, |company| change(&mut company.quirks)));
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.hibob()
    }

    pub(crate) fn office(&self) -> Office {
        self.twin().office(SEED_COMPANY)
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.twin().desk().clock().advance(seconds);
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.0.client.request(method, self.0.url(&format!("/hibob{path}")));
        request.basic_auth("SERVICE-12345", Some("twin-bob-token"))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        told(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    /// What people do, over HTTP.
    pub(crate) async fn act(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let url = self.0.url(&format!("/hibob/companies/636192{path}"));
        told(self.0.client.request(method, url).json(&body).send().await.unwrap()).await
    }

    /// The rows of a search for these fields of all positions.
    pub(crate) async fn positions(&self, fields: &[&str]) -> Vec<Value> {
        let (status, body) = self.post(POSITIONS, &all("/position/id", fields)).await;
        assert_eq!(status, 200, "{body}");
        body.as_array().unwrap().clone()
    }

    /// The same of all openings, from one page.
    pub(crate) async fn openings(&self, fields: &[&str]) -> Vec<Value> {
        let mut search = all("/positionOpening/id", fields);
        search["pagination"] = json!({"limit": 200});
        let (status, body) = self.post(OPENINGS, &search).await;
        assert_eq!(status, 200, "{body}");
        body["values"].as_array().unwrap().clone()
    }

    /// A receiver with a webhook for all events of positions and openings.
    pub(crate) async fn hooked(&self) -> Receiver {
        let receiver = Receiver::default();
        let url = receiver.start(&[]).await;
        self.office().connect(twins::hibob::NewHook::all(&url)).await.unwrap();
        receiver
    }
}

/// A search that everything meets.
pub(crate) fn all(id: &str, fields: &[&str]) -> Value {
    json!({"fields": fields, "filters": [{"fieldId": id, "operator": "notEqual", "values": ["1"]}]})
}

pub(crate) fn cells(cells: Value) -> Cells {
    serde_json::from_value(cells).unwrap()
}

/// A request for a position with one opening, which somebody has to approve.
pub(crate) fn asked_for() -> NewPosition {
    NewPosition { approved: false, ..NewPosition::default() }
}

/// The values of a field.
pub(crate) fn values(rows: &[Value], field: &str) -> Vec<Value> {
    rows.iter().map(|row| row[field]["value"].clone()).collect()
}
