//! How many accounts a connection has: budgets are shares of it. Remembered for some minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use reconcile::Attempt;

/// How long a count is believed.
const KEPT: Duration = Duration::from_secs(5 * 60);

/// Counts, by connection.
#[derive(Debug, Default)]
pub(crate) struct AccountCounts(Mutex<HashMap<String, (Timestamp, u32)>>);

impl AccountCounts {
    /// How many accounts the attempt's connection has.
    ///
    /// # Errors
    /// Where the table fails.
    pub(crate) async fn of(&self, attempt: &Attempt<'_>) -> Result<u32, Fault> {
        let (name, now) = (attempt.connection(), attempt.now());
        if let Some(count) = self.known(name, now) {
            return Ok(count);
        }
        let claims = attempt.ledger.claims(name).await?;
        let count = u32::try_from(claims.len()).unwrap_or(u32::MAX);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), (now, count));
        Ok(count)
    }

    fn known(&self, name: &str, now: Timestamp) -> Option<u32> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(name).filter(|(at, _)| now < *at + KEPT).map(|(_, count)| *count)
    }
}
