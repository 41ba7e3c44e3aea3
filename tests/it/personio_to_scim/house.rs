//! A house for people: the flow's four functions in process between the two twins.

use std::cell::Cell;
use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::batch::{Handled, Record};
use edge::http::{Answer, Body, Request};
use http::{HeaderMap, Method};
use jiff::civil::Date;
use jiff::{ToSpan, tz::TimeZone};
use personio_to_scim::connection::{Connection, Settings};
use personio_to_scim::poll::Poll;
use personio_to_scim::push::Pusher;
use personio_to_scim::sweep::Sweeper;
use personio_to_scim::webhook::{ADVICE, Receiver};
use personio_to_scim::{NAME, Reader};
use reconcile::{Scheduled, tasks};
use serde_json::{Value, json};
use twins::personio::v2::{NewPerson, Office, SEED_CLIENT, Staff, Terms};
use twins::scim::{Account, Origin, SEED_ACCOUNT, User};
use vendors::Http;

use super::judge::Judge;
use crate::support::base::Base;
use crate::support::lambda::{Source, Sqs, rest};

/// The secret that the test's Personio shows.
pub(super) const SECRET: &str = "the-secret-of-this-test";
/// Where the functions have time enough.
const ENOUGH: Duration = Duration::from_secs(120);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) struct House {
    base: Base,
    pub(super) receiver: Receiver,
    pub(super) pusher: Pusher,
    pub(super) sweeper: Sweeper,
    pub(super) poll: Poll,
    push_queue: String,
    push_source: Source,
    sweep_source: Source,
    partner_url: String,
    hired: Cell<u64>,
}

impl Deref for House {
    type Target = Base;

    fn deref(&self) -> &Base {
        &self.base
    }
}

impl House {
    /// A house whose connection `accounts` is the example, with the twins' addresses. It is noon in Berlin or nearly
    /// so.
    pub(super) async fn new() -> Self {
        let base = Base::new().await;
        let twin = partner_twin(&base);
        Self::around(base, twin).await
    }

