//! The table for whoever must not write: what a preview reads, and nothing else.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::guard::{Budget, BudgetUse};
use crate::link::{Link, LinkSummary, PageToken};
use crate::subject::Subject;
use crate::table::Ledger;

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
}
