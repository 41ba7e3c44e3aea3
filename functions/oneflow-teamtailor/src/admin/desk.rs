//! What a preview works with: the table and both accounts, to none of which it can write.

use admin::{Error, ReadingContext};
use ledger::Link;
use reconcile::Memory;
use vendors::Http;
use vendors::teamtailor::model::CandidateId;

use super::context::only_reading;
use crate::catalog::{self, Catalog};
use crate::connection::Settings;
use crate::link::{self, CandidateState, Sent};
use crate::reader::Reader;

/// What a preview works with.
pub(super) struct Desk<'a> {
    pub(super) context: ReadingContext<'a>,
    pub(super) settings: &'a Settings,
    pub(super) http: Http,
    /// What the accounts define.
    pub(super) catalog: Catalog,
}

impl<'a> Desk<'a> {
    /// Reads what the accounts define.
    ///
    /// # Errors
    /// The vendors'.
    pub(super) async fn open(context: ReadingContext<'a>, settings: &'a Settings) -> Result<Self, Error> {
        let http = only_reading()?;
        let catalog = catalog::read(&settings.teamtailor(&http), &settings.oneflow(&http), settings).await?;
        Ok(Self { context, settings, http, catalog })
    }

    /// What reads both accounts for a candidate.
    pub(super) fn reader(&self, candidate: &CandidateId) -> Reader<'a> {
        Reader::new(self.settings, &self.http, candidate.clone(), None)
    }

    /// What is kept of a candidate, and the step whose end is not known. Of one without a link, nothing.
    ///
    /// # Errors
    /// Where the table fails.
    pub(super) async fn kept(&self, candidate: &CandidateId) -> Result<(CandidateState, Option<Sent>), Error> {
        let link: Option<Link<Memory<CandidateState, Sent>>> =
            self.context.ledger.link(self.context.name, &link::candidate(candidate)).await?;
        let memory = link.map(|link| link.state).unwrap_or_default();
        Ok((memory.state, memory.intent.map(|intent| intent.sent)))
    }
}
