//! A stand-in of the deployed stack in one handler: the webhook, Personio's call, the owner's mail, the emulator's two doors.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tour::Endpoints;
use twins::Twins;

/// What is wrong with the stack.
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
    Stuck,
}

#[derive(Clone)]
struct Stack {
    flaw: Option<Flaw>,
    personio: String,
    handled: Arc<Mutex<BTreeSet<String>>>,
    mails: Arc<Mutex<Vec<Value>>>,
}

pub(crate) struct Fake {
    twins: Twins,
    aws: String,
    folder: PathBuf,
}

impl Fake {
    pub(crate) async fn start(flaw: Option<Flaw>) -> Self {
        let twins = Twins::start("127.0.0.1:0".parse().unwrap()).unwrap();
        let personio = format!("{}/personio/v1/recruiting", twins.url());
        let stack = Stack { flaw, personio, handled: Arc::default(), mails: Arc::default() };
        let router = Router::new()
            .route("/hook", post(webhook))
            .route("/_ministack/ses/messages", get(mails))
            .route("/_ministack/sqs/messages", get(messages))
            .with_state(stack);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let aws = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folder = std::env::temp_dir().join(format!("hrsync-tour-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).unwrap();
        Self { twins, aws, folder }
    }

    /// Written to disk and loaded, as the tour does it.
    pub(crate) fn endpoints(&self) -> Endpoints {
        let endpoints = json!({
            "aws": self.aws, "region": "eu-central-1", "stack": "hrsync", "table": "hrsync", "twins": self.twins.url(),
            "webhooks": {"careers": format!("{}/hook", self.aws)},
        });
        let secrets = json!({"careers": {"webhook_secrets": [{"value": "right"}], "personio_recruiting_token": "t"}});
        std::fs::write(self.folder.join("endpoints.json"), endpoints.to_string()).unwrap();
        std::fs::write(self.folder.join("secrets.json"), secrets.to_string()).unwrap();
        Endpoints::load(self.folder.join("endpoints.json")).unwrap()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Stack {
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
        let mut mails = self.mails.lock().unwrap();
        let number = mails.len().to_string();
        mails.push(json!({"MessageId": number, "To": ["people-team@example.com"], "Subject": "s", "BodyText": text}));
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn webhook(State(stack): State<Stack>, headers: HeaderMap, body: Bytes) -> StatusCode {
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

async fn mails(State(stack): State<Stack>) -> Json<Value> {
    Json(json!({"messages": {"000000000000": *stack.mails.lock().unwrap()}}))
}

async fn messages(State(stack): State<Stack>) -> Json<Value> {
    let waiting = if stack.has(Flaw::Stuck) { json!([{"MessageId": "m"}]) } else { json!([]) };
    let queue = |name: &str| format!("http://127.0.0.1:4566/000000000000/hrsync-{name}.fifo");
    let queues = json!({queue("failures-push"): waiting, queue("failures-push-dead"): [{"MessageId": "old"}]});
    Json(json!({"messages": {"000000000000": {"eu-central-1": queues}}}))
}
