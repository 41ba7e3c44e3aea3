//! Taking a turn of a rate limit: a near one is waited for, a later one is kept by whoever has reserved it.

use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use ledger::RateLimit;

use crate::Attempt;

/// A turn that is so near is waited for; for a later one the record goes back to the queue.
const NEAR: Duration = Duration::from_secs(2);

/// Whether a turn has come.
#[must_use]
pub(crate) enum Taken {
    /// The turn is now.
    Now,
    /// The turn is then: it is written down, and the record comes back for it.
    Later(Timestamp),
}

/// Takes the turn that was `kept` in an earlier attempt, else the next one that is free.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn take(attempt: &Attempt<'_>, limit: &RateLimit, kept: Option<Timestamp>) -> Result<Taken, Fault> {
    take_several(attempt, limit, 1, kept).await
}

/// The same of `calls` turns that follow one another: whether the first of them has come.
///
/// # Errors
/// Where the table fails.
pub(crate) async fn take_several(
    attempt: &Attempt<'_>,
    limit: &RateLimit,
    calls: u32,
    kept: Option<Timestamp>,
) -> Result<Taken, Fault> {
    let now = attempt.now();
    let at = match kept {
        Some(at) => at,
        None => limit.reserve(attempt.ledger, calls, now).await?,
    };
    if at > now + NEAR {
        return Ok(Taken::Later(at));
    }
    tokio::time::sleep(at.duration_since(now).try_into().unwrap_or_default()).await;
    Ok(Taken::Now)
}
