//! A seeded run of random schedules: people create, edit, split, withdraw and delete absences, and enter some in HQ by
//! hand, while webhooks are lost, doubled and disordered and both vendors, the queue and the table fail. When all is quiet
//! again, HQ holds exactly what the rules say, and what people entered is untouched.
//!
//! Which schedules are run is said in `support/dice.rs`. A failed schedule prints its seed and its events; the same seed gives the
//! same events.

mod end;
mod run;
mod schedule;

use std::time::Instant;

use aws_config::retry::RetryConfig;

use self::run::Run;
use self::schedule::Schedule;
use super::house::House;
use crate::support::dice::seeds;

/// What happened, in numbers: a run in which nothing happens would prove nothing.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    absences: usize,
    entered: usize,
    done: usize,
    skipped: usize,
    retried: usize,
    /// Calls to AWS that were cut or refused.
    troubled: usize,
    /// Calls of the vendors that met a fault.
    faulty: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.absences += other.absences;
        self.entered += other.entered;
        self.done += other.done;
        self.skipped += other.skipped;
        self.retried += other.retried;
        self.troubled += other.troubled;
        self.faulty += other.faulty;
    }
}

/// Tells which schedule it was when a test fails.
struct Tell<'a>(&'a Schedule);

impl Drop for Tell<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Schedule { seed, events } = self.0;
            eprintln!("HRSYNC_SEED={seed} HRSYNC_SCHEDULES=1 fails:");
            events.iter().for_each(|event| eprintln!("  {event:?}"));
        }
    }
}

async fn schedules(seeds: impl Iterator<Item = u64>) -> Tally {
    let mut all = Tally::default();
    for seed in seeds {
        let schedule = Schedule::of(seed);
        let telling = Tell(&schedule);
        let house = House::behind_a_proxy(RetryConfig::disabled()).await;
        let mut run = Run::new(&house, &schedule);
        run.events().await;
        run.settle().await;
        all.add(end::check(&run));
        house.mails().await;
        house.close().await;
        drop(telling);
    }
    all
}

#[tokio::test]
async fn whatever_happens_hq_ends_with_exactly_what_the_rules_say() {
    let seeds = seeds(100);
    let (first, count) = (seeds.start, seeds.end - seeds.start);
    let begun = Instant::now();
    // side by side, so that one works while another waits for the local AWS
    let lane = |number: u64| schedules((first + number..first + count).step_by(3));
    let (mut all, second, third) = tokio::join!(lane(0), lane(1), lane(2));
    all.add(second);
    all.add(third);
    eprintln!("{count} schedules in {} s: {all:?}", begun.elapsed().as_secs());
    if count >= 25 {
        for seen in [all.absences, all.entered, all.done, all.skipped, all.retried, all.troubled, all.faulty] {
            assert!(seen > 0, "{all:?}");
        }
    }
}
