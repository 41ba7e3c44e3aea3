//! A house for absences: the flow's four functions in process between the two twins.

use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::Message;
use edge::batch::{Handled, Record};
use edge::http::{Answer, Body, Request};
use http::{HeaderMap, Method};
use jiff::ToSpan;
use jiff::civil::Date;
use ledger::{ReplayClaim, Subject, Triaged};
use personio_to_hellohq::connection::{Connection, Settings};
use personio_to_hellohq::link::KIND;
use personio_to_hellohq::poll::Poll;
use personio_to_hellohq::push::Pusher;
use personio_to_hellohq::sweep::Sweeper;
use personio_to_hellohq::webhook::{ADVICE, Receiver};
use personio_to_hellohq::{Mapper, NAME};
use reconcile::{Scheduled, Signal, Trigger, tasks};
use serde_json::{Value, json};
use twins::hellohq::{Absence as Entry, Origin, SEED_ACCOUNT};
use twins::personio::v2::{Edit, NewAbsence, Office, SEED_CLIENT, Span, Tenant};
use uuid::Uuid;
use vendors::Http;
use vendors::personio::hr::Tokens;

use crate::support::base::Base;
use crate::support::lambda::{Source, Sqs, rest};

/// The secret that the test's Personio shows.
pub(super) const SECRET: &str = "the-secret-of-this-test";
/// Where the functions have time enough.
const ENOUGH: Duration = Duration::from_secs(60);

pub(super) struct House {
    base: Base,
    pub(super) receiver: Receiver,
    pub(super) pusher: Pusher,
    pub(super) sweeper: Sweeper,
    pub(super) poll: Poll,
    pub(super) push_queue: String,
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
    /// A house whose connection `absences` is the example, with the twins' addresses and a start 90 days ago.
    pub(super) async fn new() -> Self {
        Self::around(Base::new().await).await
    }

