//! One test's own house: table, queues, twins, a clock moved by hand, and the flow's functions in process around them.
//!
//! Records come from real queues and are judged by the functions; a record that has to rest is not waited for: the
//! clock is moved by the rest that was asked for, and the record handed out again.

use std::cell::RefCell;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use edge::batch::{Ended, Record};
use edge::connections::Connections;
use edge::door::{Answer, Request};
use edge::{Queue, Secrets, worker::Worker};
use heyflow_to_personio::connection::Settings;
use heyflow_to_personio::{NAME, push::Pusher, webhook::Receiver};
use http::{HeaderMap, Method};
use ledger::{Apply, Calls, Ledger};
use serde_json::{Value, json};
use twins::{Twins, Vendor as _};
use uuid::Uuid;
use vendors::Http;

use super::cloud::Cloud;
pub(crate) use super::lambda::rest;
use super::lambda::{Source, Sqs};
use super::proxy::Proxy;
use super::time::Hands;

/// The secret that the test's Heyflow shows.
pub(crate) const SECRET: &str = "the-secret-of-this-test";
/// The flow that the example connection lists.
pub(crate) const FLOW: &str = "Vho2vAPoENipbDaRusGU";
/// Where mails come from.
const SENDER: &str = "hrsync@example.com";

pub(crate) struct House {
    pub(crate) cloud: Cloud,
    pub(crate) hands: Hands,
    pub(crate) ledger: Ledger,
    pub(crate) twins: Twins,
    pub(crate) receiver: Receiver,
    pub(crate) pusher: Pusher,
    pub(crate) owner: String,
    pub(crate) stack: String,
    /// How the functions reach AWS.
    function: SdkConfig,
    proxy: Option<Proxy>,
    push_queue: String,
    failures_queue: String,
    push_source: Source,
    failures_source: Source,
    mailer: failures::push::Pusher,
    reads: Calls,
    read_mails: RefCell<usize>,
    closed: RefCell<bool>,
}

impl House {
    /// A house whose connection `careers` is the example, with the twin's address.
    pub(crate) async fn new() -> Self {
        let cloud = Cloud::new().await;
        let function = cloud.config.clone();
        Self::build(cloud, twins(), function, None).await
    }

