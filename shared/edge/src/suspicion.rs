//! One odd answer of a vendor is no refusal: a gateway's page may stand in the way for a moment, or for one record. Only
//! the same answer to the same call, several times over minutes and with no good one between, is believed of the whole
//! connection.
//!
//! Kept in the memory of each running function: each finds out for itself.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use vendors::{Error, Kind, Operation};

use crate::clock::until;

/// How many answers are several.
const SEVERAL: u32 = 3;
/// How long the first and the last of them lie apart at least.
const MINUTES: Duration = Duration::from_secs(2 * 60);
/// After how long without such an answer the earlier ones no longer count. Records come back within an hour.
const FORGOTTEN: Duration = Duration::from_secs(2 * 60 * 60);

/// What is suspected of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suspected {
    /// The answer has not been there often enough.
    NotYet,
    /// The answer stays: it is no accident.
    Confirmed,
}

/// The odd answers that connections have met.
#[derive(Debug, Default)]
pub(crate) struct Suspicions(Mutex<HashMap<(String, Operation), Suspicion>>);

#[derive(Debug, Clone)]
struct Suspicion {
    kind: Kind,
    first: Timestamp,
    last: Timestamp,
    answers: u32,
}

impl Suspicions {
    fn all(&self) -> MutexGuard<'_, HashMap<(String, Operation), Suspicion>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An odd answer came.
    pub(crate) fn add(&self, connection: &str, error: &Error, now: Timestamp) -> Suspected {
        let mut all = self.all();
        let new = || Suspicion { kind: error.kind.clone(), first: now, last: now, answers: 0 };
        let known = all.entry((connection.to_owned(), error.operation)).or_insert_with(new);
        if known.kind != error.kind || until(known.last, now) > FORGOTTEN {
            *known = new();
        }
        known.last = now;
        known.answers = known.answers.saturating_add(1);
        let stays = known.answers >= SEVERAL && until(known.first, now) >= MINUTES;
        if stays { Suspected::Confirmed } else { Suspected::NotYet }
    }

    /// The vendor has answered these operations well.
    pub(crate) fn clear(&self, connection: &str, answered: &[Operation]) {
        if !answered.is_empty() {
            self.all().retain(|(name, operation), _| name != connection || !answered.contains(operation));
        }
    }
}

#[cfg(test)]
mod tests {
    use vendors::personio::operations::{CREATE_APPLICATION, READ_ABSENCE};

    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn odd(status: u16) -> Error {
        Error::new(CREATE_APPLICATION, Kind::Unexplained { status })
    }

    #[test]
    fn only_the_same_answer_several_times_over_minutes_is_believed() {
        let suspicions = Suspicions::default();
        let add = |status, seconds| suspicions.add("careers", &odd(status), at(seconds));
        for at_once in 0..10 {
            assert_eq!(add(404, 0), Suspected::NotYet, "{at_once}");
        }
        assert_eq!(add(404, 119), Suspected::NotYet);
        assert_eq!(add(404, 120), Suspected::Confirmed);
        assert_eq!(add(403, 150), Suspected::NotYet, "another answer");
        assert_eq!(add(404, 180), Suspected::NotYet);
        assert_eq!(add(404, 400), Suspected::NotYet, "twice is not several");
        assert_eq!(add(404, 500), Suspected::Confirmed);
        assert_eq!(add(404, 500 + 7201), Suspected::NotYet, "long ago");
    }

    #[test]
    fn a_good_answer_to_the_call_ends_the_suspicion_of_its_connection() {
        let suspicions = Suspicions::default();
        let add = |name: &str, seconds| suspicions.add(name, &odd(404), at(seconds));
        for name in ["careers", "another"] {
            add(name, 0);
            add(name, 60);
        }
        suspicions.clear("careers", &[READ_ABSENCE]);
        suspicions.clear("careers", &[]);
        suspicions.clear("another", &[CREATE_APPLICATION]);
        assert_eq!(add("careers", 200), Suspected::Confirmed);
        assert_eq!(add("another", 200), Suspected::NotYet);
    }
}