    /// The same behind a proxy.
    pub(super) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        Self::around(Base::behind_a_proxy(retries).await).await
    }

    async fn around(base: Base) -> Self {
        let (push, sweep) = (base.cloud.queue().await, base.cloud.queue().await);
        let (sweeps, clock) = (base.queue(&sweep), base.hands.clock());
        let house = Self {
            receiver: receiver(&base, &push),
            pusher: pusher(&base),
            sweeper: sweeper(&base, &push),
            poll: Poll { ledger: base.ledger.clone(), sweeps, clock, local: true },
            push_source: base.source(&push),
            sweep_source: base.source(&sweep),
            push_queue: push,
            base,
        };
        // everybody works every day, or what stands in HQ would depend on the weekday of today
        let mut tenant = Tenant::seed();
        tenant.persons.iter_mut().for_each(|person| person.week_percent = [100; 7]);
        house.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
        house.configure(&house.document()).await;
        house.set_secret(NAME, "absences", &house.secret()).await;
        house
    }

    /// The functions as after a cold start: nothing is remembered.
    pub(super) fn cold(&mut self) {
        self.receiver = receiver(&self.base, &self.push_queue);
        self.pusher = pusher(&self.base);
        self.sweeper = sweeper(&self.base, &self.push_queue);
    }

    /// The example connection, with this house's twins and owner.
    pub(super) fn document(&self) -> String {
        include_str!("../../../functions/personio-to-hellohq/connection.example.toml")
            .replace("https://api.personio.de", &format!("{}/personio", self.vendors()))
            .replace("https://api.hellohq.io", &format!("{}/hellohq", self.vendors()))
            .replace("people-team@example.com", &self.owner)
            .replace("start_date = \"2026-01-01\"", &format!("start_date = \"{}\"", self.day(-90)))
            // slots a millisecond apart: the clock stands still, so a test would wait for them in real time
            .replace("calls_per_minute = 900", "calls_per_minute = 60000")
    }

    pub(super) async fn configure(&self, document: &str) {
        self.apply("absences", NAME, document).await;
    }

    pub(super) fn secret(&self) -> Value {
        json!({"webhook_secrets": [{"value": SECRET}], "personio_client_id": SEED_CLIENT,
            "personio_client_secret": twins::personio::v2::SEED_SECRET, "hellohq_token": twins::hellohq::SEED_TOKEN})
    }

    /// The people in Personio's account.
    pub(super) fn office(&self) -> Office {
        self.twins.personio().v2(SEED_CLIENT)
    }

    /// The day so many days from today.
    pub(super) fn day(&self, from_today: i64) -> Date {
        self.hands.now().to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(from_today.days())
    }

    /// Whole days, by their distance from today.
    pub(super) fn days(&self, first: i64, last: i64) -> Span {
        Span::days(self.day(first), self.day(last))
    }

    /// Somebody enters an approved absence in Personio, and no webhook tells of it.
    pub(super) async fn create(&self, person: u64, type_id: Uuid, span: Span) -> Uuid {
        self.office().create(NewAbsence::new(person, type_id, span)).await.unwrap()
    }

    /// Somebody edits it.
    pub(super) async fn edit(&self, absence: Uuid, edit: Edit) {
        self.office().edit(absence, edit).await.unwrap();
    }

    /// Somebody deletes it.
    pub(super) async fn delete(&self, absence: Uuid) {
        self.office().delete(absence).await.unwrap();
    }

    /// Personio tells of an absence, as of now.
    pub(super) async fn told(&self, event: &str, absence: Uuid) -> Answer {
        self.told_at(event, absence, &self.hands.now().to_string()).await
    }

    /// The same with another time in it.
    pub(super) async fn told_at(&self, event: &str, absence: Uuid, occurred_at: &str) -> Answer {
        let body = json!({"company_id": "48151", "event_name": format!("absence-period.{event}"),
            "occurred_at": occurred_at, "payload": {"absence_period": {"id": absence}}});
        self.receiver.receive(request(&body, SECRET)).await
    }

    /// A person retries a failure, as the console does it.
    pub(super) async fn retry(&self, id: &str) {
        let (ledger, now) = (&self.ledger, self.hands.now());
        let record = ledger.failure_record("absences", id).await.unwrap().unwrap();
        let mut message = Message::read(record.failure.message.as_ref().unwrap().reveal()).unwrap();
        let claim = ledger.claim_replay(&record, &message.identity(), false, "retry", now).await.unwrap();
        let ReplayClaim::Claimed(replay) = claim else { panic!("{claim:?}") };
        message.replay = replay;
        message.received = now;
        self.queue(&self.push_queue).send(&message).await.unwrap();
        assert_eq!(ledger.replay_sent(&record, "retry", replay).await.unwrap(), Triaged::Written);
    }

    /// Takes up to ten signals out of the pusher's queue.
    pub(super) async fn take(&self) -> Vec<Sqs> {
        self.push_source.take().await
    }

    pub(super) async fn push(&self, records: &[Sqs]) -> Vec<Handled> {
        self.push_with(records, ENOUGH).await
    }

    pub(super) async fn push_with(&self, records: &[Sqs], left: Duration) -> Vec<Handled> {
        let push = async |record: Record<'_>| self.pusher.push(record).await;
        self.push_source.run(records, left, &push).await
    }

    /// Takes one slice, as the sweeper's mapping does, and handles it.
    pub(super) async fn sweep_once(&self, left: Duration) -> Vec<Handled> {
        let records = self.sweep_source.take_up_to(1).await;
        let sweep = async |record: Record<'_>| self.sweeper.sweep(record).await;
        self.sweep_source.run(&records, left, &sweep).await
    }

    /// The schedule comes, and all its slices are read. How they ended. Signals are left in the queue.
    pub(super) async fn sweep(&self) -> Vec<Handled> {
        self.poll.run().await.unwrap();
        self.sweep_until_quiet().await
    }

    pub(super) async fn sweep_until_quiet(&self) -> Vec<Handled> {
        let mut all = Vec::new();
        for _ in 0..200 {
            let ended = self.sweep_once(ENOUGH).await;
            if ended.is_empty() {
                return all;
            }
            self.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
            all.extend(ended);
        }
        panic!("the sweeps do not end: {all:?}");
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

    /// Moves on to the next schedule of two hours, and lets it do its work.
    pub(super) async fn next_sweep(&self) -> Vec<Handled> {
        self.pass(Duration::from_secs(2 * 60 * 60));
        self.sweep().await;
        self.until_quiet().await
    }

    /// The messages of a sweep of everything since the start, as a person starts it.
    pub(super) fn whole_sweep(&self) -> Vec<Message> {
        let now = self.hands.now();
        let rhythm = Connection::read(&self.document(), true).unwrap().sweeps.rhythm();
        let scheduled = Scheduled { run: format!("whole-{now}"), whole: true };
        tasks(NAME, "absences", rhythm, &scheduled, now).unwrap()
    }

    /// A sweep of everything, and all that follows from it.
    pub(super) async fn sweep_everything(&self) -> Vec<Handled> {
        self.pass(Duration::from_secs(10 * 60));
        self.poll.sweeps.send_all(&self.whole_sweep()).await.unwrap();
        self.sweep_until_quiet().await;
        self.until_quiet().await
    }

    /// An absence is looked at as by a person's retry, though the owner was told of nothing.
    pub(super) async fn look_again(&self, absence: Uuid) -> Vec<Handled> {
        let now = self.hands.now();
        let signal = Signal::new(Subject::new(KIND, absence), Trigger::NotInTarget);
        let mut message = signal.of_sweep(NAME, "absences", &format!("retry-{now}"), None, now).unwrap();
        message.replay = 1;
        self.queue(&self.push_queue).send(&message).await.unwrap();
        self.until_quiet().await
    }

    /// Somebody removes every entry of a user in HQ. How many.
    pub(super) fn remove_by_hand(&self, user: i32) -> usize {
        let theirs: Vec<_> = self.entries().into_iter().filter(|entry| entry.user_id == user).collect();
        for entry in &theirs {
            assert!(self.twins.hellohq().remove(SEED_ACCOUNT, entry.id));
        }
        theirs.len()
    }

    /// Somebody enters whole days of vacation in HQ; spelt as [`House::held`] does.
    pub(super) fn enter_by_hand(&self, user: i32, first: i64, last: i64) -> String {
        let (start, end) = (self.day(first).at(0, 0, 0, 0), self.day(last + 1).at(0, 0, 0, 0));
        let entry = twins::hellohq::Entry::new(user, "Vacation", &start.to_string(), &end.to_string());
        self.twins.hellohq().enter(SEED_ACCOUNT, entry).unwrap();
        whole(user, "Vacation", self.day(first), self.day(last))
    }

    /// The same texts of what people have entered in HQ.
    pub(super) fn by_hand(&self) -> Vec<String> {
        let all = self.twins.hellohq().absences(SEED_ACCOUNT);
        let mut by_hand: Vec<String> = all.iter().filter(|entry| entry.entered_by == Origin::Hand).map(spelt).collect();
        by_hand.sort();
        by_hand
    }

    /// What HQ holds that came by its API.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let all = self.twins.hellohq().absences(SEED_ACCOUNT);
        all.into_iter().filter(|entry| entry.entered_by == Origin::Api).collect()
    }

    /// The same as short texts: user, type, start and end.
    pub(super) fn held(&self) -> Vec<String> {
        let mut held: Vec<String> = self.entries().iter().map(spelt).collect();
        held.sort();
        held
    }

    /// What is still to be swept is dropped: of a connection that cannot be.
    pub(super) async fn forget_sweeps(&self) {
        self.sweep_source.purge().await;
    }

    pub(super) async fn close(self) {
        assert_eq!(self.take().await, Vec::<Sqs>::new(), "a signal is left");
        assert_eq!(self.sweep_source.take().await, Vec::<Sqs>::new(), "a sweep is left");
        self.base.close().await;
    }
}

