//! Lives of positions from a seed, with webhooks that are lost, late, doubled and out of order, and recruiters who work
//! meanwhile. In the end Recruit holds what the rules say, and what was made by hand is untouched.
//!
//! Which lives are run is said in `support/dice.rs`. A life that fails prints its seed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Map;
use twins::Vendor as _;
use twins::faults::{Effect, Faults};
use twins::hibob::{Cell, Holder, NewPosition, Row};
use twins::recruit::{CustomId, Opening, OpeningEdit, Origin, SEED_ACCOUNT, Status};

use super::house::{House, MINUTE};
use super::stage::{cells, on, opening_cells, position};
use crate::support::dice::{Dice, seeds};

const STEPS: usize = 40;
const START: &str = "/positionOpening/expectedStartDate";
const PARENT: &str = "/positionOpening/positionId";
const STATUS: &str = "/positionOpening/status";
/// The custom field of Recruit that says which opening of HiBob's an opening is.
const BEARS: &str = "HiBob opening ID";

struct Run {
    house: House,
    dice: Dice,
    /// Events that were not told yet: what, of which change, and its id.
    untold: Vec<(Thing, &'static str, u64)>,
    positions: Vec<u64>,
    openings: Vec<u64>,
    /// Whoever was hired once: such an opening is a person's business.
    filled: BTreeSet<u64>,
    /// The names that recruiters gave to openings of ours, by uid.
    renamed: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Position,
    Opening,
}

impl Run {
    async fn new(seed: u64) -> Self {
        let mut house = House::new().await;
        house.hibob(|quirks| quirks.requests_visible = true);
        house.quirks(|quirks| quirks.custom_id = CustomId::Kept);
        let fields = "# custom_fields = { \"HiBob opening\" = { field = \"/positionOpening/id\" } }";
        let document = house
            .document()
            .replace(fields, &fields[2..].replace("HiBob opening\"", &format!("{BEARS}\"")))
            .replace("no_open_requests = false", "no_open_requests = true")
            .replace("custom_id = false", "custom_id = true")
            .replace("moved = \"tell\"", "moved = \"recreate\"")
            .replace("cancellations = 50", "cancellations = 5000")
            .replace("hold_above = 10", "hold_above = 5000");
        house.configure(&document).await;
        let (untold, positions, openings) = (Vec::new(), Vec::new(), Vec::new());
        let (filled, renamed) = (BTreeSet::new(), BTreeMap::new());
        Self { house, dice: Dice::of(seed), untold, positions, openings, filled, renamed }
    }

    fn one_of(&mut self, all: &[u64]) -> Option<u64> {
        (!all.is_empty()).then(|| all[self.dice.index(all.len())])
    }

    /// What HiBob did, it may tell of.
    fn happened(&mut self, done: Result<(), String>, thing: Thing, change: &'static str, id: u64) {
        if done.is_ok() {
            self.untold.push((thing, change, id));
        }
    }

    async fn create(&mut self) {
        let openings = vec![opening_cells(); 1 + self.dice.index(3)];
        let approved = self.dice.percent(60);
        let made = self.house.office().create(NewPosition { approved, openings, ..position() }).await.unwrap();
        self.happened(Ok(()), Thing::Position, "created", made.id);
        for opening in &made.opening_ids {
            self.happened(Ok(()), Thing::Opening, "created", *opening);
        }
        self.positions.push(made.id);
        self.openings.extend(made.opening_ids);
    }

    async fn act(&mut self) {
        let (positions, openings) = (self.positions.clone(), self.openings.clone());
        let Some((position, opening)) = self.one_of(&positions).zip(self.one_of(&openings)) else {
            return self.create().await;
        };
        match self.dice.below(6) {
            0 => self.create().await,
            1 | 2 => self.act_on_position(position).await,
            3 | 4 => self.act_on_opening(opening).await,
            _ => self.recruiters_act(),
        }
    }

