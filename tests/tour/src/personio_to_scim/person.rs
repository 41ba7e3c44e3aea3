//! The person of the tour: what Personio's people do with the person, and what the partner should hold.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::{answered, people};
use crate::shown::{list, state, text};
use crate::stage::{Http, Seen};

/// Of the account at the partner.
const PARTNER: &str = "partner";
/// The partner's own.
const ADMINISTRATOR: &str = "admin@partner.example";
const FIRST_NAME: &str = "Vera";
/// Above the ids of the twin's seed, which are few.
const FIRST_ID: u128 = 1_000_000;

/// Somebody who is fresh in every tour.
pub(super) struct Person {
    pub(super) id: u64,
    login: String,
    today: Date,
    /// Sent before this flow's tour began.
    pub(super) known_mails: BTreeSet<String>,
}

impl Person {
    pub(super) async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let now: Timestamp = text(&state(http, "personio").await?, "/clock/now")?.parse()?;
        let fresh = Uuid::new_v4();
        Ok(Self {
            id: u64::try_from(FIRST_ID + fresh.as_u128() % 1_000_000_000)?,
            login: format!("{fresh}@agency.example"),
            // whose days count, says the connection
            today: now.to_zoned(TimeZone::get("Europe/Berlin")?).date(),
            known_mails: http.mails().await?.into_iter().map(|mail| mail.id).collect(),
        })
    }

    /// The person is hired, and has been working for a month.
    pub(super) async fn hire(&self, http: &Http<'_>, last_name: &str) -> anyhow::Result<()> {
        let start = self.today.checked_sub(1.month())?;
        let new = json!({"id": self.id, "email": self.login, "first_name": FIRST_NAME, "last_name": last_name,
            "employment": {"position": "Designer", "start": start}});
        http.call(Method::POST, &people(http, "persons"), Some(new)).await.map(drop)
    }

    pub(super) async fn rename(&self, http: &Http<'_>, last_name: &str) -> anyhow::Result<()> {
        http.call(Method::PATCH, &self.url(http), Some(json!({"last_name": last_name}))).await.map(drop)
    }

    /// The employment ends after this day, so many from today.
    pub(super) async fn terminate(&self, http: &Http<'_>, from_today: i64) -> anyhow::Result<()> {
        let day = self.today.checked_add(from_today.days())?;
        let termination = json!({"termination_date": day, "type": "EMPLOYEE"});
        http.call(Method::POST, &format!("{}/terminate", self.url(http)), Some(termination)).await.map(drop)
    }

    pub(super) async fn erase(&self, http: &Http<'_>) -> anyhow::Result<()> {
        http.call(Method::DELETE, &self.url(http), None).await.map(drop)
    }

    fn url(&self, http: &Http<'_>) -> String {
        people(http, &format!("persons/{}", self.id))
    }

    /// The account that the partner should hold.
    pub(super) fn account(state: &str, last_name: &str) -> String {
        format!("{FIRST_NAME} {last_name}, {state}")
    }

    /// The account that it holds, spelt the same.
    pub(super) async fn standing(&self, http: &Http<'_>) -> Seen {
        let scim = state(http, "scim").await?;
        let of_person = |user: &&Value| user.pointer("/attributes/userName") == Some(&json!(self.login));
        let Some(user) = list(&scim, &format!("/users/{PARTNER}"))?.iter().find(of_person) else {
            return Ok("nothing".to_owned());
        };
        let name = |part: &str| text(user, &format!("/attributes/name/{part}"));
        let is_active = user.pointer("/attributes/active") == Some(&json!(true));
        let state = if is_active { "active" } else { "inactive" };
        Ok(format!("{} {}, {state}", name("givenName")?, name("familyName")?))
    }

    /// How the delivery about the person was answered, and what the partner holds once it holds the `expected`, or patience
    /// ends.
    pub(super) async fn heard(&self, http: &Http<'_>, event: &str, expected: &str) -> Seen {
        let status = answered(http, event, &self.id.to_string()).await?;
        let held = http.until(async || self.standing(http).await, |held| held == expected).await?;
        Ok(format!("{status}, partner: {held}"))
    }

    /// All that happened to the account at the partner, in its words.
    pub(super) async fn history(&self, http: &Http<'_>) -> Seen {
        Ok(self.of_history(http, "act").await?.join(", "))
    }

    /// The partner's ids of the account, once for each event.
    pub(super) async fn account_ids(&self, http: &Http<'_>) -> anyhow::Result<Vec<String>> {
        self.of_history(http, "user_id").await
    }

    async fn of_history(&self, http: &Http<'_>, member: &str) -> anyhow::Result<Vec<String>> {
        let scim = state(http, "scim").await?;
        let events = list(&scim, &format!("/history/{PARTNER}"))?.iter();
        let of_person = events.filter(|event| event.get("user_name") == Some(&json!(self.login)));
        Ok(of_person.filter_map(|event| Some(event.get(member)?.as_str()?.to_owned())).collect())
    }
}

/// How many accounts the partner holds beside its own.
pub(super) async fn accounts(http: &Http<'_>) -> anyhow::Result<usize> {
    let scim = state(http, "scim").await?;
    let is_own = |user: &&Value| user.pointer("/attributes/userName") == Some(&json!(ADMINISTRATOR));
    let users = list(&scim, &format!("/users/{PARTNER}"))?;
    Ok(users.len() - users.iter().filter(is_own).count())
}
