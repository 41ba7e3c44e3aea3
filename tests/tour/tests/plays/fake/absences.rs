//! personio-to-hellohq, as far as the tour sees it: the webhook, a sweep, helloHQ's calls, the owner's mail.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use jiff::ToSpan;
use serde_json::{Value, json};
use twins::Twins;
use twins::hellohq::SEED_TOKEN;
use twins::personio::v2::{Absence, Half, Office, SEED_CLIENT, SEED_SECRET, Span, kinds};
use uuid::Uuid;

use super::{Mails, client};

pub(super) const SECRET: &str = "right";

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    PushesNothing,
    PushesTwice,
    IgnoresDeletions,
    RoundsHalves,
    KeepsTheOld,
    SweepsNothing,
    RegistersDisabled,
    MailsNothing,
    TellsAgain,
    Open,
}

/// An entry that stands.
#[derive(Clone, PartialEq)]
struct Entered {
    id: i64,
    entry: Value,
}

#[derive(Clone)]
pub(super) struct Stack {
    flaw: Option<Flaw>,
    twins: String,
    office: Office,
    entered: Arc<Mutex<BTreeMap<Uuid, Entered>>>,
    told: Arc<Mutex<Vec<Uuid>>>,
    mails: Mails,
}

impl Stack {
    pub(super) fn new(flaw: Option<Flaw>, twins: &Twins, mails: Mails) -> Self {
        let office = twins.personio().v2(SEED_CLIENT);
        Self { flaw, twins: twins.url(), office, entered: Arc::default(), told: Arc::default(), mails }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// Every absence that there is or was.
    pub(super) async fn sweep(&self) {
        if self.has(Flaw::SweepsNothing) {
            return;
        }
        let mut ids: Vec<_> = self.office.absences().iter().map(|absence| absence.id).collect();
        ids.extend(self.entered.lock().unwrap().keys());
        for id in ids {
            self.push(id).await;
        }
    }

    async fn push(&self, id: Uuid) {
        let absence = self.office.absence(id);
        if self.has(Flaw::PushesNothing) || (absence.is_none() && self.has(Flaw::IgnoresDeletions)) {
            return;
        }
        let wanted = match absence.as_ref().map(|absence| self.entry(absence)) {
            Some(None) => return self.tell(id, absence.unwrap().type_id),
            wanted => wanted.flatten(),
        };
        let standing = self.entered.lock().unwrap().remove(&id);
        if let Some(standing) = standing.clone().filter(|standing| Some(&standing.entry) == wanted.as_ref()) {
            self.entered.lock().unwrap().insert(id, standing);
            return;
        }
        if let Some(entry) = wanted {
            self.create(id, entry).await;
        }
        if let Some(Entered { id, .. }) = standing.filter(|_| !self.has(Flaw::KeepsTheOld)) {
            let url = format!("{}/hellohq/v2/Absences/{id}", self.twins);
            client().get(&url).bearer_auth(SEED_TOKEN).send().await.unwrap();
            client().delete(url).bearer_auth(SEED_TOKEN).send().await.unwrap();
        }
    }

    async fn create(&self, absence: Uuid, entry: Value) {
        for _ in 0..if self.has(Flaw::PushesTwice) { 2 } else { 1 } {
            let url = format!("{}/hellohq/v2/Absences", self.twins);
            let answer = client().post(url).bearer_auth(SEED_TOKEN).json(&entry).send().await.unwrap();
            let id = answer.json::<Value>().await.unwrap()["id"].as_i64().unwrap();
            self.entered.lock().unwrap().insert(absence, Entered { id, entry: entry.clone() });
        }
    }

    /// `None`: its type has no home.
    fn entry(&self, absence: &Absence) -> Option<Value> {
        let kind = match absence.type_id {
            kinds::URLAUB => "Vacation",
            kinds::KRANKHEIT => "SickLeave",
            _ => return None,
        };
        let Span::Days(days) = absence.span else { panic!("the tour has days only") };
        let (start_half, end_half) = if self.has(Flaw::RoundsHalves) {
            (Half::FirstHalf, Half::SecondHalf)
        } else {
            (days.start_half, days.end_half)
        };
        let start = days.first.at(if start_half == Half::SecondHalf { 12 } else { 0 }, 0, 0, 0);
        let last = days.last.unwrap();
        let end = if end_half == Half::FirstHalf {
            last.at(12, 0, 0, 0)
        } else {
            last.saturating_add(1.day()).at(0, 0, 0, 0)
        };
        Some(json!({"type": kind, "userId": absence.person - 2990, "start": start, "end": end, "isApproved": true}))
    }

    fn tell(&self, absence: Uuid, type_id: Uuid) {
        let mut told = self.told.lock().unwrap();
        let known = told.contains(&absence) && !self.has(Flaw::TellsAgain);
        if !known && !self.has(Flaw::MailsNothing) {
            told.push(absence);
            let text = format!(
                "absence id: {absence}. `mapping`: the Personio absence type {type_id} stands neither under an HQ type nor in \
                 `ignore`. What to do: mend it."
            );
            self.mails.send("[hrsync] absences: a record could not be mapped", &text);
        }
    }

    /// What `hrsync webhooks register absences` does.
    pub(super) async fn register(&self, url: &str) {
        let status = if self.has(Flaw::RegistersDisabled) { "DISABLED" } else { "ENABLED" };
        let events = ["created", "updated.status", "updated.timerange", "deleted"];
        let events = events.map(|event| format!("absence-period.{event}"));
        self.hook(url, status, &events).await;
    }

    /// The same with these events, and without a flaw.
    pub(super) async fn enable(&self, url: &str, events: &[&str]) {
        self.hook(url, "ENABLED", &events.iter().map(|event| (*event).to_owned()).collect::<Vec<_>>()).await;
    }

    async fn hook(&self, url: &str, status: &str, events: &[String]) {
        let hook = json!({"url": url, "description": "d", "status": status, "auth_type": "TOKEN", "token": SECRET,
            "enabled_events": events});
        self.personio("webhooks").await.json(&hook).send().await.unwrap().error_for_status().unwrap();
    }

    /// What `hrsync webhooks ping` does.
    pub(super) async fn ping(&self) {
        for hook in self.office.webhooks() {
            self.personio(&format!("webhooks/{}/ping", hook.id)).await.send().await.unwrap();
        }
    }

    async fn personio(&self, path: &str) -> reqwest::RequestBuilder {
        let form = format!("grant_type=client_credentials&client_id={SEED_CLIENT}&client_secret={SEED_SECRET}");
        let login = client().post(format!("{}/personio/v2/auth/token", self.twins)).body(form);
        let login = login.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        let token = login.json::<Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned();
        client().post(format!("{}/personio/v2/{path}", self.twins)).bearer_auth(token)
    }
}

pub(super) async fn webhook(State(stack): State<Stack>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !stack.has(Flaw::Open) && headers.get("authorization").is_none_or(|secret| secret != SECRET) {
        return StatusCode::UNAUTHORIZED;
    }
    let event: Value = serde_json::from_slice(&body).unwrap();
    if let Some(id) = event["payload"]["absence_period"]["id"].as_str() {
        stack.push(id.parse().unwrap()).await;
    }
    StatusCode::OK
}
