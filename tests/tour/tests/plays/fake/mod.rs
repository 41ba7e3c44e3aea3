//! A stand-in of the deployed stack in one handler: the doors, what the pushers do, the owner's mail, the emulator's two doors, the
//! console.

mod absences;
mod accounts;
mod careers;
mod console;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tour::Endpoints;
use twins::Twins;

pub(crate) use absences::Flaw as AbsenceFlaw;
pub(crate) use accounts::Flaw as AccountFlaw;
pub(crate) use careers::Flaw;

/// The paths of the doors, as a stack has them.
const CAREERS: &str = "/webhooks/heyflow-to-personio/careers";
const ABSENCES: &str = "/webhooks/personio-to-hellohq/absences";
const ACCOUNTS: &str = "/webhooks/personio-to-scim/accounts";

/// Mails that were sent, as the emulator shows them. Clones share them.
#[derive(Clone, Default)]
struct Mails(Arc<Mutex<Vec<Value>>>);

impl Mails {
    fn send(&self, subject: &str, text: &str) {
        let mut mails = self.0.lock().unwrap();
        let number = mails.len().to_string();
        let to = ["people-team@example.com"];
        mails.push(json!({"MessageId": number, "To": to, "Subject": subject, "BodyText": text}));
    }
}

pub(crate) struct Fake {
    twins: Twins,
    aws: String,
    folder: PathBuf,
}

/// What is wrong with the stack.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flaws {
    pub(crate) careers: Option<Flaw>,
    pub(crate) absences: Option<AbsenceFlaw>,
    pub(crate) accounts: Option<AccountFlaw>,
    /// A message is never done.
    pub(crate) stuck: bool,
}

impl Fake {
    pub(crate) async fn start(flaws: Flaws) -> Self {
        let twins = Twins::start("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let aws = format!("http://{}", listener.local_addr().unwrap());
        let mails = Mails::default();
        let careers = careers::Stack::new(flaws.careers, &twins, mails.clone());
        let absences = absences::Stack::new(flaws.absences, &twins, mails.clone());
        let accounts = accounts::Stack::new(flaws.accounts, &twins, mails.clone());
        let router = Router::new()
            .route(CAREERS, post(careers::webhook))
            .with_state(careers)
            .merge(Router::new().route(ABSENCES, post(absences::webhook)).with_state(absences.clone()))
            .merge(Router::new().route(ACCOUNTS, post(accounts::webhook)).with_state(accounts.clone()))
            .merge(Router::new().route("/_ministack/ses/messages", get(sent)).with_state(mails))
            .merge(Router::new().route("/_ministack/sqs/messages", get(queued)).with_state(flaws.stuck));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folder = std::env::temp_dir().join(format!("hrsync-tour-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).unwrap();
        console::start(&folder, (absences, accounts), [format!("{aws}{ABSENCES}"), format!("{aws}{ACCOUNTS}")]);
        Self { twins, aws, folder }
    }

    /// Written to disk and loaded, as the tour does it.
    pub(crate) fn endpoints(&self) -> Endpoints {
        let endpoints = json!({
            "aws": self.aws, "region": "eu-central-1", "stack": "hrsync", "table": "hrsync", "twins": self.twins.url(),
            "webhooks": {"careers": format!("{}{CAREERS}", self.aws), "absences": format!("{}{ABSENCES}", self.aws),
                "accounts": format!("{}{ACCOUNTS}", self.aws)},
            "console": console::program(&self.folder),
        });
        let secrets = json!({"careers": {"webhook_secrets": [{"value": "right"}], "personio_recruiting_token": "t"}});
        std::fs::write(self.folder.join("endpoints.json"), endpoints.to_string()).unwrap();
        std::fs::write(self.folder.join("secrets.json"), secrets.to_string()).unwrap();
        Endpoints::load(self.folder.join("endpoints.json")).unwrap()
    }

    /// Nobody can run `hrsync` any more.
    pub(crate) fn lose_the_console(&self) {
        std::fs::remove_file(console::program(&self.folder)).unwrap();
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn sent(State(mails): State<Mails>) -> Json<Value> {
    Json(json!({"messages": {"000000000000": *mails.0.lock().unwrap()}}))
}

async fn queued(State(stuck): State<bool>) -> Json<Value> {
    let waiting = if stuck { json!([{"MessageId": "m"}]) } else { json!([]) };
    let queue = |name: &str| format!("http://127.0.0.1:4566/000000000000/hrsync-{name}.fifo");
    let queues = json!({queue("failures-push"): waiting, queue("failures-push-dead"): [{"MessageId": "old"}]});
    Json(json!({"messages": {"000000000000": {"eu-central-1": queues}}}))
}
