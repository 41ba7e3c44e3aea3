//! Time that a test moves by hand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use edge::Clock;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<Timestamp>>);

impl Hands {
    /// Set to three in the morning of the next day, in UTC: what a test does within a day must not depend on when it is run. Not to
    /// the past: the local AWS lives in real time and must not find items expired.
    pub(crate) fn new() -> Self {
        let tomorrow = Timestamp::now().to_zoned(TimeZone::UTC).date().tomorrow().unwrap();
        Self(Arc::new(Mutex::new(tomorrow.at(3, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp())))
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }

    pub(crate) fn clock(&self) -> Clock {
        let hands = self.clone();
        Clock::new(move || hands.now())
    }
}
