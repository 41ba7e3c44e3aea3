//! A house for openings: the flow's four functions in process between the two twins.

use std::cell::RefCell;
use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::batch::{Handled, Record};
use edge::http::Answer;
use hibob_to_recruit::NAME;
use hibob_to_recruit::poll::Poll;
use hibob_to_recruit::push::Pusher;
use hibob_to_recruit::sweep::Sweeper;
use hibob_to_recruit::webhook::Receiver;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::Effect;
use twins::hibob::{self, Made, Modes, NewPosition, Office, SEED_COMPANY};
use twins::recruit::{Account, Opening, Quirks, SEED_ACCOUNT};

use super::functions::{pusher, receiver, sweeper};
use super::stage::{self, on, opening_cells, position, secret, signed, spelt};
use crate::support::base::Base;
use crate::support::lambda::{Source, Sqs, rest};

/// Where the functions have time enough.
const ENOUGH: Duration = Duration::from_secs(120);
pub(super) const MINUTE: Duration = Duration::from_secs(60);

pub(super) struct House {
    base: Base,
    pub(super) receiver: Receiver,
    pub(super) pusher: Pusher,
    pub(super) sweeper: Sweeper,
    pub(super) poll: Poll,
    pub(super) push_queue: String,
    push_source: Source,
    sweep_source: Source,
    bob: RefCell<hibob::Quirks>,
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

    /// A house whose functions meet AWS through a proxy, after its first sweep.
    pub(super) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        let house = Self::around(Base::behind_a_proxy(retries).await).await;
        house.sweep_all().await;
        house
    }

    async fn around(base: Base) -> Self {
        let house = Self::without_secret(base).await;
        house.give_secret(&secret()).await;
        house
    }

    /// The same without a secret.
    pub(super) async fn without_secret(base: Base) -> Self {
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
            bob: RefCell::default(),
            base,
        };
        house.recruit(|account| account.quirks.openings_api = true);
        house.apply("openings", NAME, &house.document()).await;
        house
    }

    pub(super) async fn give_secret(&self, secret: &Value) {
        self.set_secret(NAME, "openings", secret).await;
    }

    /// The functions as after a cold start: nothing is remembered.
    pub(super) fn cold(&mut self) {
        self.receiver = receiver(&self.base, &self.push_queue);
        self.pusher = pusher(&self.base, &self.push_queue);
        self.sweeper = sweeper(&self.base, &self.push_queue);
    }

    /// The connection's file.
    pub(super) fn document(&self) -> String {
        stage::document(&self.twins.url(), &self.owner)
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
        self.quirks(|quirks| quirks.openings_api = false);
        let document = self.document().replace(stage::WAYS, "");
        self.configure(&document).await;
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

    /// What HiBob's documentation leaves open is otherwise.
    pub(super) fn hibob(&self, change: impl FnOnce(&mut hibob::Quirks)) {
        change(&mut self.bob.borrow_mut());
        self.office().set_quirks(self.bob.borrow().clone()).unwrap();
    }

    /// Recruit's calls go wrong like this.
    pub(super) fn recruit_fails(&self, call: &str, effect: Effect, times: u32) {
        self.twins.recruit().desk().set_faults(on(call, effect, times));
    }

    /// An approved position with so many openings.
    pub(super) async fn position(&self, openings: usize) -> Made {
        self.office().create(NewPosition { openings: vec![opening_cells(); openings], ..position() }).await.unwrap()
    }

    /// The same, which Recruit holds as well.
    pub(super) async fn entered(&self, openings: usize) -> Made {
        let made = self.position(openings).await;
        self.announce(&made).await;
        made
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

    /// HiBob tells of a new position and its openings, and all that follows from it is done.
    pub(super) async fn announce(&self, made: &Made) -> Vec<Handled> {
        self.told_of_position("created", made.id).await;
        for opening in &made.opening_ids {
            self.told_of_opening("created", *opening).await;
        }
        self.until_quiet().await
    }

    /// An opening is told as updated, a minute after what was told before, and all that follows from it is done.
    pub(super) async fn updated(&self, opening: u64) -> Vec<Handled> {
        self.pass(MINUTE);
        self.told_of_opening("updated", opening).await;
        self.until_quiet().await
    }

    /// The same of a position.
    pub(super) async fn position_updated(&self, position: u64) -> Vec<Handled> {
        self.pass(MINUTE);
        self.told_of_position("updated", position).await;
        self.until_quiet().await
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

    /// The next full hour's sweep. Signals are left in the queue.
    pub(super) async fn hour(&self) -> Vec<Handled> {
        let seconds = self.hands.now().as_second();
        self.pass(Duration::from_secs(u64::try_from(3600 - seconds.rem_euclid(3600)).unwrap()));
        self.poll.run().await.unwrap();
        self.sweep_until_quiet().await
    }

    /// The same, and all that follows from it.
    pub(super) async fn sweep_all(&self) -> Vec<Handled> {
        let swept = self.hour().await;
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
