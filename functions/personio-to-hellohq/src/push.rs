//! The pusher: one absence at a time is brought in line in helloHQ.

use edge::batch::{Handled, Record};
use edge::worker::Worker;

use crate::connection::Settings;
use crate::desired::Mapper;
use crate::process::process;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    /// Works out what helloHQ should hold.
    pub mapper: Mapper,
}

impl Pusher {
    /// Handles one signal.
    pub async fn push(&self, record: Record<'_>) -> Handled {
        self.worker
            .handle(record, async |record, connection| process(&self.worker, &self.mapper, record, connection).await)
            .await
    }
}
