//! The sweep: reads Personio's lists and wakes the pusher for what no webhook has told of. Never writes to helloHQ.
//!
//! A run is one reading of *changes* (what was updated since the cursor, and what waits for a mapping or a user) and of
//! one or several *windows* of time, in which what the links name and Personio does not list is missing. Personio leaves
//! no trace of a deletion, so only a window that was read to its end says anything; and a run that misses too much of
//! what it knows removes nothing until a person has confirmed it.

mod changes;
mod deletions;
mod task;
mod window;

use std::time::Duration;

use edge::batch::{Ended, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::{Done, Without, Worker};
use edge::{Message, Queue};
use ledger::Cause;
use vendors::personio::hr::{Hr, Page, Pages, Tokens};
use vendors::{Http, Kind};

use crate::connection::Settings;
pub use task::{Slice, Task, changes_only, confirmation, run_of, tasks};

/// Who has answered well when a sweep ends.
const PERSONIO: &[&str] = &["personio", "personio list absences"];

/// What a page and its signals may take: no page is begun with less time left.
const A_PAGE: Duration = Duration::from_secs(30);

/// After how many receives a slice counts as tried in vain.
const IN_VAIN: u32 = 3;

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

/// One slice on its way.
struct Sweep<'a> {
    record: &'a Record<'a>,
    settings: &'a Settings,
    revision: u64,
    task: Task,
    personio: Hr,
}

impl Sweep<'_> {
    fn connection(&self) -> &str {
        &self.record.message.connection
    }
}

impl Sweeper {
    /// Handles one slice.
    pub async fn sweep(&self, record: Record<'_>) -> Ended {
        self.worker.handle(record, async |record, connection| self.beats(record, connection).await).await
    }

    async fn beats(&self, record: &Record<'_>, connection: &Loaded<Settings>) -> Result<Done, Fault> {
        let task = Task::read(&record.message.body).map_err(Fault::Unexpected)?;
        let (settings, now) = (&connection.settings, self.worker.clock.now());
        if self.is_overtaken(record, settings, &task) {
            return self.overtaken(record).await;
        }
        let personio = Hr::new(self.http.clone(), settings.personio.clone(), self.tokens.clone(), now);
        let sweep = Sweep { record, settings, revision: connection.revision, task, personio };
        let found = match sweep.task.slice.clone() {
            Slice::Changes => self.changes(&sweep).await?,
            Slice::Window { from, to } => self.window(&sweep, from, to).await?,
            Slice::Confirmed => self.confirmed(&sweep).await?,
        };
        Ok(Done::Without(Without::Read, found, PERSONIO))
    }

    /// A slice that has waited for longer than it takes to the next of its kind is left to that. What a person has asked for
    /// is not.
    fn is_overtaken(&self, record: &Record<'_>, settings: &Settings, task: &Task) -> bool {
        let hours = if task.whole { 24 } else { u32::from(settings.sync.every_hours) };
        let is_scheduled = task.slice != Slice::Confirmed;
        is_scheduled && self.worker.clock.since(record.message.received) >= Duration::from_secs(60 * 60) * hours
    }

    /// One that was tried in vain for so long is told, once a day: deletions are found by sweeps alone.
    async fn overtaken(&self, record: &Record<'_>) -> Result<Done, Fault> {
        if record.receive > IN_VAIN {
            let day = self.worker.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
            let what =
                "Personio's lists could not be read to their end, although it was tried until the next sweep; what \
                        was deleted meanwhile may still stand in helloHQ. The log of the sweep function says why."
                    .to_owned();
            self.worker.tell(record, format!("sweeps-behind-{day}"), Cause::Held, vec![what]).await?;
        }
        Ok(Done::skipped("a later sweep follows", &[]))
    }

    /// Whether there is time for another page; otherwise the slice keeps its place.
    fn has_time(&self, sweep: &Sweep<'_>) -> bool {
        sweep.record.deadline.leaves(A_PAGE, &self.worker.clock)
    }

    /// The next page, with some patience for a rate limit; a cursor that is no longer taken lets the slice begin anew.
    async fn page(&self, sweep: &Sweep<'_>, pages: &mut Pages<'_>) -> Result<Option<Page>, vendors::Error> {
        for seconds in [1, 2, 4] {
            match pages.next().await {
                Err(error) if matches!(error.kind, Kind::RateLimited { .. }) && self.has_time(sweep) => {
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                other => return other,
            }
        }
        pages.next().await
    }

    /// What becomes of a slice whose reading breaks off at `place`: it goes on there, unless its cursor is no longer taken.
    async fn broken_off<T: serde::Serialize>(
        &self,
        sweep: &Sweep<'_>,
        place: Option<ledger::Place<T>>,
        error: vendors::Error,
    ) -> Fault {
        let (ledger, slice) = (&self.worker.ledger, sweep.slice());
        let noted = match (&error.kind, &place) {
            (Kind::Stale(_), _) => ledger.forget_place(slice).await,
            (Kind::Endless, _) | (_, None) => Ok(()),
            (_, Some(place)) => ledger.keep_place(slice, place, self.worker.clock.now()).await,
        };
        // what could not be noted is read again
        noted.map_or_else(Fault::Ledger, |()| error.into())
    }

    async fn signal(&self, signals: Vec<Result<Message, serde_json::Error>>) -> Result<usize, Fault> {
        let signals: Vec<Message> =
            signals.into_iter().collect::<Result<_, _>>().map_err(|error| Fault::Unexpected(error.to_string()))?;
        self.push.send_all(&signals).await?;
        Ok(signals.len())
    }

    /// What of a page cannot be read is looked at by the pusher, which tells the owner; `false`: something has no id, so
    /// the page is not whole.
    async fn unreadable(&self, sweep: &Sweep<'_>, page: &Page) -> Result<bool, Fault> {
        use crate::signal::{Why, swept};
        let (run, now) = (&sweep.task.run, self.worker.clock.now());
        let ids: Vec<_> = page.unreadable.iter().filter_map(|unreadable| unreadable.id).collect();
        let signals = ids.iter().map(|id| swept(sweep.connection(), run, *id, Why::Changed, None, now)).collect();
        self.signal(signals).await?;
        Ok(ids.len() == page.unreadable.len())
    }
}
