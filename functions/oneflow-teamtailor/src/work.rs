//! One candidate on their way: what the steps of an attempt share.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use edge::verdict::Fault;
use edge::{Clock, Queue};
use ledger::Subject;
use reconcile::Attempt;
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::TemplateId;
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::model::CandidateId;
use vendors::{Error, Http, Operation};

use crate::catalog::{self, Catalog, Catalogs, TemplateFields};
use crate::connection::Settings;
use crate::link::{self, CandidateLink, TurnLink};

/// How many calls of Teamtailor an attempt makes as a rule.
const TEAMTAILOR_CALLS: u32 = 5;
/// The same of Oneflow.
const ONEFLOW_CALLS: u32 = 3;

/// What a call needs: its own time limit, and some time for its outcome to be written down.
const A_CALL: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

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
    pub(crate) settings: &'a Settings,
    pub(crate) oneflow: Oneflow,
    pub(crate) teamtailor: Teamtailor,
    pub(crate) candidate: CandidateId,
    shared: &'a Shared,
    answered: RefCell<Vec<Operation>>,
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
        let (oneflow, teamtailor) = (settings.oneflow(&shared.http), settings.teamtailor(&shared.http));
        Ok(Self { attempt, settings, oneflow, teamtailor, candidate, shared, answered: RefCell::default() })
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

    /// Fails where too little time is left for another call.
    ///
    /// # Errors
    /// [`Fault::OutOfTime`].
    pub(crate) fn needs_a_call(&self) -> Result<(), Fault> {
        self.attempt.needs(A_CALL)
    }

    /// A vendor's answer to an operation. A good one ends a halt that is about it.
    pub(crate) fn note<T>(&self, operation: Operation, answer: Result<T, Error>) -> Result<T, Error> {
        if answer.is_ok() {
            self.answered.borrow_mut().push(operation);
        }
        answer
    }

    /// The operations that were answered well.
    pub(crate) fn answered(&self) -> Vec<Operation> {
        self.answered.borrow().clone()
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

    /// A template's data fields: one that the file does not name is read.
    ///
    /// # Errors
    /// Oneflow's; [`Fault::OutOfTime`].
    pub(crate) async fn template(&self, catalog: &Catalog, id: TemplateId) -> Result<TemplateFields, Fault> {
        if let Some(fields) = catalog.templates.get(&id) {
            return Ok(fields.clone());
        }
        self.needs_a_call()?;
        Ok(catalog::template(&self.oneflow, id).await?)
    }
}
