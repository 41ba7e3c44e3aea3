//! An event of a position wakes the position's openings. HiBob's search does not tell which those are: the ones that are
//! known are woken at once, and for a position without any HiBob's whole list is read within minutes, once for all that
//! wait.

use edge::Processed;
use edge::verdict::Fault;
use reconcile::{Attempt, Signal};
use vendors::hibob::model::OpeningId;

use crate::forward::send;
use crate::link::{self, PositionLink};
use crate::work::Shared;

/// Wakes the openings of the signal's position.
///
/// # Errors
/// Where table or queue fail.
pub(crate) async fn wake(shared: &Shared, attempt: &Attempt<'_>, signal: &Signal) -> Result<Processed, Fault> {
    let position = PositionLink::load(attempt, &signal.about).await?;
    let openings: Vec<&OpeningId> = position.state().openings.iter().collect();
    if openings.is_empty() {
        attempt.ledger.wait_for_list(attempt.connection(), &signal.about, attempt.now()).await?;
        return Ok(Processed::done([]).with_reason("its openings are looked for"));
    }
    for opening in &openings {
        send(shared, attempt, &signal.forwarded_to(link::opening(opening))).await?;
    }
    Ok(Processed::done([]).with_reason("its openings are looked at"))
}
