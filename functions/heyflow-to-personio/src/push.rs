//! The pusher: one queued response at a time becomes an application, or a failure that the owner is told of.

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::worker::Worker;
use vendors::Http;

use crate::connection::Settings;
use crate::process::process;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    /// The HTTP client.
    pub http: Http,
}

impl Pusher {
    /// Handles one queued response.
    pub async fn push(&self, record: Record<'_>) -> Handled {
        let process = async |record: &Record<'_>, connection: &Loaded<Settings>| {
            process(&self.worker, &self.http, record, &connection.settings).await
        };
        self.worker.handle(record, process).await
    }
}
