//! What a run found missing: acted on once all of its windows were read, and not at all where it is too much of what is
//! known. The pusher asks the source for each object by its id, and removes only what the source itself says is gone.

use edge::verdict::Fault;
use ledger::{Cause, Held, Subject, Totals};

use crate::notices::{Notice, over, tell_daily};
use crate::signal::{Signal, Trigger};
use crate::sweep::{HoldAbove, Sweep, SweepRules};

/// The key of what is told of a run that waits for a person.
const HELD: &str = "deletions-held";

/// A window was read to its end. The run's last window decides for all.
pub(crate) async fn settle_window(sweep: &Sweep<'_>, found: Totals, missing: &[Subject]) -> Result<(), Fault> {
    let ledger = sweep.attempt.ledger;
    let now = sweep.attempt.now();
    ledger.write_missing(sweep.key(), missing, now).await?;
    let slices = ledger.settle_slice(sweep.key(), found, now).await?;
    if slices.len() < sweep.task.windows.len() {
        return Ok(());
    }
    let totals = Totals {
        known: slices.values().map(|totals| totals.known).sum(),
        missing: slices.values().map(|totals| totals.missing).sum(),
    };
    if is_too_much(totals, sweep.rules.hold_above) {
        return hold(sweep, totals).await;
    }
    signal_missing(sweep).await?;
    sweep.is_not_behind().await?;
    release_what_it_covers(sweep).await
}

/// A person has confirmed what a run found missing. A sentence for the log.
///
/// # Errors
/// Where the table or the queue fails.
pub async fn confirmed(sweep: &Sweep<'_>) -> Result<String, Fault> {
    let queued = signal_missing(sweep).await?;
    let held = sweep.attempt.ledger.held(sweep.connection()).await?;
    if let Some(held) = held.filter(|held| held.run == sweep.task.run) {
        sweep.attempt.ledger.release(sweep.connection(), &held).await?;
        over(&sweep.attempt, HELD).await?;
    }
    Ok(format!("confirmed: {queued} queued"))
}

/// A run that reads less than the one that waits says nothing of what that one has missed.
async fn release_what_it_covers(sweep: &Sweep<'_>) -> Result<(), Fault> {
    let held = sweep.attempt.ledger.held(sweep.connection()).await?;
    match held.filter(|held| sweep.task.whole || !held.whole) {
        Some(held) => {
            sweep.attempt.ledger.release(sweep.connection(), &held).await?;
            over(&sweep.attempt, HELD).await
        }
        None => Ok(()),
    }
}

async fn signal_missing(sweep: &Sweep<'_>) -> Result<usize, Fault> {
    let missing = sweep.attempt.ledger.missing(sweep.connection(), &sweep.task.run).await?;
    let signals = missing.into_iter().map(|subject| (Signal::new(subject, Trigger::Missing), None));
    sweep.send(signals.collect()).await
}

/// Nothing is removed, and the owner is told, once a day while it lasts.
async fn hold(sweep: &Sweep<'_>, Totals { known, missing }: Totals) -> Result<(), Fault> {
    let now = sweep.attempt.now();
    let held = Held { run: sweep.task.run.clone(), whole: sweep.task.whole, known, missing, at: now };
    sweep.attempt.ledger.hold(sweep.connection(), &held).await?;
    let SweepRules { source, target, plural, .. } = sweep.rules;
    let what = format!(
        "{source} does not list {missing} of {known} {plural} that are entered in {target}. That is more than \
         `sync.hold_above_percent` and `sync.hold_above` allow, so nothing was removed. If they are gone for good: \
         `hrsync sweep {} --confirm-deletions`. If not, look whether the credential still reads all persons and types.",
        sweep.connection()
    );
    let notice = Notice { key: HELD.to_owned(), code: HELD.to_owned(), cause: Cause::Held, reasons: vec![what] };
    tell_daily(&sweep.attempt, &notice).await
}

pub(crate) fn is_too_much(totals: Totals, hold_above: HoldAbove) -> bool {
    let share = u128::from(totals.missing) * 100 > u128::from(totals.known) * u128::from(hold_above.percent);
    share && totals.missing > u64::from(hold_above.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_more_than_the_share_and_more_than_the_number() {
        let hold_above = HoldAbove { percent: 20, number: 10 };
        let held = |known, missing| is_too_much(Totals { known, missing }, hold_above);
        assert!(!held(20, 10), "half, but only ten");
        assert!(held(20, 11));
        assert!(!held(100, 20), "a fifth, not more");
        assert!(held(100, 21));
        assert!(!held(0, 0));
    }
}
