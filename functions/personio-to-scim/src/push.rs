//! The pusher: one person's account at a time is brought in line in the partner system.

use edge::Queue;
use edge::batch::{Handled, Record};
use edge::worker::Worker;

use crate::account_count::AccountCounts;
use crate::connection::Settings;
use crate::process::process;
use crate::reader::Reader;
use crate::work::Shared;
use crate::write_ways::WriteWays;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    shared: Shared,
    /// The pusher's own queue: a part wakes its person.
    queue: Queue,
}

impl Pusher {
    /// A pusher that reads Personio by `reader` and wakes persons through `queue`, its own.
    #[must_use]
    pub fn new(worker: Worker<Settings>, reader: Reader, queue: Queue) -> Self {
        let shared = Shared { reader, write_ways: WriteWays::default(), counts: AccountCounts::default() };
        Self { worker, shared, queue }
    }

    /// Handles one signal.
    pub async fn push(&self, record: Record<'_>) -> Handled {
        let (worker, shared, queue) = (&self.worker, &self.shared, &self.queue);
        worker.handle(record, async |record, connection| process(worker, shared, queue, record, connection).await).await
    }
}
