//! One test's own house: table, queues, twins, a clock moved by hand, and the flow's functions in process around them.
//!
//! Records come from real queues and are judged by the functions; a record that has to rest is not waited for: the
//! clock is moved by the rest that was asked for, and the record handed out again.

use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::Queue;
use edge::batch::{Handled, Record};
use edge::http::{Answer, Body, Request};
use heyflow_to_personio::NAME;
use heyflow_to_personio::connection::{Settings, WebhookSettings};
use heyflow_to_personio::push::Pusher;
use heyflow_to_personio::webhook::{ADVICE, Receiver};
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use vendors::Http;

use super::base::Base;
pub(crate) use super::lambda::rest;
use super::lambda::{Source, Sqs};

/// The secret that the test's Heyflow shows.
pub(crate) const SECRET: &str = "the-secret-of-this-test";
/// The flow that the example connection lists.
pub(crate) const FLOW: &str = "Vho2vAPoENipbDaRusGU";

pub(crate) struct House {
    base: Base,
    pub(crate) receiver: Receiver,
    pub(crate) pusher: Pusher,
    push_queue: String,
    push_source: Source,
}

impl Deref for House {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}

impl House {
    /// A house whose connection `careers` is the example, with the twin's address.
    pub(crate) async fn new() -> Self {
        Self::around(Base::new().await).await
    }

    /// The same, whose functions meet AWS and the vendors through a proxy. `retries`: what the AWS clients do themselves.
    pub(crate) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        Self::around(Base::behind_a_proxy(retries).await).await
    }

    async fn around(base: Base) -> Self {
        let push_queue = base.cloud.queue().await;
        let receiver = Receiver {
            connections: base.connections(NAME, WebhookSettings::read),
            queue: base.queue(&push_queue),
            rejections: base.rejections(NAME, ADVICE),
            clock: base.hands.clock(),
        };
        let pusher = Pusher { worker: base.worker(NAME, Settings::read), http: Http::new().unwrap() };
        let push_source = base.source(&push_queue);
        let house = Self { receiver, pusher, push_queue, push_source, base };
        house.configure(&house.document()).await;
        house.set_secret(&house.secret("twin-recruiting-token")).await;
        house
    }

    /// The example connection, with this house's twin and owner.
    pub(crate) fn document(&self) -> String {
        include_str!("../../../functions/heyflow-to-personio/connection.example.toml")
            .replace("https://api.personio.de", &format!("{}/personio", self.vendors()))
            .replace("people-team@example.com", &self.owner)
            .replace("origins = []", &format!("origins = [\"{}\"]", self.vendors()))
    }

    pub(crate) async fn configure(&self, document: &str) {
        self.apply("careers", NAME, document).await;
    }

    pub(crate) async fn set_secret(&self, secret: &Value) {
        self.base.set_secret(NAME, "careers", secret).await;
    }

    pub(crate) fn secret(&self, token: &str) -> Value {
        json!({"webhook_secrets": [{"value": SECRET}], "personio_recruiting_token": token})
    }

    /// A delivery of the simple payload, from a sender who knows the secret.
    pub(crate) async fn deliver(&self, response: &str, answers: Value) -> Answer {
        let created_at = self.hands.now().to_string();
        let body = json!({"flowID": FLOW, "id": response, "createdAt": created_at, "fields": answers});
        self.receiver.receive(request(body.to_string().as_bytes(), SECRET)).await
    }

    /// Takes up to ten records out of the pusher's queue, as Lambda would.
    pub(crate) async fn take(&self) -> Vec<Sqs> {
        self.push_source.take().await
    }

    /// Runs one batch through the pusher and does with its records what Lambda does. How each ended, in order.
    pub(crate) async fn push(&self, records: &[Sqs]) -> Vec<Handled> {
        self.push_with(records, Duration::from_secs(60)).await
    }

    /// The same with so much time left.
    pub(crate) async fn push_with(&self, records: &[Sqs], left: Duration) -> Vec<Handled> {
        let push = async |record: Record<'_>| self.pusher.push(record).await;
        self.push_source.run(records, left, &push).await
    }

    /// One round: whatever is in the queue now, once. The clock is moved past the longest rest that was asked for.
    pub(crate) async fn round(&self) -> Vec<Handled> {
        let records = self.take().await;
        let ended = self.push(&records).await;
        let rests = ended.iter().filter_map(rest);
        self.pass(rests.max().unwrap_or_default());
        ended
    }

    /// Rounds until the queue is empty.
    pub(crate) async fn until_quiet(&self) -> Vec<Handled> {
        let mut all = Vec::new();
        for _ in 0..200 {
            let ended = self.round().await;
            if ended.is_empty() {
                return all;
            }
            all.extend(ended);
        }
        panic!("the queue does not become empty: {all:?}");
    }

    /// A queue that does not exist.
    pub(crate) fn missing_queue(&self) -> Queue {
        self.queue(&format!("{}-gone", self.push_queue))
    }

    /// The end of every test: nothing may be left in a queue, unmailed or unread.
    pub(crate) async fn close(self) {
        assert_eq!(self.take().await, Vec::<Sqs>::new(), "a message is left");
        self.base.close().await;
    }
}

/// A POST to the connection's door.
pub(crate) fn request(body: &[u8], secret: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(vendors::heyflow::webhook::DEFAULT_HEADER, secret.parse().unwrap());
    let (connection, query, body) = ("careers".to_owned(), String::new(), Body::Whole(body.to_vec()));
    Request { method: Method::POST, headers, connection, segment: None, query, body }
}
