//! Whether an opening was there before the connection's first sweep: then `policies.backfill` says what becomes of it.

use edge::verdict::Fault;
use jiff::SignedDuration;
use reconcile::{Attempt, Signal, Trigger};

use crate::desired::Known;
use crate::link::OpeningLink;

/// How long an event waits for the first sweep before it looks again.
const WHILE: SignedDuration = SignedDuration::from_mins(5);

/// What is known of the signal's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decided {
    is_of_first_sweep: bool,
}

/// Looks whether the signal comes from the first sweep. An event waits for that sweep's end: before it nobody can say what
/// is new.
///
/// # Errors
/// [`Fault::NotYetVisible`]: the first sweep has not ended. Where the table fails.
pub(crate) async fn known(attempt: &Attempt<'_>, signal: &Signal) -> Result<Decided, Fault> {
    let ended = attempt.ledger.cursor(attempt.connection()).await?;
    let is_event = matches!(signal.trigger, Trigger::Event { .. });
    match ended {
        None if is_event && !attempt.is_replay() => Err(Fault::NotYetVisible { until: attempt.now() + WHILE }),
        None => Ok(Decided { is_of_first_sweep: true }),
        Some(ended) => Ok(Decided { is_of_first_sweep: !is_event && attempt.record.message.received <= ended }),
    }
}

impl Decided {
    /// Whether the opening was there before.
    pub(crate) fn of(self, opening: &OpeningLink<'_>) -> Known {
        if self.is_of_first_sweep || opening.state().is_left { Known::BeforeFirstSweep } else { Known::Later }
    }
}
