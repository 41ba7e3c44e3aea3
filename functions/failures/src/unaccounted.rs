//! Records that were taken from a pusher's queue, have not ended, and do not come back: what the balance of a stack lacks.

use std::time::Duration;

use jiff::Timestamp;
use logs::{Life, Line, Logs, Pattern, ReadError, lives};

/// For how long lines are looked back at. A worker lets no record rest for longer than six hours, and an hour later it is late.
const BACK: Duration = Duration::from_secs(8 * 60 * 60);

/// The function that this runs in: it stores dead letters, and so ends records.
const STORES_DEAD_LETTERS: &str = "failures-poll";

/// How many records a run names in its log; `hrsync status` names all.
const NAMED: usize = 20;

/// Where the flows' pushers log.
#[derive(Debug, Clone)]
pub struct Unaccounted {
    /// The stack's logs.
    pub logs: Logs,
    /// The flows that are on.
    pub flows: Vec<String>,
}

impl Unaccounted {
    /// How many records are late. Each is named in the log.
    ///
    /// # Errors
    /// Where a log cannot be read.
    pub async fn count(&self, now: Timestamp) -> Result<u64, ReadError> {
        let lines = self.read(now).await?;
        let lives = lives(&lines);
        let late: Vec<_> = lives.iter().filter(|life| life.is_late(now)).collect();
        late.iter().take(NAMED).for_each(|life| name(life));
        Ok(late.iter().map(|_| 1).sum())
    }

    /// What pushers have written of records that did not end at once, and this function of dead letters.
    async fn read(&self, now: Timestamp) -> Result<Vec<Line>, ReadError> {
        let since = now - BACK;
        let mut lines = Vec::new();
        for flow in &self.flows {
            lines.extend(self.logs.read(&format!("{flow}-push"), &Pattern::not_at_once(), since).await?);
        }
        if !lines.is_empty() {
            lines.extend(self.logs.read(STORES_DEAD_LETTERS, &Pattern::any(), since).await?);
        }
        Ok(lines)
    }
}

fn name(life: &Life<'_>) {
    let Line { flow, connection, object, event, replay, at, .. } = life.last;
    tracing::error!(
        flow,
        connection,
        object,
        event,
        replay,
        last = %at,
        "{flow} {connection} {object}: not ended, and not tried again since {at}; hrsync status {connection} says more",
    );
}
