//! A source's list is read once for all objects that wait for their parts: what only the whole list tells. A reading that
//! breaks off goes on at its checkpoint.

use std::collections::BTreeSet;

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{RateLimit, Subject};
use serde::{Deserialize, Serialize};
use vendors::{Cursor, Error};

use crate::signal::{Signal, Trigger};
use crate::sweep::Sweep;
use crate::turn::{self, Taken};

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsPage {
    /// Each part with its owner.
    pub parts: Vec<Part>,
    /// Where the next page is. `None`: this is the last one.
    pub next: Option<Cursor>,
}

/// A part that the list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What may wait for it.
    pub owner: Subject,
    /// What is to be looked at.
    pub part: Subject,
}

/// A reading of the list for all that waited when it began.
#[derive(Debug)]
pub struct WaitingList<'a> {
    sweep: &'a Sweep<'a>,
    at: Position,
    is_open: bool,
}

/// Where the reading stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    cursor: Option<Cursor>,
    /// What waited when the reading began. Of what came later the pages that were read before say nothing.
    waiting: BTreeSet<Subject>,
    found: BTreeSet<Subject>,
    woken: usize,
    #[serde(rename = "turn_ms", with = "millisecond::optional", default)]
    turn: Option<Timestamp>,
}

impl<'a> WaitingList<'a> {
    /// Begins the reading, or goes on at its checkpoint. `None`: nothing waits.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn begin(sweep: &'a Sweep<'a>) -> Result<Option<Self>, Fault> {
        let attempt = &sweep.attempt;
        let kept = attempt.ledger.slice_state::<Position>(sweep.key()).await?.checkpoint;
        if let Some(at) = kept {
            return Ok(Some(Self { sweep, at, is_open: true }));
        }
        let waiting = attempt.ledger.waiting_for_list(sweep.connection(), attempt.now()).await?;
        let waiting: BTreeSet<Subject> = waiting.into_iter().collect();
        if waiting.is_empty() {
            return Ok(None);
        }
        let at = Position { cursor: None, waiting, found: BTreeSet::new(), woken: 0, turn: None };
        Ok(Some(Self { sweep, at, is_open: true }))
    }

    /// Where the page to be asked for is. `None`: at the list's start.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.at.cursor.clone()
    }

    /// Whether another page is to be asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Waits for the next page's turn. One that is not near is kept, and the slice comes back for it.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. Where the table fails.
    pub async fn turn(&mut self, limit: &RateLimit) -> Result<(), Fault> {
        let kept = self.at.turn.take();
        let Taken::Later(at) = turn::take(&self.sweep.attempt, limit, kept).await? else { return Ok(()) };
        self.at.turn = Some(at);
        self.sweep.save_checkpoint(&self.at).await?;
        Err(Fault::Throttled { until: at })
    }

    /// Takes the answer for the next page, and wakes the parts of what waits.
    ///
    /// # Errors
    /// The source's, and [`Fault::OutOfTime`]: the reading keeps its checkpoint, unless the cursor is no longer taken. Where
    /// the table or the queue fails.
    pub async fn page(&mut self, answer: Result<PartsPage, Error>) -> Result<(), Fault> {
        let page = match answer {
            Ok(page) => page,
            Err(error) => return Err(self.sweep.broken_off(error, &self.at, self.at.cursor.is_some()).await),
        };
        let parts: Vec<Part> = page.parts.into_iter().filter(|part| self.at.waiting.contains(&part.owner)).collect();
        let signals = parts.iter().map(|part| (Signal::new(part.part.clone(), Trigger::Changed), None)).collect();
        self.at.woken += self.sweep.send(signals).await?;
        self.at.found.extend(parts.into_iter().map(|part| part.owner));
        self.is_open = page.next.is_some();
        self.at.cursor = page.next;
        if self.is_open && !self.sweep.has_time() {
            self.sweep.save_checkpoint(&self.at).await?;
            return Err(Fault::OutOfTime);
        }
        Ok(())
    }

    /// What was found waits no more; the rest waits for a later reading. A sentence for the log.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn finish(self) -> Result<String, Fault> {
        let ledger = self.sweep.attempt.ledger;
        for subject in &self.at.found {
            ledger.wait_for_no_list(self.sweep.connection(), subject).await?;
        }
        ledger.clear_checkpoint(self.sweep.key()).await?;
        let Position { waiting, found, woken, .. } = self.at;
        Ok(format!("{woken} queued, for {} of {} that waited", found.len(), waiting.len()))
    }
}
