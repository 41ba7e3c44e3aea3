//! What was updated since the cursor, whenever it is, and what waits for something outside of it.

use std::collections::HashMap;
use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use ledger::Glance;
use vendors::personio::hr::{AbsenceQuery, Cursor, Page};
use vendors::personio::model::absence::AbsencePeriod;

use super::{Sweep, Sweeper};
use crate::signal::{Why, swept};
use crate::version;

/// How much of what was read before is read again: clocks differ, and a change may show late.
const OVERLAP: Duration = Duration::from_secs(15 * 60);

/// Where the reading goes on.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    since_ms: i64,
    begun_ms: i64,
    newest_ms: i64,
    cursor: Option<Cursor>,
}

fn whole(at: Place) -> ledger::Place<Place> {
    ledger::Place { at, read: Vec::new() }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Sweeper {
    /// Reads all pages and queues what they show; only then the cursor moves.
    pub(super) async fn changes(&self, sweep: &Sweep<'_>) -> Result<String, Fault> {
        let ledger = &self.worker.ledger;
        let kept = ledger.place::<Place>(sweep.slice()).await?.map(|place| place.at);
        let mut queued = if kept.is_none() { self.wake_waiting(sweep).await? } else { 0 };
        let mut place = match kept {
            Some(kept) => kept,
            None => self.start(sweep).await?,
        };
        let since = at(place.since_ms);
        let mut pages = sweep.personio.absences(AbsenceQuery::UpdatedSince(since), place.cursor.clone());
        loop {
            let page = match self.page(sweep, &mut pages).await {
                Ok(Some(page)) => page,
                Ok(None) => break,
                Err(error) => {
                    let place = place.cursor.is_some().then(|| whole(place));
                    return Err(self.broken_off(sweep, place, error).await);
                }
            };
            queued += self.queue_changed(sweep, &page).await?;
            self.unreadable(sweep, &page).await?;
            let newest = page.items.iter().map(|absence| absence.updated_at.as_millisecond()).max();
            place.newest_ms = place.newest_ms.max(newest.unwrap_or(i64::MIN));
            place.cursor = page.next;
            if place.cursor.is_some() && !self.has_time(sweep) {
                ledger.keep_place(sweep.slice(), &whole(place), self.worker.clock.now()).await?;
                return Err(Fault::OutOfTime);
            }
        }
        // what changes while pages are read may stand on one that was read before
        let read_up_to = place.newest_ms.min(place.begun_ms);
        if place.newest_ms > 0 {
            ledger.move_cursor(sweep.connection(), at(read_up_to)).await?;
        }
        ledger.forget_place(sweep.slice()).await?;
        Ok(format!("changes since {since:.0}: {queued} queued"))
    }

    async fn start(&self, sweep: &Sweep<'_>) -> Result<Place, Fault> {
        let cursor = self.worker.ledger.cursor(sweep.connection()).await?;
        let since = cursor.map_or(Timestamp::UNIX_EPOCH, |at| at - OVERLAP);
        Ok(Place {
            since_ms: since.as_millisecond(),
            begun_ms: self.worker.clock.now().as_millisecond(),
            newest_ms: i64::MIN,
            cursor: None,
        })
    }

    async fn queue_changed(&self, sweep: &Sweep<'_>, page: &Page) -> Result<usize, Fault> {
        let ids: Vec<String> = page.items.iter().map(|absence| absence.id.to_string()).collect();
        let known = self.worker.ledger.glances_of(sweep.connection(), &ids).await?;
        let known: HashMap<&str, &Glance> = known.iter().map(|glance| (glance.object.as_str(), glance)).collect();
        let is_new = |absence: &&AbsencePeriod| match known.get(absence.id.to_string().as_str()) {
            Some(glance) => glance.version != version::of(absence),
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
