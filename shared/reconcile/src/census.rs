//! A census: reads a window's complete list and compares it with the links. What the links name and the list does not show
//! is missing.

use std::collections::HashMap;

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{ObjectId, RateLimit, Subject, Totals};
use serde::{Deserialize, Serialize};
use vendors::{Cursor, Error, Kind};

use crate::expected::Expected;
use crate::line_list::write_list;
use crate::listing::{Listed, ListedPage};
use crate::missing;
use crate::prepare::prepare;
use crate::run::Window;
use crate::signal::{Signal, Trigger};
use crate::sweep::{Read, Sweep};
use crate::turn::{self, Taken};

/// A reading of one window's complete list.
#[derive(Debug)]
pub struct Census<'a> {
    sweep: &'a Sweep<'a>,
    window: Window,
    /// What was not met yet: small, for a window may hold many thousands.
    expected: HashMap<ObjectId, Expected>,
    at: Position,
    /// The number of the list that [`Self::expected`] was read from.
    list: u32,
    has_checkpoint: bool,
    is_open: bool,
    pauses: usize,
    queued: usize,
}

/// Where the reading stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    cursor: Option<Cursor>,
    /// Whether everything on the pages so far could be told by its id.
    is_whole: bool,
    /// How many objects counted when the reading began.
    known: u64,
    list: u32,
    /// The turns that are reserved for what the next page needs beside itself.
    #[serde(rename = "turn_ms", with = "millisecond::optional", default)]
    turn: Option<Timestamp>,
}

impl<'a> Census<'a> {
    /// Begins the reading, or goes on at its checkpoint.
    ///
    /// # Errors
    /// Where the table or the queue fails.
    pub async fn begin(sweep: &'a Sweep<'a>, window: Window) -> Result<Self, Fault> {
        let ledger = sweep.attempt.ledger;
        let mut state = ledger.slice_state::<Position>(sweep.key()).await?;
        let mut queued = 0;
        if state.expected.is_none() {
            // the run's first slice has not come so far
            queued = prepare(sweep).await?;
            state = ledger.slice_state(sweep.key()).await?;
        }
        let chunks = state.expected.ok_or_else(|| Fault::Defect("a run cannot be prepared".to_owned()))?;
        let lines = chunks.iter().flat_map(|chunk| chunk.lines());
        let expected: HashMap<ObjectId, Expected> = lines.filter_map(Expected::read).collect();
        let has_checkpoint = state.checkpoint.is_some();
        let at = state.checkpoint.unwrap_or_else(|| Position {
            cursor: None,
            is_whole: true,
            known: counted(&expected),
            list: 0,
            turn: None,
        });
        let list = at.list;
        Ok(Self { sweep, window, expected, at, list, has_checkpoint, is_open: true, pauses: 0, queued })
    }

