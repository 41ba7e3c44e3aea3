//! A house for openings: the flow's four functions in process between the two twins.

use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edge::batch::{Handled, Record};
use edge::http::{Answer, Body, Request};
use hibob_to_recruit::NAME;
use hibob_to_recruit::connection::Settings;
use hibob_to_recruit::poll::Poll;
use hibob_to_recruit::push::Pusher;
use hibob_to_recruit::sweep::Sweeper;
use hibob_to_recruit::webhook::{ADVICE, Receiver};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method};
use serde_json::{Value, json};
use sha2::Sha512;
use twins::hibob::{Cell, Cells, Made, Modes, NewPosition, Office, SEED_COMPANY, SEED_SERVICE_USER, SEED_TOKEN};
use twins::recruit::{Account, Opening, Quirks, SEED_ACCOUNT, SEED_API_KEY, SEED_SECRET};
use vendors::Http;

use crate::support::base::Base;
use crate::support::lambda::{Source, Sqs, rest};

/// The secret that the test's HiBob signs with.
pub(super) const SECRET: &str = "the-secret-of-this-test";
/// Where the functions have time enough.
const ENOUGH: Duration = Duration::from_secs(120);
pub(super) const MINUTE: Duration = Duration::from_secs(60);

/// The calls that nobody documents, as the twin takes them.
const WAYS: &str = r#"update_opening = { method = "PATCH", path = "/openings/{uid}", body = { name = "{name}", time_expected_hire = "{time_expected_hire}", reason = "{reason}", custom_fields = "{custom_fields}" } }
cancel_opening = { method = "PATCH", path = "/openings/{uid}", body = { status = "CANCELED", custom_fields = { "Note" = "{note}" } } }
list_openings = { method = "GET", path = "/openings?position_uid={position_uid}" }
read_opening = { method = "GET", path = "/openings/{uid}" }
set_position_status = { method = "PATCH", path = "/position/{position_uid}", body = { status = "{status}" } }
"#;

pub(super) struct House {
    base: Base,
    pub(super) receiver: Receiver,
    pub(super) pusher: Pusher,
    pub(super) sweeper: Sweeper,
    pub(super) poll: Poll,
    push_queue: String,
    push_source: Source,
    sweep_source: Source,
}

impl Deref for House {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}

impl House {
    /// A house whose connection `openings` is the example with the calls that nobody documents, and the twins' addresses. Its
    /// first sweep has ended, over an empty company.
    pub(super) async fn new() -> Self {
        let house = Self::unswept().await;
        house.sweep_all().await;
        house
    }

    /// The same before the first sweep.
    pub(super) async fn unswept() -> Self {
        Self::around(Base::new().await).await
    }

