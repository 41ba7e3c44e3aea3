//! How a connection stands, worked out from its item of the table, what waits for a person, and the lines of the log.

use edge::{Outcome, Received};
use jiff::Timestamp;
use ledger::Connection;
use logs::{Balance, GRACE, Life, Line, Said, lives, untaken};

use crate::held::Waiting;

/// How one connection stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) connection: Connection,
    pub(super) waiting: Waiting,
    /// What the pusher's queue of its flow holds. `None`: the flow is off.
    pub(super) queue: Option<u64>,
    /// When something last came in.
    pub(super) last_event: Option<Timestamp>,
    /// When a record last ended as done or skipped.
    pub(super) last_success: Option<Timestamp>,
    /// When a slice of a sweep last ended so.
    pub(super) last_sweep: Option<Timestamp>,
    /// When the oldest record came in that has not ended.
    pub(super) oldest: Option<Timestamp>,
    /// Deliveries that are in the queue, or were, and not taken yet.
    pub(super) queued: u64,
    /// Deliveries with the right secret that could not be used; each is stored as a failure.
    pub(super) unusable: u64,
    pub(super) balance: Balance,
    /// What should have been tried by now, by the last line of each.
    pub(super) late: Vec<Line>,
    /// How many records of the flow are late and not in its queue.
    pub(super) lost: u64,
}

/// In a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    Held,
    Halted,
    Paused,
    Off,
}

impl State {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Held => "held",
            Self::Halted => "halted",
            Self::Paused => "paused",
            Self::Off => "off",
        }
    }
}

impl Standing {
    /// How a connection stands by its own lines.
    pub(super) fn of(
        connection: Connection,
        waiting: Waiting,
        queue: Option<u64>,
        lines: &[Line],
        now: Timestamp,
    ) -> Self {
        let own = |line: &&Line| line.connection == connection.name && line.flow == connection.flow;
        let (slices, records): (Vec<_>, Vec<_>) =
            lines.iter().filter(own).cloned().partition(|line| line.function.ends_with("-sweep"));
        let lives = lives(&records);
        let untaken = untaken(&records);
        let open = lives.iter().filter(|life| life.end.is_none()).map(|life| received(life.first));
        Self {
            queue,
            last_event: records.iter().filter(|line| line.said != REFUSED).map(received).max(),
            last_success: records.iter().filter(|line| is_good(line)).map(|line| line.at).max(),
            last_sweep: slices.iter().filter(|line| is_good(line)).map(|line| line.at).max(),
            oldest: open.chain(untaken.iter().map(|line| line.at)).min(),
            queued: count(&untaken),
            unusable: records.iter().filter(|line| line.said == UNUSABLE).map(|_| 1).sum(),
            balance: Balance::of(&lives, now),
            late: late(&lives, &untaken, now),
            lost: 0,
            connection,
            waiting,
        }
    }

    pub(super) fn state(&self) -> State {
        match self {
            Self { queue: None, .. } => State::Off,
            Self { connection: Connection { paused: Some(_), .. }, .. } => State::Paused,
            Self { connection: Connection { breaker: Some(_), .. }, .. } => State::Halted,
            Self { waiting, .. } if !waiting.is_empty() => State::Held,
            Self { .. } => State::Ok,
        }
    }

    /// What was taken and is nowhere now: the gap of the balance.
    pub(super) fn missing(&self) -> u64 {
        self.balance.late.min(self.lost)
    }

    /// What was taken and is to be taken again.
    pub(super) fn in_flight(&self) -> u64 {
        self.balance.in_flight - self.missing()
    }

    /// Whether a person should look.
    pub(super) fn is_well(&self) -> bool {
        self.lost_of_own() == 0 && self.balance.dead == 0 && self.state() != State::Halted
    }

    /// How many of its records and deliveries, at least or at most, its queue does not hold.
    pub(super) fn lost_of_own(&self) -> u64 {
        count(&self.late).min(self.lost)
    }
}

const REFUSED: Said = Said::Request(Received::Refused);
const UNUSABLE: Said = Said::Request(Received::Rejected);

/// How many records of each flow its queue should hold and does not: a queue that holds as many may hold just these.
pub(super) fn find_lost(standings: &mut [Standing]) {
    let late: Vec<(String, u64)> = standings.iter().map(|it| (it.connection.flow.clone(), count(&it.late))).collect();
    for standing in standings {
        let of_flow = late.iter().filter(|(flow, _)| *flow == standing.connection.flow).map(|(_, late)| late);
        standing.lost = of_flow.sum::<u64>().saturating_sub(standing.queue.unwrap_or(u64::MAX));
    }
}

