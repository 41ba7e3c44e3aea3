//! A window of time, read to its end: what the links name in it and Personio does not list is missing.

use std::collections::HashMap;

use edge::verdict::Fault;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use ledger::Totals;
use mapping::personio_to_hellohq::last_day;
use uuid::Uuid;
use vendors::personio::hr::{AbsenceQuery, Cursor};
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::AbsenceId;

use super::{Sweep, Sweeper};
use crate::link::OPEN;
use crate::signal::{Why, swept};
use crate::version;

/// How many years ahead the last window reads.
const YEARS_AHEAD: i64 = 10;

/// What the links name in the window, by absence: small, for a window may hold many thousands.
type Expected = HashMap<u128, Known>;

#[derive(Debug, Clone, Copy)]
struct Known {
    version: u64,
    judged: u64,
    entered: bool,
    /// Whether its absence has no end.
    open: bool,
}

impl Known {
    /// Whether it counts when it is judged if too much is missing. Nobody says how Personio filters absences without an end,
    /// so they may be missing from a list though they are there: the pusher asks for each of them.
    fn counts(self) -> u64 {
        u64::from(self.entered && !self.open)
    }
}

/// Where the reading goes on.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    cursor: Cursor,
    is_whole: bool,
}

/// How far the reading is.
struct Reading {
    expected: Expected,
    known: u64,
    read: Vec<u128>,
    /// Whether everything on the pages could be told by its id.
    is_whole: bool,
    queued: usize,
}

impl Sweep<'_> {
    pub(super) fn slice(&self) -> ledger::Slice<'_> {
        let name = self.record.message.ids.iter().find(|id| id.name == "slice").map_or("", |id| id.value.as_str());
        ledger::Slice { connection: self.connection(), run: &self.task.run, name, of: self.task.windows }
    }

    pub(super) fn last_day(&self, absence: &AbsencePeriod) -> Date {
        last_day(absence, self.settings.shape.end).unwrap_or(OPEN)
    }

    /// Clearly before it: what its days are in detail, the pusher finds out.
    pub(super) fn is_before_the_start(&self, absence: &AbsencePeriod) -> bool {
        self.last_day(absence) < self.settings.sync.start_date.saturating_sub(2.days())
    }
}

impl Sweeper {
    /// Reads a window. Its missing are acted on once all windows of the run were read.
    pub(super) async fn window(&self, sweep: &Sweep<'_>, from: Date, to: Option<Date>) -> Result<String, Fault> {
        let place = self.worker.ledger.place::<Place>(sweep.slice()).await?;
        let (mut reading, cursor) = self.begin(sweep, from, to, place).await?;
        let query = AbsenceQuery::Overlapping { from, to: self.until(to) };
        let mut pages = sweep.personio.absences(query, cursor.clone());
        let mut last = cursor;
        loop {
            let page = match self.page(sweep, &mut pages).await {
                Ok(Some(page)) => page,
                Ok(None) => break,
                Err(error) => {
                    let place = last.map(|cursor| reading.place(cursor));
                    return Err(self.broken_off(sweep, place, error).await);
                }
            };
            self.queue_differing(sweep, &page.items, &mut reading, from, to).await?;
            reading.is_whole &= self.unreadable(sweep, &page).await?;
            reading.meet(page.unreadable.iter().filter_map(|unreadable| unreadable.id));
            if let (Some(cursor), false) = (&page.next, self.has_time(sweep)) {
                let place = reading.place(cursor.clone());
                self.worker.ledger.keep_place(sweep.slice(), &place, self.worker.clock.now()).await?;
                return Err(Fault::OutOfTime);
            }
            last = page.next;
        }
        self.settle(sweep, &reading).await
    }

    async fn begin(
        &self,
        sweep: &Sweep<'_>,
        from: Date,
        to: Option<Date>,
        place: Option<ledger::Place<Place>>,
    ) -> Result<(Reading, Option<Cursor>), Fault> {
        let (expected, due) = self.expected(sweep, from, to).await?;
        let known = expected.values().map(|known| known.counts()).sum();
        let mut reading = Reading { expected, known, read: Vec::new(), is_whole: true, queued: 0 };
        if place.is_none() {
            let (run, now) = (&sweep.task.run, self.worker.clock.now());
            let due = due.into_iter().map(|id| swept(sweep.connection(), run, id, Why::Waiting, None, now));
            reading.queued += self.signal(due.collect()).await?;
        }
        let Some(ledger::Place { at, read }) = place else { return Ok((reading, None)) };
        reading.is_whole = at.is_whole;
        reading.meet(read.into_iter().map(|id| AbsenceId::from_uuid(Uuid::from_u128(id))));
        Ok((reading, Some(at.cursor)))
    }

