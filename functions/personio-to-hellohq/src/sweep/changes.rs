//! What was updated since the cursor, whenever it is, and what waits for something outside of it.

use std::collections::HashMap;
use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use ledger::Glance;
use vendors::Kind;
use vendors::personio::hr::{AbsenceQuery, Cursor, Page};
use vendors::personio::model::absence::AbsencePeriod;

use super::{Sweep, Sweeper};
use crate::signal::{Why, swept};

/// How much of what was read before is read again: clocks differ, and a change may show late.
const OVERLAP: Duration = Duration::from_secs(15 * 60);

/// Where the reading goes on.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    since_ms: i64,
    cursor: Cursor,
    newest_ms: i64,
}

impl Sweeper {
    /// Reads all pages and queues what they show; only then the cursor moves.
    pub(super) async fn changes(&self, sweep: &Sweep<'_>) -> Result<String, Fault> {
        let (ledger, slice) = (&self.worker.ledger, sweep.slice());
        let place = ledger.place::<Place>(slice).await?.map(|place| place.at);
        let since = match &place {
            Some(place) => Timestamp::from_millisecond(place.since_ms).unwrap_or(Timestamp::UNIX_EPOCH),
            None => ledger.cursor(sweep.connection()).await?.map_or(Timestamp::UNIX_EPOCH, |at| at - OVERLAP),
        };
        let mut newest = place.as_ref().map_or(i64::MIN, |place| place.newest_ms);
        let mut queued = if place.is_none() { self.wake_waiting(sweep).await? } else { 0 };
        let mut pages = sweep.personio.absences(AbsenceQuery::UpdatedSince(since), place.map(|place| place.cursor));
        while let Some(page) = self.page(sweep, pages.next().await).await? {
            queued += self.queue_changed(sweep, &page).await?;
            self.unreadable(sweep, &page).await?;
            let seen = page.items.iter().map(|absence| absence.updated_at.as_millisecond()).max();
            newest = newest.max(seen.unwrap_or(i64::MIN));
            if let (Some(cursor), false) = (page.next, self.has_time(sweep)) {
                let at = Place { since_ms: since.as_millisecond(), cursor, newest_ms: newest };
                ledger.keep_place(slice, &ledger::Place { at, read: Vec::new() }, self.worker.clock.now()).await?;
                return Err(Fault::OutOfTime);
            }
        }
        if let Ok(newest) = Timestamp::from_millisecond(newest)
            && newest > Timestamp::UNIX_EPOCH
        {
            ledger.move_cursor(sweep.connection(), newest).await?;
        }
        Ok(format!("changes since {since:.0}: {queued} queued"))
    }

    /// A page; a cursor that is no longer taken lets the slice begin anew.
    pub(super) async fn page(
        &self,
        sweep: &Sweep<'_>,
        page: Result<Option<Page>, vendors::Error>,
    ) -> Result<Option<Page>, Fault> {
        match page {
            Err(error) if matches!(error.kind, Kind::Stale(_)) => {
                self.worker.ledger.forget_place(sweep.slice()).await?;
                Err(error.into())
            }
            other => Ok(other?),
        }
    }

    async fn queue_changed(&self, sweep: &Sweep<'_>, page: &Page) -> Result<usize, Fault> {
        let ids: Vec<String> = page.items.iter().map(|absence| absence.id.to_string()).collect();
        let known = self.worker.ledger.glances_of(sweep.connection(), &ids).await?;
        let known: HashMap<&str, &Glance> = known.iter().map(|glance| (glance.object.as_str(), glance)).collect();
        let is_new = |absence: &&AbsencePeriod| match known.get(absence.id.to_string().as_str()) {
            Some(glance) => glance.seen.as_millisecond() != absence.updated_at.as_millisecond(),
            None => !sweep.is_before_the_start(absence),
        };
        let (run, now) = (&sweep.task.run, self.worker.clock.now());
        let signal = |absence: &AbsencePeriod| {
            swept(sweep.connection(), run, absence.id, Why::Changed, Some(absence.updated_at), now)
        };
        self.signal(page.items.iter().filter(is_new).map(signal).collect()).await
    }

    async fn wake_waiting(&self, sweep: &Sweep<'_>) -> Result<usize, Fault> {
        let (run, now) = (&sweep.task.run, self.worker.clock.now());
        let waiting = self.worker.ledger.waiting(sweep.connection()).await?;
        let ids = waiting.iter().filter_map(|object| object.parse().ok());
        self.signal(ids.map(|id| swept(sweep.connection(), run, id, Why::Waiting, None, now)).collect()).await
    }
}
