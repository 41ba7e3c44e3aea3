//! What the houses of all flows stand on: table, failures' queue, twins, mailer, a clock moved by hand. A flow's house adds
//! its own queues and functions.

use std::cell::RefCell;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use edge::batch::{BatchContext, Record};
use edge::connections::{Connections, Read};
use edge::worker::Worker;
use edge::{Queue, Rejections, Secrets};
use ledger::{Applied, Apply, Calls, Ledger};
use serde_json::Value;
use twins::{Twins, Vendor as _};
use uuid::Uuid;

use super::cloud::Cloud;
use super::lambda::Source;
use super::proxy::Proxy;
use super::time::Hands;

/// Where mails come from.
const SENDER: &str = "hrsync@example.com";
const FIRST_RETRY: Duration = Duration::from_secs(30);

pub(crate) struct Base {
    pub(crate) cloud: Cloud,
    pub(crate) hands: Hands,
    pub(crate) ledger: Ledger,
    pub(crate) twins: Twins,
    pub(crate) owner: String,
    pub(crate) stack: String,
    /// How the functions reach AWS.
    pub(crate) function: SdkConfig,
    proxy: Option<Proxy>,
    table: String,
    failures_queue: String,
    failures_source: Source,
    mailer: failures::push::Pusher,
    reads: Calls,
    read_mails: RefCell<usize>,
    closed: RefCell<bool>,
}

impl Base {
    pub(crate) async fn new() -> Self {
        let cloud = Cloud::new().await;
        let function = cloud.config.clone();
        Self::build(cloud, start_twins(), function, None).await
    }

