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

/// How many years ahead the last window reads.
const YEARS_AHEAD: i64 = 10;

/// What the links name in the window, by absence: small, for a window may hold many thousands.
type Expected = HashMap<u128, Known>;

#[derive(Debug, Clone, Copy)]
struct Known {
    seen_ms: i64,
    is_due: bool,
    entered: bool,
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

    pub(super) fn is_before_the_start(&self, absence: &AbsencePeriod) -> bool {
        self.last_day(absence) < self.settings.sync.start_date
    }
}

impl Sweeper {
    /// Reads a window. Its missing are acted on once all windows of the run were read.
    pub(super) async fn window(&self, sweep: &Sweep<'_>, from: Date, to: Option<Date>) -> Result<String, Fault> {
        let (ledger, slice) = (&self.worker.ledger, sweep.slice());
        let place = ledger.place::<Place>(slice).await?;
        let (mut reading, cursor) = self.begin(sweep, from, to, place).await?;
        let query = AbsenceQuery::Overlapping { from, to: self.until(to) };
        let mut pages = sweep.personio.absences(query, cursor);
        while let Some(page) = self.page(sweep, pages.next().await).await? {
            self.queue_differing(sweep, &page.items, &mut reading, from, to).await?;
            reading.is_whole &= self.unreadable(sweep, &page).await?;
            reading.meet(page.unreadable.iter().filter_map(|unreadable| unreadable.id));
            if let (Some(cursor), false) = (page.next, self.has_time(sweep)) {
                let place = ledger::Place { at: Place { cursor, is_whole: reading.is_whole }, read: reading.read };
                ledger.keep_place(slice, &place, self.worker.clock.now()).await?;
                return Err(Fault::OutOfTime);
            }
        }
        let missing = self.settle(sweep, &reading).await?;
        let queued = reading.queued;
        Ok(format!("{}: {queued} queued, {missing} of {} missing", sweep.task.slice.name(), reading.known))
    }

    async fn begin(
        &self,
        sweep: &Sweep<'_>,
        from: Date,
        to: Option<Date>,
        place: Option<ledger::Place<Place>>,
    ) -> Result<(Reading, Option<Cursor>), Fault> {
        let expected = self.expected(sweep, from, to).await?;
        let known = expected.values().map(|known| u64::from(known.entered)).sum();
        let mut reading = Reading { expected, known, read: Vec::new(), is_whole: true, queued: 0 };
        let Some(ledger::Place { at, read }) = place else { return Ok((reading, None)) };
        reading.is_whole = at.is_whole;
        reading.meet(read.into_iter().map(|id| AbsenceId::from_uuid(Uuid::from_u128(id))));
        Ok((reading, Some(at.cursor)))
    }

    /// What the links name in the window. All links are passed by, page by page; only the window's are kept.
    async fn expected(&self, sweep: &Sweep<'_>, from: Date, to: Option<Date>) -> Result<Expected, Fault> {
        let today = self.worker.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (mut expected, mut next) = (Expected::new(), None);
        loop {
            let (glances, more) = self.worker.ledger.glances(sweep.connection(), next).await?;
            for glance in glances.into_iter().filter(|glance| is_in(glance.last_day, from, to)) {
                let Ok(id) = glance.object.parse::<AbsenceId>() else { continue };
                let is_due = glance.due.is_some_and(|due| due <= today);
                let known = Known { seen_ms: glance.seen.as_millisecond(), is_due, entered: glance.entered };
                expected.insert(id.as_uuid().as_u128(), known);
            }
            next = more;
            if next.is_none() {
                return Ok(expected);
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
                Some(known) if known.seen_ms != seen.as_millisecond() => Some(Why::Changed),
                Some(known) => known.is_due.then_some(Why::Waiting),
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

    async fn settle(&self, sweep: &Sweep<'_>, reading: &Reading) -> Result<u64, Fault> {
        // something that cannot even be told by its id may be any of those that seem to be missing
        let missing: Vec<u128> = if reading.is_whole { reading.expected.keys().copied().collect() } else { Vec::new() };
        let entered = reading.expected.values().filter(|known| known.entered && reading.is_whole).count();
        let found = Totals { known: reading.known, missing: u64::try_from(entered).unwrap_or(u64::MAX) };
        self.settle_window(sweep, found, &missing).await?;
        Ok(found.missing)
    }
}

impl Reading {
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