    /// Where the first page to be asked for is. `None`: at the list's start.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.at.cursor.clone()
    }

    /// Whether another page is to be asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Waits for the turns of `calls` further calls that the page just read needs, before [`Self::page`] takes it. Turns that
    /// are not near are kept, and the slice comes back for them and for the page.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. Where the table fails.
    pub async fn turns(&mut self, limit: &RateLimit, calls: u32) -> Result<(), Fault> {
        let kept = self.at.turn.take();
        let Taken::Later(at) = turn::take_several(&self.sweep.attempt, limit, calls, kept).await? else {
            return Ok(());
        };
        self.at.turn = Some(at);
        self.save_checkpoint().await?;
        Err(Fault::Throttled { until: at })
    }

    /// Takes the answer for the next page, and queues what differs from its link. What is listed and belongs to another
    /// window is that window's business.
    ///
    /// # Errors
    /// The source's: the reading keeps its checkpoint, unless the cursor is no longer taken. [`Fault::OutOfTime`]: the
    /// checkpoint is kept for the next invocation. Where the table or the queue fails.
    pub async fn page(&mut self, answer: Result<Option<ListedPage>, Error>) -> Result<(), Fault> {
        let page = match self.sweep.read(&mut self.pauses, answer).await {
            Ok(Read::Page(page)) => page,
            Ok(Read::Again) => return Ok(()),
            Ok(Read::End) => {
                self.is_open = false;
                return Ok(());
            }
            Err(error) => return Err(self.broken_off(error).await),
        };
        let signals = page.items.iter().filter_map(|listed| self.meet(listed)).collect();
        self.queued += self.sweep.send(signals).await?;
        let unreadable = self.sweep.signal_unreadable(&page.unreadable).await?;
        self.at.is_whole &= unreadable.len() == page.unreadable.len();
        for subject in unreadable {
            self.expected.remove(&subject.id);
        }
        self.is_open = page.next.is_some();
        self.at.cursor = page.next;
        if self.is_open && !self.sweep.has_time() {
            self.save_checkpoint().await?;
            return Err(Fault::OutOfTime);
        }
        Ok(())
    }

    /// The list shows an object: it is not missing, and what the pusher should look at is signalled.
    fn meet(&mut self, listed: &Listed) -> Option<(Signal, Option<jiff::Timestamp>)> {
        let revision = self.sweep.attempt.revision;
        let on_new_settings = self.sweep.rules.on_new_settings;
        let is_news = match self.expected.remove(&listed.subject.id) {
            Some(expected) => expected.differs(listed.shown.fingerprint, revision, on_new_settings),
            None => listed.counts_if_new && self.window.contains(listed.window),
        };
        is_news.then(|| (Signal::new(listed.subject.clone(), Trigger::Changed), listed.shown.changed))
    }

    /// Writes down what is missing. It is acted on once all windows of the run were read. A reading in which something could
    /// not even be told by its id says nothing of what is missing, so its run does not come to its end. A sentence for the
    /// log.
    ///
    /// # Errors
    /// Where the table or the queue fails.
    pub async fn finish(self) -> Result<String, Fault> {
        let (name, queued) = (self.window.name(), self.queued);
        let ledger = self.sweep.attempt.ledger;
        if !self.at.is_whole {
            ledger.clear_checkpoint(self.sweep.key()).await?;
            return Ok(format!("{name}: {queued} queued; one has no readable id, so none counts as missing"));
        }
        let kind = self.sweep.rules.kind;
        let subjects: Vec<Subject> = self.expected.keys().map(|id| Subject::new(kind, id)).collect();
        let found = Totals { known: self.at.known, missing: counted(&self.expected) };
        missing::settle_window(self.sweep, found, &subjects).await?;
        if self.has_checkpoint {
            ledger.clear_checkpoint(self.sweep.key()).await?;
        }
        Ok(format!("{name}: {queued} queued, {} of {} missing", found.missing, found.known))
    }

    async fn broken_off(&mut self, error: Error) -> Fault {
        let noted = match &error.kind {
            Kind::Stale(_) => self.sweep.attempt.ledger.clear_checkpoint(self.sweep.key()).await.map_err(Fault::from),
            Kind::Endless => Ok(()),
            _ if self.at.cursor.is_none() => Ok(()),
            _ => self.save_checkpoint().await,
        };
        // what could not be noted is read again
        noted.err().unwrap_or_else(|| error.into())
    }

    /// What is still expected is written as another list, which counts once the checkpoint names it.
    async fn save_checkpoint(&mut self) -> Result<(), Fault> {
        let list = self.list + 1;
        write_list(self.sweep, list, self.expected.iter().map(|(id, expected)| expected.line(id))).await?;
        self.list = list;
        self.at.list = list;
        let now = self.sweep.attempt.now();
        Ok(self.sweep.attempt.ledger.save_checkpoint(self.sweep.key(), &self.at, list, now).await?)
    }
}

fn counted(expected: &HashMap<ObjectId, Expected>) -> u64 {
    expected.values().map(|expected| u64::from(expected.counts())).sum()
}
