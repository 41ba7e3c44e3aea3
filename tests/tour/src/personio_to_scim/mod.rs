//! personio-to-scim: the webhook is registered; somebody is hired, gets another name, gives notice, leaves and is erased, each told by
//! a webhook; a wrong secret.

mod person;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::register;
use crate::shown::{list, state};
use crate::stage::{Http, Seen, Stage};
use person::Person;

const CONNECTION: &str = "accounts";
const BORN: &str = "Sample-Tour";
const WED: &str = "Sample-Wed";

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let person = Person::new(&stage.http).await?;
    let person = &person;
    let before = calls(&stage.http).await?.len();
    let expected = "1 webhook, ENABLED, 13 events; the ping was answered 200";
    stage
        .step("personio-to-scim: hrsync webhooks register, and ping", expected, async |http| {
            register(http, CONNECTION).await
        })
        .await;
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
    let inactive = Person::account("inactive", WED);
    stage
        .step("yesterday was the last day", &format!("200, partner: {inactive}"), async |http| {
            person.terminate(http, -1).await?;
            person.heard(http, "employment.updated", &inactive).await
        })
        .await;
    stage
        .step("the person is erased", "200, partner: nothing", async |http| {
            person.erase(http).await?;
            person.heard(http, "person.deleted", "nothing").await
        })
        .await;
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
    let count = |method: Method| {
        let method = json!(method.as_str());
        calls.iter().skip(before).filter(|call| call.get("method") == Some(&method)).count()
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