    /// A house behind a proxy, after its first sweep.
    pub(super) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        let house = Self::around(Base::behind_a_proxy(retries).await).await;
        house.sweep_all().await;
        house
    }

    async fn around(base: Base) -> Self {
        let (push, sweep) = (base.cloud.queue().await, base.cloud.queue().await);
        let house = Self {
            receiver: receiver(&base, &push),
            pusher: pusher(&base, &push),
            sweeper: sweeper(&base, &push),
            poll: Poll {
                ledger: base.ledger.clone(),
                sweeps: base.queue(&sweep),
                clock: base.hands.clock(),
                local: true,
            },
            push_source: base.source(&push),
            sweep_source: base.source(&sweep),
            push_queue: push,
            base,
        };
        house.recruit(|account| account.quirks.openings_api = true);
        house.apply("openings", NAME, &house.document()).await;
        house.set_secret(NAME, "openings", &house.secret()).await;
        house
    }

    /// The functions as after a cold start: nothing is remembered.
    pub(super) fn cold(&mut self) {
        self.receiver = receiver(&self.base, &self.push_queue);
        self.pusher = pusher(&self.base, &self.push_queue);
        self.sweeper = sweeper(&self.base, &self.push_queue);
    }

    /// The connection's file.
    pub(super) fn document(&self) -> String {
        let example = include_str!("../../../functions/hibob-to-recruit/connection.example.toml");
        let ways = ["update_opening", "cancel_opening", "list_openings", "read_opening", "set_position_status"];
        let without =
            ways.iter().fold(example.to_owned(), |text, way| text.replace(&format!("{way} = \"unsupported\"\n"), ""));
        without
            .replace("# For example:\n", WAYS)
            .replace("https://api.hibob.com/v1\"", &format!("{}/hibob/v1\"", self.vendors()))
            .replace("https://api.comeet.co\"", &format!("{}/recruit\"", self.vendors()))
            .replace("recruiting-team@example.com", &self.owner)
            // turns a millisecond apart: the clock stands still, so a test would wait for them in real time
            .replace("calls_per_minute = 90", "calls_per_minute = 60000")
            .replace("calls_per_minute = 60\n", "calls_per_minute = 60000\n")
    }

    /// Another file is applied, and read at once.
    pub(super) async fn configure(&mut self, document: &str) {
        self.apply("openings", NAME, document).await;
        self.cold();
    }

    /// The file with another word.
    pub(super) async fn set(&mut self, from: &str, to: &str) {
        let document = self.document();
        assert!(document.contains(from), "{from}");
        self.configure(&document.replace(from, to)).await;
    }

    /// The example as it is: Recruit's undocumented calls are unsupported.
    pub(super) async fn documented_only(&mut self) {
        let document = self.document().replace(WAYS, "");
        self.configure(&document).await;
    }

    pub(super) fn secret(&self) -> Value {
        json!({"webhook_secrets": [{"value": SECRET}], "hibob_service_user": SEED_SERVICE_USER, "hibob_token": SEED_TOKEN,
            "recruit_api_key": SEED_API_KEY, "recruit_secret": SEED_SECRET})
    }

    /// What people do in HiBob. No webhook is registered there: the test tells.
    pub(super) fn office(&self) -> Office {
        self.twins.hibob().office(SEED_COMPANY).with(Modes { lost: true, ..Modes::default() })
    }

    /// Recruit behaves otherwise.
    pub(super) fn recruit(&self, change: impl FnOnce(&mut Account)) {
        assert!(self.twins.recruit().adjust(SEED_ACCOUNT, change));
    }

    /// The same of what its documentation leaves open.
    pub(super) fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        self.recruit(|account| change(&mut account.quirks));
    }

    /// An approved position with so many openings.
    pub(super) async fn position(&self, openings: usize) -> Made {
        self.office().create(NewPosition { openings: vec![opening_cells(); openings], ..position() }).await.unwrap()
    }

    /// HiBob tells of an event, as of now.
    pub(super) async fn told(&self, kind: &str, data: Value) -> Answer {
        let at = self.hands.now().strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string();
        let body = json!({"companyId": SEED_COMPANY, "type": format!("workforcePlanning.{kind}"), "triggeredBy": "system",
            "triggeredAt": at, "version": "v2", "data": data});
        self.receiver.receive(signed(&body.to_string())).await
    }

    pub(super) async fn told_of_position(&self, change: &str, id: u64) -> Answer {
        self.told(&format!("position.{change}"), json!({"positionId": id})).await
    }

    pub(super) async fn told_of_opening(&self, change: &str, id: u64) -> Answer {
        self.told(&format!("positionOpening.{change}"), json!({"positionOpeningId": id})).await
    }

    /// Takes up to ten signals out of the pusher's queue.
    pub(super) async fn take(&self) -> Vec<Sqs> {
        self.push_source.take().await
    }

    pub(super) async fn push(&self, records: &[Sqs]) -> Vec<Handled> {
        let push = async |record: Record<'_>| self.pusher.push(record).await;
        self.push_source.run(records, ENOUGH, &push).await
    }

    /// Rounds until no signal is left; the clock is moved past the rests that are asked for.
    pub(super) async fn until_quiet(&self) -> Vec<Handled> {
        let mut all = Vec::new();
        for _ in 0..300 {
            let records = self.take().await;
            if records.is_empty() {
                return all;
            }
            let ended = self.push(&records).await;
            self.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
            all.extend(ended);
        }
        panic!("the queue does not become empty: {:?}", all.iter().rev().take(3).collect::<Vec<_>>());
    }

    /// The schedule comes at the next full five minutes, and all its slices are read. Signals are left in the queue.
    pub(super) async fn schedule(&self) -> Vec<Handled> {
        let seconds = self.hands.now().as_second();
        self.pass(Duration::from_secs(u64::try_from(300 - seconds.rem_euclid(300)).unwrap()));
        self.poll.run().await.unwrap();
        self.sweep_until_quiet().await
    }

    pub(super) async fn sweep_until_quiet(&self) -> Vec<Handled> {
        let mut all = Vec::new();
        for _ in 0..200 {
            let records = self.sweep_source.take_up_to(1).await;
            let sweep = async |record: Record<'_>| self.sweeper.sweep(record).await;
            let ended = self.sweep_source.run(&records, ENOUGH, &sweep).await;
            if ended.is_empty() {
                return all;
            }
            self.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
            all.extend(ended);
        }
        panic!("the sweeps do not end: {all:?}");
    }

    /// The next full hour's sweep, and all that follows from it.
    pub(super) async fn sweep_all(&self) -> Vec<Handled> {
        let seconds = self.hands.now().as_second();
        self.pass(Duration::from_secs(u64::try_from(3600 - seconds.rem_euclid(3600)).unwrap()));
        self.poll.run().await.unwrap();
        let swept = self.sweep_until_quiet().await;
        assert!(swept.iter().all(|ended| ended.outcome.word() == "done"), "{swept:?}");
        self.until_quiet().await
    }

    /// What Recruit holds beside its template: each position as `name status`, then its openings as `  name status by`.
    pub(super) fn held(&self) -> Vec<String> {
        let twin = self.twins.recruit();
        let positions = twin.positions(SEED_ACCOUNT);
        let mut lines = Vec::new();
        for position in positions.iter().filter(|position| position.name() != "Template") {
            lines.push(format!("{} {}", position.name(), position.status()));
            lines.extend(twin.openings_of(SEED_ACCOUNT, &position.uid).iter().map(spelt));
        }
        lines
    }

    /// Recruit's openings, oldest first.
    pub(super) fn openings(&self) -> Vec<Opening> {
        self.twins.recruit().openings(SEED_ACCOUNT)
    }

    pub(super) async fn close(self) {
        assert_eq!(self.take().await, Vec::<Sqs>::new(), "a signal is left");
        assert_eq!(self.sweep_source.take().await, Vec::<Sqs>::new(), "a sweep is left");
        self.base.close().await;
    }
}

