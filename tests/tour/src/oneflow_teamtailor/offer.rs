//! The offer of the tour: what recruiters and the candidate do with it, and what both vendors should hold.

use std::cell::Cell;
use std::collections::BTreeSet;

use anyhow::Context as _;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::CONNECTION;
use crate::shown::{list, state, text};
use crate::stage::{Http, Seen};

/// The account of both twins.
const ACCOUNT: &str = "agency";
/// Where ids may begin: a tour leaves some behind, which the next must not meet.
const RANGE: u128 = 1_000_000_000;
/// As in tests/local/connections.json.
const SIGN_KEY: &str = "twin-oneflow-sign-key";
/// Of the twin's seed.
const TOKEN: &str = "twin-oneflow-token-000000000000000000000";
/// Of the seeds: the job, and its stage that starts a contract.
const JOB: u64 = 41;
const OFFER: u64 = 52;

/// An offer for somebody who is fresh in every tour, as all ids are.
pub(super) struct Offer {
    email: String,
    candidate: Cell<u64>,
    contract: Cell<i64>,
    /// Sent before this flow's tour began.
    known_mails: BTreeSet<String>,
}

impl Offer {
    /// Both accounts with hrsync's data fields, and webhooks to the stack.
    pub(super) async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let fresh = Uuid::new_v4().as_u128();
        let begin = u32::try_from(fresh % RANGE)?;
        let url = http.endpoints.webhook(CONNECTION)?;
        let mut oneflow = account(http, "oneflow").await?;
        let fields = oneflow.pointer_mut("/template_types/0/data_fields").and_then(Value::as_array_mut);
        let fields = fields.context("the twin of Oneflow has no template type")?;
        fields.extend(["hrsync-candidate", "hrsync-key"].map(|id| json!({"custom_id": id, "name": id})));
        let more = json!({"token": TOKEN, "ids_from": begin});
        seed(http, "oneflow", oneflow, more).await?;
        let key = http.endpoints.webhook_secret(CONNECTION)?.expose_secret();
        let events = ["candidate.update", "candidate.destroy", "job_application.create", "job_application.update"];
        let webhook = json!({"url": format!("{url}/teamtailor"), "key": key, "scheme": "v2", "events": events});
        let more = json!({"token": "twin-teamtailor-key", "ids_from": begin, "webhooks": [webhook]});
        seed(http, "teamtailor", account(http, "teamtailor").await?, more).await?;
        create_webhook(http, &format!("{url}/oneflow")).await?;
        Ok(Self {
            email: format!("dora-{begin}@people.example"),
            candidate: Cell::default(),
            contract: Cell::default(),
            known_mails: http.mails().await?.into_iter().map(|mail| mail.id).collect(),
        })
    }

    /// Somebody applies, has a city entered and gets an offer: how Teamtailor's last delivery was answered, and the contract.
    pub(super) async fn make(&self, http: &Http<'_>) -> Seen {
        let (candidate, application) = apply(http, &self.email).await?;
        self.candidate.set(candidate);
        let city = people(http, "teamtailor", &format!("candidates/{candidate}/fields/oneflow-city"));
        http.call(Method::PUT, &city, Some(json!({"value": ["Berlin"]}))).await?;
        let stage = people(http, "teamtailor", &format!("applications/{application}/stage"));
        http.call(Method::PUT, &stage, Some(json!({"stage": OFFER}))).await?;
        let status = last_answer(http, "teamtailor").await?;
        let made = http.until(async || self.contract(http).await, |made| made.contains("pending")).await?;
        Ok(format!("{status}, Oneflow: {made}"))
    }

    /// Name, state, city and invitations of the only contract.
    async fn contract(&self, http: &Http<'_>) -> Seen {
        let oneflow = state(http, "oneflow").await?;
        let contracts = list(&oneflow, &format!("/contracts/{ACCOUNT}"))?;
        let Some(contract) = contracts.first() else { return Ok("nothing".to_owned()) };
        self.contract.set(contract.get("id").and_then(Value::as_i64).context("a contract without an id")?);
        let mails = list(&oneflow, &format!("/mails/{ACCOUNT}"))?.iter();
        let mails = mails.filter(|mail| mail.get("to") == Some(&json!(self.email))).count();
        let (name, state) = (text(contract, "/name")?, text(contract, "/state")?);
        let fields = list(contract, "/data_fields")?.iter();
        let mut cities = fields.filter(|field| field.get("custom_id") == Some(&json!("oneflow-city")));
        let city = text(cities.next().context("the contract has no city")?, "/value")?;
        Ok(format!("{name}, {state}, from {city}; {mails} mail to the candidate"))
    }

    pub(super) async fn enter_date(&self, http: &Http<'_>, day: &str) -> anyhow::Result<()> {
        let field = format!("contracts/{}/fields/oneflow-start-date", self.contract.get());
        let body = json!({"value": day, "by": null});
        http.call(Method::PUT, &people(http, "oneflow", &field), Some(body)).await.map(drop)
    }

    pub(super) async fn sign(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let sign = format!("contracts/{}/sign", self.contract.get());
        http.call(Method::POST, &people(http, "oneflow", &sign), Some(json!({"by": null}))).await.map(drop)
    }

    /// How Oneflow's last delivery was answered, and what the candidate holds once it is the `expected`, or patience ends.
    pub(super) async fn heard(&self, http: &Http<'_>, expected: &str) -> Seen {
        let look = async || {
            let status = last_answer(http, "oneflow").await?;
            Ok(format!("{status}, Teamtailor: {}", self.held(http).await?))
        };
        http.until(look, |seen| seen == expected).await
    }

    async fn held(&self, http: &Http<'_>) -> Seen {
        let teamtailor = state(http, "teamtailor").await?;
        let ours = |one: &&Value| one.get("candidate") == Some(&json!(self.candidate.get()));
        let mut dates = list(&teamtailor, &format!("/values/{ACCOUNT}"))?.iter().filter(ours);
        let date = dates.find(|value| value.get("field") == Some(&json!(71)));
        let date = date.and_then(|value| value.get("value")).and_then(Value::as_str).unwrap_or("at no time");
        let files = list(&teamtailor, &format!("/uploads/{ACCOUNT}"))?.iter().filter(ours).count();
        Ok(format!("starts {date}, {files} file{}", if files == 1 { "" } else { "s" }))
    }

    /// Somebody else applies and comes into no stage; a contract is started for them from the console.
    pub(super) async fn start_by_hand(&self, http: &Http<'_>, expected: &str) -> Seen {
        let email = format!("second-{}", self.email);
        let (candidate, _) = apply(http, &email).await?;
        http.hrsync(&["start", CONNECTION, "--candidate", &candidate.to_string()]).await?;
        let look = async || {
            let oneflow = state(http, "oneflow").await?;
            let contracts = list(&oneflow, &format!("/contracts/{ACCOUNT}"))?.len();
            let mails = list(&oneflow, &format!("/mails/{ACCOUNT}"))?.iter();
            let mails = mails.filter(|mail| mail.get("to") == Some(&json!(email))).count();
            Ok(format!("Oneflow: {contracts} contracts, {mails} mail to the second candidate"))
        };
        http.until(look, |seen| seen == expected).await
    }

    /// What did the whole tour cause?
    pub(super) async fn balance(&self, http: &Http<'_>) -> Seen {
        http.until_quiet().await?;
        let oneflow = state(http, "oneflow").await?;
        let contracts = list(&oneflow, &format!("/contracts/{ACCOUNT}"))?;
        let by_us = contracts.iter().all(|contract| contract.get("by_api") == Some(&json!(true)));
        let mails = http.new_mails(&self.known_mails).await?;
        let mails = mails.iter().filter(|mail| mail.says(&format!("] {CONNECTION}: "))).count();
        let by = if by_us { "by hrsync" } else { "not all by hrsync" };
        Ok(format!("Oneflow: {} contracts, {by}; mails: {mails}", contracts.len()))
    }
}

