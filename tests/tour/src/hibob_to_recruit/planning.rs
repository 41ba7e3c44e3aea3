//! The position of the tour: what HiBob's people do with it, and what Recruit should hold.

use std::cell::RefCell;
use std::collections::BTreeSet;

use anyhow::Context as _;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::CONNECTION;
use crate::shown::{list, state, text};
use crate::stage::{Http, Seen};

/// Of the company in HiBob's twin, and of the account in Recruit's.
const COMPANY: &str = "636192";
const ACCOUNT: &str = "planning";
/// Where ids may begin: a tour leaves some behind, which the next must not meet.
const RANGE: u128 = 1_000_000_000;

/// A position that is fresh in every tour, as its ids are.
pub(super) struct Planning {
    title: String,
    opening_name: String,
    ids: RefCell<Option<(u64, u64)>>,
    /// Sent before this flow's tour began.
    known_mails: BTreeSet<String>,
}

impl Planning {
    pub(super) async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let fresh = Uuid::new_v4().as_u128();
        let begin = u32::try_from(fresh % RANGE)?;
        let company = json!({"service_users": {"SERVICE-12345": {"token": "twin-bob-token", "rights": ["manage_positions", "people"]}},
            "ids_from": begin, "quirks": {"approval_fires": "created"}});
        http.call(Method::PUT, &http.twins(&format!("/_twin/hibob/companies/{COMPANY}")), Some(company)).await?;
        let account = json!({"secret": "twin-recruit-secret", "api_key": "twin-recruit-key", "company_uid": "30.005",
            "users": [{"email": "owner@planning.example", "name": "Owner Sample", "is_owner": true}],
            "opening_fields": ["Note"], "uids_from": begin, "quirks": {"openings_api": true}});
        http.call(Method::PUT, &http.twins(&format!("/_twin/recruit/accounts/{ACCOUNT}")), Some(account)).await?;
        Ok(Self {
            title: format!("Engineer {begin}"),
            opening_name: format!("O-{begin}"),
            ids: RefCell::default(),
            known_mails: http.mails().await?.into_iter().map(|mail| mail.id).collect(),
        })
    }

    /// An administrator registers the webhook. HiBob shows a secret; here it is the one that the stack knows.
    pub(super) async fn connect(&self, http: &Http<'_>) -> Seen {
        let url = http.endpoints.webhook(CONNECTION)?;
        let secret = http.endpoints.webhook_secret(CONNECTION)?.expose_secret();
        let events = ["position.created", "position.updated", "positionOpening.created", "positionOpening.updated"];
        let events = events.map(|event| format!("workforcePlanning.{event}"));
        let hook = json!({"url": url, "events": events, "secret": secret});
        let connected = http.call(Method::POST, &company(http, "webhooks"), Some(hook)).await?;
        let pings = list(&connected, "/pings")?.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        Ok(format!("the ping was answered {pings}"))
    }

    /// Somebody asks for a position with one opening, and somebody approves it.
    pub(super) async fn approve(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let fields = json!({"/position/jobProfile": {"value": 77, "label": format!("{} (J-1)", self.title)},
            "/position/department": {"value": 5, "label": "Product"}});
        let opening = json!({"/positionOpening/positionOpeningName": self.opening_name,
            "/positionOpening/expectedStartDate": "2026-06-01"});
        let new = json!({"fields": fields, "openings": [opening], "approved": false});
        let made = http.call(Method::POST, &company(http, "positions"), Some(new)).await?;
        let position = made.get("id").and_then(Value::as_u64).context("the twin names no position")?;
        let opening = made.pointer("/opening_ids/0").and_then(Value::as_u64).context("the twin names no opening")?;
        self.ids.replace(Some((position, opening)));
        http.call(Method::POST, &company(http, &format!("positions/{position}/approve")), None).await.map(drop)
    }

    pub(super) async fn move_date(&self, http: &Http<'_>, day: &str) -> anyhow::Result<()> {
        let (_, opening) = self.ids.borrow().context("no position was approved")?;
        let cells = json!({"/positionOpening/expectedStartDate": day});
        http.call(Method::PATCH, &company(http, &format!("openings/{opening}")), Some(cells)).await.map(drop)
    }

    pub(super) async fn cancel(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let (position, _) = self.ids.borrow().context("no position was approved")?;
        let body = json!({"soon": false});
        http.call(Method::POST, &company(http, &format!("positions/{position}/cancel")), Some(body)).await.map(drop)
    }

    /// What Recruit should hold.
    pub(super) fn spelt(&self, status: &str, day: &str) -> String {
        format!("{}, open, with {} {status} for {day}", self.title, self.opening_name)
    }

    /// How HiBob's last delivery was answered, and what Recruit holds once it holds the `expected`, or patience ends.
    pub(super) async fn heard(&self, http: &Http<'_>, expected: &str) -> Seen {
        let hibob = state(http, "hibob").await?;
        let last = list(&hibob, &format!("/deliveries/{COMPANY}"))?.last();
        let status = last
            .and_then(|delivery| delivery.get("status"))
            .map_or_else(|| "no answer".to_owned(), ToString::to_string);
        let held = http.until(async || self.held(http).await, |held| held == expected).await?;
        Ok(format!("{status}, Recruit: {held}"))
    }

    /// What Recruit holds beside its template.
    pub(super) async fn held(&self, http: &Http<'_>) -> Seen {
        let recruit = state(http, "recruit").await?;
        let positions = list(&recruit, &format!("/positions/{ACCOUNT}"))?.iter();
        let ours = positions.filter(|position| position.pointer("/members/is_template") != Some(&json!(true)));
        let openings = list(&recruit, &format!("/openings/{ACCOUNT}"))?;
        let mut spelt = Vec::new();
        for position in ours {
            let uid = text(position, "/uid")?;
            let of_position = openings.iter().filter(|opening| opening.get("position_uid") == Some(&json!(uid)));
            let of_position: Vec<String> = of_position.map(opening).collect::<anyhow::Result<_>>()?;
            let (name, status) = (text(position, "/members/name")?, text(position, "/members/status")?);
            spelt.push(format!("{name}, {status}, with {}", of_position.join(" and ")));
        }
        Ok(if spelt.is_empty() { "nothing".to_owned() } else { spelt.join("; ") })
    }

    /// What did the whole tour cause?
    pub(super) async fn balance(&self, http: &Http<'_>) -> Seen {
        http.until_quiet().await?;
        let recruit = state(http, "recruit").await?;
        let positions = list(&recruit, &format!("/positions/{ACCOUNT}"))?.iter();
        let positions = positions.filter(|position| position.get("entered_by") == Some(&json!("api"))).count();
        let openings = list(&recruit, &format!("/openings/{ACCOUNT}"))?;
        let strangers = openings.iter().filter(|opening| opening.get("entered_by") != Some(&json!("api"))).count();
        let by = if strangers == 0 { "all by hrsync".to_owned() } else { format!("{strangers} by others") };
        let mails = http.new_mails(&self.known_mails).await?;
        let mails = mails.iter().filter(|mail| mail.says(&format!("] {CONNECTION}: "))).count();
        Ok(format!("Recruit: {positions} position, {} opening, {by}; mails: {mails}", openings.len()))
    }
}

fn opening(opening: &Value) -> Seen {
    let (name, status) = (text(opening, "/name")?, text(opening, "/status")?);
    let expected = text(opening, "/time_expected_hire").unwrap_or_default();
    let day = expected.split('T').next().unwrap_or_default();
    Ok(format!("{name} {status} for {day}"))
}

/// A door of the company's people.
fn company(http: &Http<'_>, path: &str) -> String {
    http.twins(&format!("/hibob/companies/{COMPANY}/{path}"))
}
