//! The pusher: one queued response at a time becomes an application, or a failure that the owner is told of.
//!
//! Personio's creation has no idempotency key and cannot be read back with the same credential, but an address can
//! apply for a job only once. So a repeated attempt is harmless, and the only question is whose the existing
//! application is: the intent answers it. `applicant-already-exists` after our own unanswered attempt is ours; after
//! anybody else's it is a duplicate, and the owner is told.

mod files;
mod slot;

use std::time::Duration;

use edge::batch::{Ended, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::{self, Done, Worker, announce};
use ledger::{Cause, Event, Failure, Outcome, Receipt, Standing};
use vendors::heyflow::model::Submission;
use vendors::personio::model::{Application, AttachedFile};
use vendors::personio::recruiting::Recruiting;
use vendors::{Http, Kind};

use crate::connection::{Settings, Unavailable};
use crate::plan::Plan;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    /// The HTTP client.
    pub http: Http,
}

/// One response on its way: what its beats share.
struct Work<'a> {
    record: &'a Record<'a>,
    event: Event,
    settings: &'a Settings,
    personio: Recruiting,
    receipt: Receipt,
}

impl Pusher {
    /// Handles one queued response.
    pub async fn push(&self, record: Record<'_>) -> Ended {
        self.worker.handle(record, async |record, connection| self.beats(record, connection).await).await
    }

    async fn beats(&self, record: &Record<'_>, connection: &Loaded<Settings>) -> Result<Done, Fault> {
        let (event, settings) = (record.message.identity(), &connection.settings);
        let receipt = self.worker.ledger.receipt(&event).await?;
        if let Receipt::Settled(outcome) = receipt {
            return Ok(Done::Before(outcome));
        }
        let plan = self.plan(record, settings)?;
        tracing::debug!(connection = event.connection, event = event.id, "{plan}");
        let personio = Recruiting::new(self.http.clone(), settings.account.clone());
        let work = Work { record, event, settings, personio, receipt };
        let files = self.files(&work, &plan.wanted.uploads).await?;
        let application = Application { files: files.attached, ..plan.wanted.application };
        let told = without_files(&work, files.missing, self.worker.clock.now());
        self.create(&work, &application, told).await
    }

    fn plan(&self, record: &Record<'_>, settings: &Settings) -> Result<Plan, Fault> {
        let body = record.message.body.get().as_bytes();
        let response = Submission::read(body).map_err(|error| Fault::Unexpected(error.to_string()))?;
        if !settings.flows.contains(&response.flow_id) {
            let what =
                "its flow is not listed: add the flow id to `heyflow.flows` of the connection, or remove the hook";
            return Err(Fault::Unexpected(what.to_owned()));
        }
        Ok(Plan { wanted: settings.rules.apply(&response, self.worker.clock.now())? })
    }

    async fn create(&self, work: &Work<'_>, application: &Application, told: Option<Failure>) -> Result<Done, Fault> {
        self.time_for(work, Http::TIMEOUT)?;
        self.slot(work, "create", "applications", Duration::ZERO).await?;
        let (ledger, clock, event) = (&self.worker.ledger, &self.worker.clock, &work.event);
        let applicant = work.personio.applicant_key(application.job_position_id, &application.email);
        let attempt = format!("{}-{}", work.record.receive, work.record.deadline.0.as_millisecond());
        let standing = ledger.intend(&applicant, event, &attempt, clock.now()).await?;
        let (outcome, done) = match work.personio.create_application(application).await {
            Ok(()) => (Outcome::Done, Done::Now),
            Err(error) if standing == Standing::Unanswered && matches!(error.kind, Kind::Conflict(_)) => {
                (Outcome::DoneBefore, Done::Earlier)
            }
            Err(error) => {
                if standing == Standing::Fresh
                    && error.kind.certainly_not_done()
                    && let Err(failed) = ledger.withdraw(&applicant, event).await
                {
                    // the vendor's answer counts more: it must be told, whatever becomes of the intent
                    tracing::warn!(connection = event.connection, event = event.id, error = %failed, "intent stands");
                }
                if matches!(error.kind, Kind::Stale(_)) {
                    self.forget_files(work, &application.files).await?;
                }
                return Err(error.into());
            }
        };
        if !ledger.made(&applicant, event, outcome, told.as_ref(), clock.now()).await? {
            // another response set out for the same applicant at this very moment: nobody can say whose it is
            return Err(Fault::Vendor(contested()));
        }
        if let Some(failure) = told {
            announce(&self.worker.failures, &failure, clock.now()).await;
        }
        Ok(done)
    }

    /// No write starts with less time left than its own limit, and some to write its outcome down.
    fn time_for(&self, work: &Work<'_>, needed: Duration) -> Result<(), Fault> {
        let enough = work.record.deadline.leaves(needed + Http::TIMEOUT / 2, &self.worker.clock);
        if enough { Ok(()) } else { Err(Fault::OutOfTime) }
    }
}

/// What is told of a response whose application may be another response's.
fn contested() -> vendors::Error {
    vendors::Error::new("personio", "create application", Kind::Conflict(Vec::new()))
}

/// What the owner is told of an application that goes in without some of its files.
fn without_files(work: &Work<'_>, missing: Vec<String>, now: jiff::Timestamp) -> Option<Failure> {
    let tell = work.settings.unavailable == Unavailable::Tell && !missing.is_empty();
    tell.then(|| worker::failure(work.record, "-files", Cause::WithoutFile, missing, now))
}

/// The files of a response: those that can be attached, and why the others cannot be had.
struct Files {
    attached: Vec<AttachedFile>,
    missing: Vec<String>,
}
