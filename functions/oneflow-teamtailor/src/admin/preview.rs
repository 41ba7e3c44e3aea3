//! Which contracts would be made, and which fields, files and applications would be written by the next sweep, which wait, and why.
//! Reads what that takes as sweeper and pusher do, and cannot write.

use std::collections::{BTreeMap, HashMap};

use admin::{Change, ChangeKind, Error, Explanation, Preview, ReadingContext};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::Subject;
use vendors::Kind;
use vendors::oneflow::contracts::{self, ContractById};
use vendors::oneflow::model::{Contract, ContractId};
use vendors::teamtailor::applications;
use vendors::teamtailor::model::CandidateId;

use super::budget::{creations, held};
use super::context::settings;
use super::desk::Desk;
use super::judge::judge;
use super::judged::{Asked, Judged};
use crate::blocker::Blocker;
use crate::forward::{Concerns, by_email, by_field};
use crate::link::{self, CANDIDATE};
use crate::order::Order;
use crate::sweep::{self, FIRST};

/// After how many candidates it is said how far it is.
const TOLD_AFTER: usize = 50;

struct Reading<'a> {
    desk: Desk<'a>,
    /// Nothing that happened before counts. `None`: all that the next sweep would look at.
    since: Option<Timestamp>,
    asked: BTreeMap<CandidateId, Asked>,
    preview: Preview,
}

/// Compares all candidates that have contracts, or are to have some.
///
/// # Errors
/// Where a list cannot be read to its end; half a comparison would look like a whole one.
pub(super) async fn preview(context: ReadingContext<'_>) -> Result<Preview, Error> {
    compare(context, None).await
}

/// Compares the candidates whose applications came into their stage, or whose contracts into their state, on that day or later.
///
/// # Errors
/// As for all.
pub(super) async fn since(context: ReadingContext<'_>, from: Date) -> Result<Preview, Error> {
    let from =
        from.to_zoned(TimeZone::UTC).map_err(|error| Error::Refused(format!("the day cannot be used ({error})")))?;
    compare(context, Some(from.timestamp())).await
}

async fn compare(context: ReadingContext<'_>, since: Option<Timestamp>) -> Result<Preview, Error> {
    let settings = settings(&context)?;
    let desk = Desk::open(context, &settings).await?;
    let mut reading = Reading { desk, since, asked: BTreeMap::new(), preview: Preview::default() };
    for problem in &reading.desk.catalog.mapped.problems {
        (context.progress)(&problem.to_string());
    }
    if since.is_none() {
        reading.read_links().await?;
    }
    reading.read_applications().await?;
    reading.read_contracts().await?;
    reading.compare().await
}

