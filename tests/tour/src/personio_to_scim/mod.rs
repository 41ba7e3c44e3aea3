//! personio-to-scim: a sweep gives everybody an account; the webhook is registered; somebody is hired, gets another name, gives notice
//! and is erased, each told by a webhook; that the last day is over a sweep finds; a wrong secret.

mod person;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::{lose_webhooks, register};
use crate::shown::{list, state};
use crate::stage::{Http, Seen, Stage};
use person::{Person, accounts};

const CONNECTION: &str = "accounts";
const BORN: &str = "Sample-Tour";
const WED: &str = "Sample-Wed";
/// Whom the twin's account employs before somebody is hired.
const COLLEAGUES: usize = 5;

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let person = Person::new(&stage.http).await?;
    let person = &person;
    // what an earlier tour has made is not there any more, and whoever it was made for gets an account again
    let expected = format!("partner: {COLLEAGUES} accounts");
    stage
        .step("personio-to-scim: a sweep gives everybody an account", &expected, async |http| {
            sweep(http, &["--whole"]).await?;
            Ok(format!("partner: {} accounts", accounts(http).await?))
        })
        .await;
    let before = calls(&stage.http).await?.len();
    let expected = "1 webhook, ENABLED, 13 events; the ping was answered 200";
    stage.step("hrsync webhooks register, and ping", expected, async |http| register(http, CONNECTION).await).await;
    enters(stage, person).await;
    leaves(stage, person).await;
    stage.step("a wrong secret", "401", async |http| intrude(http, person).await).await;
    let expected =
        "the account: created, changed, changed, deleted; partner: 1 POST, 2 PATCH, 0 PUT, 1 DELETE; mails: 0";
    stage.step("nothing else was caused", expected, async |http| balance(http, person, before).await).await;
    Ok(())
}

async fn enters(stage: &mut Stage<'_>, person: &Person) {
    let active = Person::account("active", BORN);
    stage
        .step("somebody is hired", &format!("200, partner: {active}"), async |http| {
            person.hire(http, BORN).await?;
            person.heard(http, "person.created", &active).await
        })
        .await;
    let renamed = Person::account("active", WED);
    stage
        .step("the person gets another name", &format!("200, partner: {renamed}"), async |http| {
            person.rename(http, WED).await?;
            person.heard(http, "person.updated", &renamed).await
        })
        .await;
}

async fn leaves(stage: &mut Stage<'_>, person: &Person) {
    let active = Person::account("active", WED);
    stage
        .step("the person gives notice, and works until tomorrow", &format!("200, partner: {active}"), async |http| {
            person.terminate(http, 1).await?;
            http.until_quiet().await?;
            person.heard(http, "employment.updated", &active).await
        })
        .await;
    stage
        .step("the last day is over, and nobody tells", &format!("partner: {active}"), async |http| {
            lose_webhooks(http, true).await?;
            person.terminate(http, -1).await?;
            http.until_quiet().await?;
            Ok(format!("partner: {}", person.standing(http).await?))
        })
        .await;
    let inactive = Person::account("inactive", WED);
    stage
        .step("a sweep finds that it is over", &format!("partner: {inactive}"), async |http| {
            lose_webhooks(http, false).await?;
            sweep(http, &[]).await?;
            Ok(format!("partner: {}", person.standing(http).await?))
        })
        .await;
    stage
        .step("the person is erased", "200, partner: nothing", async |http| {
            person.erase(http).await?;
            person.heard(http, "person.deleted", "nothing").await
        })
        .await;
}

/// Has the console start a sweep, and waits until all is done that it has found.
async fn sweep(http: &Http<'_>, how: &[&str]) -> anyhow::Result<()> {
    http.hrsync(&[&["sweep", CONNECTION], how].concat()).await?;
    http.until_quiet().await
}

/// Somebody who does not know the secret tells of a person.
async fn intrude(http: &Http<'_>, person: &Person) -> Seen {
    let event = json!({"company_id": "48151", "event_name": "person.updated", "occurred_at": "2026-03-01T10:00:00Z",
        "payload": {"person": {"id": person.id.to_string()}}});
    let wrong = Uuid::new_v4().to_string();
    let status = http.knock(http.endpoints.webhook(CONNECTION)?, ("authorization", &wrong), &event).await?;
    Ok(status.to_string())
}

/// What did the whole tour cause?
async fn balance(http: &Http<'_>, person: &Person, before: usize) -> Seen {
    http.until_quiet().await?;
    let calls = calls(http).await?;
    let ids = person.account_ids(http).await?;
    // a sweep may also end what a tour that was cut short has left
    let is_of_person = |call: &&Value| {
        let path = call.get("path").and_then(Value::as_str).unwrap_or_default();
        path.ends_with("/Users") || ids.iter().any(|id| path.ends_with(id))
    };
    let count = |method: Method| {
        let method = json!(method.as_str());
        let calls = calls.iter().skip(before).filter(is_of_person);
        calls.filter(|call| call.get("method") == Some(&method)).count()
    };
    let [post, patch, put, delete] = [Method::POST, Method::PATCH, Method::PUT, Method::DELETE].map(count);
    let mails = http.new_mails(&person.known_mails).await?;
    let mails = mails.iter().filter(|mail| mail.says(&format!("] {CONNECTION}: "))).count();
    let history = person.history(http).await?;
    Ok(format!(
        "the account: {history}; partner: {post} POST, {patch} PATCH, {put} PUT, {delete} DELETE; mails: {mails}"
    ))
}

/// Calls of the partner so far.
async fn calls(http: &Http<'_>) -> anyhow::Result<Vec<Value>> {
    Ok(list(&state(http, "scim").await?, "/calls")?.clone())
}
