//! A schedule on its way through a house.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use edge::Message;
use edge::batch::{Again, Handled};
use ledger::Event as Identity;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::heyflow::Upload;

use super::schedule::{Event, Response, Schedule};
use crate::support::cloud::local_client;
use crate::support::dice::Dice;
use crate::support::house::{House, rest};
use crate::support::lambda::Sqs;

/// The first name of whoever applies on Personio's own page.
pub(super) const ELSEWHERE: &str = "Elsewhere";

/// A queue keeps nothing for longer, so it hands nothing out again that is older.
const OLDEST: Duration = Duration::from_secs(12 * 24 * 60 * 60);

/// What became of one queued record.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) identity: Identity,
    /// How it ended; once, if all is well.
    pub(super) ends: Vec<&'static str>,
    /// Why it did not, each time.
    pub(super) retries: Vec<String>,
}

/// What happened so far.
pub(super) struct Run<'a> {
    pub(super) house: &'a House,
    pub(super) schedule: &'a Schedule,
    /// By response id: the statuses that its sender saw.
    pub(super) answered: BTreeMap<String, Vec<u16>>,
    /// By response id.
    pub(super) noted: BTreeMap<String, Noted>,
    /// The queue's ids of the records that were handed out.
    pub(super) handed_out: BTreeSet<String>,
    pub(super) mails: Vec<String>,
    taken: Vec<Vec<Sqs>>,
    ended: Vec<Sqs>,
}

impl<'a> Run<'a> {
    pub(super) fn new(house: &'a House, schedule: &'a Schedule) -> Self {
        let (answered, noted, handed_out, mails) = Default::default();
        house.proxy().watch(|_, _| None);
        Self { house, schedule, answered, noted, handed_out, mails, taken: Vec::new(), ended: Vec::new() }
    }

    pub(super) async fn events(&mut self) {
        for event in &self.schedule.events {
            self.event(event).await;
        }
    }

    async fn event(&mut self, event: &Event) {
        match event {
            Event::Arrives(number) => self.arrives(&self.schedule.responses[*number]).await,
            Event::Taken => self.taken.push(self.house.take().await),
            Event::Pushed { after_seconds, pick, seconds_left } => {
                self.house.pass(Duration::from_secs(*after_seconds));
                self.pushed(*pick, *seconds_left).await;
            }
            Event::HandedOutAgain { pick } => self.handed_out_again(*pick).await,
            Event::Personio { effect, times } => self.personio(effect, *times),
            Event::Calls { percent, seed } => self.calls_go_wrong(*percent, *seed),
            Event::Passes { seconds } => self.house.pass(Duration::from_secs(*seconds)),
            Event::Mailed => {
                // a run that fails is followed by another one
                self.house.poll().run().await.ok();
                self.house.mail().await;
            }
            Event::AppliesElsewhere { email } => self.applies_elsewhere(email).await,
        }
    }

    async fn arrives(&mut self, response: &Response) {
        let answer = self.house.deliver(&response.id, self.answers(response)).await;
        self.answered.entry(response.id.clone()).or_default().push(answer.status.as_u16());
    }

    fn answers(&self, response: &Response) -> Value {
        let email = if response.mappable { &response.email } else { "no address" };
        let mut answers = json!({"First name": response.id, "Last name": "Applicant", "E-mail": email});
        if response.file {
            let file = Upload::new("application/pdf", b"%PDF-1.7\na sample curriculum vitae");
            let path = self.house.twins.heyflow().upload(&response.id, "Sample CV.pdf", file);
            answers["CV"] = json!(format!("{}/heyflow{path}", self.house.vendors()));
        }
        answers
    }

    async fn pushed(&mut self, pick: u64, seconds_left: u64) {
        let mut dice = Dice::of(pick);
        if self.taken.is_empty() {
            self.taken.push(self.house.take().await);
        }
        let mut records = self.taken.remove(dice.index(self.taken.len()));
        for last in (1..records.len()).rev() {
            records.swap(last, dice.index(last + 1));
        }
        self.push(records, Duration::from_secs(seconds_left)).await;
    }

