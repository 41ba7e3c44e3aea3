//! What Heyflow holds, and the shapes in which a test speaks to it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::flow::{self, Flow, Method};
use super::uploads::{self, Upload};

/// A visitor's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// A block's id, variable or label (or any label that no block has) to the value. A list is a choice of several, an object an
    /// address with its parts.
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
    /// `createdAt` with milliseconds.
    pub milliseconds: bool,
    /// The names of 2020: `flowId` and `created`, and option labels in extended values. The extended form, unless `extend` says no.
    pub old_names: bool,
    /// Extended or simple form, whatever the hook says.
    pub extend: Option<bool>,
    /// Between the options of a choice in the simple form.
    pub separator: String,
    /// A choice is a list in the simple form, too.
    pub arrays: bool,
    /// An address is an object, not one field per part.
    pub nested: bool,
    /// Laid over the top level of the body: `url`, `urlWithParameters`, `referrer`, `abTestId`...
    pub extra: Map<String, Value>,
    /// This text instead of the JSON body.
    pub raw_body: Option<String>,
}

impl Default for Modes {
    fn default() -> Self {
        Self {
            deliveries: 1,
            milliseconds: false,
            old_names: false,
            extend: None,
            separator: ", ".to_owned(),
            arrays: false,
            nested: false,
            extra: Map::new(),
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
    /// The target without the hook's parameters; its own values and its last path segment are masked.
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
    /// Whether the test button sent it.
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

/// Everything; the seed is empty.
#[derive(Default)]
pub(super) struct Store {
    pub(super) flows: BTreeMap<String, Flow>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) mailbox: Vec<Mail>,
    pub(super) uploads: BTreeMap<String, Upload>,
}

impl Store {
    /// As the door shows it.
    pub(super) fn shown(&self) -> Map<String, Value> {
        let flows: Map<_, _> = self.flows.iter().map(|(id, flow)| (id.clone(), flow::shown(flow))).collect();
        let uploads: Vec<_> = self.uploads.iter().map(|(path, upload)| uploads::shown(path, upload)).collect();
        let members = [
            ("flows", Value::Object(flows)),
            ("deliveries", json!(self.deliveries)),
            ("mailbox", json!(self.mailbox)),
            ("uploads", Value::Array(uploads)),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