    /// The same, whose functions meet AWS and the vendors through a proxy. `retries`: what the AWS clients do themselves.
    pub(crate) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        let (cloud, twins) = (Cloud::new().await, twins());
        let proxy = Proxy::start(&cloud.endpoint, &twins.url()).await;
        let function = proxy.config(retries).await;
        Self::build(cloud, twins, function, Some(proxy)).await
    }

    async fn build(cloud: Cloud, twins: Twins, function: SdkConfig, proxy: Option<Proxy>) -> Self {
        let hands = Hands::new();
        let (table, push_queue, failures_queue) = (cloud.table().await, cloud.queue().await, cloud.queue().await);
        let ledger = Ledger::new(&function, &table, Calls::default());
        let stack = format!("it-{}", Uuid::new_v4());
        let queue = |url: &str| Queue::new(&function, url, Calls::default());
        let reads = Calls::default();
        let connections = || {
            let secrets = Secrets::new(&function, &stack, reads.clone());
            let ledger = Ledger::new(&function, &table, reads.clone());
            Connections::new(NAME, ledger, secrets, Settings::read, true, hands.clock())
        };
        let first_retry = Duration::from_secs(30);
        let failing = queue(&failures_queue);
        let worker = Worker::new(ledger.clone(), connections(), failing, hands.clock(), first_retry);
        let receiver = Receiver { connections: connections(), queue: queue(&push_queue), clock: hands.clock() };
        let mailer = failures::push::Pusher {
            ledger: ledger.clone(),
            mailer: mail::Mailer::new(&function, SENDER),
            stack: stack.clone(),
            clock: hands.clock(),
            first_retry: Duration::from_secs(30),
        };
        let source = |url: &str| Source::new(&cloud, &function, &hands, url);
        let (push_source, failures_source) = (source(&push_queue), source(&failures_queue));
        let house = Self {
            twins,
            owner: format!("owner-{}@example.com", Uuid::new_v4()),
            pusher: Pusher { worker, http: Http::new().unwrap() },
            reads,
            read_mails: RefCell::new(0),
            closed: RefCell::new(false),
            cloud,
            function,
            proxy,
            hands,
            ledger,
            receiver,
            stack,
            push_queue,
            failures_queue,
            push_source,
            failures_source,
            mailer,
        };
        house.twins.personio().desk().clock().set(house.hands.now());
        house.apply(&house.document()).await;
        house.set_secret(&house.secret("twin-recruiting-token")).await;
        house.verify_sender().await;
        house
    }

    /// The example connection, with this house's twin and owner.
    pub(crate) fn document(&self) -> String {
        include_str!("../../../functions/heyflow-to-personio/connection.example.toml")
            .replace("https://api.personio.de", &format!("{}/personio", self.vendors()))
            .replace("people-team@example.com", &self.owner)
            .replace("origins = []", &format!("origins = [\"{}\"]", self.vendors()))
    }

    /// Where the functions meet the vendors.
    pub(crate) fn vendors(&self) -> String {
        self.proxy.as_ref().map_or_else(|| self.twins.url(), Proxy::url)
    }

    /// The proxy of a house that is behind one.
    pub(crate) fn proxy(&self) -> &Proxy {
        self.proxy.as_ref().expect("`House::behind_a_proxy` makes one")
    }

    pub(crate) async fn apply(&self, document: &str) {
        let seen = self.ledger.connection("careers").await.unwrap().map(|connection| connection.revision);
        let apply = Apply { name: "careers", flow: NAME, owner: &self.owner, document };
        self.ledger.apply(apply, seen, self.hands.now()).await.unwrap().expect("nobody else applies");
    }

    pub(crate) fn secret(&self, token: &str) -> Value {
        json!({"webhook_secrets": [{"value": SECRET}], "personio_recruiting_token": token})
    }

    pub(crate) async fn set_secret(&self, secret: &Value) {
        let client = aws_sdk_secretsmanager::Client::new(&self.cloud.config);
        let (name, text) = (Secrets::name(&self.stack, "careers"), secret.to_string());
        if client.create_secret().name(&name).secret_string(&text).send().await.is_err() {
            client.put_secret_value().secret_id(&name).secret_string(&text).send().await.unwrap();
        }
    }

    async fn verify_sender(&self) {
        let ses = aws_sdk_ses::Client::new(&self.cloud.config);
        ses.verify_email_identity().email_address(SENDER).send().await.unwrap();
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
    pub(crate) async fn push(&self, records: &[Sqs]) -> Vec<Ended> {
        self.push_with(records, Duration::from_secs(60)).await
    }

    /// The same with so much time left.
    pub(crate) async fn push_with(&self, records: &[Sqs], left: Duration) -> Vec<Ended> {
        let push = async |record: Record<'_>| self.pusher.push(record).await;
        self.push_source.run(records, left, &push).await
    }

    /// One round: whatever is in the queue now, once. The clock is moved past the longest rest that was asked for.
    pub(crate) async fn round(&self) -> Vec<Ended> {
        let records = self.take().await;
        let ended = self.push(&records).await;
        let rests = ended.iter().filter_map(rest);
        self.pass(rests.max().unwrap_or_default());
        ended
    }

    /// Rounds until the queue is empty.
    pub(crate) async fn until_quiet(&self) -> Vec<Ended> {
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

    /// Moves this house's time and the vendors'.
    pub(crate) fn pass(&self, time: Duration) {
        self.hands.advance(time);
        self.twins.personio().desk().clock().set(self.hands.now());
    }

    /// Mails what is announced; the mails that went to the owner since the last call.
    pub(crate) async fn mails(&self) -> Vec<String> {
        while self.mail().await {}
        let all = self.cloud.mails_to(&self.owner).await;
        let new = all.get(*self.read_mails.borrow()..).unwrap_or_default().to_vec();
        *self.read_mails.borrow_mut() = all.len();
        new
    }

    /// One invocation of `failures-push`; `false` where nothing is announced.
    pub(crate) async fn mail(&self) -> bool {
        let records = self.failures_source.take().await;
        let push = async |record: Record<'_>| self.mailer.push(record).await;
        self.failures_source.run(&records, Duration::from_secs(60), &push).await;
        !records.is_empty()
    }

    /// AWS requests that reading settings has cost so far.
    pub(crate) fn reads(&self) -> u64 {
        self.reads.count()
    }

    /// A queue that does not exist.
    pub(crate) fn missing_queue(&self) -> Queue {
        Queue::new(&self.function, format!("{}-gone", self.push_queue), Calls::default())
    }

    /// What `failures-poll` does in this house.
    pub(crate) fn poll(&self) -> failures::poll::Poll {
        let failures = Queue::new(&self.function, &self.failures_queue, Calls::default());
        failures::poll::Poll { ledger: self.ledger.clone(), failures, clock: self.hands.clock() }
    }

    /// What `failures-dead` does in this house.
    pub(crate) fn undertaker(&self) -> failures::dead::Undertaker {
        let failures = Queue::new(&self.function, &self.failures_queue, Calls::default());
        failures::dead::Undertaker { ledger: self.ledger.clone(), failures, clock: self.hands.clock() }
    }

    /// The end of every test: nothing may be left in a queue, unmailed or unread.
    pub(crate) async fn close(self) {
        *self.closed.borrow_mut() = true;
        assert_eq!(self.take().await, Vec::<Sqs>::new(), "a message is left");
        assert_eq!(self.mails().await, Vec::<String>::new(), "a mail is unread");
        assert_eq!(self.ledger.unmailed().await.unwrap(), [], "a failure is unmailed");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(*self.closed.borrow(), "end the test with `house.close().await`");
        }
    }
}

fn twins() -> Twins {
    Twins::start("127.0.0.1:0".parse().unwrap()).unwrap()
}

/// A POST to the connection's door.
pub(crate) fn request(body: &[u8], secret: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(vendors::heyflow::webhook::DEFAULT_HEADER, secret.parse().unwrap());
    let (connection, query, body) = ("careers".to_owned(), String::new(), body.to_vec());
    Request { method: Method::POST, headers, connection, segment: None, query, body }
}
