//! What the stories about Teamtailor need: its twin at a fixed time, calls with the seed account's key, somebody who applied.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::teamtailor::{Account, Applied, CustomField, Edit, FieldKind, NamedOption, Office, Twin};

use crate::stage::Stage;

pub(crate) const AGENCY: &str = "agency";
const KEY: &str = "Token token=twin-teamtailor-key";

pub(crate) struct Teamtailor(pub(crate) Stage);

impl Teamtailor {
    /// At 2026-03-01T10:00:00Z.
    pub(crate) fn new() -> Self {
        let teamtailor = Self(Stage::new());
        teamtailor.twin().desk().clock().set("2026-03-01T10:00:00Z".parse().unwrap());
        teamtailor
    }

    /// With the seed account changed.
    pub(crate) fn with(change: impl FnOnce(&mut Account)) -> Self {
        let teamtailor = Self::new();
        teamtailor.change(change);
        teamtailor
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Account)) {
        let mut account = self.twin().account(AGENCY).unwrap();
        change(&mut account);
        self.twin().seed(AGENCY, account).unwrap();
    }

    pub(crate) fn twin(&self) -> &Twin {
        self.0.twins.teamtailor()
    }

    pub(crate) fn office(&self) -> Office {
        Office::new(self.twin(), AGENCY)
    }

    pub(crate) fn later(&self, seconds: u32) {
        self.twin().desk().clock().advance(seconds);
    }

    /// A call of the region `eu` in the current version.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.0.client.request(method, self.0.url(&format!("/teamtailor/eu/v1{path}")));
        request.header("authorization", KEY).header("x-api-version", "20240904")
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        told(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// A write of one resource.
    pub(crate) async fn send(&self, method: Method, path: &str, data: &Value) -> (u16, Value) {
        let request = self.request(method, path).header("content-type", "application/vnd.api+json");
        told(request.body(json!({"data": data}).to_string()).send().await.unwrap()).await
    }

    /// A person's act through the door.
    pub(crate) async fn act(&self, method: Method, path: &str, body: &Value) -> (u16, Value) {
        let url = self.0.url(&format!("/teamtailor/people/agency{path}"));
        told(self.0.client.request(method, url).json(body).send().await.unwrap()).await
    }

    /// Mia Berg applies.
    pub(crate) async fn applied(&self) -> Applied {
        self.office().apply(41, mia()).await.unwrap()
    }

    /// Sends a value for a field.
    pub(crate) async fn value(&self, candidate: u64, field: u64, value: Value) -> (u16, Value) {
        self.send(Method::POST, "/custom-field-values", &value_of(candidate, field, value)).await
    }
}

/// Status and body; null for an empty body.
pub(crate) async fn told(answer: Response) -> (u16, Value) {
    let (status, body) = (answer.status().as_u16(), answer.text().await.unwrap());
    (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() })
}

pub(crate) fn mia() -> Edit {
    let text = |text: &str| Some(text.to_owned());
    Edit {
        first_name: text("Mia"),
        last_name: text("Berg"),
        email: text("mia@people.example"),
        phone: text("+46701234567"),
    }
}

pub(crate) fn value_of(candidate: u64, field: u64, value: Value) -> Value {
    json!({
        "type": "custom-field-values",
        "attributes": {"value": value},
        "relationships": {
            "custom-field": {"data": {"id": field.to_string(), "type": "custom-fields"}},
            "owner": {"data": {"id": candidate.to_string(), "type": "candidates"}},
        },
    })
}

/// One field of every kind, with ids from 101 in the order of the kinds; the selects have these many options from 1001 and 2001.
pub(crate) fn every_kind(options: u64) -> Vec<CustomField> {
    use FieldKind::{Checkbox, Date, Email, MultiSelect, Number, Phone, Select, Text, Url};
    let kinds = [Text, Email, Url, Phone, Date, Checkbox, Number, Select, MultiSelect];
    let field = |(id, kind): (u64, FieldKind)| CustomField {
        id,
        name: format!("Field {id}"),
        api_name: format!("field-{id}"),
        kind,
        options: match kind {
            Select => named(1001, options),
            MultiSelect => named(2001, options),
            _ => Vec::new(),
        },
    };
    (101..).zip(kinds).map(field).collect()
}

fn named(first: u64, options: u64) -> Vec<NamedOption> {
    (first..first + options).map(|id| NamedOption { id, value: format!("Option {id}") }).collect()
}