fn receiver(base: &Base, push: &str) -> Receiver {
    Receiver {
        connections: base.connections(NAME, Settings::read),
        queue: base.queue(push),
        rejections: base.rejections(NAME, ADVICE),
        clock: base.hands.clock(),
    }
}

fn pusher(base: &Base, push: &str) -> Pusher {
    let worker = base.worker(NAME, Settings::read).for_signals();
    Pusher::new(worker, Http::new().unwrap(), base.hands.clock(), base.queue(push))
}

fn sweeper(base: &Base, push: &str) -> Sweeper {
    let worker = base.worker(NAME, Settings::read).for_signals().waiting_for_secrets();
    Sweeper { worker, http: Http::new().unwrap(), clock: base.hands.clock(), push: base.queue(push) }
}

/// `  O-1 Open api`
fn spelt(opening: &Opening) -> String {
    format!("  {} {:?} {:?}", opening.name, opening.status, opening.entered_by)
}

pub(super) fn outcomes(ended: &[Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
}

/// A position as companies enter them.
pub(super) fn position() -> NewPosition {
    let fields: Cells = [
        ("/position/jobProfile", Cell::labelled(77, "Engineer (J-1)")),
        ("/position/department", Cell::labelled(5, "Product")),
        ("/position/site", Cell::labelled(7, "Berlin")),
        ("/position/positionType", Cell::labelled("growth", "Growth")),
    ]
    .map(|(field, cell)| (field.to_owned(), cell))
    .into();
    NewPosition { fields, ..NewPosition::default() }
}

/// An opening as companies enter them.
pub(super) fn opening_cells() -> Cells {
    cells("/positionOpening/expectedStartDate", Cell::new("2026-06-01"))
}

/// A single cell.
pub(super) fn cells(field: &str, cell: Cell) -> Cells {
    [(field.to_owned(), cell)].into()
}

/// A POST to the connection's door, signed.
pub(super) fn signed(body: &str) -> Request {
    let mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap().chain_update(body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let mut headers = HeaderMap::new();
    headers.insert("bob-signature", signature.parse().unwrap());
    Request { headers, ..unsigned(body) }
}

/// The same without a signature.
pub(super) fn unsigned(body: &str) -> Request {
    let connection = "openings".to_owned();
    let body = Body::Whole(body.as_bytes().to_vec());
    Request { method: Method::POST, headers: HeaderMap::new(), connection, segment: None, query: String::new(), body }
}