fn receiver(base: &Base, push: &str) -> Receiver {
    let connections = base.connections(NAME, Settings::read);
    Receiver {
        connections,
        queue: base.queue(push),
        rejections: base.rejections(NAME, ADVICE),
        clock: base.hands.clock(),
    }
}

fn pusher(base: &Base) -> Pusher {
    let mapper = Mapper::new(Http::new().unwrap(), base.hands.clock());
    Pusher { worker: base.worker(NAME, Settings::read).for_signals(), mapper }
}

fn sweeper(base: &Base, push: &str) -> Sweeper {
    let (worker, http) = (base.worker(NAME, Settings::read).for_signals(), Http::new().unwrap());
    Sweeper { worker, http, tokens: Tokens::default(), push: base.queue(push) }
}

/// `11 Vacation 2026-03-02T00:00:00..2026-03-03T00:00:00`
pub(super) fn spelt(entry: &Entry) -> String {
    format!("{} {:?} {}..{}", entry.user_id, entry.kind, entry.start, entry.end)
}

/// Whole days of a user, as [`House::held`] spells them.
pub(super) fn whole(user: i32, kind: &str, first: Date, last: Date) -> String {
    format!("{user} {kind} {first}T00:00:00..{}T00:00:00", last.saturating_add(1.day()))
}

pub(super) fn outcomes(ended: &[Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
}

/// A POST to the connection's door.
pub(super) fn request(body: &Value, secret: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", secret.parse().unwrap());
    let connection = "absences".to_owned();
    let query = String::new();
    let body = Body::Whole(body.to_string().into_bytes());
    Request { method: Method::POST, headers, connection, segment: None, query, body }
}
