//! The account's rate limit: Personio takes so many calls a minute of each endpoint, from all functions and connections of
//! a company together.

use std::time::Duration;

use edge::verdict::Fault;
use ledger::{RateLimit, Receipt, Waiting};
use vendors::personio::recruiting::LIMIT;

use crate::attempt::ResponseAttempt;

/// How long after its time a slot may still be used. Slots lie apart by a share of this more than the vendor's window
/// demands, so that late use never squeezes more calls into the window than it allows.
const SLOT_TOLERANCE: Duration = Duration::from_secs(10);

/// What Personio counts apart.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Endpoint {
    /// Creating applications.
    Applications,
    /// Uploading documents.
    Documents,
}

impl Endpoint {
    fn name(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::Documents => "documents",
        }
    }
}

/// Reserves the call of `step`: with a slot in hand the attempt goes on, otherwise the record comes back at its slot.
/// `delay`: what lies between the slot and its call, beyond the tolerance, and must widen the spacing.
///
/// # Errors
/// [`Fault::Throttled`] where the slot lies ahead; then the receipt says which slot waits for which step.
pub(crate) async fn reserve(
    attempt: &ResponseAttempt<'_>,
    step: &str,
    endpoint: Endpoint,
    delay: Duration,
) -> Result<(), Fault> {
    let now = attempt.clock.now();
    // a slot is good for its own step only, or one slot would carry two calls
    if let Receipt::Waiting(Waiting { step: waiting, slot }) = &attempt.receipt
        && waiting == step
    {
        if now < *slot {
            return Err(Fault::Throttled { until: *slot });
        }
        if now < *slot + SLOT_TOLERANCE {
            return Ok(());
        }
    }
    let bucket = format!("personio#{}#{}", attempt.settings.account.company_id, endpoint.name());
    let spacing = (LIMIT.window + SLOT_TOLERANCE + delay) / attempt.settings.calls_per_minute;
    let slot = RateLimit::new(bucket, spacing).reserve(attempt.ledger, 1, now).await?;
    if slot <= now {
        return Ok(());
    }
    attempt.ledger.wait_for_slot(&attempt.event, step, slot).await?;
    Err(Fault::Throttled { until: slot })
}
