//! What reads both vendors for one candidate: the pusher, within the time of its attempt, and a preview, which has time enough.

use std::cell::RefCell;
use std::time::Duration;

use edge::verdict::Fault;
use reconcile::Attempt;
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::TemplateId;
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::model::CandidateId;
use vendors::{Error, Http, Operation};

use crate::catalog::{self, Catalog, TemplateFields};
use crate::connection::Settings;

/// What a call needs: its own time limit, and some time for its outcome to be written down.
const A_CALL: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// What reads both vendors for one candidate.
pub(crate) struct Reader<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) oneflow: Oneflow,
    pub(crate) teamtailor: Teamtailor,
    pub(crate) candidate: CandidateId,
    /// `None`: there is time enough.
    within: Option<&'a Attempt<'a>>,
    answered: RefCell<Vec<Operation>>,
}

impl<'a> Reader<'a> {
    /// Reads for a candidate.
    pub(crate) fn new(
        settings: &'a Settings,
        http: &Http,
        candidate: CandidateId,
        within: Option<&'a Attempt<'a>>,
    ) -> Self {
        let (oneflow, teamtailor) = (settings.oneflow(http), settings.teamtailor(http));
        Self { settings, oneflow, teamtailor, candidate, within, answered: RefCell::default() }
    }

    /// Fails where too little time is left for another call.
    ///
    /// # Errors
    /// [`Fault::OutOfTime`].
    pub(crate) fn needs_a_call(&self) -> Result<(), Fault> {
        self.within.map_or(Ok(()), |attempt| attempt.needs(A_CALL))
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
