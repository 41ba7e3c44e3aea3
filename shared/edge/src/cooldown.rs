//! One connection's vendor does not slow the others down: after it did not answer for a record, the connection's other
//! records wait for a while without a call.
//!
//! Kept in the memory of each running function: each finds out for itself, at the price of one call per cooldown.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use vendors::Kind;

use crate::clock::until;
use crate::verdict::{Fault, rest};

/// The longest cooldown: how late a connection notices at most that its vendor is back.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The connections whose records wait.
#[derive(Debug, Default)]
pub(crate) struct Cooldowns(Mutex<HashMap<String, Cooldown>>);

/// Why a connection's records wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The vendor wants fewer calls (429).
    RateLimited,
    /// No connection, no answer, or 5xx.
    NoAnswer,
}

impl Trouble {
    /// What a fault that is of the vendor says.
    pub(crate) fn of(fault: &Fault) -> Self {
        match fault {
            Fault::Vendor(error) if matches!(error.kind, Kind::RateLimited { .. }) => Self::RateLimited,
            _ => Self::NoAnswer,
        }
    }

    /// What the log says of the records that wait.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::RateLimited => "the vendor has just asked for fewer calls",
            Self::NoAnswer => "the vendor has just not answered for another record",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Cooldown {
    until: Timestamp,
    trouble: Trouble,
    in_a_row: u32,
}

impl Cooldowns {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Cooldown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the connection's records wait, and why; `None` where they need not.
    pub(crate) fn rest(&self, connection: &str, now: Timestamp) -> Option<(Duration, Trouble)> {
        let Cooldown { until: end, trouble, .. } = self.all().get(connection).copied()?;
        Some((until(now, end), trouble)).filter(|(rest, _)| !rest.is_zero())
    }

    /// The vendor did not answer once more, or asked for fewer calls.
    pub(crate) fn begin(&self, connection: &str, trouble: Trouble, first: Duration, now: Timestamp) {
        let mut cooldowns = self.all();
        let in_a_row = cooldowns.get(connection).map_or(0, |cooldown| cooldown.in_a_row).saturating_add(1);
        let until = now + rest(first, in_a_row).min(LONGEST);
        cooldowns.insert(connection.to_owned(), Cooldown { until, trouble, in_a_row });
    }

    /// The vendor answered.
    pub(crate) fn end(&self, connection: &str) {
        self.all().remove(connection);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cooldown_grows_and_ends_and_is_one_connections_own() {
        let (cooldowns, first, now) = (Cooldowns::default(), Duration::from_secs(30), Timestamp::UNIX_EPOCH);
        let mut rests = Vec::new();
        for _ in 0..6 {
            cooldowns.begin("careers", Trouble::NoAnswer, first, now);
            rests.push(cooldowns.rest("careers", now).unwrap().0.as_secs());
        }
        assert_eq!(rests, [30, 60, 120, 240, 300, 300]);
        assert_eq!(cooldowns.rest("another", now), None);
        assert_eq!(cooldowns.rest("careers", now + LONGEST), None);
        cooldowns.begin("careers", Trouble::RateLimited, first, now);
        assert_eq!(cooldowns.rest("careers", now).unwrap().1.reason(), "the vendor has just asked for fewer calls");
        cooldowns.end("careers");
        assert_eq!(cooldowns.rest("careers", now), None);
    }
}