    /// The same behind a proxy.
    pub(super) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        let base = Base::behind_a_proxy(retries).await;
        let twin = partner_twin(&base);
        Self::around(base, twin).await
    }

    /// The same with a judge in the partner twin's place.
    pub(super) async fn at(judge: &Judge) -> Self {
        Self::around(Base::new().await, judge.base_url()).await
    }

    async fn around(base: Base, partner_url: String) -> Self {
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
            partner_url,
            hired: Cell::default(),
            base,
        };
        house.at_noon();
        house.apply("accounts", NAME, &house.document()).await;
        house.set_secret(NAME, "accounts", &house.secret()).await;
        house
    }

    /// The functions as after a cold start: nothing is remembered.
    pub(super) fn cold(&mut self) {
        self.receiver = receiver(&self.base, &self.push_queue);
        self.pusher = pusher(&self.base, &self.push_queue);
        self.sweeper = sweeper(&self.base, &self.push_queue);
    }

    /// The example connection, with this house's twins and owner.
    pub(super) fn document(&self) -> String {
        include_str!("../../../functions/personio-to-scim/connection.example.toml")
            .replace("https://api.personio.de", &format!("{}/personio", self.vendors()))
            .replace("https://partner.example.com/scim/v2", &self.partner_url)
            .replace("people-team@example.com", &self.owner)
            // turns a millisecond apart: the clock stands still, so a test would wait for them in real time
            .replace("calls_per_minute = 500", "calls_per_minute = 60000")
            .replace("calls_per_minute = 120", "calls_per_minute = 60000")
    }

    /// Another file is applied, and read at once.
    pub(super) async fn configure(&mut self, document: &str) {
        self.apply("accounts", NAME, document).await;
        self.cold();
    }

    /// The file with another word.
    pub(super) async fn set(&mut self, from: &str, to: &str) {
        let document = self.document();
        assert!(document.contains(from), "{from}");
        self.configure(&document.replace(from, to)).await;
    }

    pub(super) fn secret(&self) -> Value {
        json!({"webhook_secrets": [{"value": SECRET}], "personio_client_id": SEED_CLIENT,
            "personio_client_secret": twins::personio::v2::SEED_SECRET, "scim_token": twins::scim::SEED_TOKEN})
    }

    /// The people in Personio's account.
    pub(super) fn office(&self) -> Office {
        self.twins.personio().v2(SEED_CLIENT)
    }

    /// What they do with persons.
    pub(super) fn staff(&self) -> Staff {
        self.twins.personio().staff(SEED_CLIENT)
    }

    /// The partner behaves otherwise.
    pub(super) fn partner(&self, change: impl FnOnce(&mut Account)) {
        let mut account = self.twins.scim().account(SEED_ACCOUNT).unwrap();
        change(&mut account);
        self.twins.scim().seed(SEED_ACCOUNT, account).unwrap();
    }

    /// The day in Berlin, so many days from today.
    pub(super) fn day(&self, from_today: i64) -> Date {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        self.hands.now().to_zoned(zone).date().saturating_add(from_today.days())
    }

    /// No test begins where a day ends.
    fn at_noon(&self) {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now = self.hands.now().to_zoned(zone);
        let noon = now.date().at(12, 0, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
        let noon = if noon < now { noon.saturating_add(1.day()) } else { noon };
        self.pass(noon.timestamp().duration_since(now.timestamp()).try_into().unwrap());
    }

    /// Somebody is hired who starts so many days from today, and no webhook tells of it.
    pub(super) async fn hire(&self, email: &str, from_today: i64) -> u64 {
        let employment =
            Terms { position: Some("Designer".to_owned()), department: Some(501), ..Terms::from(self.day(from_today)) };
        self.hired.set(self.hired.get() + 1);
        let id = Some(3100 + self.hired.get());
        let first_name = Some("Dora".to_owned());
        let new = NewPerson { id, employment, first_name, ..NewPerson::new(email, self.day(0)) };
        self.staff().hire(new).await.unwrap()
    }

    /// Personio tells of a person, as of now.
    pub(super) async fn told(&self, event: &str, person: u64) -> Answer {
        self.told_at(event, person, &self.hands.now().to_string()).await
    }

    /// The same with another time in it.
    pub(super) async fn told_at(&self, event: &str, person: u64, occurred_at: &str) -> Answer {
        let payload = json!({"person": {"id": person.to_string()}});
        self.delivered(event, payload, occurred_at).await
    }

    pub(super) async fn delivered(&self, event: &str, payload: Value, occurred_at: &str) -> Answer {
        let body = json!({"company_id": "48151", "event_name": event, "occurred_at": occurred_at, "payload": payload});
        self.receiver.receive(request(&body, SECRET)).await
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
        for _ in 0..200 {
            let records = self.take().await;
            if records.is_empty() {
                return all;
            }
            let ended = self.push(&records).await;
            self.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
            all.extend(ended);
        }
        panic!("the queue does not become empty: {all:?}");
    }

    /// The schedule comes now, and all its slices are read. Signals are left in the queue.
    pub(super) async fn schedule(&self) -> Vec<Handled> {
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

    /// A sweep of everybody as a person starts it, and all that follows from it.
    pub(super) async fn sweep_everybody(&self) -> Vec<Handled> {
        self.pass(Duration::from_secs(60));
        let now = self.hands.now();
        let rhythm = Connection::read(&self.document(), true).unwrap().sweeps.rhythm();
        let scheduled = Scheduled { run: format!("whole-{now}"), whole: true };
        let messages = tasks(NAME, "accounts", rhythm, &scheduled, now).unwrap();
        self.poll.sweeps.send_all(&messages).await.unwrap();
        let swept = self.sweep_until_quiet().await;
        assert!(swept.iter().all(|ended| ended.outcome.word() == "done"), "{swept:?}");
        self.until_quiet().await
    }

    /// So many days go by.
    pub(super) fn days_pass(&self, days: u32) {
        self.pass(DAY * days);
    }

    /// The accounts that came by the API, each as `login active`.
    pub(super) fn accounts(&self) -> Vec<String> {
        let all = self.twins.scim().users(SEED_ACCOUNT);
        let ours = all.iter().filter(|user| user.changed_by == Origin::Api || user.entered_by == Origin::Api);
        let mut spelt: Vec<String> = ours.map(spelt).collect();
        spelt.sort();
        spelt
    }

    /// The user with this login.
    pub(super) fn user(&self, name: &str) -> User {
        self.twins.scim().user(SEED_ACCOUNT, name).unwrap_or_else(|| panic!("no user {name}: {:?}", self.accounts()))
    }

    /// Somebody enters a user at the partner.
    pub(super) fn enter(&self, attributes: Value) -> String {
        let Value::Object(attributes) = attributes else { panic!("{attributes}") };
        self.twins.scim().enter(SEED_ACCOUNT, &attributes).unwrap()
    }

    pub(super) async fn close(self) {
        assert_eq!(self.take().await, Vec::<Sqs>::new(), "a signal is left");
        assert_eq!(self.sweep_source.take().await, Vec::<Sqs>::new(), "a sweep is left");
        self.base.close().await;
    }
}

fn partner_twin(base: &Base) -> String {
    format!("{}/scim/{SEED_ACCOUNT}", base.vendors())
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
    let reader = Reader::new(Http::new().unwrap(), base.hands.clock());
    Pusher::new(base.worker(NAME, Settings::read).for_signals(), reader, base.queue(push))
}

fn sweeper(base: &Base, push: &str) -> Sweeper {
    let reader = Reader::new(Http::new().unwrap(), base.hands.clock());
    Sweeper { worker: base.worker(NAME, Settings::read).for_signals(), reader, push: base.queue(push) }
}

/// `dora@agency.example on`
fn spelt(user: &User) -> String {
    format!("{} {}", user.user_name(), if user.is_active() { "on" } else { "off" })
}

pub(super) fn outcomes(ended: &[Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
}

/// A POST to the connection's door.
pub(super) fn request(body: &Value, secret: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", secret.parse().unwrap());
    let connection = "accounts".to_owned();
    let body = Body::Whole(body.to_string().into_bytes());
    Request { method: Method::POST, headers, connection, segment: None, query: String::new(), body }
}
