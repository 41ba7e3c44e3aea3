//! One candidate on their way: what the steps of an attempt share.

use std::ops::Deref;
use std::sync::Arc;

use edge::verdict::Fault;
use edge::{Clock, Queue};
use ledger::Subject;
use reconcile::Attempt;
use vendors::Http;

use crate::catalog::{self, Catalog, Catalogs};
use crate::connection::Settings;
use crate::link::{self, CandidateLink, TurnLink};
use crate::reader::Reader;

/// How many calls of Teamtailor an attempt makes as a rule.
const TEAMTAILOR_CALLS: u32 = 5;
/// The same of Oneflow.
const ONEFLOW_CALLS: u32 = 3;

/// What all attempts of a process share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: Http,
    pub(crate) clock: Clock,
    /// The pusher's own queue: a part wakes its owner.
    pub(crate) queue: Queue,
    /// What accounts define.
    pub(crate) catalogs: Catalogs,
}

/// One candidate on their way.
pub(crate) struct Work<'a> {
    pub(crate) attempt: &'a Attempt<'a>,
    shared: &'a Shared,
    reader: Reader<'a>,
}

impl<'a> Deref for Work<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> Work<'a> {
    /// The work on a candidate.
    ///
    /// # Errors
    /// [`Fault::Malformed`]: the subject is no candidate.
    pub(crate) fn on(
        shared: &'a Shared,
        attempt: &'a Attempt<'a>,
        settings: &'a Settings,
        candidate: &Subject,
    ) -> Result<Self, Fault> {
        let malformed = |_| Fault::Malformed(format!("`{}` is no candidate", candidate.kind));
        let candidate = candidate.id.as_str().parse().map_err(malformed)?;
        Ok(Self { attempt, shared, reader: Reader::new(settings, &shared.http, candidate, Some(attempt)) })
    }

    /// Takes the attempt's turns of both limits before its first call. Each vendor's are one block, kept in a link of its own:
    /// an attempt that comes back reads all anew, so single turns could send it in a circle.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. [`Fault::OutOfTime`]; where the table fails.
    pub(crate) async fn turns(&self, link: &mut CandidateLink<'_>) -> Result<(), Fault> {
        self.needs_a_call()?;
        let mut kept = TurnLink::load(self.attempt, &link::turns(link.subject())).await?;
        kept.turns(&self.settings.teamtailor_limit(), "calls", TEAMTAILOR_CALLS).await?;
        link.turns(&self.settings.oneflow_limit(), "calls", ONEFLOW_CALLS).await?;
        // both are taken: a turn that stayed would count for the next attempt as well
        if kept.summary().is_some() { kept.forget().await } else { Ok(()) }
    }

    /// What the accounts define.
    ///
    /// # Errors
    /// The vendors'.
    pub(crate) async fn catalog(&self) -> Result<Arc<Catalog>, Fault> {
        let (catalogs, now) = (&self.shared.catalogs, self.shared.clock.now());
        let key = format!("{} {}", self.attempt.connection(), self.attempt.revision);
        if let Some(catalog) = catalogs.kept(&key, now) {
            return Ok(catalog);
        }
        self.needs_a_call()?;
        let catalog = Arc::new(catalog::read(&self.teamtailor, &self.oneflow, self.settings).await?);
        catalogs.keep(&key, Arc::clone(&catalog), now);
        Ok(catalog)
    }
}
