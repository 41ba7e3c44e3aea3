//! One slice of a run on its way: what [`crate::Feed`] and [`crate::Census`] share. A sweep never writes to the target.

use std::time::Duration;

use edge::verdict::Fault;
use edge::{Message, Queue};
use jiff::Timestamp;
use ledger::{Cause, SliceKey, Subject};
use serde::Serialize;
use vendors::{Error, Kind};

use crate::Attempt;
use crate::freshness::OnNewSettings;
use crate::listing::ListedPage;
use crate::notices::{Notice, over, tell_daily};
use crate::run::{Slice, Task};
use crate::signal::{Signal, Trigger};

/// What a page and its signals may take: no page is begun with less time left.
const A_PAGE: Duration = Duration::from_secs(30);
/// How long a page that meets a rate limit is waited for, one try after the other.
const PAUSES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)];
/// After how many receives a slice counts as tried in vain.
const IN_VAIN: u32 = 3;
const HOUR: Duration = Duration::from_secs(60 * 60);

/// What a flow's sweeps are about.
#[derive(Debug, Clone, Copy)]
pub struct SweepRules {
    /// The flow's name.
    pub flow: &'static str,
    /// The kind of the objects that are read.
    pub kind: &'static str,
    /// Several of them, for people: `absences`.
    pub plural: &'static str,
    /// The source's name, for people.
    pub source: &'static str,
    /// The target's name, for people.
    pub target: &'static str,
    /// How many hours lie between two runs.
    pub every_hours: u8,
    /// What the flow does about objects that were processed by earlier settings.
    pub on_new_settings: OnNewSettings,
    /// When a run's removals wait for a person.
    pub hold_above: HoldAbove,
}

/// A run's removals wait for a person where they are more than both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldAbove {
    /// A share of what the run knows, in percent.
    pub percent: u8,
    /// A number.
    pub number: u32,
}

/// One slice on its way.
#[derive(Debug)]
pub struct Sweep<'a> {
    /// The attempt at the slice's message.
    pub attempt: Attempt<'a>,
    /// What is to be read.
    pub task: Task,
    /// What the sweeps of the flow are about.
    pub rules: SweepRules,
    push: &'a Queue,
    name: String,
}

/// What an answer of the source means for a reading.
pub(crate) enum Read {
    /// A page.
    Page(ListedPage),
    /// The list was read to its end.
    End,
    /// The same page is to be asked for once more.
    Again,
}

impl<'a> Sweep<'a> {
    /// A slice whose signals go to `push`.
    #[must_use]
    pub fn new(attempt: Attempt<'a>, task: Task, rules: SweepRules, push: &'a Queue) -> Self {
        let name = task.slice.name();
        Self { attempt, task, rules, push, name }
    }

    /// The connection's name.
    #[must_use]
    pub fn connection(&self) -> &'a str {
        self.attempt.connection()
    }

    pub(crate) fn key(&self) -> SliceKey<'_> {
        SliceKey { connection: self.connection(), run: &self.task.run, name: &self.name }
    }

    /// Whether the slice is left to the next one of its kind, which has come meanwhile. What a person has asked for is not.
    #[must_use]
    pub fn is_superseded(&self) -> bool {
        let hours = if self.task.whole { 24 } else { u32::from(self.rules.every_hours) };
        let is_asked_for = self.task.slice == Slice::Confirmed || self.attempt.is_replay();
        !is_asked_for && self.attempt.waited() >= HOUR * hours
    }

    /// Tells the owner, once a day, of a superseded slice that was tried in vain: removals are found by sweeps alone.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn tell_superseded(&self) -> Result<(), Fault> {
        if self.attempt.record.receive <= IN_VAIN {
            return Ok(());
        }
        let SweepRules { source, target, .. } = self.rules;
        let what = format!(
            "{source}'s lists could not be read to their end, although it was tried until the next sweep; what was deleted \
             meanwhile may still stand in {target}. The log of the sweep function says why."
        );
        let key = self.task.slice.behind().to_owned();
        let code = "sweeps-behind".to_owned();
        tell_daily(&self.attempt, &Notice { key, code, cause: Cause::Held, reasons: vec![what] }).await
    }

    /// The slice was read to its end.
    pub(crate) async fn is_not_behind(&self) -> Result<(), Fault> {
        over(&self.attempt, self.task.slice.behind()).await
    }

    /// Whether there is time for another page. Otherwise the reading keeps its checkpoint.
    pub(crate) fn has_time(&self) -> bool {
        self.attempt.has(A_PAGE)
    }

    /// What an answer means. A rate limit is given some patience; `pauses` counts how often it was.
    pub(crate) async fn read(
        &self,
        pauses: &mut usize,
        answer: Result<Option<ListedPage>, Error>,
    ) -> Result<Read, Error> {
        match answer {
            Ok(Some(page)) => {
                *pauses = 0;
                Ok(Read::Page(page))
            }
            Ok(None) => Ok(Read::End),
            Err(error) => {
                let pause = PAUSES.get(*pauses).filter(|_| matches!(error.kind, Kind::RateLimited { .. }));
                let Some(pause) = pause.filter(|_| self.has_time()) else { return Err(error) };
                *pauses += 1;
                tokio::time::sleep(*pause).await;
                Ok(Read::Again)
            }
        }
    }

    /// Queues signals, each with the time of the version that was seen. How many.
    pub(crate) async fn send(&self, signals: Vec<(Signal, Option<Timestamp>)>) -> Result<usize, Fault> {
        let now = self.attempt.now();
        let message = |(signal, seen): &(Signal, Option<Timestamp>)| {
            signal.of_sweep(self.rules.flow, self.connection(), &self.task.run, *seen, now)
        };
        let messages: Result<Vec<Message>, _> = signals.iter().map(message).collect();
        let messages = messages.map_err(|error| Fault::Defect(error.to_string()))?;
        self.push.send_all(&messages).await?;
        Ok(messages.len())
    }

    /// What a reading leaves behind that keeps no list of its own and gets an error for a page: its checkpoint, unless the
    /// cursor is no longer taken.
    pub(crate) async fn broken_off<T: Serialize>(&self, error: Error, at: &T, is_begun: bool) -> Fault {
        let noted = match &error.kind {
            Kind::Stale(_) => self.attempt.ledger.clear_checkpoint(self.key()).await.map_err(Fault::from),
            Kind::Endless => Ok(()),
            _ if !is_begun => Ok(()),
            _ => self.save_checkpoint(at).await,
        };
        // what could not be noted is read again
        noted.err().unwrap_or_else(|| error.into())
    }

    /// Keeps where a reading goes on that keeps no list of its own.
    pub(crate) async fn save_checkpoint<T: Serialize>(&self, at: &T) -> Result<(), Fault> {
        Ok(self.attempt.ledger.save_checkpoint(self.key(), at, 0, self.attempt.now()).await?)
    }

    /// What of a page cannot be read is looked at by the pusher, which tells the owner. Those that can be told by their ids.
    pub(crate) async fn signal_unreadable(&self, unreadable: &[Option<Subject>]) -> Result<Vec<Subject>, Fault> {
        let known: Vec<Subject> = unreadable.iter().flatten().cloned().collect();
        let signals = known.iter().map(|subject| (Signal::new(subject.clone(), Trigger::Changed), None)).collect();
        self.send(signals).await?;
        Ok(known)
    }
}