    async fn act_on_position(&mut self, id: u64) {
        let office = self.house.office();
        match self.dice.below(6) {
            0 | 1 => {
                let done = office.approve(id).await;
                self.happened(done, Thing::Position, "updated", id);
            }
            2 => {
                let done = office.cancel(id, false).await;
                self.happened(done, Thing::Position, "updated", id);
            }
            3 => {
                let done = office.reopen(id).await;
                self.happened(done, Thing::Position, "updated", id);
            }
            4 => {
                if let Ok(opening) = office.add_opening(id, opening_cells()).await {
                    self.openings.push(opening);
                    self.happened(Ok(()), Thing::Opening, "created", opening);
                }
            }
            // no event tells of that
            _ => drop(office.delete(id).await),
        }
    }

    async fn act_on_opening(&mut self, id: u64) {
        let office = self.house.office();
        let (day, other) = (1 + self.dice.below(28), self.positions[self.dice.index(self.positions.len())]);
        let done = match self.dice.below(5) {
            0 | 1 => office.edit_opening(id, cells(START, Cell::new(format!("2026-08-{day:02}")))).await,
            2 => office.cancel_opening(id, false).await,
            3 if !self.filled.contains(&id) => office.edit_opening(id, cells(PARENT, Cell::new(other))).await,
            4 => {
                let holder = Holder { employee: "3332883884017713938".to_owned(), start_date: "2026-05-01".to_owned() };
                self.filled.insert(id);
                office.fill(id, holder).await
            }
            _ => {
                let deleted = office.delete_opening(id).await;
                return self.happened(deleted, Thing::Opening, "deleted", id);
            }
        };
        self.happened(done, Thing::Opening, "updated", id);
    }

    fn recruiters_act(&mut self) {
        let twin = self.house.twins.recruit();
        let openings = self.house.openings();
        if openings.is_empty() || self.dice.percent(20) {
            twin.enter_position(SEED_ACCOUNT, "By hand", Map::new()).unwrap();
            return;
        }
        let opening = &openings[self.dice.index(openings.len())];
        if self.dice.percent(50) {
            let name = format!("Name {}", self.dice.below(1000));
            let edit = OpeningEdit { name: Some(name.clone()), ..OpeningEdit::default() };
            twin.edit_opening(SEED_ACCOUNT, &opening.uid, edit).unwrap();
            self.renamed.insert(opening.uid.clone(), name);
        } else {
            twin.add_opening(SEED_ACCOUNT, &opening.position_uid, OpeningEdit::default()).unwrap();
        }
    }

    /// Some of what was not told is told now, in an order of its own, now and then twice; some is lost.
    async fn tell(&mut self) {
        while !self.untold.is_empty() && self.dice.percent(60) {
            let (thing, change, id) = self.untold.swap_remove(self.dice.index(self.untold.len()));
            if self.dice.percent(25) {
                continue;
            }
            for _ in 0..=self.dice.below(2) {
                match thing {
                    Thing::Position => self.house.told_of_position(change, id).await,
                    Thing::Opening => self.house.told_of_opening(change, id).await,
                };
                self.house.pass(MINUTE);
            }
        }
        if self.dice.percent(20) {
            let effect = if self.dice.percent(50) { Effect::DropAnswer } else { Effect::status(503) };
            self.house.twins.recruit().desk().set_faults(on("*", effect, 1));
        }
        if self.dice.percent(30) {
            self.house.schedule().await;
        }
        if self.dice.percent(70) {
            self.house.until_quiet().await;
        }
    }

    /// Which openings HiBob has open, by what it holds and nothing else.
    fn open_in_hibob(&self) -> BTreeMap<u64, Row> {
        let office = self.house.office();
        let open = self.openings.iter().filter_map(|id| {
            let row = office.opening(*id)?;
            let parent: u64 = row.text(PARENT).parse().unwrap();
            let position = office.position(parent)?;
            let is_open = row.text(STATUS) != "cancelled" && position.text("/position/status") != "cancelled";
            (is_open && position.approved).then_some((*id, row))
        });
        open.collect()
    }

