//! The account's turn: Personio takes so many calls a minute of each endpoint, from all functions and connections of a
//! company together.

use std::time::Duration;

use edge::verdict::Fault;
use ledger::{Receipt, Waiting};
use vendors::personio::recruiting::LIMIT;

use super::{Pusher, Work};
use crate::connection::SLOT_TOLERANCE;

impl Pusher {
    /// Waits for the turn of `step`: with a slot in hand the work goes on, otherwise the record comes back at its slot.
    /// `delay`: what lies between the slot and its call, beyond the tolerance, and must widen the spacing.
    pub(super) async fn slot(&self, work: &Work<'_>, step: &str, endpoint: &str, delay: Duration) -> Result<(), Fault> {
        let (ledger, now) = (&self.worker.ledger, self.worker.clock.now());
        if let Receipt::Waiting(Waiting { step: waiting, slot }) = &work.receipt
            && waiting == step
        {
            if now < *slot {
                return Err(Fault::Slot(*slot));
            }
            if now < *slot + SLOT_TOLERANCE {
                return Ok(());
            }
        }
        let spacing = (LIMIT.window + SLOT_TOLERANCE + delay) / work.settings.calls;
        let bucket = format!("personio#{}#{endpoint}", work.settings.account.company_id);
        let slot = ledger.take_slot(&bucket, spacing, now).await?;
        if slot <= now {
            return Ok(());
        }
        ledger.wait_for_slot(&work.event, step, slot).await?;
        Err(Fault::Slot(slot))
    }
}
