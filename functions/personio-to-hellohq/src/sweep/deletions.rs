//! What a run found missing: acted on once all of its windows were read, and not at all where it is too much of what is
//! known. The pusher asks Personio for each of them by its id, and removes only what Personio itself says is gone.

use edge::verdict::Fault;
use ledger::{Cause, Held, Totals};
use uuid::Uuid;
use vendors::personio::model::id::AbsenceId;

use super::{Sweep, Sweeper};
use crate::connection::Sync;
use crate::signal::{Why, swept};

impl Sweeper {
    /// A window was read to its end. The run's last one decides for all.
    pub(super) async fn settle_window(&self, sweep: &Sweep<'_>, found: Totals, missing: &[u128]) -> Result<(), Fault> {
        let (ledger, now) = (&self.worker.ledger, self.worker.clock.now());
        let read = ledger.slice_read(sweep.slice(), found, missing, now).await?;
        ledger.forget_place(sweep.slice()).await?;
        match read {
            None => Ok(()),
            Some(totals) if is_too_much(totals, &sweep.settings.sync) => self.hold(sweep, totals).await,
            Some(_) => {
                self.signal_missing(sweep).await?;
                self.release_what_it_covers(sweep).await
            }
        }
    }

    /// A run that reads less than the one that waits says nothing of what that one has missed.
    async fn release_what_it_covers(&self, sweep: &Sweep<'_>) -> Result<(), Fault> {
        let held = self.worker.ledger.held(sweep.connection()).await?;
        match held.filter(|held| sweep.task.whole || !held.whole) {
            Some(held) => Ok(self.worker.ledger.release(sweep.connection(), &held).await?),
            None => Ok(()),
        }
    }

    /// A person has confirmed.
    pub(super) async fn confirmed(&self, sweep: &Sweep<'_>) -> Result<String, Fault> {
        let queued = self.signal_missing(sweep).await?;
        let held = self.worker.ledger.held(sweep.connection()).await?;
        if let Some(held) = held.filter(|held| held.run == sweep.task.run) {
            self.worker.ledger.release(sweep.connection(), &held).await?;
        }
        Ok(format!("confirmed: {queued} queued"))
    }

    async fn signal_missing(&self, sweep: &Sweep<'_>) -> Result<usize, Fault> {
        let (run, now, connection) = (&sweep.task.run, self.worker.clock.now(), sweep.connection());
        let mut queued = 0;
        for name in self.worker.ledger.slices_read(connection, run).await? {
            let slice = ledger::Slice { name: &name, ..sweep.slice() };
            let missing = self.worker.ledger.missing(slice).await?;
            let ids = missing.into_iter().map(|id| AbsenceId::from_uuid(Uuid::from_u128(id)));
            queued += self.signal(ids.map(|id| swept(connection, run, id, Why::Missing, None, now)).collect()).await?;
        }
        Ok(queued)
    }

    /// Nothing is removed, and the owner is told, once a day while it lasts.
    async fn hold(&self, sweep: &Sweep<'_>, Totals { known, missing }: Totals) -> Result<(), Fault> {
        let (now, run) = (self.worker.clock.now(), sweep.task.run.clone());
        let held = Held { run, whole: sweep.task.whole, known, missing, at: now };
        self.worker.ledger.hold(sweep.connection(), &held).await?;
        let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let what = format!(
            "Personio does not list {missing} of {known} absences that are entered in helloHQ. That is more than \
             `sync.hold_above_percent` and `sync.hold_above` allow, so nothing was removed. If they are gone for good: \
             hrsync sweep {} --confirm-deletions. If not, look whether the credential still reads all persons and types.",
            sweep.connection()
        );
        let id = format!("deletions-held-{day}");
        Ok(self.worker.tell(sweep.record, id, Cause::Held, vec![what]).await?)
    }
}

fn is_too_much(totals: Totals, sync: &Sync) -> bool {
    let share = u128::from(totals.missing) * 100 > u128::from(totals.known) * u128::from(sync.hold_above_percent);
    share && totals.missing > u64::from(sync.hold_above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_is_more_than_the_share_and_more_than_the_number() {
        let sync = Sync {
            start_date: jiff::civil::date(2026, 1, 1),
            every_hours: 2,
            open_end_days: 90,
            hold_above_percent: 20,
            hold_above: 10,
        };
        let held = |known, missing| is_too_much(Totals { known, missing }, &sync);
        assert!(!held(20, 10), "half, but only ten");
        assert!(held(20, 11));
        assert!(!held(100, 20), "a fifth, not more");
        assert!(held(100, 21));
        assert!(!held(0, 0));
    }
}
