//! A census of the target: reads its complete list and compares it with what links have claimed. Whatever the list does not
//! show the pusher asks for by its id: a list that is paged may pass something over, and what was just made may show late.

use std::collections::HashMap;

use edge::verdict::Fault;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{Cause, RateLimit, Subject, Totals};
use serde::{Deserialize, Serialize};
use vendors::{Cursor, Error, Kind};

use crate::line_list::write_list;
use crate::missing::is_too_much;
use crate::notices::{Notice, over, tell_daily};
use crate::signal::{Signal, Trigger};
use crate::sweep::{Sweep, SweepRules};
use crate::turn::{self, Taken};

/// The key of what is told where too much is missing: the beginning of the failure's id.
const HELD: &str = "target-held";

/// One page of the target's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPage {
    /// The ids on it, whoever made the objects. `None`: the id cannot be read.
    pub ids: Vec<Option<String>>,
    /// Where the next page is. `None`: this is the last one.
    pub next: Option<Cursor>,
}

/// A reading of the target's complete list.
#[derive(Debug)]
pub struct TargetCensus<'a> {
    sweep: &'a Sweep<'a>,
    /// What was not met yet: the target's ids, and whose each is.
    expected: HashMap<String, Subject>,
    at: Position,
    is_open: bool,
}

/// Where the reading stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    cursor: Option<Cursor>,
    /// Whether everything on the pages so far could be told by its id.
    is_whole: bool,
    /// How many ids were claimed when the reading began.
    known: u64,
    list: u32,
    /// The turn that is reserved for the next page.
    #[serde(rename = "turn_ms", with = "millisecond::optional")]
    turn: Option<Timestamp>,
}

impl<'a> TargetCensus<'a> {
    /// Begins the reading, or goes on at its checkpoint.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn begin(sweep: &'a Sweep<'a>) -> Result<Self, Fault> {
        let ledger = sweep.attempt.ledger;
        let state = ledger.slice_state::<Position>(sweep.key()).await?;
        if let (Some(at), Some(chunks)) = (state.checkpoint, state.expected) {
            let expected = chunks.iter().flat_map(|chunk| chunk.lines()).filter_map(read_line).collect();
            return Ok(Self { sweep, expected, at, is_open: true });
        }
        let expected: HashMap<String, Subject> = ledger.claims(sweep.connection()).await?.into_iter().collect();
        let known = u64::try_from(expected.len()).unwrap_or(u64::MAX);
        let at = Position { cursor: None, is_whole: true, known, list: 0, turn: None };
        Ok(Self { sweep, expected, at, is_open: true })
    }

    /// Where the next page is. `None`: at the list's start.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.at.cursor.clone()
    }

    /// Whether another page is to be asked for. Where nothing is claimed there is nothing to look for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open && self.at.known > 0
    }

    /// Waits for the next page's turn of the target's rate limit, where the turn is near. Otherwise the turn is kept, and the
    /// slice comes back for it.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. Where the table fails.
    pub async fn turn(&mut self, limit: &RateLimit) -> Result<(), Fault> {
        let kept = self.at.turn.take();
        let Taken::Later(at) = turn::take(&self.sweep.attempt, limit, kept).await? else { return Ok(()) };
        self.at.turn = Some(at);
        self.save_checkpoint().await?;
        Err(Fault::Throttled { until: at })
    }

    /// Takes the answer for the next page.
    ///
    /// # Errors
    /// The target's: the reading keeps its checkpoint, unless the list leads in a circle. [`Fault::OutOfTime`]: the checkpoint
    /// is kept for the next invocation. Where the table fails.
    pub async fn page(&mut self, answer: Result<TargetPage, Error>) -> Result<(), Fault> {
        let page = match answer {
            Ok(page) => page,
            Err(error) => return Err(self.broken_off(error).await),
        };
        self.at.is_whole &= page.ids.iter().all(Option::is_some);
        for id in page.ids.iter().flatten() {
            self.expected.remove(id);
        }
        self.is_open = page.next.is_some();
        self.at.cursor = page.next;
        if self.is_open && !self.sweep.has_time() {
            self.save_checkpoint().await?;
            return Err(Fault::OutOfTime);
        }
        Ok(())
    }

    /// Signals what the list does not show, unless that is too much of what is known: then the owner is told, and a person's
    /// retry goes on. A sentence for the log.
    ///
    /// # Errors
    /// Where the table or the queue fails.
    pub async fn finish(self) -> Result<String, Fault> {
        let sweep = self.sweep;
        sweep.attempt.ledger.clear_checkpoint(sweep.key()).await?;
        if !self.at.is_whole {
            return Ok("target: one has no readable id, so none counts as removed".to_owned());
        }
        let missing = u64::try_from(self.expected.len()).unwrap_or(u64::MAX);
        let totals = Totals { known: self.at.known, missing };
        if is_too_much(totals, sweep.rules.hold_above) && !sweep.attempt.is_replay() {
            tell_of_too_many(sweep, totals).await?;
            return Ok(format!("target: {missing} of {} not listed, which is too much", totals.known));
        }
        let signals = self.expected.into_values().map(|subject| (Signal::new(subject, Trigger::NotInTarget), None));
        let queued = sweep.send(signals.collect()).await?;
        over(&sweep.attempt, HELD).await?;
        sweep.is_not_behind().await?;
        Ok(format!("target: {queued} of {} not listed", totals.known))
    }

    async fn broken_off(&mut self, error: Error) -> Fault {
        let noted = match &error.kind {
            Kind::Endless | Kind::Incomplete => {
                self.sweep.attempt.ledger.clear_checkpoint(self.sweep.key()).await.map_err(Fault::from)
            }
            _ if self.at.cursor.is_none() => Ok(()),
            _ => self.save_checkpoint().await,
        };
        // what could not be noted is read again
        noted.err().unwrap_or_else(|| error.into())
    }

    async fn save_checkpoint(&mut self) -> Result<(), Fault> {
        self.at.list += 1;
        let lines = self.expected.iter().map(|(id, subject)| format!("{id}\t{subject}\n"));
        write_list(self.sweep, self.at.list, lines).await?;
        let now = self.sweep.attempt.now();
        let ledger = self.sweep.attempt.ledger;
        Ok(ledger.save_checkpoint(self.sweep.key(), &self.at, self.at.list, now).await?)
    }
}

fn read_line(line: &str) -> Option<(String, Subject)> {
    let (id, subject) = line.split_once('\t')?;
    Some((id.to_owned(), subject.parse().ok()?))
}

async fn tell_of_too_many(sweep: &Sweep<'_>, Totals { known, missing }: Totals) -> Result<(), Fault> {
    let SweepRules { source, target, plural, .. } = sweep.rules;
    let connection = sweep.connection();
    let what = format!(
        "{target} does not list {missing} of {known} {plural} that were entered from {source}. That is more than \
         `sync.hold_above_percent` and `sync.hold_above` allow, so nothing was done about them. Look whether the connection still \
         leads to the same {target} account and whether its token still sees everybody. If they were removed by hand all the \
         same, what the connection says of such is carried out by: `hrsync failures retry {connection} {HELD}`."
    );
    let notice = Notice { key: HELD.to_owned(), code: HELD.to_owned(), cause: Cause::Held, reasons: vec![what] };
    tell_daily(&sweep.attempt, &notice).await
}
