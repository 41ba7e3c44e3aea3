//! A house for contracts: the flow's four functions in process between the two twins, whose webhooks are handed over by the test.

use std::ops::Deref;
use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::batch::{Handled, Record};
use edge::http::{Answer, Body, Request};
use http::{HeaderMap, HeaderName, Method};
use oneflow_teamtailor::NAME;
use oneflow_teamtailor::connection::Settings;
use oneflow_teamtailor::poll::Poll;
use oneflow_teamtailor::push::Pusher;
use oneflow_teamtailor::sweep::Sweeper;
use oneflow_teamtailor::webhook::{ADVICE, Receiver};
use serde_json::{Value, json};
use twins::oneflow::{self, Contract, Draft};
use twins::outbox::Letter;
use twins::teamtailor::{self, Applied, CustomField, FieldKind, SignatureScheme, Webhook};
use vendors::Http;

use crate::support::base::Base;
use crate::support::lambda::{Source, Sqs, rest};

/// The keys that the test's vendors sign with.
const TEAMTAILOR_KEY: &str = "the-key-of-teamtailor";
const ONEFLOW_KEY: &str = "the-key-of-oneflow";
/// Where the functions have time enough.
const ENOUGH: Duration = Duration::from_secs(120);
pub(super) const MINUTE: Duration = Duration::from_secs(60);
/// The account of both twins.
const AGENCY: &str = "agency";
/// The candidate's address.
pub(super) const DORA: &str = "dora@people.example";
/// The job, and the stage that starts a contract.
const JOB: u64 = 41;
pub(super) const OFFER: u64 = 52;

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
    /// A house whose connection `contracts` is the example with the twins' ids and addresses: contracts are published at once,
    /// and later edits of candidates reach them.
    pub(super) async fn new() -> Self {
        Self::around(Base::new().await).await
    }

    /// A house behind a proxy.
    pub(super) async fn behind_a_proxy(retries: RetryConfig) -> Self {
        Self::around(Base::behind_a_proxy(retries).await).await
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
        house.seed_oneflow().await;
        house.seed_teamtailor();
        house.apply("contracts", NAME, &house.document()).await;
        house.set_secret(NAME, "contracts", &house.secret()).await;
        house
    }

    /// The account with hrsync's two hidden data fields and one for a telephone number; a webhook whose letters are held.
    async fn seed_oneflow(&self) {
        self.oneflow(|account| {
            account.modes.hold = true;
            let fields = &mut account.template_types[0].data_fields;
            let known = fields[0].clone();
            fields.extend(["hrsync-candidate", "hrsync-key", "phone"].map(|custom_id| oneflow::NewField {
                custom_id: custom_id.to_owned(),
                name: custom_id.to_owned(),
                ..known.clone()
            }));
        });
        let url = format!("{}/oneflow/v1/webhooks", self.twins.url());
        let body = json!({"callback_url": "http://127.0.0.1/oneflow", "sign_key": ONEFLOW_KEY});
        let request = reqwest::Client::new().post(url).header("x-oneflow-api-token", oneflow::SEED_TOKEN);
        let answer = request.header("x-oneflow-user-email", "admin@agency.example").json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    fn seed_teamtailor(&self) {
        self.teamtailor(|account| {
            account.modes.hold = true;
            let events = ["candidate.update", "candidate.destroy", "job_application.create", "job_application.update"];
            account.webhooks = vec![Webhook {
                url: "http://127.0.0.1/teamtailor".to_owned(),
                key: TEAMTAILOR_KEY.to_owned(),
                scheme: SignatureScheme::V2,
                events: events.map(ToOwned::to_owned).into(),
            }];
            account.custom_fields.push(CustomField {
                id: 73,
                name: "Contract".to_owned(),
                api_name: "contract-status".to_owned(),
                kind: FieldKind::Text,
                options: Vec::new(),
            });
        });
    }

    /// The functions as after a cold start: nothing is remembered.
    pub(super) fn cold(&mut self) {
        self.receiver = receiver(&self.base, &self.push_queue);
        self.pusher = pusher(&self.base, &self.push_queue);
        self.sweeper = sweeper(&self.base, &self.push_queue);
    }

    /// The connection's file.
    pub(super) fn document(&self) -> String {
        let example = include_str!("../../../functions/oneflow-teamtailor/connection.example.toml");
        example
            .replace("https://api.oneflow.com/v1\"", &format!("{}/oneflow/v1\"", self.vendors()))
            .replace("region = \"eu\"", &format!("base_url = \"{}/teamtailor/eu\"", self.vendors()))
            .replace("recruiting-team@example.com", &self.owner)
            .replace("recruiting@example.com", "recruiter@agency.example")
            .replace("template = \"101\"", "template = \"31\"")
            .replace("start_date = \"2026-01-01\"", "start_date = \"2020-01-01\"")
            .replace("# invitation =", "invitation =")
            // all offers of a test are made on one day
            .replace("creations_per_day = 50", "creations_per_day = 500")
            .replace("update = false", "update = true")
            .replace("# map = [\n", "map = [{ oneflow = \"phone\", teamtailor = \"candidate.phone\" }]\n# [\n")
            // turns a millisecond apart: the clock stands still, so a test would wait for them in real time
            .replace("calls_per_minute = 300", "calls_per_minute = 60000")
            .replace("calls_per_minute = 240", "calls_per_minute = 60000")
    }

    /// The file with another word, read at once.
    pub(super) async fn set(&mut self, from: &str, to: &str) {
        let document = self.document();
        assert!(document.contains(from), "{from}");
        self.apply("contracts", NAME, &document.replace(from, to)).await;
        self.cold();
    }

    pub(super) fn secret(&self) -> Value {
        json!({"webhook_secrets": [{"value": TEAMTAILOR_KEY}], "oneflow_token": oneflow::SEED_TOKEN,
            "teamtailor_api_key": teamtailor::SEED_TOKEN, "oneflow_sign_key": ONEFLOW_KEY})
    }

    /// Oneflow behaves otherwise.
    pub(super) fn oneflow(&self, change: impl FnOnce(&mut oneflow::Account)) {
        let mut account = self.twins.oneflow().account(AGENCY).unwrap();
        change(&mut account);
        self.twins.oneflow().seed(AGENCY, account).unwrap();
    }

    /// Teamtailor behaves otherwise.
    pub(super) fn teamtailor(&self, change: impl FnOnce(&mut teamtailor::Account)) {
        let mut account = self.twins.teamtailor().account(AGENCY).unwrap();
        change(&mut account);
        self.twins.teamtailor().seed(AGENCY, account).unwrap();
    }

    /// What people do in Oneflow.
    pub(super) fn desk(&self) -> oneflow::Office {
        oneflow::Office::new(self.twins.oneflow(), AGENCY)
    }

    /// What people do in Teamtailor.
    pub(super) fn recruiters(&self) -> teamtailor::Office {
        teamtailor::Office::new(self.twins.teamtailor(), AGENCY)
    }

    /// Dora applies.
    pub(super) async fn dora(&self) -> Applied {
        self.applies(DORA).await
    }

    /// Somebody with this address applies.
    pub(super) async fn applies(&self, email: &str) -> Applied {
        let text = |text: &str| Some(text.to_owned());
        let who = teamtailor::Edit {
            first_name: text("Dora"),
            last_name: text("Berg"),
            email: text(email),
            phone: text("+46 70 123"),
        };
        self.recruiters().apply(JOB, who).await.unwrap()
    }

    /// Somebody makes a contract for a candidate by hand and sends it. `candidate`: what the hidden field holds.
    pub(super) async fn contract_for(&self, candidate: impl std::fmt::Display, email: &str) -> i64 {
        let draft: Draft = serde_json::from_value(json!({
            "workspace_id": 11, "template_id": 31, "name": "Offer",
            "data_fields": [{"custom_id": "hrsync-candidate", "value": candidate.to_string()}],
            "parties": [{"type": "individual", "participant": {"name": "Dora Berg", "email": email, "phone_number": "+46 70 123",
                "signatory": true, "_permissions": {"contract:update": true}}}],
        }))
        .unwrap();
        self.desk().create("recruiter@agency.example", &draft, true).await.unwrap()
    }

    /// Dora enters a value in her contract.
    pub(super) async fn enter(&self, contract: i64, field: &str, value: &str) {
        self.desk().edit_field(contract, field, value, Some(DORA)).await.unwrap();
    }

    /// What the candidate holds in a custom field.
    pub(super) fn held(&self, candidate: u64, api_name: &str) -> Value {
        self.twins.teamtailor().value(AGENCY, candidate, api_name)
    }

    /// The names of the candidate's files.
    pub(super) fn files(&self, candidate: u64) -> Vec<String> {
        let uploads = self.twins.teamtailor().uploads(AGENCY, candidate);
        uploads.into_iter().map(|upload| upload.file_name).collect()
    }

    /// All contracts, the oldest first.
    pub(super) fn contracts(&self) -> Vec<Contract> {
        self.twins.oneflow().contracts(AGENCY)
    }

    /// How often Dora was invited to a contract.
    pub(super) fn invitations(&self, contract: i64) -> usize {
        self.invitations_to(contract, DORA)
    }

    /// The same of whoever has this address.
    pub(super) fn invitations_to(&self, contract: i64, email: &str) -> usize {
        self.twins.oneflow().invitations(AGENCY, contract, email)
    }

    /// Hands over what both vendors have to tell; how many letters. Each is taken, unless something of ours fails: then Oneflow
    /// comes again, and Teamtailor does not.
    pub(super) async fn deliver(&self) -> usize {
        let (told, asked) = (self.twins.oneflow().take_due(AGENCY), self.twins.teamtailor().take_due(AGENCY));
        let count = told.len() + asked.len();
        for letter in told {
            let status = self.receiver.receive(request(&letter, "oneflow")).await.status.as_u16();
            assert!([200, 503].contains(&status), "{status}");
            self.twins.oneflow().answered(AGENCY, letter, status);
        }
        for letter in asked {
            let status = self.receiver.receive(request(&letter, "teamtailor")).await.status.as_u16();
            assert!([200, 503].contains(&status), "{status}");
        }
        count
    }

    /// What both vendors have to tell is lost.
    pub(super) fn lose(&self) {
        assert!(
            !self.twins.oneflow().take_due(AGENCY).is_empty() | !self.twins.teamtailor().take_due(AGENCY).is_empty()
        );
    }

    /// The pusher's queue, as the console knows it.
    pub(super) fn push_queue(&self) -> edge::Queue {
        self.base.queue(&self.push_queue)
    }

    /// Takes up to ten signals out of the pusher's queue.
    pub(super) async fn take(&self) -> Vec<Sqs> {
        self.push_source.take().await
    }

    pub(super) async fn push(&self, records: &[Sqs]) -> Vec<Handled> {
        let push = async |record: Record<'_>| self.pusher.push(record).await;
        self.push_source.run(records, ENOUGH, &push).await
    }

    /// Rounds until nobody has anything to tell and no signal is left; the clock is moved past the rests that are asked for.
    pub(super) async fn until_quiet(&self) -> Vec<Handled> {
        let mut all = Vec::new();
        for _ in 0..300 {
            let told = self.deliver().await;
            let records = self.take().await;
            if told == 0 && records.is_empty() {
                return all;
            }
            let ended = self.push(&records).await;
            self.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
            all.extend(ended);
        }
        panic!("it does not become quiet: {:?}", all.iter().rev().take(3).collect::<Vec<_>>());
    }

    /// The next day's sweep, and all that follows from it.
    pub(super) async fn sweep_all(&self) -> Vec<Handled> {
        let seconds = self.hands.now().as_second();
        self.pass(Duration::from_secs(u64::try_from(86_400 - seconds.rem_euclid(86_400)).unwrap()));
        self.poll.run().await.unwrap();
        for _ in 0..50 {
            let records = self.sweep_source.take_up_to(1).await;
            let sweep = async |record: Record<'_>| self.sweeper.sweep(record).await;
            let ended = self.sweep_source.run(&records, ENOUGH, &sweep).await;
            if ended.is_empty() {
                return self.until_quiet().await;
            }
            assert!(ended.iter().all(|ended| ended.outcome.word() == "done"), "{ended:?}");
        }
        panic!("the sweeps do not end");
    }

    /// A request that the receiver answers.
    pub(super) async fn ask(&self, segment: &str, headers: HeaderMap, body: &str) -> Answer {
        self.receiver.receive(request_of(segment, headers, body)).await
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

fn request(letter: &Letter, segment: &str) -> Request {
    let mut headers = HeaderMap::new();
    for (name, value) in &letter.headers {
        headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    request_of(segment, headers, &letter.body)
}

fn request_of(segment: &str, headers: HeaderMap, body: &str) -> Request {
    let (connection, segment) = ("contracts".to_owned(), Some(segment.to_owned()));
    let body = Body::Whole(body.as_bytes().to_vec());
    Request { method: Method::POST, headers, connection, segment, query: String::new(), body }
}
