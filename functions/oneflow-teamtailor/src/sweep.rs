//! The sweeper: wakes candidates whose contracts are open, and what no event has told of: the newest contracts of Oneflow's list,
//! and the newest applications of Teamtailor's down to the connection's start date.

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Clock, Processed, Queue};
use jiff::{SignedDuration, Timestamp};
use ledger::Fingerprint;
use reconcile::{
    Attempt, Feed, HoldAbove, Listed, ListedPage, OnNewSettings, Shown, Signal, Slice, Sweep, SweepRules, Task, Trigger,
};
use vendors::Http;
use vendors::oneflow::contracts;
use vendors::oneflow::operations::LIST_CONTRACTS;
use vendors::teamtailor::applications;
use vendors::teamtailor::model::ListedApplication;

use crate::connection::{Settings, StartRules};
use crate::link::{self, CANDIDATE};
use crate::name::NAME;

/// How far back the first sweep looks for contracts. Older ones that are open are found by their next event.
const FIRST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is asked of a list before it is given up for this invocation.
const A_PAGE: std::time::Duration = std::time::Duration::from_secs(30);

/// The sweeper.
#[derive(Debug)]
pub struct Sweeper {
    /// What all workers on queues have in common.
    pub worker: Worker<Settings>,
    /// Calls both vendors.
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
    if sweep.task.slice != Slice::Changes {
        return Ok(Processed::done([]).with_reason("nothing: both lists are read as changes"));
    }
    let found = changes(sweeper, &sweep, settings).await?;
    Ok(Processed::done([LIST_CONTRACTS]).with_reason(found))
}

fn rules(settings: &Settings) -> SweepRules {
    SweepRules {
        flow: NAME,
        kind: CANDIDATE,
        plural: "candidates",
        source: "Oneflow",
        target: "Teamtailor",
        every_hours: settings.sweeps.every_hours,
        on_new_settings: OnNewSettings::Leave,
        // nothing is ever removed
        hold_above: HoldAbove { percent: 100, number: u32::MAX },
    }
}

/// Both lists have their newest first: each is read down to what earlier sweeps have seen.
async fn changes(sweeper: &Sweeper, sweep: &Sweep<'_>, settings: &Settings) -> Result<String, Fault> {
    let mut feed = Feed::begin(sweep).await?;
    let since = feed.since();
    let mut started = 0;
    if feed.cursor().is_none()
        && let Some(start) = settings.start.as_ref().filter(|_| settings.directions.to_oneflow)
    {
        started = applications_since(sweeper, sweep, settings, start, since).await?;
    }
    let oneflow = settings.oneflow(&sweeper.http);
    let oldest = since.max(sweep.attempt.now() - FIRST);
    while feed.is_open() {
        let page = contracts::newest(&oneflow, feed.cursor().as_ref()).await;
        feed.page(page.map(|page| Some(listed(page, oldest)))).await?;
    }
    let found = feed.finish().await?;
    // whatever changed while the lists were read stands at their tops next time
    sweep.attempt.ledger.move_cursor(sweep.connection(), sweep.attempt.record.message.received).await?;
    Ok(format!("{found}; {started} applications"))
}

fn listed(page: contracts::Page, oldest: Timestamp) -> ListedPage {
    let is_over = page.items.iter().any(|contract| contract.state_updated.is_some_and(|at| at < oldest));
    let is_new = |at: &Option<Timestamp>| at.is_none_or(|at| at >= oldest);
    let items = page.items.iter().filter(|contract| is_new(&contract.state_updated)).map(|contract| Listed {
        subject: link::contract(contract.id),
        shown: Shown::new(Fingerprint::of(&contract.state.to_string()), contract.state_updated),
        window: None,
        counts_if_new: true,
    });
    let unreadable = page.unreadable.iter().map(|item| item.id.map(link::contract));
    ListedPage { items: items.collect(), unreadable: unreadable.collect(), next: page.next.filter(|_| !is_over) }
}

/// Wakes the applications that came into their stage since then, and not before the connection's start date. How many.
async fn applications_since(
    sweeper: &Sweeper,
    sweep: &Sweep<'_>,
    settings: &Settings,
    start: &StartRules,
    since: Timestamp,
) -> Result<usize, Fault> {
    let teamtailor = settings.teamtailor(&sweeper.http);
    let oldest = start.since().map_or(since, |start| start.max(since));
    let mut cursor = None;
    let mut woken = 0;
    loop {
        sweep.attempt.needs(A_PAGE)?;
        let page = applications::newest(&teamtailor, cursor.as_ref()).await?;
        let came = |application: &ListedApplication| application.stage_changed.unwrap_or(application.created);
        let new = page.items.iter().filter(|application| came(application) >= oldest);
        for application in new.clone().filter(|application| application.rejected.is_none()) {
            wake(sweeper, sweep, application).await?;
            woken += 1;
        }
        let is_over = new.count() < page.items.len();
        cursor = page.next.filter(|_| !is_over);
        if cursor.is_none() {
            return Ok(woken);
        }
        tokio::time::sleep(settings.between_teamtailor_calls()).await;
    }
}

async fn wake(sweeper: &Sweeper, sweep: &Sweep<'_>, application: &ListedApplication) -> Result<(), Fault> {
    let signal = Signal::new(link::application(&application.id), Trigger::Changed);
    let (run, now) = (&sweep.task.run, sweep.attempt.now());
    let message = signal.of_sweep(NAME, sweep.connection(), run, application.stage_changed, now);
    Ok(sweeper.push.send(&message.map_err(|error| Fault::Defect(error.to_string()))?).await?)
}
