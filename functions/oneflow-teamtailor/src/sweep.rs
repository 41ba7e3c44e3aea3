//! The sweeper: wakes candidates whose contracts are open, and what no event has told of: the newest contracts of Oneflow's list,
//! and the newest applications of Teamtailor's down to the connection's start date.

use edge::batch::{Handled, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::Worker;
use edge::{Clock, Processed, Queue};
use jiff::{SignedDuration, Timestamp};
use ledger::Fingerprint;
use reconcile::{Attempt, Feed, HoldAbove, Listed, ListedPage, OnNewSettings, Shown, Slice, Sweep, SweepRules, Task};
use vendors::Http;
use vendors::oneflow::contracts;
use vendors::oneflow::operations::LIST_CONTRACTS;
use vendors::teamtailor::applications;
use vendors::teamtailor::model::ListedApplication;

use crate::connection::{Settings, StartRules};
use crate::link::{self, CANDIDATE};
use crate::name::NAME;

/// How far back the first sweep looks for contracts. Older ones that are open are found by their next event.
pub(crate) const FIRST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Teamtailor's list of applications is read second.
const APPLICATIONS: usize = 1;

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

/// Both lists have their newest first: each is read down to what earlier sweeps have seen. Contracts come first, since their
/// candidates' turns should see them.
async fn changes(sweeper: &Sweeper, sweep: &Sweep<'_>, settings: &Settings) -> Result<String, Fault> {
    let start = settings.start.as_ref().filter(|_| settings.directions.to_oneflow);
    let mut feed = Feed::begin_lists(sweep, if start.is_some() { 2 } else { 1 }).await?;
    let (oneflow, teamtailor) = (settings.oneflow(&sweeper.http), settings.teamtailor(&sweeper.http));
    while feed.is_open() {
        let (cursor, since) = (feed.cursor(), feed.since());
        let page = match start.filter(|_| feed.list() == APPLICATIONS) {
            None => {
                let oldest = since.max(sweep.attempt.now() - FIRST);
                contracts::newest(&oneflow, cursor.as_ref()).await.map(|page| listed_contracts(page, oldest))
            }
            Some(start) => {
                if cursor.is_some() {
                    tokio::time::sleep(settings.between_teamtailor_calls()).await;
                }
                let since = if sweep.task.whole { None } else { Some(since) };
                applications::newest(&teamtailor, cursor.as_ref())
                    .await
                    .map(|page| listed_applications(page, start, since))
            }
        };
        feed.page(page.map(Some)).await?;
    }
    let found = feed.finish().await?;
    // whatever changed while the lists were read stands at their tops next time
    sweep.attempt.ledger.move_cursor(sweep.connection(), sweep.attempt.record.message.received).await?;
    Ok(found)
}

fn listed_contracts(page: contracts::Page, oldest: Timestamp) -> ListedPage {
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

/// The applications that start a contract, of those that came into their stage since then; `None`: since the connection's start
/// date.
fn listed_applications(page: applications::Page, start: &StartRules, since: Option<Timestamp>) -> ListedPage {
    let is_over = page.items.iter().any(|application| !is_new(application, start, since));
    let starts = page.items.iter().filter(|application| starts(application, start, since));
    let items = starts.map(|application| Listed {
        subject: link::application(&application.id),
        shown: Shown::new(Fingerprint::of(&came(application).to_string()), Some(came(application))),
        window: None,
        counts_if_new: true,
    });
    let unreadable = page.unreadable.iter().map(|item| item.id.as_ref().map(link::application));
    ListedPage { items: items.collect(), unreadable: unreadable.collect(), next: page.next.filter(|_| !is_over) }
}

/// When an application came into its stage.
fn came(application: &ListedApplication) -> Timestamp {
    application.stage_changed.unwrap_or(application.created)
}

/// Whether an application came into its stage since then, and since the connection's start date. The first of a list that did not
/// ends it.
pub(crate) fn is_new(application: &ListedApplication, start: &StartRules, since: Option<Timestamp>) -> bool {
    start.counts(came(application)) && since.is_none_or(|since| came(application) >= since)
}

/// Whether a new application starts a contract.
pub(crate) fn starts(application: &ListedApplication, start: &StartRules, since: Option<Timestamp>) -> bool {
    let has_stage = application.stage.as_ref().is_some_and(|stage| start.has_stage(stage));
    is_new(application, start, since) && has_stage && application.rejected.is_none()
}
