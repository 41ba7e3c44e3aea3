//! heyflow-to-personio: test delivery, an application, the same response twice, a duplicate applicant, a wrong secret.
//!
//! Ids are those of the flow's example connection.

use std::collections::BTreeSet;

use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::emulator::Mail;
use crate::stage::{Http, Seen, Stage};

const CONNECTION: &str = "careers";
const FLOW: &str = "Vho2vAPoENipbDaRusGU";
const JOB: u64 = 1_834_171;
const OWNER: &str = "people-team@example.com";
const HEADER: &str = "x-heyflow-secret";

/// What is fresh in every tour.
struct Applicant {
    email: String,
    response: String,
    second_response: String,
    stranger_response: String,
    known_mails: BTreeSet<String>,
}

/// Plays the flow.
pub(crate) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let applicant = Applicant::new(&stage.http).await?;
    let applicant = &applicant;
    save_flow(&stage.http).await?;
    stage.step("heyflow-to-personio: test delivery", "200, hook active", async |http| test_delivery(http).await).await;
    let expected = format!("200, 1 application for job {JOB}");
    stage.step("a response becomes an application", &expected, async |http| apply(http, applicant).await).await;
    stage
        .step("the same response again", "200", async |http| {
            respond(http, &applicant.response, &applicant.email, json!({})).await
        })
        .await;
    let expected = format!("200, mail to {OWNER} with flow id, response id, reason, what to do");
    stage
        .step("another response, same person and job", &expected, async |http| apply_twice(http, applicant).await)
        .await;
    stage.step("a wrong secret", "401", async |http| intrude(http, applicant).await).await;
    let expected = "2 calls and 1 application at Personio, 1 mail";
    stage.step("nothing else was caused", expected, async |http| balance(http, applicant).await).await;
    Ok(())
}

impl Applicant {
    async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let known_mails = http.mails().await?.into_iter().map(|mail| mail.id).collect();
        Ok(Self {
            email: format!("sample-{}@example.com", Uuid::new_v4().simple()),
            response: Uuid::new_v4().to_string(),
            second_response: Uuid::new_v4().to_string(),
            stranger_response: Uuid::new_v4().to_string(),
            known_mails,
        })
    }

    /// Whether a mail is about anything this tour did.
    fn is_about_us(&self, mail: &Mail) -> bool {
        let ids = [&self.response, &self.second_response, &self.stranger_response];
        ids.into_iter().any(|id| mail.says(id)) || mail.says("demo-response-id")
    }
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

async fn apply(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let status = respond(http, &applicant.response, &applicant.email, json!({})).await?;
    let look = async || applications(http).await;
    let held = http.until(look, |held| !held.is_empty()).await?;
    let ours = held.iter().filter(|held| held.get("email") == Some(&json!(applicant.email)));
    let jobs: Vec<_> = ours.filter_map(|held| held.get("job_position_id")).map(Value::to_string).collect();
    Ok(format!("{status}, {} application for job {}", jobs.len(), jobs.join(" and ")))
}

async fn apply_twice(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let response = &applicant.second_response;
    let status = respond(http, response, &applicant.email, json!({})).await?;
    let look = async || http.new_mails(&applicant.known_mails).await;
    let mails = http.until(look, |mails| mails.iter().any(|mail| mail.says(response))).await?;
    Ok(match mails.iter().find(|mail| mail.says(response)) {
        Some(mail) => format!("{status}, mail to {} with {}", mail.to.join(" and "), told(mail, response)),
        None => format!("{status}, no mail"),
    })
}

/// What a mail about a refused response tells; every part is looked for in the whole mail.
fn told(mail: &Mail, response: &str) -> String {
    let parts = [("flow id", FLOW), ("response id", response), ("reason", "already"), ("what to do", "what to do")];
    let told: Vec<_> = parts.into_iter().filter(|(_, words)| mail.says(words)).map(|(part, _)| part).collect();
    told.join(", ")
}

async fn intrude(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let wrong = json!({"headers": {HEADER: Uuid::new_v4().to_string()}});
    let stranger = format!("stranger-{}", applicant.email);
    respond(http, &applicant.stranger_response, &stranger, wrong).await
}

/// Once no message of the stack is underway any more: what did the whole tour cause?
async fn balance(http: &Http<'_>, applicant: &Applicant) -> Seen {
    let underway = http.until(async || http.messages_underway().await, |count| *count == 0).await?;
    anyhow::ensure!(underway == 0, "{underway} messages are still underway");
    let personio = http.get(&http.twins("/_twin/personio")).await?;
    let calls = personio.get("calls").and_then(Value::as_array).map_or(0, Vec::len);
    let held = applications(http).await?.len();
    let mails = http.new_mails(&applicant.known_mails).await?;
    let mails = mails.iter().filter(|mail| applicant.is_about_us(mail)).count();
    Ok(format!("{calls} calls and {held} application at Personio, {mails} mail"))
}

/// Lets Heyflow deliver a response; gives the status that the webhook answered.
async fn respond(http: &Http<'_>, id: &str, email: &str, modes: Value) -> Seen {
    let answers = json!({"First name": "Sample", "Last name": "Applicant", "E-mail": email});
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

async fn applications(http: &Http<'_>) -> anyhow::Result<Vec<Value>> {
    let personio = http.get(&http.twins("/_twin/personio")).await?;
    Ok(personio.get("applications").and_then(Value::as_array).cloned().unwrap_or_default())
}
