//! The balance of a connection: what was taken from its queue is what has ended and what is in flight.

use edge::Outcome;
use jiff::Timestamp;

use crate::life::Life;

/// How many records were taken, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Taken from the queue, repeats apart.
    pub received: u64,
    /// Ended as done.
    pub done: u64,
    /// Ended as skipped.
    pub skipped: u64,
    /// Ended as rejected.
    pub rejected: u64,
    /// Ended as dead.
    pub dead: u64,
    /// Stays in the queue, as far as the log tells.
    pub in_flight: u64,
    /// Of those in flight: how many should have come back and did not.
    pub late: u64,
}

impl Balance {
    /// The balance of these records.
    #[must_use]
    pub fn of(lives: &[Life<'_>], now: Timestamp) -> Self {
        let mut balance = Self::default();
        for life in lives {
            balance.received += 1;
            *balance.of_end(life) += 1;
            balance.late += u64::from(life.is_late(now));
        }
        balance
    }

    fn of_end(&mut self, life: &Life<'_>) -> &mut u64 {
        match life.end.and_then(|end| end.outcome()) {
            Some(Outcome::Done) => &mut self.done,
            Some(Outcome::Skipped) => &mut self.skipped,
            Some(Outcome::Rejected) => &mut self.rejected,
            Some(Outcome::Dead) => &mut self.dead,
            Some(Outcome::Retry | Outcome::Waiting | Outcome::Halted) | None => &mut self.in_flight,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::life::lives;
    use crate::line::tests::{at, record};

    #[test]
    fn every_record_counts_once_by_its_end() {
        let named = |(number, outcome): (usize, Outcome)| record(&format!("e{number}"), outcome, "10:00");
        let mut lines: Vec<_> = Outcome::ALL.into_iter().enumerate().map(named).collect();
        lines.push(record("e0", Outcome::Skipped, "10:10"));
        let balance = Balance::of(&lives(&lines), at("10:20"));
        let expected = Balance { received: 7, done: 1, skipped: 1, rejected: 1, dead: 1, in_flight: 3, late: 0 };
        assert_eq!(balance, expected);
        assert_eq!(Balance::of(&lives(&lines), at("23:00")), Balance { late: 3, ..expected });
    }
}
