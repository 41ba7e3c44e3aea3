//! The sweeper: reads HiBob's positions and openings, and wakes the pusher for what no event has told of. HiBob's search of
//! openings cannot filter by position, so its list is read whole, and at most every five minutes.

use std::collections::HashMap;

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Clock, Processed, Queue};
use ledger::Subject;
use mapping::hibob_to_recruit::Row;
use reconcile::{
    Attempt, Census, Feed, Listed, ListedPage, OnNewSettings, Part, PartsPage, Slice, Sweep, SweepRules, Task,
    WaitingList, Window, confirmed,
};
use vendors::hibob::client::Hibob;
use vendors::hibob::model::{Opening, OpeningId, Position, PositionId};
use vendors::hibob::openings::{self, OpeningFilter};
use vendors::hibob::operations::{SEARCH_OPENINGS, SEARCH_POSITIONS};
use vendors::hibob::positions::{self, PositionFilter};
use vendors::{Error, Http, Kind, Page};

use crate::connection::Settings;
use crate::first_sweep::FirstSweep;
use crate::link::{self, OPENING};
use crate::name::NAME;
use crate::processed::WINDOW;
use crate::source::shown;

/// The sweeper.
#[derive(Debug)]
pub struct Sweeper {
    /// What all workers on queues have in common.
    pub worker: Worker<Settings>,
    /// Calls HiBob.
    pub http: Http,
    /// The clock.
    pub clock: Clock,
    /// The pusher's queue.
    pub push: Queue,
}

impl Sweeper {
    /// Handles one slice.
    pub async fn sweep(&self, record: Record<'_>) -> Handled {
        self.worker.handle(record, async |record, connection| process(self, record, connection).await).await
    }
}

async fn process(sweeper: &Sweeper, record: &Record<'_>, connection: &Loaded<Settings>) -> Result<Processed, Fault> {
    let task = Task::read(&record.message.body)?;
    let settings = &connection.settings;
    let attempt = Attempt::new(&sweeper.worker, record, connection);
    let sweep = Sweep::new(attempt, task, rules(settings), &sweeper.push);
    if sweep.is_superseded() {
        sweep.tell_superseded().await?;
        return Ok(Processed::skipped("a later sweep follows", []));
    }
    let hibob = Hibob::new(sweeper.http.clone(), settings.hibob.clone(), sweeper.clock.now());
    let (answered, found) = match sweep.task.slice {
        Slice::Changes if sweep.task.windows.is_empty() => {
            (Some(SEARCH_OPENINGS), list_for_waiting(&sweep, &hibob, settings).await?)
        }
        Slice::Changes => (None, Feed::begin(&sweep).await?.finish().await?),
        Slice::Window(window) => (Some(SEARCH_OPENINGS), census(&sweep, &hibob, settings, window).await?),
        Slice::Target => (None, "nothing".to_owned()),
        Slice::Confirmed => (None, confirmed(&sweep).await?),
    };
    Ok(Processed::done(answered.into_iter().collect::<Vec<_>>()).with_reason(found))
}

fn rules(settings: &Settings) -> SweepRules {
    SweepRules {
        flow: NAME,
        kind: OPENING,
        plural: "openings",
        source: "HiBob",
        target: "Recruit",
        every_hours: settings.sweeps.every_hours,
        on_new_settings: OnNewSettings::Apply,
        hold_above: settings.sweeps.hold_above,
    }
}

/// Reads all positions in one answer, then the openings page by page.
async fn census(sweep: &Sweep<'_>, hibob: &Hibob, settings: &Settings, window: Window) -> Result<String, Fault> {
    let mut census = Census::begin(sweep, window).await?;
    // together with the first page's: a slice that comes back for a later page would spend each turn on positions
    census.turns(&settings.hibob_limit(), 2).await?;
    let positions = positions::search(hibob, &PositionFilter::All, &settings.fields.of_positions).await?;
    let positions = Positions::of(positions);
    let first = FirstSweep::of(sweep).await?;
    let mut has_turn = true;
    while census.is_open() {
        if !std::mem::take(&mut has_turn) {
            census.turns(&settings.hibob_limit(), 1).await?;
        }
        let cursor = census.cursor();
        let fields = &settings.fields.of_openings;
        let page = match openings::page(hibob, &OpeningFilter::All, cursor.as_ref(), fields).await {
            Ok(page) => {
                first.leave(sweep, settings, page.items.iter().filter_map(|opening| positions.row(opening))).await?;
                listed(&first, settings, &positions, page).map(Some)
            }
            Err(error) => Err(error),
        };
        census.page(page).await?;
    }
    let found = census.finish().await?;
    first.note_end(sweep).await?;
    Ok(found)
}

/// HiBob's positions by their ids.
struct Positions {
    by_id: HashMap<PositionId, Position>,
}

impl Positions {
    /// What cannot be read is missing here; its openings are looked at one by one, and the owner is told.
    fn of(page: Page<Position, PositionId>) -> Self {
        Self { by_id: page.items.into_iter().map(|position| (position.id.clone(), position)).collect() }
    }

    fn row<'a>(&'a self, opening: &'a Opening) -> Option<Row<'a>> {
        let position = self.by_id.get(opening.position.as_ref()?)?;
        Some(Row { position, opening })
    }
}

fn listed(
    first: &FirstSweep,
    settings: &Settings,
    positions: &Positions,
    page: Page<Opening, OpeningId>,
) -> Result<ListedPage, Error> {
    let mut items = Vec::new();
    let mut unreadable: Vec<Option<Subject>> =
        page.unreadable.iter().map(|item| item.id.as_ref().map(link::opening)).collect();
    for opening in &page.items {
        let subject = link::opening(&opening.id);
        match positions.row(opening) {
            Some(row) => {
                let counts_if_new = !first.leaves(settings, row);
                items.push(Listed { subject, shown: shown(row), window: WINDOW, counts_if_new });
            }
            None => unreadable.push(Some(subject)),
        }
    }
    if is_incomplete(items.len(), unreadable.len()) {
        return Err(Error::new(SEARCH_POSITIONS, Kind::Incomplete));
    }
    Ok(ListedPage { items, unreadable, next: page.next })
}

/// Whether so many openings have no position that HiBob shows that its list of positions cannot be whole: a failure for each
/// would say nothing.
fn is_incomplete(readable: usize, unreadable: usize) -> bool {
    const FEW: usize = 10;
    unreadable > FEW && unreadable > readable / 4
}

/// Reads the openings once for all positions that wait for theirs, and wakes those.
async fn list_for_waiting(sweep: &Sweep<'_>, hibob: &Hibob, settings: &Settings) -> Result<String, Fault> {
    let Some(mut list) = WaitingList::begin(sweep).await? else { return Ok("nothing waits".to_owned()) };
    while list.is_open() {
        list.turn(&settings.hibob_limit()).await?;
        let fields = &settings.fields.of_openings;
        let page = openings::page(hibob, &OpeningFilter::All, list.cursor().as_ref(), fields).await;
        list.page(page.map(parts)).await?;
    }
    list.finish().await
}

fn parts(page: Page<Opening, OpeningId>) -> PartsPage {
    let part = |opening: &Opening| {
        let owner = link::position(opening.position.as_ref()?);
        Some(Part { owner, part: link::opening(&opening.id) })
    };
    PartsPage { parts: page.items.iter().filter_map(part).collect(), next: page.next }
}
