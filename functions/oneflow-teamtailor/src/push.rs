//! The pusher: one candidate at a time is brought in line, on both sides.

use edge::batch::{Handled, Record};
use edge::worker::Worker;
use edge::{Clock, Queue};
use vendors::Http;

use crate::catalog::Catalogs;
use crate::connection::Settings;
use crate::process::process;
use crate::work::Shared;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    shared: Shared,
}

impl Pusher {
    /// A pusher that calls through `http` and wakes owners through `queue`, its own.
    #[must_use]
    pub fn new(worker: Worker<Settings>, http: Http, clock: Clock, queue: Queue) -> Self {
        Self { worker, shared: Shared { http, clock, queue, catalogs: Catalogs::default() } }
    }

    /// Handles one signal.
    pub async fn push(&self, record: Record<'_>) -> Handled {
        let (worker, shared) = (&self.worker, &self.shared);
        worker.handle(record, async |record, connection| process(worker, shared, record, connection).await).await
    }
}
