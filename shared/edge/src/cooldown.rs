//! One connection's vendor does not slow the others down: after it did not answer for a record, the connection's other
//! records wait for a while without a call.
//!
//! Kept in the memory of each running function: each finds out for itself, at the price of one call per cooldown.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::until;
use crate::verdict::rest;

/// The longest cooldown: how late a connection notices at most that its vendor is back.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The connections whose records wait.
#[derive(Debug, Default)]
pub(crate) struct Cooldowns(Mutex<HashMap<String, Cooldown>>);

#[derive(Debug, Clone, Copy)]
struct Cooldown {
    until: Timestamp,
    in_a_row: u32,
}

impl Cooldowns {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Cooldown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the connection's records wait; `None` where they need not.
    pub(crate) fn rest(&self, connection: &str, now: Timestamp) -> Option<Duration> {
        let cooldown = self.all().get(connection).copied()?;
        Some(until(now, cooldown.until)).filter(|rest| !rest.is_zero())
    }

    /// The vendor did not answer once more.
    pub(crate) fn begin(&self, connection: &str, first: Duration, now: Timestamp) {
        let mut cooldowns = self.all();
        let in_a_row = cooldowns.get(connection).map_or(0, |cooldown| cooldown.in_a_row).saturating_add(1);
        let until = now + rest(first, in_a_row).min(LONGEST);
        cooldowns.insert(connection.to_owned(), Cooldown { until, in_a_row });
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
            cooldowns.begin("careers", first, now);
            rests.push(cooldowns.rest("careers", now).unwrap().as_secs());
        }
        assert_eq!(rests, [30, 60, 120, 240, 300, 300]);
        assert_eq!(cooldowns.rest("another", now), None);
        assert_eq!(cooldowns.rest("careers", now + LONGEST), None);
        cooldowns.end("careers");
        assert_eq!(cooldowns.rest("careers", now), None);
    }
}