    /// The functions meet AWS and the vendors through a proxy. `retries`: what the AWS clients do themselves.
    pub(crate) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        let cloud = Cloud::new().await;
        let twins = start_twins();
        let proxy = Proxy::start(&cloud.endpoint, &twins.url()).await;
        let function = proxy.config(&cloud.config, retries).await;
        Self::build(cloud, twins, function, Some(proxy)).await
    }

    async fn build(cloud: Cloud, twins: Twins, function: SdkConfig, proxy: Option<Proxy>) -> Self {
        let hands = Hands::new();
        let (table, failures_queue) = (cloud.table().await, cloud.queue().await);
        let ledger = Ledger::new(&function, &table, Calls::default());
        let stack = format!("it-{}", Uuid::new_v4());
        let mailer = failures::push::Pusher {
            ledger: ledger.clone(),
            mailer: mail::Mailer::new(&function, SENDER, Calls::default()),
            stack: stack.clone(),
            zone: jiff::tz::TimeZone::UTC,
            clock: hands.clock(),
            first_retry: FIRST_RETRY,
            kept_days: 30,
            digest_minutes: 60,
        };
        let failures_source = Source::new(&cloud, &function, &hands, &failures_queue);
        let ses = aws_sdk_ses::Client::new(&cloud.config);
        ses.verify_email_identity().email_address(SENDER).send().await.unwrap();
        let base = Self {
            owner: format!("owner-{}@example.com", Uuid::new_v4()),
            cloud,
            hands,
            ledger,
            twins,
            stack,
            function,
            proxy,
            table,
            failures_queue,
            failures_source,
            mailer,
            reads: Calls::default(),
            read_mails: RefCell::new(0),
            closed: RefCell::new(false),
        };
        base.set_clocks();
        base
    }

    /// Where the functions meet the vendors.
    pub(crate) fn vendors(&self) -> String {
        self.proxy.as_ref().map_or_else(|| self.twins.url(), Proxy::url)
    }

    /// The proxy of a house that is behind one.
    pub(crate) fn proxy(&self) -> &Proxy {
        self.proxy.as_ref().expect("`behind_a_proxy` makes one")
    }

    /// All that the table holds, as text.
    pub(crate) async fn stored(&self) -> Vec<String> {
        let client = aws_sdk_dynamodb::Client::new(&self.cloud.config);
        let page = client.scan().table_name(&self.table).send().await.unwrap();
        assert!(page.last_evaluated_key().is_none(), "the table is too large for one page");
        page.items().iter().map(|item| format!("{item:?}")).collect()
    }

    /// The same to be compared, each item as its letters in order: the order of an item's attributes changes with each reading.
    pub(crate) async fn contents(&self) -> Vec<String> {
        let letters = |item: &String| {
            let mut letters: Vec<char> = item.chars().collect();
            letters.sort_unstable();
            letters.into_iter().collect()
        };
        let mut contents: Vec<String> = self.stored().await.iter().map(letters).collect();
        contents.sort();
        contents
    }

    /// A queue as a function sees it.
    pub(crate) fn queue(&self, url: &str) -> Queue {
        Queue::new(&self.function, url, Calls::default())
    }

    /// A queue with a function behind it.
    pub(crate) fn source(&self, url: &str) -> Source {
        Source::new(&self.cloud, &self.function, &self.hands, url)
    }

    pub(crate) fn connections<C>(&self, flow: &'static str, read: Read<C>) -> Connections<C> {
        let secrets = Secrets::new(&self.function, &self.stack, flow, self.reads.clone());
        let ledger = Ledger::new(&self.function, &self.table, self.reads.clone());
        Connections::new(flow, ledger, secrets, read, true, self.hands.clock())
    }

    pub(crate) fn worker<C>(&self, flow: &'static str, read: Read<C>) -> Worker<C> {
        let failing = self.queue(&self.failures_queue);
        Worker::new(self.ledger.clone(), self.connections(flow, read), failing, self.hands.clock(), FIRST_RETRY)
    }

    /// A table that does not exist.
    pub(crate) fn missing_ledger(&self) -> Ledger {
        Ledger::new(&self.function, format!("{}-gone", self.table), Calls::default())
    }

    pub(crate) fn rejections(&self, flow: &'static str, advice: &'static [&'static str]) -> Rejections {
        let (ledger, failures) = (self.ledger.clone(), self.queue(&self.failures_queue));
        Rejections { flow, advice, ledger, failures, clock: self.hands.clock() }
    }

    pub(crate) async fn apply(&self, name: &str, flow: &str, document: &str) {
        let seen = self.ledger.connection(name).await.unwrap().map(|connection| connection.revision);
        let apply = Apply { name, flow, owner: &self.owner, document };
        let applied = self.ledger.apply(apply, seen, self.hands.now()).await.unwrap();
        assert!(matches!(applied, Applied::Written { .. }), "nobody else applies");
    }

    pub(crate) async fn set_secret(&self, flow: &str, connection: &str, secret: &Value) {
        let client = aws_sdk_secretsmanager::Client::new(&self.cloud.config);
        let (name, text) = (Secrets::name(&self.stack, flow, connection), secret.to_string());
        if client.create_secret().name(&name).secret_string(&text).send().await.is_err() {
            client.put_secret_value().secret_id(&name).secret_string(&text).send().await.unwrap();
        }
    }

    /// Moves this house's time and the vendors'.
    pub(crate) fn pass(&self, time: Duration) {
        self.hands.advance(time);
        self.set_clocks();
    }

    fn set_clocks(&self) {
        let now = self.hands.now();
        self.twins.personio().desk().clock().set(now);
        self.twins.hellohq().desk().clock().set(now);
        self.twins.scim().desk().clock().set(now);
        self.twins.hibob().desk().clock().set(now);
        self.twins.recruit().desk().clock().set(now);
        self.twins.oneflow().desk().clock().set(now);
        self.twins.teamtailor().desk().clock().set(now);
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

    /// An item of the table that nobody can read: it has its key and nothing else.
    pub(crate) async fn spoil(&self, pk: &str, sk: &str) {
        let text = |text: &str| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned());
        let client = aws_sdk_dynamodb::Client::new(&self.cloud.config);
        let request = client.put_item().table_name(&self.table).item("pk", text(pk)).item("sk", text(sk));
        request.send().await.unwrap();
    }

    /// What `failures-poll` does in this house.
    pub(crate) fn poll(&self) -> failures::poll::Poll {
        let failures = self.queue(&self.failures_queue);
        let (ledger, clock) = (self.ledger.clone(), self.hands.clock());
        let dead_letters = self.dead_letters();
        let logs = logs::Logs::new(&self.cloud.config, "none");
        let unaccounted = failures::unaccounted::Unaccounted { logs, flows: Vec::new() };
        let (digest_minutes, polled_flows) = (60, Vec::new());
        failures::poll::Poll { ledger, failures, clock, digest_minutes, polled_flows, dead_letters, unaccounted }
    }

    /// What becomes of dead letters in this house, which has no queues of them.
    pub(crate) fn dead_letters(&self) -> failures::dead::DeadLetters {
        let failures = self.queue(&self.failures_queue);
        let context = BatchContext { queue: None, clock: self.hands.clock(), calls: Calls::default(), http: None };
        failures::dead::DeadLetters { ledger: self.ledger.clone(), failures, queues: Vec::new(), context }
    }

    /// The end of every test: nothing may be left unmailed or unread.
    pub(crate) async fn close(&self) {
        *self.closed.borrow_mut() = true;
        assert_eq!(self.mails().await, Vec::<String>::new(), "a mail is unread");
        assert_eq!(self.ledger.outbox().await.unwrap().items, [], "a failure is unmailed");
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(*self.closed.borrow(), "end the test with `house.close().await`");
        }
    }
}

fn start_twins() -> Twins {
    Twins::start("127.0.0.1:0".parse().unwrap()).unwrap()
}
