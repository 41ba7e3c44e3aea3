//! The life of a record: when it was first taken from its queue, when it was tried last, and how it has ended.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;

use edge::Received;

use crate::line::{Line, Said};

/// How long after its time a record that is to come back counts as late: a log line may come minutes late, and a queue
/// with much in it takes its time.
pub const GRACE: Duration = Duration::from_secs(60 * 60);

/// When a record comes back that the function has left to its queue: the queue's visibility timeout (template.yaml).
const AS_THE_QUEUE_SAYS: Duration = Duration::from_secs(360);

/// One record of a queue. Deliveries and attempts of one event and replay are one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life<'a> {
    /// When it was first taken.
    pub first: &'a Line,
    /// When it was tried last.
    pub last: &'a Line,
    /// How it has ended first; what comes after is a repeat.
    pub end: Option<&'a Line>,
}

impl Life<'_> {
    /// Whether it should have come back and did not.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        let due = self.last.at + self.last.again.unwrap_or(AS_THE_QUEUE_SAYS);
        self.end.is_none() && due + GRACE < now
    }
}

type Key<'a> = (&'a str, &'a str, u32);

fn key(line: &Line) -> Option<Key<'_>> {
    Some((&line.connection, line.event.as_deref()?, line.replay))
}

/// The records that the lines tell of, whatever the lines' order.
#[must_use]
pub fn lives(lines: &[Line]) -> Vec<Life<'_>> {
    let mut lines: Vec<&Line> = lines.iter().filter(|line| line.outcome().is_some()).collect();
    lines.sort_by_key(|line| line.at);
    let mut lives: BTreeMap<Key<'_>, Life<'_>> = BTreeMap::new();
    for line in lines {
        let Some(key) = key(line) else { continue };
        let life = lives.entry(key).or_insert(Life { first: line, last: line, end: None });
        life.last = line;
        if line.outcome().is_some_and(edge::Outcome::ends) {
            life.end.get_or_insert(line);
        }
    }
    lives.into_values().collect()
}

/// The deliveries that were queued and of which no record was taken yet, by the lines of receiver and pusher. Deliveries of
/// one event are one record.
#[must_use]
pub fn untaken(lines: &[Line]) -> Vec<&Line> {
    let records = lines.iter().filter(|line| line.outcome().is_some());
    let mut known: BTreeSet<_> = records.filter_map(key).collect();
    let queued = lines.iter().filter(|line| line.said == Said::Request(Received::Queued));
    queued.filter(|line| key(line).is_some_and(|key| known.insert(key))).collect()
}

#[cfg(test)]
mod tests {
    use edge::Outcome;

    use super::*;
    use crate::line::tests::{at, queued, record};

    #[test]
    fn attempts_and_deliveries_of_one_event_are_one_record() {
        let lines = [
            record("e", Outcome::Skipped, "12:00"),
            record("e", Outcome::Retry, "10:00"),
            record("e", Outcome::Done, "10:05"),
            Line { replay: 1, ..record("e", Outcome::Done, "13:00") },
            queued("e", "09:59"),
        ];
        let lives = lives(&lines);
        let seen: Vec<_> =
            lives.iter().map(|life| (life.first.at, life.last.at, life.end.map(|end| end.said))).collect();
        let done = Some(Said::Record(Outcome::Done));
        assert_eq!(seen, [(at("10:00"), at("12:00"), done), (at("13:00"), at("13:00"), done)]);
    }

    #[test]
    fn a_record_is_late_an_hour_after_its_time() {
        let again = Some(Duration::from_secs(600));
        let waits = [Line { again, ..record("e", Outcome::Halted, "10:00") }];
        let late = |lines: &[Line], now: &str| lives(lines).iter().any(|life| life.is_late(at(now)));
        assert!(!late(&waits, "11:10") && late(&waits, "11:11"));
        let left_to_the_queue = [Line { again: None, ..waits[0].clone() }];
        assert!(!late(&left_to_the_queue, "11:06") && late(&left_to_the_queue, "11:07"));
        let ended = [waits[0].clone(), record("e", Outcome::Dead, "10:10")];
        assert!(!late(&ended, "23:00"));
    }

    #[test]
    fn what_was_queued_and_never_taken_is_found_once() {
        let lines =
            [queued("a", "10:00"), queued("b", "10:00"), queued("b", "10:30"), record("a", Outcome::Retry, "10:01")];
        let found: Vec<_> = untaken(&lines).into_iter().map(|line| (line.event.as_deref(), line.at)).collect();
        assert_eq!(found, [(Some("b"), at("10:00"))]);
    }
}