    /// What the links name in the window, and what of it is due for a look although it has not changed. All links are passed
    /// by, page by page; only the window's are kept.
    async fn expected(
        &self,
        sweep: &Sweep<'_>,
        from: Date,
        to: Option<Date>,
    ) -> Result<(Expected, Vec<AbsenceId>), Fault> {
        let today = self.worker.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (mut expected, mut all_due, mut next) = (Expected::new(), Vec::new(), None);
        loop {
            let (glances, more) = self.worker.ledger.glances(sweep.connection(), next).await?;
            for glance in glances.into_iter().filter(|glance| is_in(glance.last_day, from, to)) {
                let Ok(id) = glance.object.parse::<AbsenceId>() else { continue };
                all_due.extend(glance.due.filter(|due| *due <= today).map(|_| id));
                let (version, judged, entered) = (glance.version, glance.judged, glance.entered);
                let known = Known { version, judged, entered, open: glance.last_day == OPEN };
                expected.insert(id.as_uuid().as_u128(), known);
            }
            next = more;
            if next.is_none() {
                return Ok((expected, all_due));
            }
        }
    }

    /// Queues what differs from its link. What is listed and ends in another window is that window's business.
    async fn queue_differing(
        &self,
        sweep: &Sweep<'_>,
        items: &[AbsencePeriod],
        reading: &mut Reading,
        from: Date,
        to: Option<Date>,
    ) -> Result<(), Fault> {
        let (run, now) = (&sweep.task.run, self.worker.clock.now());
        let mut signals = Vec::new();
        for absence in items {
            let (id, seen) = (absence.id, absence.updated_at);
            reading.read.push(id.as_uuid().as_u128());
            let why = match reading.expected.remove(&id.as_uuid().as_u128()) {
                Some(known) if known.version != version::of(absence) => Some(Why::Changed),
                // nothing is entered by an earlier mapping: the present one may have it otherwise
                Some(known) => (!known.entered && known.judged != sweep.revision).then_some(Why::Waiting),
                None => is_in(sweep.last_day(absence), from, to).then_some(Why::Changed),
            };
            signals.extend(why.map(|why| swept(sweep.connection(), run, id, why, Some(seen), now)));
        }
        reading.queued += self.signal(signals).await?;
        Ok(())
    }

    fn until(&self, to: Option<Date>) -> Date {
        let today: Timestamp = self.worker.clock.now();
        let ahead = today.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(YEARS_AHEAD.years());
        to.unwrap_or(ahead)
    }

    /// What was found. A reading in which something could not even be told by its id says nothing of what is missing, so
    /// the run does not come to its end.
    async fn settle(&self, sweep: &Sweep<'_>, reading: &Reading) -> Result<String, Fault> {
        let (name, queued) = (sweep.task.slice.name(), reading.queued);
        if !reading.is_whole {
            self.worker.ledger.forget_place(sweep.slice()).await?;
            return Ok(format!("{name}: {queued} queued; an absence has no readable id, so none counts as missing"));
        }
        let missing: Vec<u128> = reading.expected.keys().copied().collect();
        let entered = reading.expected.values().map(|known| known.counts()).sum();
        let found = Totals { known: reading.known, missing: entered };
        self.settle_window(sweep, found, &missing).await?;
        Ok(format!("{name}: {queued} queued, {entered} of {} missing", reading.known))
    }
}

impl Reading {
    fn place(&self, cursor: Cursor) -> ledger::Place<Place> {
        ledger::Place { at: Place { cursor, is_whole: self.is_whole }, read: self.read.clone() }
    }

    fn meet(&mut self, ids: impl Iterator<Item = AbsenceId>) {
        for id in ids.map(|id| id.as_uuid().as_u128()) {
            self.expected.remove(&id);
            self.read.push(id);
        }
    }
}

/// Whether a day lies in a window.
fn is_in(day: Date, from: Date, to: Option<Date>) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}
