//! What a connection's owner is told.

use edge::notify;
use edge::verdict::Fault;
use ledger::{Cause, Failure};

use crate::Attempt;

/// What a connection's owner is told: once for each `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Tells the notice from all others of the connection.
    pub id: String,
    /// What kind of failure it is.
    pub cause: Cause,
    /// Why, one line each: ids, keys and fixed words.
    pub reasons: Vec<String>,
}

/// Stores a notice, once however often it is met, and announces it.
///
/// # Errors
/// Where the table fails; then nobody is told yet.
pub async fn tell(attempt: &Attempt<'_>, notice: Notice) -> Result<(), Fault> {
    let Notice { id, cause, reasons } = notice;
    let failure = notify::failure(attempt.record, "", cause, reasons, attempt.now());
    let failure = Failure { id, ..failure };
    attempt.ledger.store_failure(&failure).await?;
    notify::notify(attempt.failures, &failure, failure.failed).await;
    Ok(())
}