impl Reading<'_> {
    /// Everybody of whom something is kept.
    async fn read_links(&mut self) -> Result<(), Error> {
        let mut from = None;
        loop {
            let (links, next) = self.desk.context.ledger.link_summaries(self.desk.context.name, from).await?;
            let candidates = links.iter().filter(|link| link.subject.kind == CANDIDATE);
            for candidate in candidates.filter_map(|link| link.subject.id.as_str().parse().ok()) {
                self.asked.entry(candidate).or_default();
            }
            from = next;
            if from.is_none() {
                return Ok(());
            }
        }
    }

    /// The applications that start a contract, down to the connection's start date.
    async fn read_applications(&mut self) -> Result<(), Error> {
        let settings = self.desk.settings;
        let Some(start) = settings.start.as_ref().filter(|_| settings.directions.to_oneflow) else { return Ok(()) };
        let teamtailor = settings.teamtailor(&self.desk.http);
        let mut cursor = None;
        loop {
            let page = applications::newest(&teamtailor, cursor.as_ref()).await?;
            for unreadable in &page.unreadable {
                let object = unreadable.id.as_ref().map(|id| format!("application {id}"));
                self.note(
                    object.unwrap_or_default(),
                    ChangeKind::Refused,
                    format!("cannot be read: `{}`", unreadable.what),
                );
            }
            for application in page.items.iter().filter(|application| sweep::starts(application, start, self.since)) {
                // whoever was erased has no contract made
                let Some(candidate) = &application.candidate else { continue };
                let asked = self.asked.entry(candidate.clone()).or_default();
                asked.orders.push(Order::Application(application.id.clone()));
            }
            let is_over = page.items.iter().any(|application| !sweep::is_new(application, start, self.since));
            cursor = page.next.filter(|_| !is_over);
            if cursor.is_none() {
                return Ok(());
            }
            tokio::time::sleep(settings.between_teamtailor_calls()).await;
        }
    }

    /// The newest contracts, each with whom it concerns.
    async fn read_contracts(&mut self) -> Result<(), Error> {
        let oneflow = self.desk.settings.oneflow(&self.desk.http);
        let claims: HashMap<String, Subject> =
            self.desk.context.ledger.claims(self.desk.context.name).await?.into_iter().collect();
        let oldest = self.since.unwrap_or(self.desk.context.now - FIRST);
        let mut cursor = None;
        loop {
            let page = contracts::newest(&oneflow, cursor.as_ref()).await?;
            for unreadable in &page.unreadable {
                let object = unreadable.id.map(|id| format!("contract {id}"));
                self.note(
                    object.unwrap_or_default(),
                    ChangeKind::Refused,
                    format!("cannot be read: `{}`", unreadable.what),
                );
            }
            let is_old = |contract: &&Contract| contract.state_updated.is_some_and(|at| at < oldest);
            for contract in page.items.iter().filter(|contract| !is_old(contract)) {
                let candidate = match claims.get(&link::claim_of(contract.id)) {
                    Some(owner) => owner.id.as_str().parse().ok(),
                    None => self.candidate_of(contract.id).await?,
                };
                if let Some(candidate) = candidate {
                    let asked = self.asked.entry(candidate).or_default();
                    asked.contracts.push((contract.id, contract.state_updated));
                }
            }
            let is_over = page.items.iter().any(|contract| is_old(&contract));
            cursor = page.next.filter(|_| !is_over);
            if cursor.is_none() {
                return Ok(());
            }
        }
    }

    /// Whom a contract concerns that nobody has yet. Lists carry no data fields, so it is read.
    async fn candidate_of(&mut self, id: ContractId) -> Result<Option<CandidateId>, Error> {
        let settings = self.desk.settings;
        tokio::time::sleep(settings.between_oneflow_calls()).await;
        let contract = match contracts::read(&settings.oneflow(&self.desk.http), id).await {
            Ok(ContractById::There(contract)) => contract,
            Ok(ContractById::Deleted) => return Ok(None),
            Err(vendors::Error { kind: Kind::Invalid(reasons), .. }) => {
                let blocker = Blocker::unreadable(id, &reasons);
                self.note(format!("contract {id}"), ChangeKind::Refused, blocker.notice.reasons.join("; "));
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let concerns = match by_field(&contract, settings) {
            Some(concerns) => concerns,
            None => by_email(&contract, &settings.teamtailor(&self.desk.http)).await?,
        };
        Ok(match concerns {
            Concerns::Candidate(candidate) => Some(candidate),
            Concerns::Nobody(_) => None,
        })
    }

    async fn compare(mut self) -> Result<Preview, Error> {
        let mut creations = creations(&self.desk.context, self.desk.settings).await?;
        let asked = std::mem::take(&mut self.asked);
        let all = asked.len();
        for (index, (candidate, asked)) in asked.into_iter().enumerate() {
            let judged = judge(&self.desk, &candidate, asked, &mut Explanation::default()).await?;
            if judged.is_empty() {
                self.preview.unchanged += 1;
            }
            for one in judged {
                let Judged { kind, what, value, .. } = held(one, creations.as_mut());
                self.preview.changes.push(Change { object: candidate.to_string(), kind, what, value });
            }
            if (index + 1).is_multiple_of(TOLD_AFTER) {
                (self.desk.context.progress)(&format!("{} of {all} candidates compared", index + 1));
            }
            tokio::time::sleep(self.desk.settings.between_teamtailor_calls()).await;
        }
        Ok(self.preview)
    }

    fn note(&mut self, object: String, kind: ChangeKind, what: String) {
        self.preview.changes.push(Change { object, kind, what, value: None });
    }
}
