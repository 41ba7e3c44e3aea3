//! What Personio says of the absence now, and whether that is to be believed yet.

use std::time::Duration;

use edge::verdict::{self, Fault};
use edge::worker::Done;
use ledger::Link;
use vendors::Kind;
use vendors::personio::model::absence::AbsencePeriod;

use super::{PERSONIO, Pusher, Work};
use crate::link::State;
use crate::signal::Why;
use crate::version;

/// How long Personio is given to say what it has told of. Retries grow from `RetrySeconds`, so these are a few.
const PATIENCE: Duration = Duration::from_secs(3 * 60);

/// By how much an event's time may be ahead of the absence's own: they are written one after the other.
const APART: Duration = Duration::from_secs(5);

/// What Personio says.
pub(super) enum Source {
    Found(AbsencePeriod),
    Gone,
    /// Something of it cannot be read: why.
    Unreadable(Vec<String>),
}

impl Pusher {
    /// Reads the absence. A read that is older than what was told of, or an absence that is not there although it was told
    /// to be made, is a source that lags: it is asked again for a while, and then believed. What is new in it all the same
    /// is dealt with at once; `true`: ask again afterwards.
    pub(super) async fn fetch(&self, work: &Work<'_>, link: Option<&Link<State>>) -> Result<(Source, bool), Fault> {
        let source = match work.accounts.personio.absence(work.absence()).await {
            Ok(absence) => Source::Found(absence),
            Err(error) if error.kind == Kind::Gone => Source::Gone,
            // one absence that the credential may not read says nothing of the others: that its lists are closed to it, the
            // sweep finds out
            Err(error) if matches!(error.kind, Kind::Invalid(_) | Kind::RightMissing(_)) => {
                Source::Unreadable(verdict::reasons(&error.into()))
            }
            Err(error) => return Err(error.into()),
        };
        let lags = lags(&source, work.signal.why, link) && self.is_patient(work);
        let is_news = match (&source, link) {
            (Source::Found(absence), Some(link)) => version::time(absence) > link.glance.seen,
            (Source::Found(_), None) => !matches!(work.signal.why, Why::Told { deleted: true, .. }),
            _ => false,
        };
        if lags && !is_news { Err(Fault::Lagging) } else { Ok((source, lags)) }
    }

    fn is_patient(&self, work: &Work<'_>) -> bool {
        self.worker.clock.since(work.record.message.received) < PATIENCE
    }

    /// Whether nothing has happened since the absence was dealt with. A changed mapping is no reason to look at an
    /// absence again that is entered; something that stood in its way is, and so is a person's retry.
    pub(super) fn is_settled(
        &self,
        work: &Work<'_>,
        link: Option<&Link<State>>,
        absence: &AbsencePeriod,
    ) -> Option<Done> {
        let Link { glance, state, .. } = link?;
        let today = self.worker.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let waits = state.problem.is_some_and(|problem| problem.waits());
        let is_due = glance.due.is_some_and(|due| due <= today);
        let retried = state.problem.is_some() && work.record.message.generation > 0;
        let judged_otherwise = !glance.entered && glance.judged != work.accounts.revision;
        if state.is_unfinished() || waits || is_due || retried || judged_otherwise {
            return None;
        }
        if version::of(absence) == glance.version {
            return Some(Done::skipped("unchanged", PERSONIO));
        }
        let is_older = version::time(absence) < glance.seen;
        is_older.then(|| Done::skipped("older than what was dealt with", PERSONIO))
    }
}

fn lags(source: &Source, why: Why, link: Option<&Link<State>>) -> bool {
    match (source, why) {
        (Source::Found(_), Why::Told { deleted: true, .. }) => true,
        (Source::Found(absence), Why::Told { occurred_at, .. }) => absence.updated_at + APART < occurred_at,
        (Source::Found(absence), _) => link.is_some_and(|link| version::time(absence) < link.glance.seen),
        (Source::Gone, Why::Told { deleted: false, .. } | Why::Changed) => link.is_none(),
        (Source::Gone | Source::Unreadable(_), _) => false,
    }
}