    /// One invocation of the pusher. How its records ended.
    async fn push(&mut self, records: Vec<Sqs>, left: Duration) -> Vec<Handled> {
        let mut ended = self.house.push_with(&records, left).await;
        assert!(
            ended.len() <= records.len() && ended.is_empty() == records.is_empty(),
            "the first record is always begun"
        );
        // the last of them, where too little time was left to begin them
        ended.resize(records.len(), Handled::waiting("not begun", Again::In(Duration::ZERO)));
        for (record, ended) in records.into_iter().zip(&ended) {
            self.note(&record, ended);
            if ended.again.is_none() {
                self.ended.push(record);
            }
        }
        ended
    }

    fn note(&mut self, record: &Sqs, ended: &Handled) {
        let message = message(record);
        let response = message.ids.iter().find(|id| id.name == "response").unwrap().value.clone();
        self.handed_out.insert(record["messageId"].as_str().unwrap().to_owned());
        let new = || Noted { identity: message.identity(), ends: Vec::new(), retries: Vec::new() };
        let noted = self.noted.entry(response).or_insert_with(new);
        match ended.again {
            None => noted.ends.push(ended.outcome.word()),
            Some(_) => noted.retries.push(ended.reason.clone()),
        }
    }

    async fn handed_out_again(&mut self, pick: u64) {
        let oldest = self.house.hands.now() - OLDEST;
        let young: Vec<&Sqs> = self.ended.iter().filter(|record| message(record).received > oldest).collect();
        if young.is_empty() {
            return;
        }
        let mut record = young[Dice::of(pick).index(young.len())].clone();
        record["receiptHandle"] = Value::Null;
        record["attributes"]["ApproximateReceiveCount"] = json!("100");
        let ended = self.house.push(&[record]).await;
        assert!(ended[0].outcome.word() == "skipped" || ended[0].again.is_some(), "handled twice: {ended:?}");
    }

    /// Comes before what is left of earlier faults.
    fn personio(&self, effect: &Effect, times: u32) {
        let desk = self.house.twins.personio().desk();
        let rule = Rule::new("*", effect.clone()).unwrap().times(times);
        let rules = std::iter::once(rule).chain(desk.faults().rules).collect();
        desk.set_faults(Faults { rules, ..Faults::default() });
    }

    fn calls_go_wrong(&self, percent: u64, seed: u64) {
        let mut dice = Dice::of(seed);
        self.house.proxy().change(move |_, kind| {
            // Personio has faults of its own
            let hit = dice.percent(percent) && !kind.starts_with("POST ");
            hit.then(|| dice.trouble())
        });
    }

    async fn applies_elsewhere(&self, email: &str) {
        let application = json!({"first_name": ELSEWHERE, "last_name": "Applicant", "email": email,
            "job_position_id": 1_834_171});
        let url = format!("{}/personio/v1/recruiting/applications", self.house.twins.url());
        let request = local_client().post(url).bearer_auth(twins::personio::SEED_TOKEN);
        // whether it came in shows in what the twin holds
        request.header("x-company-id", twins::personio::SEED_COMPANY).json(&application).send().await.ok();
    }

    /// Nothing goes wrong any more, and all functions run until there is nothing left for them.
    pub(super) async fn settle(&mut self) {
        self.house.twins.personio().desk().set_faults(Faults::default());
        self.house.proxy().change(|_, _| None);
        for records in std::mem::take(&mut self.taken) {
            self.push(records, Duration::from_secs(60)).await;
        }
        for _ in 0..200 {
            let records = self.house.take().await;
            if records.is_empty() {
                break;
            }
            let ended = self.push(records, Duration::from_secs(60)).await;
            self.house.pass(ended.iter().filter_map(rest).max().unwrap_or_default());
        }
        self.mails = self.house.mails().await;
        // a summary is due an hour after its storm's last mail; what was announced and lost, after six hours
        for hours in [0, 2, 7] {
            self.house.pass(Duration::from_secs(hours * 60 * 60));
            self.house.poll().run().await.unwrap();
            self.mails.extend(self.house.mails().await);
        }
    }
}

fn message(record: &Sqs) -> Message {
    Message::read(record["body"].as_str().unwrap()).unwrap()
}
