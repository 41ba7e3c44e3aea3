//! A vendor's clock: real time until it is set, then fixed and moved only by hand.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::locked;

/// The clock of one twin.
#[derive(Debug, Default)]
pub struct Clock(Mutex<Option<Timestamp>>);

impl Clock {
    /// The twin's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        locked(&self.0).unwrap_or_else(Timestamp::now)
    }

    /// Whether the clock was set and stands still.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        locked(&self.0).is_some()
    }

    /// Fixes the clock at `now`.
    pub fn set(&self, now: Timestamp) {
        *locked(&self.0) = Some(now);
    }

    /// Moves the clock on; a clock that still follows real time is fixed by that.
    pub fn advance(&self, seconds: u32) {
        let now = self.now();
        self.set(now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX));
    }

    /// Follows real time again.
    pub fn reset(&self) {
        *locked(&self.0) = None;
    }

    /// Carries out what the faults' `clock` member asks for.
    pub fn switch(&self, switch: ClockSwitch) {
        match switch {
            ClockSwitch::Now(now) => self.set(now),
            ClockSwitch::Advance(seconds) => self.advance(seconds),
        }
    }
}

/// `{"now": "2026-03-01T10:00:00Z"}` or `{"advance_seconds": 60}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Members")]
pub enum ClockSwitch {
    /// Fix the clock at this time.
    #[serde(rename = "now")]
    Now(Timestamp),
    /// Move the clock by so many seconds.
    #[serde(rename = "advance_seconds")]
    Advance(u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    now: Option<Timestamp>,
    advance_seconds: Option<u32>,
}

impl TryFrom<Members> for ClockSwitch {
    type Error = &'static str;

    fn try_from(members: Members) -> Result<Self, Self::Error> {
        match (members.now, members.advance_seconds) {
            (Some(now), None) => Ok(Self::Now(now)),
            (None, Some(seconds)) => Ok(Self::Advance(seconds)),
            _ => Err("clock takes either now or advance_seconds"),
        }
    }
}