/// Somebody with this address applies: the candidate's id, and the application's.
async fn apply(http: &Http<'_>, email: &str) -> anyhow::Result<(u64, u64)> {
    let who = json!({"first_name": "Dora", "last_name": "Berg", "email": email, "phone": "+46 70 123"});
    let application = json!({"job": JOB, "candidate": who});
    let applied = http.call(Method::POST, &people(http, "teamtailor", "applications"), Some(application)).await?;
    let id = |name: &str| applied.get(name).and_then(Value::as_u64).context("the twin names no application");
    Ok((id("candidate")?, id("application")?))
}

/// An administrator sets a webhook up in Oneflow, with the sign key that the stack knows.
async fn create_webhook(http: &Http<'_>, url: &str) -> anyhow::Result<()> {
    let headers = [("x-oneflow-api-token", TOKEN), ("x-oneflow-user-email", "admin@agency.example")];
    let hook = json!({"callback_url": url, "sign_key": SIGN_KEY});
    let status = http.knock_with(&http.twins("/oneflow/v1/webhooks"), &headers, &hook).await?;
    anyhow::ensure!((200..300).contains(&status), "Oneflow answered {status} to a new webhook");
    Ok(())
}

/// An account of a twin as it stands.
async fn account(http: &Http<'_>, vendor: &str) -> anyhow::Result<Value> {
    let state = state(http, vendor).await?;
    let account = state.pointer(&format!("/accounts/{ACCOUNT}")).cloned();
    account.with_context(|| format!("the twin of {vendor} has no account {ACCOUNT}"))
}

/// Replaces the account by itself with more members.
async fn seed(http: &Http<'_>, vendor: &str, account: Value, more: Value) -> anyhow::Result<()> {
    let mut account = account;
    if let (Some(account), Value::Object(more)) = (account.as_object_mut(), more) {
        account.extend(more);
    }
    http.call(Method::PUT, &http.twins(&format!("/_twin/{vendor}/accounts/{ACCOUNT}")), Some(account)).await.map(drop)
}

async fn last_answer(http: &Http<'_>, vendor: &str) -> Seen {
    let state = state(http, vendor).await?;
    let last = list(&state, &format!("/deliveries/{ACCOUNT}"))?.last();
    Ok(last.and_then(|delivery| delivery.get("status")).map_or_else(|| "no answer".to_owned(), ToString::to_string))
}

/// A door of the account's people.
fn people(http: &Http<'_>, vendor: &str, path: &str) -> String {
    http.twins(&format!("/{vendor}/people/{ACCOUNT}/{path}"))
}
