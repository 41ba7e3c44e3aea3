//! One absence on its way: what the steps of an attempt share.

use std::cell::RefCell;

use edge::verdict::Fault;
use ledger::RateLimit;
use reconcile::{Attempt, Signal};
use vendors::Operation;
use vendors::personio::model::id::AbsenceId;

use crate::connection::Settings;
use crate::desired::{Accounts, Mapper};

/// One absence on its way.
pub(crate) struct Work<'a> {
    pub(crate) attempt: &'a Attempt<'a>,
    pub(crate) accounts: Accounts<'a>,
    pub(crate) absence: AbsenceId,
    answered: RefCell<Vec<Operation>>,
}

impl<'a> Work<'a> {
    /// The work on a signal of this attempt.
    ///
    /// # Errors
    /// [`Fault::Malformed`]: the signal is about no absence.
    pub(crate) fn new(
        mapper: &Mapper,
        attempt: &'a Attempt<'a>,
        signal: &Signal,
        settings: &'a Settings,
    ) -> Result<Self, Fault> {
        let absence = signal.about.id.as_str().parse();
        let absence = absence.map_err(|_| Fault::Malformed(format!("`{}` is no absence", signal.about.kind)))?;
        let accounts = mapper.accounts(attempt.connection(), attempt.revision, settings);
        Ok(Self { attempt, accounts, absence, answered: RefCell::default() })
    }

    pub(crate) fn settings(&self) -> &'a Settings {
        self.accounts.settings
    }

    /// helloHQ's limit.
    pub(crate) fn limit(&self) -> RateLimit {
        self.settings().hellohq_limit()
    }

    /// A vendor has answered an operation well: a halt that is about it ends.
    pub(crate) fn has_answered(&self, operation: Operation) {
        self.answered.borrow_mut().push(operation);
    }

    /// The operations that were answered well.
    pub(crate) fn answered(&self) -> Vec<Operation> {
        self.answered.borrow().clone()
    }
}
