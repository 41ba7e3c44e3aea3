//! heyflow-to-personio: test delivery, an application with a CV, the same response twice, a duplicate applicant, a response that
//! cannot be mapped, a wrong secret, and what the console tells of it all.
//!
//! Ids are those of the flow's example connection. Of what applicants answer only whether it arrived is shown.

mod applicant;
mod told;

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stage::{Http, Seen, Stage};
use applicant::Applicant;

const CONNECTION: &str = "careers";
const FLOW: &str = "Vho2vAPoENipbDaRusGU";
const JOB: u64 = 1_834_171;
const OWNER: &str = "people-team@example.com";
const HEADER: &str = "x-heyflow-secret";

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let applicant = Applicant::new(&stage.http).await?;
    let applicant = &applicant;
    save_flow(&stage.http).await?;
    applicant.upload(&stage.http).await?;
    stage.step("heyflow-to-personio: test delivery", "200, hook active", async |http| test_delivery(http).await).await;
    let expected =
        format!("200, 1 application for job {JOB}; files: cv; in the message: text true, UTM true; phone: true");
    stage
        .step("a response with a CV becomes an application", &expected, async |http| apply(http, applicant).await)
        .await;
    stage.step("the same response again", "200", async |http| first_response(http, applicant).await).await;
    let expected = format!("200, mail to {OWNER} with flow id, response id, reason, what to do");
    stage
        .step("another response, same person and job", &expected, async |http| apply_twice(http, applicant).await)
        .await;
    let expected = format!("200, mail to {OWNER} with flow id, response id, application.email, what to do");
    stage.step("a response without an e-mail address", &expected, async |http| omit_email(http, applicant).await).await;
    stage.step("a wrong secret", "401", async |http| intrude(http, applicant).await).await;
    let expected = "Personio: 2 calls and 1 held for applications, 1 and 1 for documents; mails: 2";
    stage.step("nothing else was caused", expected, async |http| balance(http, applicant).await).await;
    stage.step("hrsync status", told::BALANCED, async |http| told::balance(http).await).await;
    let expected = "heyflow-to-personio-webhook queued, heyflow-to-personio-push done; receipt: done";
    let response = &applicant.response;
    stage.step("hrsync history of the response", expected, async |http| told::history(http, response).await).await;
    Ok(())
}

async fn save_flow(http: &Http<'_>) -> anyhow::Result<()> {
    let url = http.endpoints.webhook(CONNECTION)?;
    let secret = http.endpoints.webhook_secret(CONNECTION)?.expose_secret();
    let flow = json!({"owner": OWNER, "hook": {"url": url, "headers": {HEADER: secret}}});
    http.call(Method::PUT, &http.twins(&format!("/heyflow/flows/{FLOW}")), Some(flow)).await.map(drop)
}

async fn test_delivery(http: &Http<'_>) -> Seen {
    let sent = http.call(Method::POST, &http.twins(&format!("/heyflow/flows/{FLOW}/test")), None).await?;
    let heyflow = http.get(&http.twins("/_twin/heyflow")).await?;
    let active = heyflow.pointer(&format!("/flows/{FLOW}/active")) == Some(&Value::Bool(true));
    Ok(format!("{}, hook {}", status(&sent), if active { "active" } else { "not active" }))
}

async fn first_response(http: &Http<'_>, applicant: &Applicant) -> Seen {
    respond(http, &applicant.response, applicant.answers_with_cv(http), applicant.came_by()).await
}

async fn apply(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let status = first_response(http, applicant).await?;
    let held = http.until(async || held(http, "applications").await, |held| !held.is_empty()).await?;
    let ours: Vec<_> = held.iter().filter(|held| applicant.is(held)).collect();
    let jobs: Vec<_> = ours.iter().filter_map(|held| held.get("job_position_id")).map(Value::to_string).collect();
    let taken_over: String = ours.iter().map(|held| applicant.taken_over(held)).collect();
    Ok(format!("{status}, {} application for job {}{taken_over}", jobs.len(), jobs.join(" and ")))
}

async fn apply_twice(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let response = &applicant.second_response;
    let status = respond(http, response, applicant.answers(), json!({})).await?;
    mailed(http, applicant, response, &status, ("reason", "already")).await
}

async fn omit_email(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let response = &applicant.unmappable_response;
    let status = respond(http, response, applicant.answers_without_email(), json!({})).await?;
    mailed(http, applicant, response, &status, ("application.email", "`application.email`")).await
}

/// Waits for the mail about a refused response; `reason` is what it must say beside the parts that every such mail has.
async fn mailed(http: &Http<'_>, applicant: &Applicant, response: &str, status: &str, reason: (&str, &str)) -> Seen {
    let parts = [("flow id", FLOW), ("response id", response), reason, ("what to do", "what to do")];
    let mail = http.mailed(&applicant.known_mails, response, &parts).await?;
    Ok(format!("{status}, {mail}"))
}

/// Somebody who does not know the secret sends what Heyflow would.
async fn intrude(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let body = json!({"flowID": FLOW, "id": applicant.stranger_response, "createdAt": "2026-03-01T10:00:00Z",
        "fields": applicant.answers_of_a_stranger()});
    let wrong = Uuid::new_v4().to_string();
    let status = http.knock(http.endpoints.webhook(CONNECTION)?, (HEADER, &wrong), &body).await?;
    Ok(status.to_string())
}

/// Once no message of the stack is underway any more: what did the whole tour cause?
async fn balance(http: &Http<'_>, applicant: &Applicant) -> Seen {
    http.until_quiet().await?;
    let calls = held(http, "calls").await?;
    let count = |path: &str| calls.iter().filter(|call| call.get("path") == Some(&json!(path))).count();
    let (of_applications, documents) =
        (count("/v1/recruiting/applications"), count("/v1/recruiting/applications/documents"));
    let held_documents = held(http, "documents").await?.len();
    let held = held(http, "applications").await?.len();
    let mails = http.new_mails(&applicant.known_mails).await?;
    let mails = mails.iter().filter(|mail| applicant.is_told_of(mail)).count();
    Ok(format!(
        "Personio: {of_applications} calls and {held} held for applications, {documents} and {held_documents} for documents; \
         mails: {mails}"
    ))
}

/// Lets Heyflow deliver a response; gives the status that the webhook answered.
async fn respond(http: &Http<'_>, id: &str, answers: Value, modes: Value) -> Seen {
    let body = json!({"id": id, "answers": answers, "modes": modes});
    let url = http.twins(&format!("/heyflow/flows/{FLOW}/responses"));
    Ok(status(&http.call(Method::POST, &url, Some(body)).await?))
}

fn status(sent: &Value) -> String {
    match sent.get("status").and_then(Value::as_u64) {
        Some(status) => status.to_string(),
        None => sent.get("error").and_then(Value::as_str).unwrap_or("no answer").to_owned(),
    }
}

/// What Personio holds: a list of its state.
async fn held(http: &Http<'_>, list: &str) -> anyhow::Result<Vec<Value>> {
    let personio = http.get(&http.twins("/_twin/personio")).await?;
    let list = personio.get(list).and_then(Value::as_array);
    list.cloned().ok_or_else(|| anyhow::anyhow!("the Personio twin's state has an unknown shape"))
}
