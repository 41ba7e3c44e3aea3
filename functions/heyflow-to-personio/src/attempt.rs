//! One attempt at a queued response: what its steps share.

use std::time::Duration;

use edge::Clock;
use edge::batch::Record;
use edge::verdict::Fault;
use ledger::{Event, Ledger, Receipt};
use vendors::Http;
use vendors::personio::recruiting::Recruiting;

use crate::connection::Settings;

/// An attempt at a response that is not settled yet.
pub(crate) struct ResponseAttempt<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) clock: &'a Clock,
    pub(crate) record: &'a Record<'a>,
    pub(crate) event: Event,
    pub(crate) receipt: Receipt,
    pub(crate) settings: &'a Settings,
    pub(crate) personio: Recruiting,
}

impl ResponseAttempt<'_> {
    /// No write starts with less time left than its own limit, and some to write its outcome down.
    pub(crate) fn ensure_time_for(&self, needed: Duration) -> Result<(), Fault> {
        let enough = self.record.deadline.leaves(needed + Http::TIMEOUT / 2, self.clock);
        if enough { Ok(()) } else { Err(Fault::OutOfTime) }
    }
}
