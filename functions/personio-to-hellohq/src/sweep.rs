//! The sweeper: reads Personio's lists and wakes the pusher for what no webhook has told of.

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Processed, Queue};
use jiff::ToSpan;
use jiff::civil::Date;
use ledger::Subject;
use reconcile::{
    Attempt, Census, Feed, Listed, ListedPage, OnNewSettings, Slice, Sweep, SweepRules, TargetCensus, TargetPage, Task,
    Window, confirmed,
};
use vendors::hellohq::client::{EntryIds, HelloHq};
use vendors::personio::absences::{self, AbsenceQuery, Page};
use vendors::personio::hr::Hr;
use vendors::personio::hr::Tokens;
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::operations::LIST_ABSENCES;
use vendors::{Http, Kind, hellohq};

use crate::connection::Settings;
use crate::desired::of_list;
use crate::fingerprint::shown;
use crate::link::KIND;
use crate::name::NAME;
use crate::source::last_day;

/// How many years ahead the last window reads.
const YEARS_AHEAD: i64 = 10;

/// The sweeper.
#[derive(Debug)]
pub struct Sweeper {
    /// What all workers on queues have in common.
    pub worker: Worker<Settings>,
    /// The HTTP client.
    pub http: Http,
    /// Personio's tokens.
    pub tokens: Tokens,
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
    let personio = Hr::new(sweeper.http.clone(), settings.personio.clone(), sweeper.tokens.clone(), attempt.now());
    let sweep = Sweep::new(attempt, task, rules(settings), &sweeper.push);
    if sweep.is_superseded() {
        sweep.tell_superseded().await?;
        return Ok(Processed::skipped("a later sweep follows", []));
    }
    let (answered, found) = match sweep.task.slice {
        Slice::Changes => (LIST_ABSENCES, changes(&sweep, &personio, settings).await?),
        Slice::Window(window) => (LIST_ABSENCES, census(&sweep, &personio, settings, window).await?),
        Slice::Target => (hellohq::operations::LIST_ABSENCES, target(&sweep, &sweeper.http, settings).await?),
        Slice::Confirmed => (LIST_ABSENCES, confirmed(&sweep).await?),
    };
    Ok(Processed::done([answered]).with_reason(found))
}

fn rules(settings: &Settings) -> SweepRules {
    SweepRules {
        flow: NAME,
        kind: KIND,
        plural: "absences",
        source: "Personio",
        target: "helloHQ",
        every_hours: settings.sweeps.every_hours,
        on_new_settings: OnNewSettings::Leave,
        hold_above: settings.sweeps.hold_above,
    }
}

async fn changes(sweep: &Sweep<'_>, personio: &Hr, settings: &Settings) -> Result<String, Fault> {
    let mut feed = Feed::begin(sweep).await?;
    let mut pages = absences::list(personio, AbsenceQuery::UpdatedSince(feed.since()), feed.cursor());
    while feed.is_open() {
        let page = pages.next().await;
        feed.page(page.map(|page| page.map(|page| listed(&page, settings)))).await?;
    }
    feed.finish().await
}

async fn census(sweep: &Sweep<'_>, personio: &Hr, settings: &Settings, window: Window) -> Result<String, Fault> {
    let mut census = Census::begin(sweep, window).await?;
    let ahead = sweep.attempt.today().saturating_add(YEARS_AHEAD.years());
    let query = AbsenceQuery::Overlapping { from: window.from, to: window.to.unwrap_or(ahead) };
    let mut pages = absences::list(personio, query, census.cursor());
    while census.is_open() {
        let page = pages.next().await;
        census.page(page.map(|page| page.map(|page| listed(&page, settings)))).await?;
    }
    census.finish().await
}

/// helloHQ's own list: entries of ours that are not there any more.
async fn target(sweep: &Sweep<'_>, http: &Http, settings: &Settings) -> Result<String, Fault> {
    let account = HelloHq::new(http.clone(), settings.hellohq.clone());
    let limit = settings.hellohq_limit();
    let mut census = TargetCensus::begin(sweep).await?;
    while census.is_open() {
        census.turn(&limit).await?;
        let page = account.entry_ids(census.cursor().as_ref()).await;
        match page {
            Err(error) if matches!(error.kind, Kind::Invalid(_)) => return Err(of_list(error)),
            page => census.page(page.map(target_page)).await?,
        }
    }
    census.finish().await
}

fn target_page(page: EntryIds) -> TargetPage {
    TargetPage { ids: page.ids.into_iter().map(|id| id.map(|id| id.to_string())).collect(), next: page.next }
}

fn listed(page: &Page, settings: &Settings) -> ListedPage {
    let item = |absence: &AbsencePeriod| {
        let window = last_day(absence, settings);
        Listed {
            subject: Subject::new(KIND, absence.id),
            shown: shown(absence),
            window,
            counts_if_new: !is_before_the_start(window, settings),
        }
    };
    ListedPage {
        items: page.items.iter().map(item).collect(),
        unreadable: page.unreadable.iter().map(|unreadable| unreadable.id.map(|id| Subject::new(KIND, id))).collect(),
        next: page.next.clone(),
    }
}

/// Clearly before it: what the days of an absence are in detail, the pusher finds out.
fn is_before_the_start(last_day: Option<Date>, settings: &Settings) -> bool {
    last_day.is_some_and(|last_day| last_day < settings.sweeps.start_date.saturating_sub(2.days()))
}
