//! Which flows' schedules have missed their runs: each run notes until when the next ones may take.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Error, Ledger};

/// How long a flow that was never seen to run may take to its first run: no schedule runs more rarely.
const FIRST: Duration = Duration::from_secs(26 * 60 * 60);

/// How many of `flows`, whose schedules are on, are late. What is noted of a flow that is off is forgotten: once it is on
/// again, it is not late at once.
///
/// # Errors
/// Where the table fails.
pub async fn late(ledger: &Ledger, flows: &[String], now: Timestamp) -> Result<u64, Error> {
    let noted = ledger.polls().await?;
    for flow in noted.keys().filter(|flow| !flows.contains(flow)) {
        ledger.forget_poll(flow).await?;
    }
    let mut late = 0;
    for flow in flows {
        match noted.get(flow) {
            Some(end) => late += u64::from(*end < now),
            None => ledger.expect_poll(flow, now + FIRST).await?,
        }
    }
    Ok(late)
}
