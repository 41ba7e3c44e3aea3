//! What Personio says of the absence now, and whether that is to be believed yet.

use std::time::Duration;

use edge::verdict::{self, Fault};
use edge::worker::Done;
use jiff::Timestamp;
use ledger::Link;
use vendors::Kind;
use vendors::personio::model::absence::AbsencePeriod;

use super::{PERSONIO, Pusher, Work};
use crate::link::State;
use crate::signal::Why;

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
    /// to be made, is a source that lags: it is asked again for a while, and then believed.
    pub(super) async fn fetch(&self, work: &Work<'_>, link: Option<&Link<State>>) -> Result<Source, Fault> {
        let source = match work.accounts.personio.absence(work.absence()).await {
            Ok(absence) => Source::Found(absence),
            Err(error) if error.kind == Kind::Gone => Source::Gone,
            Err(error) if matches!(error.kind, Kind::Invalid(_)) => Source::Unreadable(verdict::reasons(&error.into())),
            Err(error) => return Err(error.into()),
        };
        if lags(&source, work.signal.why, link) && self.is_patient(work) {
            return Err(Fault::Lagging);
        }
        Ok(source)
    }

    fn is_patient(&self, work: &Work<'_>) -> bool {
        self.worker.clock.since(work.record.message.received) < PATIENCE
    }

    /// Whether nothing has happened since the absence was dealt with. A changed mapping is no reason to look at an
    /// absence again; something that stood in its way is, and so is a person's retry.
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
        if state.is_unfinished() || waits || is_due || retried {
            return None;
        }
        match version(absence).cmp(&glance.seen) {
            std::cmp::Ordering::Greater => None,
            std::cmp::Ordering::Equal => Some(Done::skipped("unchanged", PERSONIO)),
            std::cmp::Ordering::Less => Some(Done::skipped("older than what was dealt with", PERSONIO)),
        }
    }
}

/// The version of an absence, as links keep it: in milliseconds.
pub(super) fn version(absence: &AbsencePeriod) -> Timestamp {
    Timestamp::from_millisecond(absence.updated_at.as_millisecond()).unwrap_or(absence.updated_at)
}

fn lags(source: &Source, why: Why, link: Option<&Link<State>>) -> bool {
    match (source, why) {
        (Source::Found(_), Why::Told { deleted: true, .. }) => true,
        (Source::Found(absence), Why::Told { occurred_at, .. }) => absence.updated_at + APART < occurred_at,
        (Source::Found(absence), _) => link.is_some_and(|link| version(absence) < link.glance.seen),
        (Source::Gone, Why::Told { deleted: false, .. } | Why::Changed) => link.is_none(),
        (Source::Gone | Source::Unreadable(_), _) => false,
    }
}
