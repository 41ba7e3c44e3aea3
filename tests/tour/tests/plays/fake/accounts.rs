//! personio-to-scim, as far as the tour sees it: the webhook, the partner's calls, the owner's mail.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use reqwest::Method;
use serde_json::{Value, json};
use twins::Twins;
use twins::personio::v2::{EmploymentStatus, Office, Person, SEED_CLIENT};
use twins::scim::{SEED_ACCOUNT, SEED_TOKEN};

use super::absences::SECRET;
use super::{Mails, client};

/// What `hrsync webhooks register accounts` asks for.
pub(super) const PEOPLE_EVENTS: &[&str] = &[
    "person.created",
    "person.updated",
    "person.deleted",
    "employment.created",
    "employment.updated",
    "employment.updated.cost-centers",
    "employment.deleted",
    "employment.started",
    "employment.terminated",
    "absence-period.created",
    "absence-period.updated.status",
    "absence-period.updated.timerange",
    "absence-period.deleted",
];

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    PushesNothing,
    SweepsNothing,
    KeepsNames,
    EndsAtNotice,
    KeepsLeavers,
    KeepsTheErased,
    WritesAgain,
    MailsEverything,
    Open,
}

/// What was written last.
#[derive(Clone)]
struct Written {
    id: String,
    attributes: Value,
}

#[derive(Clone)]
pub(super) struct Stack {
    flaw: Option<Flaw>,
    twins: String,
    office: Office,
    written: Arc<Mutex<BTreeMap<u64, Written>>>,
    mails: Mails,
}

impl Stack {
    pub(super) fn new(flaw: Option<Flaw>, twins: &Twins, mails: Mails) -> Self {
        let office = twins.personio().v2(SEED_CLIENT);
        Self { flaw, twins: twins.url(), office, written: Arc::default(), mails }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// Everybody. `whole`: the partner's list is read as well, and whoever it does not show is made again.
    pub(super) async fn sweep(&self, whole: bool) {
        if self.has(Flaw::SweepsNothing) {
            return;
        }
        if whole {
            self.written.lock().unwrap().clear();
        }
        for person in self.office.persons() {
            self.push(person.id).await;
        }
    }

    async fn push(&self, id: u64) {
        if self.has(Flaw::PushesNothing) {
            return;
        }
        if self.has(Flaw::MailsEverything) {
            self.mails.send("[hrsync] accounts: a record", "What to do: nothing.");
        }
        let written = self.written.lock().unwrap().get(&id).cloned();
        let person = self.office.persons().into_iter().find(|person| person.id == id);
        match (person, written) {
            (Some(person), None) => self.create(&person).await,
            (Some(person), Some(written)) => self.change(&person, written).await,
            (None, Some(written)) if !self.has(Flaw::KeepsTheErased) => {
                self.written.lock().unwrap().remove(&id);
                self.call(Method::DELETE, &format!("/{}", written.id), None).await;
            }
            (None, _) => {}
        }
    }

    async fn create(&self, person: &Person) {
        let attributes = self.attributes(person);
        let made = self.call(Method::POST, "", Some(attributes.clone())).await;
        let id = made["id"].as_str().unwrap().to_owned();
        self.written.lock().unwrap().insert(person.id, Written { id, attributes });
    }

    async fn change(&self, person: &Person, written: Written) {
        let attributes = self.attributes(person);
        if attributes == written.attributes && !self.has(Flaw::WritesAgain) {
            return;
        }
        let operations =
            json!([{"op": "replace", "value": {"active": attributes["active"], "name": attributes["name"]}}]);
        let patch = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
        self.call(Method::PATCH, &format!("/{}", written.id), Some(patch)).await;
        self.written.lock().unwrap().insert(person.id, Written { attributes, ..written });
    }

    fn attributes(&self, person: &Person) -> Value {
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let employments = self.office.employments(person.id);
        let has_notice = employments.iter().any(|employment| employment.terms.termination.is_some());
        let has_left =
            employments.iter().all(|employment| employment.terms.status_on(today) == EmploymentStatus::Inactive);
        let ends = (has_left && !self.has(Flaw::KeepsLeavers)) || (has_notice && self.has(Flaw::EndsAtNotice));
        let last_name = if self.has(Flaw::KeepsNames) { "Sample-Tour" } else { &person.last_name };
        json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": person.email, "active": !ends,
            "name": {"givenName": person.first_name, "familyName": last_name}})
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}/scim/{SEED_ACCOUNT}/Users{path}", self.twins);
        let mut request = client().request(method, url).bearer_auth(SEED_TOKEN);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap_or_default()
    }
}

pub(super) async fn webhook(State(stack): State<Stack>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !stack.has(Flaw::Open) && headers.get("authorization").is_none_or(|secret| secret != SECRET) {
        return StatusCode::UNAUTHORIZED;
    }
    let event: Value = serde_json::from_slice(&body).unwrap();
    if let Some(id) = event["payload"]["person"]["id"].as_str() {
        stack.push(id.parse().unwrap()).await;
    }
    StatusCode::OK
}
