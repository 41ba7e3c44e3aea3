//! Randomized runs: people edit on both sides, letters are doubled, lost and late, calls fail. In the end both sides hold the same,
//! the stated winner's value; each signed contract has one PDF; nobody was invited twice; and hrsync has written a bounded number of
//! times. A run follows from its seed; which seeds are run is said in `support/dice.rs`.

use std::time::Duration;

use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::oneflow::State;

use super::house::{DORA, House, OFFER};
use crate::support::dice::{Dice, seeds};

const START: &str = "oneflow-start-date";
const CITY: &str = "oneflow-city";
const CITIES: [&str; 2] = ["Stockholm", "Berlin"];
const STEPS: usize = 25;
/// How much time lies between two steps.
const A_WHILE: Duration = Duration::from_secs(5);
/// An edit costs a write on the other side at most. A lost answer may cost another.
const WRITES_FOR_EACH_STEP: usize = 3;

struct Run {
    house: House,
    dice: Dice,
    candidate: u64,
    contract: i64,
}

impl Run {
    /// Dora has got an offer, and her contract is sent.
    async fn begin(seed: u64) -> Self {
        let house = House::new().await;
        let dora = house.dora().await;
        house.recruiters().move_to(dora.application, OFFER).await.unwrap();
        house.until_quiet().await;
        let contract = house.contracts()[0].id;
        Self { house, dice: Dice::of(seed), candidate: dora.candidate, contract }
    }

    async fn step(&mut self) {
        let Self { house, dice, candidate, contract } = self;
        let day = format!("2026-05-{:02}", 1 + dice.below(28));
        let city = CITIES[dice.index(2)];
        match dice.below(9) {
            0 => house.enter(*contract, START, &day).await,
            1 => house.enter(*contract, CITY, city).await,
            2 => house.recruiters().fill(*candidate, START, &json!(day)).await.unwrap(),
            3 => house.recruiters().fill(*candidate, CITY, &json!([city])).await.unwrap(),
            4 => house.oneflow(|account| account.modes.deliveries = 1 + u32::try_from(dice.below(2)).unwrap()),
            5 => drop((house.twins.oneflow().take_due("agency"), house.twins.teamtailor().take_due("agency"))),
            6 => fail(house, dice),
            _ => drop(house.until_quiet().await),
        }
        // a letter of Teamtailor's is taken for five minutes
        house.pass(A_WHILE);
    }

    /// No call fails any more, and the sweep heals what was lost.
    async fn settle(&self) {
        self.house.twins.oneflow().desk().set_faults(Faults::default());
        self.house.twins.teamtailor().desk().set_faults(Faults::default());
        self.house.until_quiet().await;
        self.house.sweep_all().await;
    }

    fn writes(&self) -> usize {
        let calls = [self.house.twins.oneflow().desk().calls(), self.house.twins.teamtailor().desk().calls()];
        calls.iter().flatten().filter(|call| call.method != "GET").count()
    }

    /// What both sides hold, as Oneflow writes it.
    fn sides(&self) -> [[String; 2]; 2] {
        let contract = self.house.contracts().into_iter().find(|it| it.id == self.contract).unwrap();
        let there = [START, CITY].map(|field| contract.value(field).unwrap_or_default().to_owned());
        let here = [START, CITY].map(|field| match self.house.held(self.candidate, field) {
            Value::Array(labels) => labels.first().and_then(Value::as_str).unwrap_or_default().to_owned(),
            value => value.as_str().unwrap_or_default().to_owned(),
        });
        [there, here]
    }
}

/// A call of one of the vendors goes wrong, once.
fn fail(house: &House, dice: &mut Dice) {
    let effect = || [Effect::status(503), Effect::DropRequest, Effect::DropAnswer];
    let effect = effect().into_iter().nth(dice.index(3)).unwrap();
    let calls = ["PUT /v1/contracts/*/data_fields/*", "GET /v1/contracts/*"];
    let others = ["PATCH /eu/v1/custom-field-values/*", "POST /eu/v1/custom-field-values", "GET /eu/v1/candidates/*"];
    match dice.below(2) {
        0 => house.twins.oneflow().desk().set_faults(one(calls[dice.index(2)], effect)),
        _ => house.twins.teamtailor().desk().set_faults(one(others[dice.index(3)], effect)),
    }
}

fn one(call: &str, effect: Effect) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(1))
}

async fn run(seed: u64) {
    let mut run = Run::begin(seed).await;
    let before = run.writes();
    for _ in 0..STEPS {
        run.step().await;
    }
    run.settle().await;
    let [there, here] = run.sides();
    assert_eq!(there, here, "seed {seed}");
    let written = run.writes() - before;
    assert!(written <= STEPS * WRITES_FOR_EACH_STEP, "seed {seed}: {written} writes");

    // both sides change between two turns: the contract's value counts
    run.house.enter(run.contract, START, "2026-07-01").await;
    run.house.recruiters().fill(run.candidate, START, &json!("2026-08-01")).await.unwrap();
    run.settle().await;
    assert_eq!(run.sides().map(|side| side[0].clone()), ["2026-07-01", "2026-07-01"], "seed {seed}");

    run.house.desk().sign(run.contract, None).await.unwrap();
    run.settle().await;
    run.settle().await;
    assert_eq!((run.house.files(run.candidate).len(), run.house.invitations(run.contract)), (1, 1), "seed {seed}");
    let contracts = run.house.contracts();
    assert!(contracts.len() == 1 && contracts[0].state == State::Signed, "seed {seed}");
    assert!(contracts[0].participant(DORA).is_some());
    let settled = run.writes();
    run.settle().await;
    assert_eq!(run.writes(), settled, "seed {seed}: a sweep that finds nothing new writes nothing");
    run.house.close().await;
}

#[tokio::test]
async fn people_edit_on_both_sides() {
    for seed in seeds(8) {
        run(seed).await;
    }
}
