//! A schedule: what people do and what goes wrong, all of it from one seed.

use twins::faults::{Answer, Effect};

use crate::support::dice::Dice;

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// Somebody enters an absence in Personio.
    Create(What),
    /// Somebody changes one.
    Edit { pick: u64, what: What },
    /// Somebody makes two of one.
    Split { pick: u64 },
    /// Somebody changes its approval.
    Approval { pick: u64, status: &'static str },
    /// Somebody deletes one.
    Delete { pick: u64 },
    /// Personio tells of an absence, there or deleted, by any of its events, so many times.
    Told { pick: u64, event: &'static str, seconds_ago: u64, times: u32 },
    /// A function takes what is in the queue, and does not come to it yet: what is taken later may overtake it.
    Taken,
    /// After a while, one of the batches that were taken is worked on, in an order of its own.
    Pushed { after_seconds: u64, pick: u64, seconds_left: u64 },
    /// The queue hands a record out again that had ended.
    HandedOutAgain { pick: u64 },
    /// The schedule comes, and some of its slices are read.
    Swept { slices: usize, seconds_left: u64 },
    /// A vendor's next calls go wrong.
    Vendor { hq: bool, effect: Effect, times: u32 },
    /// From now on so many of a hundred calls to AWS go wrong.
    Calls { percent: u64, seed: u64 },
    /// Time passes.
    Passes { seconds: u64 },
    /// Somebody enters an absence in HQ.
    ByHand { user: i32, day: i64 },
}

/// An absence as somebody wants it.
#[derive(Debug, Clone, Copy)]
pub(super) struct What {
    pub(super) person: u64,
    pub(super) kind: usize,
    pub(super) first: i64,
    /// `None`: its end is open.
    pub(super) last: Option<i64>,
    pub(super) from_midday: bool,
    pub(super) until_midday: bool,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) events: Vec<Event>,
}

/// The most events of a schedule.
const MOST: usize = 20;
const HOUR: u64 = 60 * 60;

impl Schedule {
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::of(seed);
        let begin = [calls(&mut dice), Event::Create(what(&mut dice))];
        let count = 8 + dice.index(MOST - 9);
        let rest: Vec<_> = (0..count).map(|_| event(&mut dice)).collect();
        Self { seed, events: begin.into_iter().chain(rest).collect() }
    }
}

fn what(dice: &mut Dice) -> What {
    let first = i64::try_from(dice.below(60)).unwrap() - 20;
    let length = i64::try_from(dice.below(5)).unwrap();
    let open = dice.percent(10);
    let (from_midday, until_midday) = (dice.percent(25), dice.percent(25));
    What {
        person: 3001 + dice.below(3),
        kind: dice.index(5),
        first,
        last: (!open).then_some(first + length),
        from_midday,
        // one day cannot be halved twice, and an open end not at all
        until_midday: until_midday && !open && !(from_midday && length == 0),
    }
}

fn event(dice: &mut Dice) -> Event {
    match dice.below(100) {
        0..14 => Event::Create(what(dice)),
        14..24 => Event::Edit { pick: dice.roll(), what: what(dice) },
        24..28 => Event::Split { pick: dice.roll() },
        28..34 => Event::Approval {
            pick: dice.roll(),
            status: ["APPROVED", "PENDING", "DELETION_PENDING", "SUBSTITUTE_REQUESTED"][dice.index(4)],
        },
        34..40 => Event::Delete { pick: dice.roll() },
        40..54 => Event::Told {
            pick: dice.roll(),
            event: ["created", "updated.timerange", "updated.status", "deleted"][dice.index(4)],
            seconds_ago: [0, 0, 30, 3 * HOUR][dice.index(4)],
            times: 1 + u32::from(dice.percent(30)),
        },
        54..57 => Event::Taken,
        57..77 => Event::Pushed {
            after_seconds: [0, 10, 60, 300][dice.index(4)],
            pick: dice.roll(),
            seconds_left: [60, 60, 60, 20, 12][dice.index(5)],
        },
        77..79 => Event::HandedOutAgain { pick: dice.roll() },
        79..84 => Event::Swept { slices: 1 + dice.index(3), seconds_left: [60, 60, 10][dice.index(3)] },
        84..93 => Event::Vendor { hq: dice.percent(60), effect: effect(dice), times: 1 + u32::from(dice.percent(50)) },
        93..95 => calls(dice),
        95..97 => Event::Passes { seconds: [5, 60, 600, 2 * HOUR, 30 * HOUR][dice.index(5)] },
        _ => Event::ByHand {
            user: 11 + i32::try_from(dice.below(3)).unwrap(),
            day: 10 + i64::try_from(dice.below(5)).unwrap(),
        },
    }
}

fn calls(dice: &mut Dice) -> Event {
    Event::Calls { percent: [0, 5, 15, 30][dice.index(4)], seed: dice.roll() }
}

fn effect(dice: &mut Dice) -> Effect {
    let limited =
        Answer { status: 429, headers: [("Retry-After".to_owned(), "90".to_owned())].into(), body: ().into() };
    match dice.below(6) {
        0 => Effect::status(503),
        1 => Effect::status(429),
        2 => Effect::Status(limited),
        3 => Effect::DropRequest,
        _ => Effect::DropAnswer,
    }
}