fn late(lives: &[Life<'_>], untaken: &[&Line], now: Timestamp) -> Vec<Line> {
    let tried = lives.iter().filter(|life| life.is_late(now)).map(|life| life.last);
    let never_tried = untaken.iter().filter(|line| line.at + GRACE < now).copied();
    tried.chain(never_tried).cloned().collect()
}

/// When what a line is about came in.
fn received(line: &Line) -> Timestamp {
    line.age.map_or(line.at, |age| line.at - age)
}

fn is_good(line: &Line) -> bool {
    matches!(line.outcome(), Some(Outcome::Done | Outcome::Skipped))
}

fn count<T>(items: &[T]) -> u64 {
    items.iter().map(|_| 1).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use ledger::Breaker;

    use super::*;

    /// That time on the first of March.
    pub(in crate::status) fn at(time: &str) -> Timestamp {
        format!("2026-03-01T{time}:00Z").parse().unwrap()
    }

    pub(in crate::status) fn connection(name: &str) -> Connection {
        Connection {
            name: name.to_owned(),
            flow: "a-to-b".to_owned(),
            owner: "it@example.com".to_owned(),
            document: String::new(),
            revision: 1,
            applied: at("00:00"),
            breaker: None,
            paused: None,
            forgot: None,
        }
    }

    pub(in crate::status) fn line(event: &str, said: Said, time: &str) -> Line {
        let function = match said {
            Said::Request(_) => "a-to-b-webhook",
            Said::Record(_) => "a-to-b-push",
        };
        Line {
            at: at(time),
            function: function.to_owned(),
            flow: "a-to-b".to_owned(),
            connection: "careers".to_owned(),
            object: format!("response={event}"),
            event: Some(event.to_owned()),
            replay: 0,
            receive: 1,
            said,
            reason: String::new(),
            again: Some(Duration::from_secs(600)),
            age: Some(Duration::from_secs(60)),
        }
    }

    /// Three deliveries, one of them done and one in flight, and one that could not be used; by 12:00.
    pub(in crate::status) fn careers(queue: u64, waits: &str) -> Standing {
        let request = |event, received, time| Line { age: None, ..line(event, Said::Request(received), time) };
        let lines = [
            request("r1", Received::Queued, "10:00"),
            line("r1", Said::Record(Outcome::Retry), "10:01"),
            line("r1", Said::Record(Outcome::Done), "10:11"),
            request("r2", Received::Queued, waits),
            line("r2", Said::Record(Outcome::Halted), waits),
            request("r3", Received::Queued, "11:50"),
            request("r4", Received::Rejected, "11:55"),
            Line { connection: "interns".to_owned(), ..line("r5", Said::Record(Outcome::Dead), "11:00") },
        ];
        Standing::of(connection("careers"), Waiting::default(), Some(queue), &lines, at("12:00"))
    }

    #[test]
    fn a_connection_stands_as_its_own_lines_say() {
        let standing = careers(2, "11:40");
        let times = (standing.last_event, standing.last_success, standing.last_sweep, standing.oldest);
        assert_eq!(times, (Some(at("11:55")), Some(at("10:11")), None, Some(at("11:39"))));
        assert_eq!(standing.balance, Balance { received: 2, done: 1, in_flight: 1, ..Balance::default() });
        assert_eq!((standing.queued, standing.unusable), (1, 1));
        assert_eq!((standing.late, standing.lost), (Vec::new(), 0));
    }

    #[test]
    fn a_gap_is_what_is_late_and_in_no_queue() {
        let found = |queue| {
            let mut standings = [careers(queue, "10:20")];
            find_lost(&mut standings);
            let [standing] = standings;
            (standing.late.len(), standing.missing(), standing.in_flight(), standing.is_well())
        };
        assert_eq!(found(0), (1, 1, 0, false));
        assert_eq!(found(1), (1, 0, 1, true), "the queue may hold just this one");
    }

    #[test]
    fn a_delivery_that_nobody_takes_is_late_as_well() {
        let said = Said::Request(Received::Queued);
        let lines = [line("r1", said, "10:59"), line("r2", said, "11:00")];
        let standing = Standing::of(connection("careers"), Waiting::default(), Some(0), &lines, at("12:00"));
        let late: Vec<_> = standing.late.iter().map(|line| line.object.as_str()).collect();
        assert_eq!((late, standing.queued), (vec!["response=r1"], 2));
    }

    #[test]
    fn slices_of_a_sweep_are_no_records_of_the_balance() {
        let swept = Line { function: "a-to-b-sweep".to_owned(), ..line("s", Said::Record(Outcome::Done), "10:00") };
        let standing = Standing::of(connection("careers"), Waiting::default(), Some(0), &[swept], at("12:00"));
        assert_eq!((standing.last_sweep, standing.last_event), (Some(at("10:00")), None));
        assert_eq!(standing.balance, Balance::default());
    }

    #[test]
    fn what_keeps_a_connection_most_is_its_state() {
        let breaker = Some(Breaker::open("the login was refused".to_owned(), at("10:00")));
        let mut standing = careers(2, "11:40");
        assert_eq!((standing.state(), standing.is_well()), (State::Ok, true));
        standing.waiting.held.push(ledger::Subject::new("absence", "a"));
        assert_eq!(standing.state(), State::Held);
        standing.connection.breaker = breaker;
        assert_eq!((standing.state(), standing.is_well()), (State::Halted, false));
        standing.connection.paused = Some(at("11:00"));
        assert_eq!(standing.state(), State::Paused);
        standing.queue = None;
        assert_eq!(standing.state(), State::Off);
    }
}
