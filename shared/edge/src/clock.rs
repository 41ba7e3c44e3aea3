//! Time as a parameter.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Where a function reads the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that asks `now`: how a test sets the time.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// How long ago `earlier` was; zero where it lies ahead.
    #[must_use]
    pub fn since(&self, earlier: Timestamp) -> Duration {
        until(earlier, self.now())
    }
}

/// From `now` to `then`; zero where `then` is past.
pub(crate) fn until(now: Timestamp, then: Timestamp) -> Duration {
    let ahead: SignedDuration = then.duration_since(now);
    Duration::try_from(ahead).unwrap_or(Duration::ZERO)
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// When this invocation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(pub Timestamp);

impl Deadline {
    /// Whether at least `needed` is left. No write may start with less than its own time limit.
    #[must_use]
    pub fn leaves(self, needed: Duration, clock: &Clock) -> bool {
        until(clock.now(), self.0) >= needed
    }
}
