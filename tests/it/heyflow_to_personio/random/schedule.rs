//! A schedule: responses and events, all of them from one seed.

use twins::faults::{Answer, Effect};

use crate::support::dice::Dice;

/// What a visitor submits.
#[derive(Debug, Clone)]
pub(super) struct Response {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) mappable: bool,
    pub(super) file: bool,
}

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A response is delivered, for the first time or again.
    Arrives(usize),
    /// A function takes what is in the queue, and does not come to it yet: what is taken later may overtake it.
    Taken,
    /// After a while, one of the batches that were taken is worked on, in an order of its own.
    Pushed { after_seconds: u64, pick: u64, seconds_left: u64 },
    /// The queue hands a record out again that had ended.
    HandedOutAgain { pick: u64 },
    /// Personio's next calls go wrong.
    Personio { effect: Effect, times: u32 },
    /// From now on so many of a hundred calls to AWS and to upload links go wrong.
    Calls { percent: u64, seed: u64 },
    /// Time passes.
    Passes { seconds: u64 },
    /// The schedule of `failures-poll` runs, and `failures-push` after it.
    Mailed,
    /// Somebody applies on Personio's own career page.
    AppliesElsewhere { email: String },
}

/// All of it.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) responses: Vec<Response>,
    pub(super) events: Vec<Event>,
}

const RESPONSES: usize = 6;
/// The most events of a schedule.
const MOST: usize = 20;
const ADDRESSES: u64 = 3;
const DAY: u64 = 24 * 60 * 60;

impl Schedule {
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::of(seed);
        let responses = (0..RESPONSES).map(|number| response(&mut dice, number)).collect();
        let begin = [calls(&mut dice), Event::Arrives(dice.index(RESPONSES))];
        let count = 10 + dice.index(MOST - 11);
        let rest: Vec<_> = (0..count).map(|_| event(&mut dice)).collect();
        let events = begin.into_iter().chain(rest).collect();
        Self { seed, responses, events }
    }
}

fn address(dice: &mut Dice) -> String {
    format!("sample-{}@applicant.example", dice.below(ADDRESSES))
}

fn response(dice: &mut Dice, number: usize) -> Response {
    let (email, mappable, file) = (address(dice), !dice.percent(20), dice.percent(30));
    Response { id: format!("response-{number}"), email, mappable, file }
}

fn event(dice: &mut Dice) -> Event {
    match dice.below(100) {
        0..28 => Event::Arrives(dice.index(RESPONSES)),
        28..40 => Event::Taken,
        40..60 => Event::Pushed {
            after_seconds: [0, 10, 60, 300][dice.index(4)],
            pick: dice.roll(),
            seconds_left: [60, 60, 60, 20][dice.index(4)],
        },
        60..64 => Event::HandedOutAgain { pick: dice.roll() },
        64..77 => Event::Personio { effect: effect(dice), times: 1 + u32::from(dice.percent(50)) },
        77..87 => calls(dice),
        87..94 => Event::Passes { seconds: [5, 60, 600, 6 * 60 * 60, 13 * DAY][dice.index(5)] },
        94..97 => Event::Mailed,
        _ => Event::AppliesElsewhere { email: address(dice) },
    }
}

fn calls(dice: &mut Dice) -> Event {
    Event::Calls { percent: [0, 10, 20, 40][dice.index(4)], seed: dice.roll() }
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
