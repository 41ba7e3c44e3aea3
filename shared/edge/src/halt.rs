//! What a pusher does about a halted connection: before the work (wait, or be the one probe) and after it (open or
//! close the breaker, tell the owner).

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Cause, Failure, Ledger, Opened};

use crate::clock::until;

/// The longest that a record of a halted connection rests.
pub(crate) const LONGEST_REST: Duration = Duration::from_secs(15 * 60);

/// Whether to work on a record of a connection with this breaker: `None` to go ahead, or how long to rest.
pub(crate) async fn gate(
    ledger: &Ledger,
    connection: &str,
    breaker: Option<&Breaker>,
    now: Timestamp,
) -> Result<Option<Duration>, ledger::Error> {
    let Some(breaker) = breaker else { return Ok(None) };
    if now < breaker.probe {
        return Ok(Some(until(now, breaker.probe).clamp(Duration::from_secs(1), LONGEST_REST)));
    }
    let mine = ledger.claim_probe(connection, breaker, now).await?;
    Ok(if mine { None } else { Some(breaker.interval().min(LONGEST_REST)) })
}

/// The failure that tells the owner of a halt. `day` counts from the opening: one mail at once, then one a day.
#[must_use]
pub fn halted(connection: &str, flow: &str, breaker: &Breaker, day: i64, now: Timestamp) -> Failure {
    let id = format!("halted-{}-{day}", breaker.since.as_millisecond());
    notice(connection, flow, id, Cause::Halted, vec![breaker.cause.clone()], now)
}

fn mended(connection: &str, flow: &str, breaker: &Breaker, now: Timestamp) -> Failure {
    let id = format!("mended-{}", breaker.since.as_millisecond());
    notice(connection, flow, id, Cause::Mended, Vec::new(), now)
}

fn notice(connection: &str, flow: &str, id: String, cause: Cause, reasons: Vec<String>, now: Timestamp) -> Failure {
    let (connection, flow) = (connection.to_owned(), flow.to_owned());
    Failure { id, connection, flow, cause, ids: Vec::new(), reasons, message: None, failed: now, mailed: None }
}

/// Opens the breaker. The failure to tell the owner of, if it was closed before.
pub(crate) async fn open(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    cause: String,
    now: Timestamp,
) -> Result<Option<Failure>, ledger::Error> {
    let breaker = Breaker::open(cause, now);
    if ledger.open_breaker(connection, &breaker).await? == Opened::Before {
        return Ok(None);
    }
    let failure = halted(connection, flow, &breaker, 0, now);
    ledger.store_failure(&failure).await?;
    Ok(Some(failure))
}

/// Closes the breaker. The notice is stored before, so that a crash in between doubles nothing and loses nothing.
pub(crate) async fn close(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    breaker: &Breaker,
    now: Timestamp,
) -> Result<Failure, ledger::Error> {
    let failure = mended(connection, flow, breaker, now);
    ledger.store_failure(&failure).await?;
    ledger.close_breaker(connection, breaker).await?;
    Ok(failure)
}
