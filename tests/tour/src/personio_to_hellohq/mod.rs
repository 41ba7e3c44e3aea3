//! personio-to-hellohq: the webhook is registered; an absence is entered, becomes half a day and is deleted, first told by webhooks,
//! then, while these get lost, found by sweeps; one of a type without a home; a wrong secret.

mod absence;
mod account;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::personio::{answered, lose_webhooks, register};
use crate::shown::{list, state};
use crate::stage::{Http, Seen, Stage};
use absence::{Absence, Part};
use account::{Account, standing};

const CONNECTION: &str = "absences";
const OWNER: &str = "people-team@example.com";

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let account = Account::new(&stage.http).await?;
    let account = &account;
    // what a tour that was cut short has entered goes first: a twin that was reset gives the same ids again
    stage
        .step("personio-to-hellohq: a sweep of an account without absences", "HQ: nothing", async |http| {
            swept(http, account).await
        })
        .await;
    let before = &calls(&stage.http).await?;
    let expected = "1 webhook, ENABLED, 4 events; the ping was answered 200";
    stage.step("hrsync webhooks register, and ping", expected, async |http| register(http, CONNECTION).await).await;
    by_webhook(stage, account).await;
    by_sweep(stage, account).await;
    let expected = "HQ: 4 created, 4 deleted, 4 looked at before their removal; mails: 1";
    stage.step("nothing else was caused", expected, async |http| balance(http, account, before).await).await;
    // whoever goes on by hand finds the twin as the tour did
    let expected = "the ping was answered 200";
    stage.step("webhooks arrive again", expected, async |http| heal(http).await).await;
    Ok(())
}

async fn by_webhook(stage: &mut Stage<'_>, account: &Account) {
    let told = &account.told;
    let whole = told.entry(Part::Whole);
    stage
        .step("an absence, told by webhook", &format!("200, HQ: {whole}"), async |http| {
            told.create(http).await?;
            heard(http, "created", told, &whole).await
        })
        .await;
    let half = told.entry(Part::Morning);
    stage
        .step("it becomes half a day, told by webhook", &format!("200, HQ: {half}"), async |http| {
            told.make(http, Part::Morning).await?;
            heard(http, "updated.timerange", told, &half).await
        })
        .await;
    stage
        .step("it is deleted, told by webhook", "200, HQ: nothing", async |http| {
            told.delete(http).await?;
            heard(http, "deleted", told, "nothing").await
        })
        .await;
    let expected = format!("200, mail to {OWNER} with absence id, type id, mapping, what to do");
    stage.step("an absence of a type without a home", &expected, async |http| without_home(http, account).await).await;
    stage.step("a wrong secret", "401", async |http| intrude(http, account).await).await;
}

async fn by_sweep(stage: &mut Stage<'_>, account: &Account) {
    let untold = &account.untold;
    stage
        .step(
            "an absence whose webhook was lost, found by a sweep",
            &format!("HQ: {}", untold.entry(Part::Whole)),
            async |http| swept(http, account).await,
        )
        .await;
    stage
        .step(
            "it becomes half a day, found by a sweep",
            &format!("HQ: {}", untold.entry(Part::Afternoon)),
            async |http| {
                untold.make(http, Part::Afternoon).await?;
                swept(http, account).await
            },
        )
        .await;
    stage
        .step("both are deleted, found by a sweep", "HQ: nothing", async |http| {
            untold.delete(http).await?;
            account.homeless.delete(http).await?;
            swept(http, account).await
        })
        .await;
}

async fn heal(http: &Http<'_>) -> Seen {
    lose_webhooks(http, false).await?;
    http.hrsync(&["webhooks", "ping", CONNECTION]).await?;
    Ok(format!("the ping was answered {}", answered(http, "ping", "").await?))
}

/// How the delivery of an act was answered, and what helloHQ holds once it holds the `expected`, or patience ends.
async fn heard(http: &Http<'_>, event: &str, absence: &Absence, expected: &str) -> Seen {
    let status = answered(http, &format!("absence-period.{event}"), &absence.id.to_string()).await?;
    let held = http.until(async || standing(http).await, |held| held == expected).await?;
    Ok(format!("{status}, HQ: {held}"))
}

/// What helloHQ holds after a sweep.
async fn swept(http: &Http<'_>, account: &Account) -> Seen {
    account.sweep(http).await?;
    Ok(format!("HQ: {}", standing(http).await?))
}

async fn without_home(http: &Http<'_>, account: &Account) -> Seen {
    let Account { homeless, known_mails, .. } = account;
    homeless.create(http).await?;
    let (id, type_id) = (homeless.id.to_string(), homeless.type_id.to_string());
    let status = answered(http, "absence-period.created", &id).await?;
    let reason = ("mapping", "stands neither under an HQ type nor in `ignore`");
    let parts = [("absence id", id.as_str()), ("type id", &type_id), reason, ("what to do", "what to do")];
    Ok(format!("{status}, {}", http.mailed(known_mails, &id, &parts).await?))
}

/// Somebody who does not know the secret tells of an absence that Personio's own webhook will never tell of.
async fn intrude(http: &Http<'_>, account: &Account) -> Seen {
    lose_webhooks(http, true).await?;
    account.untold.create(http).await?;
    let event = json!({"company_id": "48151", "event_name": "absence-period.created", "occurred_at": account.now,
        "payload": {"absence_period": {"id": account.untold.id}}});
    let wrong = Uuid::new_v4().to_string();
    let status = http.knock(http.endpoints.webhook(CONNECTION)?, ("authorization", &wrong), &event).await?;
    Ok(status.to_string())
}

/// What did the whole tour cause?
async fn balance(http: &Http<'_>, account: &Account, before: &Calls) -> Seen {
    http.until_quiet().await?;
    let after = calls(http).await?;
    let since = |of: fn(&Calls) -> usize| of(&after) - of(before);
    let (created, deleted, looked) = (since(|it| it.created), since(|it| it.deleted), since(|it| it.looked));
    let mails = http.new_mails(&account.known_mails).await?;
    let mails = mails.iter().filter(|mail| mail.says(&format!("] {CONNECTION}: "))).count();
    Ok(format!("HQ: {created} created, {deleted} deleted, {looked} looked at before their removal; mails: {mails}"))
}

/// Calls of helloHQ's about absences so far.
struct Calls {
    created: usize,
    deleted: usize,
    looked: usize,
}

async fn calls(http: &Http<'_>) -> anyhow::Result<Calls> {
    let hellohq = state(http, "hellohq").await?;
    let calls: Vec<_> = list(&hellohq, "/calls")?.iter().filter(|call| is_for_absences(call)).collect();
    let count = |method: Method| {
        let method = json!(method.as_str());
        calls.iter().filter(|call| call.get("method") == Some(&method)).count()
    };
    Ok(Calls { created: count(Method::POST), deleted: count(Method::DELETE), looked: count(Method::GET) })
}

fn is_for_absences(call: &Value) -> bool {
    call.get("path").and_then(Value::as_str).is_some_and(|path| path.starts_with("/v2/Absences"))
}
