//! A schedule on its way through a house.

use std::time::Duration;

use edge::batch::Handled;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{Edit, SEED_CLIENT, Span, Status, kinds};
use uuid::Uuid;

use super::super::house::House;
use super::Tally;
use super::schedule::{Event, Schedule, What};
use crate::support::dice::Dice;
use crate::support::lambda::Sqs;

/// The types of [`What`], by its number.
pub(super) const KINDS: [Uuid; 5] =
    [kinds::URLAUB, kinds::KRANKHEIT, kinds::DIENSTREISE, kinds::ELTERNZEIT, kinds::HOME_OFFICE];

/// What happened so far.
pub(super) struct Run<'a> {
    pub(super) house: &'a House,
    pub(super) schedule: &'a Schedule,
    pub(super) tally: Tally,
    /// What people entered in HQ.
    pub(super) by_hand: Vec<String>,
    /// Every absence that was ever made.
    pub(super) absences: Vec<Uuid>,
    taken: Vec<Vec<Sqs>>,
    ended: Vec<Sqs>,
}

impl<'a> Run<'a> {
    pub(super) fn new(house: &'a House, schedule: &'a Schedule) -> Self {
        house.proxy().watch(|_, _| None);
        let (tally, by_hand, absences) = Default::default();
        Self { house, schedule, tally, by_hand, absences, taken: Vec::new(), ended: Vec::new() }
    }

    pub(super) async fn events(&mut self) {
        for event in &self.schedule.events {
            self.event(event).await;
        }
    }

    async fn event(&mut self, event: &Event) {
        match event {
            Event::Create(what) => self.create(*what).await,
            Event::Edit { pick, what } => self.edit(*pick, *what).await,
            Event::Split { pick } => self.split(*pick).await,
            Event::Approval { pick, status } => self.approval(*pick, status).await,
            Event::Delete { pick } => self.delete(*pick).await,
            Event::Told { pick, event, seconds_ago, times } => self.told(*pick, event, *seconds_ago, *times).await,
            Event::Taken => self.taken.push(self.house.take().await),
            Event::Pushed { after_seconds, pick, seconds_left } => {
                self.house.pass(Duration::from_secs(*after_seconds));
                self.pushed(*pick, *seconds_left).await;
            }
            Event::HandedOutAgain { pick } => self.handed_out_again(*pick).await,
            Event::Swept { slices, seconds_left } => self.swept(*slices, *seconds_left).await,
            Event::Vendor { hq, effect, times } => self.vendor(*hq, effect, *times),
            Event::Calls { percent, seed } => self.calls_go_wrong(*percent, *seed),
            Event::Passes { seconds } => self.house.pass(Duration::from_secs(*seconds)),
            Event::ByHand { user, day } => self.by_hand.push(self.house.enter_by_hand(*user, *day, *day)),
        }
    }

    fn span(&self, what: What) -> Span {
        let span = match what.last {
            Some(last) => self.house.days(what.first, last),
            None => Span::open(self.house.day(what.first)),
        };
        let span = if what.from_midday { span.from_midday() } else { span };
        if what.until_midday { span.until_midday() } else { span }
    }

    async fn create(&mut self, what: What) {
        self.absences.push(self.house.create(what.person, KINDS[what.kind], self.span(what)).await);
    }

    async fn edit(&self, pick: u64, what: What) {
        let Some(absence) = self.standing(pick) else { return };
        let mut dice = Dice::of(pick);
        let span = dice.percent(70).then(|| self.span(what));
        let type_id = (span.is_none() || dice.percent(30)).then_some(KINDS[what.kind]);
        self.house.edit(absence, Edit { span, type_id, status: None }).await;
    }

    /// The first keeps its first day, a new one gets the day after.
    async fn split(&mut self, pick: u64) {
        let Some(absence) = self.standing(pick) else { return };
        let person = 3001 + pick % 3;
        let day = i64::try_from(pick % 30).unwrap();
        self.house.edit(absence, Edit::span(self.house.days(day, day))).await;
        self.absences.push(self.house.create(person, kinds::URLAUB, self.house.days(day + 1, day + 2)).await);
    }

    async fn approval(&self, pick: u64, status: &str) {
        let Some(absence) = self.standing(pick) else { return };
        self.house.edit(absence, Edit::status(Status::from(status.to_owned()))).await;
    }

