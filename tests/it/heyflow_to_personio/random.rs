//! A seeded run of random schedules: responses arrive, repeat and overtake one another while Personio, the queue, the
//! table and the mail fail. When all is quiet again, nothing may be lost, doubled or silent.
//!
//! Which schedules are run is said in `support/dice.rs`. A failed schedule prints its seed and its events; the same seed gives the
//! same events.
//!
//! What cannot be told from outside (decision 1 in shared/README.md): Personio answers only that an address has applied
//! before. If an attempt of ours went unanswered, and an application for the same address came in otherwise, the
//! response is taken for done. A schedule may end so only where such an attempt was seen; it is counted and printed. Where
//! the other application may be of another response of ours, each of them is told, the one that got in as well.

mod end;
mod run;
mod schedule;

use aws_config::retry::RetryConfig;

use self::run::Run;
use self::schedule::Schedule;
use crate::support::dice::seeds;
use crate::support::house::House;

/// The end of a schedule, in numbers.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    received: usize,
    done: usize,
    skipped: usize,
    rejected: usize,
    dead: usize,
    /// Responses that were taken for done by an application that came in otherwise.
    mistaken: usize,
    /// Calls to AWS and to upload links that were cut or refused.
    troubled: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.received += other.received;
        self.done += other.done;
        self.skipped += other.skipped;
        self.rejected += other.rejected;
        self.dead += other.dead;
        self.mistaken += other.mistaken;
        self.troubled += other.troubled;
    }
}

/// Tells which schedule it was when a test fails.
struct Tell<'a>(&'a Schedule);

impl Drop for Tell<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Schedule { seed, responses, events } = self.0;
            eprintln!("HRSYNC_SEED={seed} HRSYNC_SCHEDULES=1 fails:");
            responses.iter().for_each(|response| eprintln!("  {response:?}"));
            events.iter().for_each(|event| eprintln!("  {event:?}"));
        }
    }
}

#[tokio::test]
async fn whatever_happens_each_response_is_one_application_or_one_told_failure() {
    let seeds = seeds(100);
    let (first, count) = (seeds.start, seeds.end - seeds.start);
    // side by side, so that one works while another waits for the local AWS
    let lane = |number: u64| schedules((first + number..first + count).step_by(3));
    let (mut all, second, third) = tokio::join!(lane(0), lane(1), lane(2));
    all.add(second);
    all.add(third);
    eprintln!("{count} schedules: {all:?}");
    // a run in which nothing happens would prove nothing
    if count >= 25 {
        for seen in [all.done, all.skipped, all.rejected, all.dead, all.troubled] {
            assert!(seen > 0, "{all:?}");
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
        all.add(end::check(&run).await);
        house.close().await;
        drop(telling);
    }
    all
}
