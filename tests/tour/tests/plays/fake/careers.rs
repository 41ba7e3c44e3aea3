//! heyflow-to-personio, as far as the tour sees it: the webhook, Personio's call, the owner's mail.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use twins::Twins;

use super::{Mails, client};

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    PushesTests,
    PushesNothing,
    Answers202,
    DropsFiles,
    DropsParameters,
    Forgets,
    MailsNothing,
    MailsPoorly,
    MapsBlindly,
    Open,
}

#[derive(Clone)]
pub(super) struct Stack {
    flaw: Option<Flaw>,
    personio: String,
    handled: Arc<Mutex<BTreeSet<String>>>,
    mails: Mails,
}

impl Stack {
    pub(super) fn new(flaw: Option<Flaw>, twins: &Twins, mails: Mails) -> Self {
        Self { flaw, personio: format!("{}/personio/v1/recruiting", twins.url()), handled: Arc::default(), mails }
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    async fn push(&self, response: &Value) {
        let fields = &response["fields"];
        if fields["E-mail"].is_null() && !self.has(Flaw::MapsBlindly) {
            return self.mail(response, "`application.email`: the input `E-mail` is not in this response");
        }
        let files = self.files(fields["CV"].as_str()).await;
        let mut message = fields["Message"].as_str().unwrap_or("-").to_owned();
        if let Some((_, source)) = response["urlWithParameters"].as_str().and_then(|url| url.split_once("utm_source="))
        {
            message += if self.has(Flaw::DropsParameters) { "" } else { source };
        }
        let body = json!({
            "first_name": "Sample", "last_name": "Applicant", "job_position_id": 1_834_171, "message": message,
            "email": fields["E-mail"].as_str().unwrap_or("nobody@example.com"), "files": files,
            "attributes": [{"id": "phone", "value": fields["Phone"].as_str().unwrap_or("-")}],
        });
        let answer = self.call("applications").json(&body).send().await.unwrap();
        if answer.status() == 400 && response["id"] != "demo-response-id" {
            self.mail(response, "this person has already applied");
        }
    }

    /// The CV, fetched and uploaded.
    async fn files(&self, link: Option<&str>) -> Vec<Value> {
        let Some(link) = link.filter(|_| !self.has(Flaw::DropsFiles)) else { return Vec::new() };
        let bytes = client().get(link).send().await.unwrap().bytes().await.unwrap();
        let part = Part::bytes(bytes.to_vec()).file_name("cv.pdf");
        let answer = self.call("applications/documents").multipart(Form::new().part("file", part)).send().await;
        let document: Value = answer.unwrap().json().await.unwrap();
        vec![json!({"uuid": document["uuid"], "original_filename": "cv.pdf", "category": "cv"})]
    }

    fn call(&self, path: &str) -> RequestBuilder {
        let request = client().post(format!("{}/{path}", self.personio));
        request.bearer_auth("twin-recruiting-token").header("X-Company-ID", "48151")
    }

    fn mail(&self, response: &Value, reason: &str) {
        if self.has(Flaw::MailsNothing) {
            return;
        }
        let id = response["id"].as_str().unwrap();
        let text = if self.has(Flaw::MailsPoorly) {
            format!("Response {id}: already there")
        } else {
            let flow = response["flowID"].as_str().unwrap();
            format!("Flow {flow}, response {id}: {reason}. What to do: look at the application.")
        };
        self.mails.send("[hrsync] careers: a record", &text);
    }
}

pub(super) async fn webhook(State(stack): State<Stack>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !stack.has(Flaw::Open) && headers.get("x-heyflow-secret").is_none_or(|secret| secret != "right") {
        return StatusCode::UNAUTHORIZED;
    }
    let response: Value = serde_json::from_slice(&body).unwrap();
    let id = response["id"].as_str().unwrap().to_owned();
    let wanted = id != "demo-response-id" || stack.has(Flaw::PushesTests);
    let first = stack.handled.lock().unwrap().insert(id) || stack.has(Flaw::Forgets);
    if wanted && first && !stack.has(Flaw::PushesNothing) {
        stack.push(&response).await;
    }
    if stack.has(Flaw::Answers202) { StatusCode::ACCEPTED } else { StatusCode::OK }
}
