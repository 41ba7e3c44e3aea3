//! The table for whoever must not write: what a preview reads, and nothing else.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::connection::Connection;
use crate::error::Error;
use crate::guard::{Budget, BudgetUse};
use crate::link::{Link, LinkSummary, PageToken};
use crate::pending::Pending;
use crate::receipt::{Event, Receipt};
use crate::record::FailureRecord;
use crate::run::Held;
use crate::subject::Subject;
use crate::table::{Ledger, Listing};

/// A ledger that has no methods that write. Every method reads as the one of the same name of [`Ledger`] does, and fails
/// where the table fails.
#[derive(Debug, Clone, Copy)]
pub struct ReadOnly<'a>(&'a Ledger);

impl<'a> From<&'a Ledger> for ReadOnly<'a> {
    fn from(ledger: &'a Ledger) -> Self {
        Self(ledger)
    }
}

impl ReadOnly<'_> {
    /// All connections.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn connections(&self) -> Result<Listing<Connection>, Error> {
        self.0.connections().await
    }

    /// What is known of an event.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn receipt(&self, event: &Event) -> Result<Receipt, Error> {
        self.0.receipt(event).await
    }

    /// What blocks an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn pending_of(&self, connection: &str, subject: &Subject) -> Result<Option<Pending>, Error> {
        self.0.pending_of(connection, subject).await
    }

    /// All objects of a connection that something blocks.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn blocked(&self, connection: &str) -> Result<Listing<Pending>, Error> {
        self.0.blocked(connection).await
    }

    /// The sweep of a connection that waits for a person.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn held(&self, connection: &str) -> Result<Option<Held>, Error> {
        self.0.held(connection).await
    }

    /// What a run has found missing.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn missing(&self, connection: &str, run: &str) -> Result<Vec<Subject>, Error> {
        self.0.missing(connection, run).await
    }

    /// The summaries of these objects' links, as far as there are links.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link_summaries_of(&self, connection: &str, subjects: &[Subject]) -> Result<Vec<LinkSummary>, Error> {
        self.0.link_summaries_of(connection, subjects).await
    }

    /// The link of an object.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link<T: DeserializeOwned>(
        &self,
        connection: &str,
        subject: &Subject,
    ) -> Result<Option<Link<T>>, Error> {
        self.0.link(connection, subject).await
    }

    /// A page of the summaries of all links of a connection, and where the next page begins.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn link_summaries(
        &self,
        connection: &str,
        from: Option<PageToken>,
    ) -> Result<(Vec<LinkSummary>, Option<PageToken>), Error> {
        self.0.link_summaries(connection, from).await
    }

    /// All claims of a connection: the target's ids, and whose each is.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claims(&self, connection: &str) -> Result<Vec<(String, Subject)>, Error> {
        self.0.claims(connection).await
    }

    /// Whose a target's id is. `None`: nobody's.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claimed_by(&self, connection: &str, target: &str) -> Result<Option<Subject>, Error> {
        self.0.claimed_by(connection, target).await
    }

    /// How far the connection's changes were read. `None`: never.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn cursor(&self, connection: &str) -> Result<Option<Timestamp>, Error> {
        self.0.cursor(connection).await
    }

    /// What was taken from a day's budget.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn budget_use(&self, budget: Budget<'_>) -> Result<BudgetUse, Error> {
        self.0.budget_use(budget).await
    }

    /// The failures of one connection, the newest first, without their messages; those of all where none is named.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failures(&self, connection: Option<&str>) -> Result<Listing<FailureRecord>, Error> {
        self.0.failures(connection).await
    }

    /// The failure with this id, its message included.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failure_record(&self, connection: &str, id: &str) -> Result<Option<FailureRecord>, Error> {
        self.0.failure_record(connection, id).await
    }
}