    async fn delete(&self, pick: u64) {
        let Some(absence) = self.standing(pick) else { return };
        self.house.delete(absence).await;
    }

    /// One of the absences that Personio holds.
    fn standing(&self, pick: u64) -> Option<Uuid> {
        let all = self.house.twins.personio().absences(SEED_CLIENT);
        (!all.is_empty()).then(|| all[Dice::of(pick).index(all.len())].id)
    }

    /// What a door does not take is not told again here: that is a lost webhook.
    async fn told(&self, pick: u64, event: &str, seconds_ago: u64, times: u32) {
        if self.absences.is_empty() {
            return;
        }
        let absence = self.absences[Dice::of(pick).index(self.absences.len())];
        let at = self.house.hands.now() - Duration::from_secs(seconds_ago);
        for _ in 0..times {
            let answer = self.house.told_at(event, absence, &at.to_string()).await;
            assert!([200, 503].contains(&answer.status.as_u16()), "{answer:?}");
        }
    }

    async fn pushed(&mut self, pick: u64, seconds_left: u64) {
        let mut dice = Dice::of(pick);
        if self.taken.is_empty() {
            self.taken.push(self.house.take().await);
        }
        let records = self.taken.remove(dice.index(self.taken.len()));
        self.push(records, Duration::from_secs(seconds_left)).await;
    }

    /// One invocation of the pusher.
    async fn push(&mut self, records: Vec<Sqs>, left: Duration) -> Vec<Handled> {
        let ended = self.house.push_with(&records, left).await;
        self.count(&ended);
        // records behind one that waits are not handled, and may be anywhere among the others
        if ended.len() == records.len() {
            let settled = records.into_iter().zip(&ended).filter(|(_, ended)| ended.again.is_none());
            self.ended.extend(settled.map(|(record, _)| record));
        }
        ended
    }

    fn count(&mut self, ended: &[Handled]) {
        for ended in ended {
            match ended.outcome.word() {
                "done" => self.tally.done += 1,
                "skipped" => self.tally.skipped += 1,
                _ => self.tally.retried += 1,
            }
        }
    }

    async fn handed_out_again(&mut self, pick: u64) {
        if self.ended.is_empty() {
            return;
        }
        let mut record = self.ended[Dice::of(pick).index(self.ended.len())].clone();
        record["receiptHandle"] = Value::Null;
        record["attributes"]["ApproximateReceiveCount"] = json!("100");
        let ended = self.house.push(&[record]).await;
        self.count(&ended);
    }

    async fn swept(&mut self, slices: usize, seconds_left: u64) {
        // a run of the schedule that fails is repeated by Lambda, or is a run that was missed
        self.house.poll.run().await.ok();
        for _ in 0..slices {
            let ended = self.house.sweep_once(Duration::from_secs(seconds_left)).await;
            self.count(&ended);
        }
    }

    /// Comes before what is left of earlier faults.
    fn vendor(&self, hq: bool, effect: &Effect, times: u32) {
        let twins = &self.house.twins;
        let desk = if hq { twins.hellohq().desk() } else { twins.personio().desk() };
        let rule = Rule::new("*", effect.clone()).unwrap().times(times);
        let rules = std::iter::once(rule).chain(desk.faults().rules).collect();
        desk.set_faults(Faults { rules, ..Faults::default() });
    }

    fn calls_go_wrong(&self, percent: u64, seed: u64) {
        let mut dice = Dice::of(seed);
        self.house.proxy().change(move |_, kind| {
            // the vendors have faults of their own
            let hit = dice.percent(percent) && !kind.contains('/');
            hit.then(|| dice.trouble())
        });
    }

    /// Nothing goes wrong any more; webhooks are over, and sweeps find the rest.
    pub(super) async fn settle(&mut self) {
        self.house.twins.personio().desk().set_faults(Faults::default());
        self.house.twins.hellohq().desk().set_faults(Faults::default());
        self.house.proxy().change(|_, _| None);
        for records in std::mem::take(&mut self.taken) {
            self.push(records, Duration::from_secs(60)).await;
        }
        // pauses and rests are over
        self.house.pass(Duration::from_secs(6 * 60));
        self.house.sweep_until_quiet().await;
        self.house.until_quiet().await;
        self.house.sweep_everything().await;
    }
}
