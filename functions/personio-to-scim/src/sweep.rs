//! The sweeper: reads every person and their employments, and wakes the pusher for what no event has told of.

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Processed, Queue};
use jiff::civil::Date;
use ledger::Subject;
use reconcile::{
    Attempt, Census, Feed, Listed, ListedPage, OnNewSettings, Slice, Sweep, SweepRules, TargetCensus, TargetPage, Task,
    Window, confirmed, wake_due,
};
use vendors::Error;
use vendors::personio::hr::Hr;
use vendors::personio::operations::LIST_PERSONS;
use vendors::personio::persons::{self, Page};
use vendors::scim::list;
use vendors::scim::operations::LIST_USERS;

use crate::connection::Settings;
use crate::link::KIND;
use crate::name::NAME;
use crate::reader::Reader;
use crate::source::Source;

/// The sweeper.
#[derive(Debug)]
pub struct Sweeper {
    /// What all workers on queues have in common.
    pub worker: Worker<Settings>,
    /// Reads Personio.
    pub reader: Reader,
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
    let (answered, found) = match sweep.task.slice {
        Slice::Changes => (None, wake(&sweep).await?),
        Slice::Window(window) => (Some(LIST_PERSONS), census(sweeper, &sweep, settings, window).await?),
        Slice::Target => (Some(LIST_USERS), target(sweeper, &sweep, settings).await?),
        Slice::Confirmed => (None, confirmed(&sweep).await?),
    };
    Ok(Processed::done(answered.into_iter().collect::<Vec<_>>()).with_reason(found))
}

fn rules(settings: &Settings) -> SweepRules {
    SweepRules {
        flow: NAME,
        kind: KIND,
        plural: "persons",
        source: "Personio",
        target: "the partner system",
        every_hours: settings.sweeps.every_hours,
        on_new_settings: OnNewSettings::Apply,
        hold_above: settings.sweeps.hold_above,
    }
}

/// Wakes what waits or is due. What was updated lately Personio's list would tell, but not of employments: a run reads
/// everybody, and between two runs nobody.
async fn wake(sweep: &Sweep<'_>) -> Result<String, Fault> {
    let is_between_runs = sweep.task.windows.is_empty();
    let feed = Feed::begin(sweep).await?;
    let woken = feed.finish().await?;
    if is_between_runs {
        let due = wake_due(sweep).await?;
        return Ok(format!("{due} due"));
    }
    Ok(woken)
}

/// Reads everybody, page by page, with their employments one after the other.
async fn census(sweeper: &Sweeper, sweep: &Sweep<'_>, settings: &Settings, window: Window) -> Result<String, Fault> {
    let personio = sweeper.reader.personio(settings);
    let limit = settings.employments_limit();
    let mut census = Census::begin(sweep, window).await?;
    let mut pages = persons::list(&personio, census.cursor());
    while census.is_open() {
        let page = match pages.next().await {
            Ok(Some(page)) => {
                let calls = u32::try_from(page.items.len()).unwrap_or(u32::MAX).max(1);
                census.turns(&limit, calls).await?;
                listed(sweeper, &personio, settings, page).await.map(Some)
            }
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        census.page(page).await?;
    }
    let found = census.finish().await?;
    note_first_sweep(sweep).await?;
    Ok(found)
}

/// The end of the first sweep is written down: from then on creations are taken from a budget.
async fn note_first_sweep(sweep: &Sweep<'_>) -> Result<(), Fault> {
    let ledger = sweep.attempt.ledger;
    if ledger.cursor(sweep.connection()).await?.is_none() {
        ledger.move_cursor(sweep.connection(), sweep.attempt.now()).await?;
    }
    Ok(())
}

/// Whoever cannot be read is looked at by the pusher, which tells the owner.
async fn listed(sweeper: &Sweeper, personio: &Hr, settings: &Settings, page: Page) -> Result<ListedPage, Error> {
    let pause = settings.between_employments();
    let mut items = Vec::new();
    let mut unreadable: Vec<Option<Subject>> =
        page.unreadable.iter().map(|unreadable| unreadable.id.map(|id| Subject::new(KIND, id))).collect();
    for (index, person) in page.items.into_iter().enumerate() {
        if index > 0 {
            tokio::time::sleep(pause).await;
        }
        let subject = Subject::new(KIND, person.id);
        match sweeper.reader.complete(personio, settings, person).await? {
            Source::Found(record) => {
                items.push(Listed { subject, shown: record.shown(), window: Some(Date::ZERO), counts_if_new: true });
            }
            Source::Gone | Source::Unreadable(_) => unreadable.push(Some(subject)),
        }
    }
    Ok(ListedPage { items, unreadable, next: page.next })
}

/// The partner's own list: accounts of ours that are not there any more.
async fn target(sweeper: &Sweeper, sweep: &Sweep<'_>, settings: &Settings) -> Result<String, Fault> {
    let scim = sweeper.reader.scim(settings);
    let limit = settings.scim_limit();
    let mut census = TargetCensus::begin(sweep).await?;
    while census.is_open() {
        census.turn(&limit).await?;
        let page = list::page(&scim, census.cursor().as_ref()).await;
        census.page(page.map(target_page)).await?;
    }
    census.finish().await
}

fn target_page(page: list::Page) -> TargetPage {
    let read = page.items.into_iter().map(|user| Some(String::from(user.id)));
    let unreadable = page.unreadable.into_iter().map(|unreadable| unreadable.id.map(String::from));
    TargetPage { ids: read.chain(unreadable).collect(), next: page.next }
}
