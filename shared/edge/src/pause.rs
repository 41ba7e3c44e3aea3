//! One tenant's trouble stays its own: after a vendor did not answer for a connection, the connection's other records
//! rest for a while without a call, so that they do not keep every function waiting for the same silence.
//!
//! Kept in the memory of each running function: each finds out for itself, at the price of one call per pause.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::until;
use crate::verdict::rest;

/// The longest pause: how late a connection notices at most that its vendor is back.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The connections that pause.
#[derive(Debug, Default)]
pub(crate) struct Pauses(Mutex<HashMap<String, Pause>>);

#[derive(Debug, Clone, Copy)]
struct Pause {
    until: Timestamp,
    in_a_row: u32,
}

impl Pauses {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Pause>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the connection's records rest; `None` where they need not.
    pub(crate) fn rest(&self, connection: &str, now: Timestamp) -> Option<Duration> {
        let pause = self.all().get(connection).copied()?;
        Some(until(now, pause.until)).filter(|rest| !rest.is_zero())
    }

    /// The vendor did not answer once more.
    pub(crate) fn begin(&self, connection: &str, first: Duration, now: Timestamp) {
        let mut pauses = self.all();
        let in_a_row = pauses.get(connection).map_or(0, |pause| pause.in_a_row).saturating_add(1);
        let until = now + rest(first, in_a_row).min(LONGEST);
        pauses.insert(connection.to_owned(), Pause { until, in_a_row });
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
    fn a_pause_grows_and_ends_and_is_one_connections_own() {
        let (pauses, first, now) = (Pauses::default(), Duration::from_secs(30), Timestamp::UNIX_EPOCH);
        let mut rests = Vec::new();
        for _ in 0..6 {
            pauses.begin("careers", first, now);
            rests.push(pauses.rest("careers", now).unwrap().as_secs());
        }
        assert_eq!(rests, [30, 60, 120, 240, 300, 300]);
        assert_eq!(pauses.rest("another", now), None);
        assert_eq!(pauses.rest("careers", now + LONGEST), None);
        pauses.end("careers");
        assert_eq!(pauses.rest("careers", now), None);
    }
}
