//! What Heyflow holds, and the shapes in which a test speaks to it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A form with its webhook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// The address that is told about failed deliveries.
    pub owner: String,
    /// The webhook.
    pub hook: Hook,
    /// Whether responses are delivered; only the test button sets it.
    #[serde(skip)]
    pub active: bool,
}

/// A webhook's settings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// The target.
    pub url: String,
    /// POST unless chosen otherwise.
    #[serde(default)]
    pub method: Method,
    /// Fixed headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Fixed URL parameters, appended to the target.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// HTTP Basic authentication.
    #[serde(default)]
    pub basic: Option<Basic>,
    /// "Extend data": `fields` becomes a list.
    #[serde(default)]
    pub extend: bool,
}

impl Hook {
    /// A plain POST to this URL.
    #[must_use]
    pub fn to(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            method: Method::Post,
            headers: BTreeMap::new(),
            params: BTreeMap::new(),
            basic: None,
            extend: false,
        }
    }

    /// The same hook with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }
}

/// HTTP Basic authentication.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Basic {
    pub user: String,
    pub password: String,
}

/// The methods a hook may use. With GET the data travels in the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    #[default]
    Post,
    Put,
    Get,
    Delete,
    Options,
}

/// A visitor's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// System Label to value.
    pub answers: Map<String, Value>,
    /// The response id; a random UUID where left out.
    #[serde(default)]
    pub id: Option<String>,
    /// The submission time as it is to be sent; the twin's clock where left out.
    #[serde(default)]
    pub created_at: Option<String>,
    /// What is to be unusual about the delivery.
    #[serde(default)]
    pub modes: Modes,
}

/// What is unusual about a delivery. The default is a usual one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modes {
    /// The same response is sent so many times, one after the other.
    pub deliveries: u32,
    /// So many further attempts, at once, while the answer is 5xx. Heyflow documents none.
    pub retries_after_5xx: u32,
    /// Over the hook's headers; null leaves one out. A wrong secret is set here.
    pub headers: BTreeMap<String, Option<String>>,
    /// `createdAt` with milliseconds.
    pub milliseconds: bool,
    /// The names of 2020: `flowId` and `created`, and option labels in extended values.
    pub old_names: bool,
    /// Extended or simple form, whatever the hook says.
    pub extend: Option<bool>,
    /// This text instead of the JSON body.
    pub raw_body: Option<String>,
}

impl Default for Modes {
    fn default() -> Self {
        Self {
            deliveries: 1,
            retries_after_5xx: 0,
            headers: BTreeMap::new(),
            milliseconds: false,
            old_names: false,
            extend: None,
            raw_body: None,
        }
    }
}

/// What a test or a submission tells: the last delivery's outcome.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Sent {
    /// The response id.
    pub id: String,
    /// The status answered; none where no answer came within 10 s.
    pub status: Option<u16>,
    /// The text that Heyflow shows unless the status is 200.
    pub error: Option<String>,
}

impl Sent {
    pub(super) fn of(delivery: &Delivery) -> Self {
        Self { id: delivery.response_id.clone(), status: delivery.status, error: delivery.error.clone() }
    }
}

/// One request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The flow.
    pub flow_id: String,
    /// The response, or `demo-response-id`.
    pub response_id: String,
    /// The target without parameters.
    pub url: String,
    /// The method.
    pub method: Method,
    /// The body as it was sent; empty with GET.
    pub body: String,
    /// The status answered.
    pub status: Option<u16>,
    /// The text shown unless the status is 200.
    pub error: Option<String>,
    /// When it was sent, on the twin's clock.
    pub at: Timestamp,
}

impl Delivery {
    /// Whether the test button sent it: nobody is mailed about those, the button shows the outcome.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.response_id == super::TEST_RESPONSE_ID
    }
}

/// A mail to a flow's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Mail {
    pub owner: String,
    pub flow_id: String,
    pub response_id: String,
    pub error: String,
    /// On the twin's clock.
    pub at: Timestamp,
}

/// A visitor's file behind its public link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Sent as `Content-Type`.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Everything; the seed is empty.
#[derive(Default)]
pub(super) struct Store {
    pub(super) flows: BTreeMap<String, Flow>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) mailbox: Vec<Mail>,
    pub(super) uploads: BTreeMap<String, Upload>,
}

impl Store {
    /// As the door shows it; of headers, parameters and Basic only the names, because secrets travel there.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let flows: Map<_, _> = self.flows.iter().map(|(id, flow)| (id.clone(), shown_flow(flow))).collect();
        let uploads: Vec<_> = self.uploads.iter().map(|(path, upload)| shown_upload(path, upload)).collect();
        let members = [
            ("flows", Value::Object(flows)),
            ("deliveries", json!(self.deliveries)),
            ("mailbox", json!(self.mailbox)),
            ("uploads", Value::Array(uploads)),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn shown_flow(Flow { owner, hook, active }: &Flow) -> Value {
    let headers: Vec<_> = hook.headers.keys().collect();
    let params: Vec<_> = hook.params.keys().collect();
    json!({
        "owner": owner,
        "active": active,
        "hook": {
            "url": hook.url,
            "method": hook.method,
            "headers": headers,
            "params": params,
            "basic": hook.basic.is_some(),
            "extend": hook.extend,
        },
    })
}

fn shown_upload(path: &str, upload: &Upload) -> Value {
    json!({"path": path, "content_type": upload.content_type, "size": upload.bytes.len()})
}
