//! Tenants beside each other in the deployed stack.

use std::time::{Duration, Instant};

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use edge::{Message, Secrets};
use jiff::Timestamp;
use ledger::{Applied, Apply, Calls, Ledger};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tour::Endpoints;

use crate::support::cloud::{Cloud, local_client};

/// A connection of its own in the deployed stack.
pub(super) struct Tenant<'a> {
    pub(super) name: &'a str,
    pub(super) flow: &'static str,
    pub(super) document: String,
    pub(super) secret: Value,
}

impl Tenant<'_> {
    /// Applies the connection and puts the messages into its pusher's queue; the queue's URL.
    pub(super) async fn queue(&self, endpoints: &Endpoints, cloud: &Cloud, messages: &[Message]) -> String {
        self.apply(endpoints, cloud).await;
        let sqs = aws_sdk_sqs::Client::new(&cloud.config);
        let name = format!("{}-{}-push.fifo", endpoints.stack, self.flow);
        let queue = sqs.get_queue_url().queue_name(name).send().await.unwrap().queue_url.unwrap();
        for batch in messages.chunks(10) {
            let entries = batch.iter().enumerate().map(entry).collect();
            let answer = sqs.send_message_batch().queue_url(&queue).set_entries(Some(entries)).send().await.unwrap();
            assert_eq!(answer.failed.len(), 0);
        }
        queue
    }

    async fn apply(&self, endpoints: &Endpoints, cloud: &Cloud) {
        let ledger = Ledger::new(&cloud.config, &endpoints.table, Calls::default());
        let (name, owner) = (self.name, "people-team@example.com");
        let apply = Apply { name, flow: self.flow, owner, document: &self.document };
        let applied = ledger.apply(apply, None, Timestamp::now()).await.unwrap();
        assert!(matches!(applied, Applied::Written { .. }), "nobody else applies");
        let secrets = aws_sdk_secretsmanager::Client::new(&cloud.config).create_secret();
        let secrets =
            secrets.name(Secrets::name(&endpoints.stack, self.flow, name)).secret_string(self.secret.to_string());
        secrets.send().await.unwrap();
    }
}

fn entry((number, message): (usize, &Message)) -> SendMessageBatchRequestEntry {
    let entry = SendMessageBatchRequestEntry::builder().id(number.to_string());
    let entry = entry.message_group_id(message.group()).message_deduplication_id(message.deduplication());
    entry.message_body(serde_json::to_string(message).unwrap()).build().unwrap()
}

/// What waits in a queue is dropped.
pub(super) async fn purge(cloud: &Cloud, queue: &str) {
    aws_sdk_sqs::Client::new(&cloud.config).purge_queue().queue_url(queue).send().await.unwrap();
}

/// A vendor that takes connections and never answers, until it is dropped.
pub(super) struct Silence {
    pub(super) url: String,
    task: JoinHandle<()>,
}

impl Silence {
    pub(super) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((connection, _)) = listener.accept().await {
                open.push(connection);
            }
        });
        Self { url, task }
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Looks again and again until it is done, which it must be within so many seconds.
pub(super) async fn within(seconds: u64, what: &str, done: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !done().await {
        assert!(start.elapsed() < Duration::from_secs(seconds), "not within {seconds} s: {what}");
        // a look reads everything that a twin holds
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Everything that a vendor's twin holds.
pub(super) async fn twin(endpoints: &Endpoints, vendor: &str) -> Value {
    let url = format!("{}/_twin/{vendor}", endpoints.twins);
    local_client().get(url).send().await.unwrap().json().await.unwrap()
}
