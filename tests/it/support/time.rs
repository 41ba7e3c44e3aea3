//! Time that a test moves by hand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use edge::Clock;
use jiff::Timestamp;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<Timestamp>>);

impl Hands {
    /// Set to the present, to the second: the local AWS lives in real time and must not find items expired.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Timestamp::now().round(jiff::Unit::Second).unwrap())))
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
