//! A feed: reads what was updated since the cursor, and wakes what waits. The run's first slice. A source may tell of that in
//! several lists, which are read one after the other.

use std::collections::HashMap;
use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{LinkSummary, Subject};
use serde::{Deserialize, Serialize};
use vendors::{Cursor, Error};

use crate::expected::Expected;
use crate::listing::{Listed, ListedPage};
use crate::prepare::prepare;
use crate::signal::{Signal, Trigger};
use crate::sweep::{Read, Sweep};

/// How much of what was read before is read again: clocks differ, and a change may show late.
const OVERLAP: Duration = Duration::from_secs(15 * 60);

/// A reading of what was updated since the cursor. The cursor moves once all pages were read.
#[derive(Debug)]
pub struct Feed<'a> {
    sweep: &'a Sweep<'a>,
    at: Position,
    lists: usize,
    is_open: bool,
    pauses: usize,
    queued: usize,
}

/// Where the reading stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    #[serde(rename = "since_ms", with = "millisecond::required")]
    since: Timestamp,
    #[serde(rename = "begun_ms", with = "millisecond::required")]
    begun: Timestamp,
    #[serde(rename = "newest_ms", with = "millisecond::optional")]
    newest: Option<Timestamp>,
    /// The list that is read, counted from 0. Checkpoints of flows with one list may lack it.
    #[serde(default)]
    list: usize,
    cursor: Option<Cursor>,
}

impl<'a> Feed<'a> {
    /// Begins the reading, or goes on at its checkpoint. A new one prepares the run's windows and wakes what waits.
    ///
    /// # Errors
    /// Where the table or the queue fails.
    pub async fn begin(sweep: &'a Sweep<'a>) -> Result<Self, Fault> {
        Self::begin_lists(sweep, 1).await
    }

    /// The same over so many lists.
    ///
    /// # Errors
    /// As [`Feed::begin`].
    pub async fn begin_lists(sweep: &'a Sweep<'a>, lists: usize) -> Result<Self, Fault> {
        let kept = sweep.attempt.ledger.slice_state(sweep.key()).await?.checkpoint;
        if let Some(at) = kept {
            return Ok(Self { sweep, at, lists, is_open: true, pauses: 0, queued: 0 });
        }
        let due = if sweep.task.windows.is_empty() { 0 } else { prepare(sweep).await? };
        let pending = wake_pending(sweep).await?;
        let cursor = sweep.attempt.ledger.cursor(sweep.connection()).await?;
        let since = cursor.map_or(Timestamp::UNIX_EPOCH, |at| at - OVERLAP);
        let at = Position { since, begun: sweep.attempt.now(), newest: None, list: 0, cursor: None };
        Ok(Self { sweep, at, lists, is_open: true, pauses: 0, queued: due + pending })
    }

    /// From when on changes are read.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.at.since
    }

    /// The list that is read, counted from 0.
    #[must_use]
    pub fn list(&self) -> usize {
        self.at.list
    }

    /// Where the next page to be asked for is. `None`: at the list's start.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.at.cursor.clone()
    }

    /// Whether another page is to be asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Takes the answer for the next page, and queues what differs from its link.
    ///
    /// # Errors
    /// The source's: the reading keeps its checkpoint, unless the cursor is no longer taken. [`Fault::OutOfTime`]: the
    /// checkpoint is kept for the next invocation. Where the table or the queue fails.
    pub async fn page(&mut self, answer: Result<Option<ListedPage>, Error>) -> Result<(), Fault> {
        let page = match self.sweep.read(&mut self.pauses, answer).await {
            Ok(Read::Page(page)) => page,
            Ok(Read::Again) => return Ok(()),
            Ok(Read::End) => {
                self.turn_to(None);
                return Ok(());
            }
            Err(error) => {
                let is_begun = self.at.list > 0 || self.at.cursor.is_some();
                return Err(self.sweep.broken_off(error, &self.at, is_begun).await);
            }
        };
        self.queued += signal_changed(self.sweep, &page.items).await?;
        self.sweep.signal_unreadable(&page.unreadable).await?;
        let newest = page.items.iter().filter_map(|listed| listed.shown.changed).max();
        self.at.newest = self.at.newest.max(newest);
        self.turn_to(page.next);
        if self.is_open && !self.sweep.has_time() {
            self.sweep.save_checkpoint(&self.at).await?;
            return Err(Fault::OutOfTime);
        }
        Ok(())
    }

    /// The next page, or the next list.
    fn turn_to(&mut self, next: Option<Cursor>) {
        if next.is_none() {
            self.at.list += 1;
        }
        self.is_open = self.at.list < self.lists;
        self.at.cursor = next;
    }

    /// Moves the cursor: everything was read. A sentence for the log.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn finish(self) -> Result<String, Fault> {
        let ledger = self.sweep.attempt.ledger;
        if let Some(newest) = self.at.newest {
            // what changes while pages are read may stand on one that was read before
            let read_up_to = newest.min(self.at.begun);
            ledger.move_cursor(self.sweep.connection(), read_up_to).await?;
        }
        ledger.clear_checkpoint(self.sweep.key()).await?;
        self.sweep.is_not_behind().await?;
        Ok(format!("changes since {:.0}: {} queued", self.at.since, self.queued))
    }
}

async fn signal_changed(sweep: &Sweep<'_>, items: &[Listed]) -> Result<usize, Fault> {
    let subjects: Vec<Subject> = items.iter().map(|listed| listed.subject.clone()).collect();
    let links = sweep.attempt.ledger.link_summaries_of(sweep.connection(), &subjects).await?;
    let links: HashMap<&Subject, &LinkSummary> = links.iter().map(|link| (&link.subject, link)).collect();
    let revision = sweep.attempt.revision;
    let is_news = |listed: &&Listed| match links.get(&listed.subject) {
        Some(link) => Expected::of(link).differs(listed.shown.fingerprint, revision, sweep.rules.on_new_settings),
        None => listed.counts_if_new,
    };
    let signal = |listed: &Listed| (Signal::new(listed.subject.clone(), Trigger::Changed), listed.shown.changed);
    sweep.send(items.iter().filter(is_news).map(signal).collect()).await
}

async fn wake_pending(sweep: &Sweep<'_>) -> Result<usize, Fault> {
    let pending = sweep.attempt.ledger.pending(sweep.connection()).await?;
    let signals = pending.items.into_iter().map(|subject| (Signal::new(subject, Trigger::Pending), None));
    sweep.send(signals.collect()).await
}
