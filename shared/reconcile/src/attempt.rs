//! One attempt at one record: what every piece of this crate is handed.

use std::time::Duration;

use edge::batch::Record;
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Clock, Queue};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::Ledger;

/// One attempt at one record.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// What is remembered.
    pub ledger: &'a Ledger,
    /// Where stored failures are announced.
    pub failures: &'a Queue,
    /// The clock.
    pub clock: &'a Clock,
    /// The record.
    pub record: &'a Record<'a>,
    /// The revision of the connection's settings.
    pub revision: u64,
    /// When the attempt began: all that it reads is newer.
    pub began: Timestamp,
}

impl<'a> Attempt<'a> {
    /// The attempt of a worker at a record of a loaded connection.
    #[must_use]
    pub fn new<C>(worker: &'a Worker<C>, record: &'a Record<'a>, connection: &Loaded<C>) -> Self {
        Self {
            ledger: &worker.ledger,
            failures: &worker.failures,
            clock: &worker.clock,
            record,
            revision: connection.revision,
            began: worker.clock.now(),
        }
    }

    /// The connection's name.
    #[must_use]
    pub fn connection(&self) -> &'a str {
        &self.record.message.connection
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The day, in UTC.
    #[must_use]
    pub fn today(&self) -> Date {
        Self::day_of(self.now())
    }

    /// The day of a time, in UTC.
    pub(crate) fn day_of(time: Timestamp) -> Date {
        time.to_zoned(TimeZone::UTC).date()
    }

    /// How long ago the record was received.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.clock.since(self.record.message.received)
    }

    /// Whether a person has asked for the record once more.
    #[must_use]
    pub fn is_replay(&self) -> bool {
        self.record.message.replay > 0
    }

    /// Whether the invocation has so much time left.
    #[must_use]
    pub fn has(&self, needed: Duration) -> bool {
        self.record.deadline.leaves(needed, self.clock)
    }

    /// No step starts with less time left than it may need.
    ///
    /// # Errors
    /// [`Fault::OutOfTime`].
    pub fn needs(&self, needed: Duration) -> Result<(), Fault> {
        if self.has(needed) { Ok(()) } else { Err(Fault::OutOfTime) }
    }
}