    fn check(&self, seed: u64) {
        let twin = self.house.twins.recruit();
        let (wanted, all) = (self.open_in_hibob(), self.house.openings());
        let after = |id: u64| {
            format!("seed {seed}, opening {id}: {:?} {:#?}", self.house.office().opening(id), bearing(&all, id))
        };
        for id in &self.openings {
            let open = bearing(&all, *id);
            if self.filled.contains(id) {
                assert!(open.len() <= 1, "{}", after(*id));
                continue;
            }
            assert_eq!(open.len(), usize::from(wanted.contains_key(id)), "{}", after(*id));
            let Some((row, opening)) = wanted.get(id).zip(open.first()) else { continue };
            let day = format!("{}T00:00:00Z", row.text(START));
            assert_eq!(opening.time_expected_hire.as_ref(), Some(&day), "{}", after(*id));
            let position = twin.position(SEED_ACCOUNT, &opening.position_uid).unwrap();
            assert_eq!(position.text("internal_use_custom_id"), row.text(PARENT), "{}", after(*id));
        }
        let positions = twin.positions(SEED_ACCOUNT);
        let ours = positions.iter().filter(|position| position.entered_by == Origin::Api);
        let mut made = BTreeSet::new();
        for position in ours {
            assert!(made.insert(position.text("internal_use_custom_id")), "seed {seed}: made twice");
        }
        assert!(all.iter().all(|opening| opening.entered_by != Origin::Recruit), "seed {seed}: a default opening");
        self.check_what_is_by_hand(seed, &all);
    }

    fn check_what_is_by_hand(&self, seed: u64, all: &[Opening]) {
        for opening in all.iter().filter(|opening| opening.entered_by == Origin::Hand) {
            assert_eq!((opening.changed_by, opening.status), (Origin::Hand, Status::Open), "seed {seed}");
        }
        for (uid, name) in &self.renamed {
            let opening = all.iter().find(|opening| opening.uid == *uid).unwrap();
            assert_eq!(&opening.name, name, "seed {seed}: a recruiter's name");
        }
    }
}

/// Recruit's open openings for one of HiBob's.
fn bearing(all: &[Opening], id: u64) -> Vec<&Opening> {
    let id = id.to_string();
    let bears =
        |opening: &&Opening| opening.custom_fields.get(BEARS).and_then(|value| value.as_str()) == Some(id.as_str());
    all.iter().filter(bears).filter(|opening| opening.status == Status::Open).collect()
}

/// Tells which life it was when a test fails.
struct Tell(u64);

impl Drop for Tell {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("HRSYNC_SEED={} HRSYNC_SCHEDULES=1 fails", self.0);
        }
    }
}

/// One run; how many openings there are in the end.
async fn live(seed: u64) -> usize {
    let telling = Tell(seed);
    let mut run = Run::new(seed).await;
    for _ in 0..STEPS {
        run.act().await;
        run.house.pass(MINUTE);
        run.tell().await;
    }
    run.house.twins.recruit().desk().set_faults(Faults::default());
    run.house.until_quiet().await;
    // what was lost the sweeps find: what is missing has to be missed in two of them
    for _ in 0..3 {
        run.house.sweep_all().await;
    }
    run.check(seed);
    // of hired openings people are told
    run.house.mails().await;
    let made = run.house.openings().len();
    run.house.close().await;
    drop(telling);
    made
}

#[tokio::test]
async fn whatever_happens_recruit_holds_what_the_rules_say() {
    let seeds = seeds(8);
    let lives = usize::try_from(seeds.end - seeds.start).unwrap();
    let mut made = 0;
    for seed in seeds {
        made += live(seed).await;
    }
    assert!(lives < 2 || made > 6 * lives, "hardly anything has happened: {made}");
}
