//! The pusher: one queued response at a time becomes an application, or a failure that the owner is told of.
//!
//! Personio's creation has no idempotency key and cannot be read back with the same credential, but an address can
//! apply for a job only once. So a repeated attempt is harmless, and the only question is whose the existing
//! application is: the intent answers it. `applicant-already-exists` after our own unanswered attempt is ours; after
//! anybody else's it is a duplicate, and the owner is told.

use edge::batch::{Ended, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::{Done, Worker};
use ledger::{Event, Outcome, Receipt, Standing};
use vendors::heyflow::model::Submission;
use vendors::personio::recruiting::Recruiting;
use vendors::{Http, Kind};

use crate::connection::{SLOT_TOLERANCE, Settings};
use crate::plan::Plan;

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    /// The HTTP client.
    pub http: Http,
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
        let plan = plan(record, settings)?;
        if !record.deadline.leaves(Http::TIMEOUT + Http::TIMEOUT / 2, &self.worker.clock) {
            return Err(Fault::OutOfTime);
        }
        self.slot(&event, receipt, settings).await?;
        tracing::debug!(connection = event.connection, event = event.id, "{plan}");
        self.apply(&event, &plan, settings).await
    }

    /// Waits for the account's turn: with a slot in hand the work goes on, otherwise the record comes back at its slot.
    async fn slot(&self, event: &Event, receipt: Receipt, settings: &Settings) -> Result<(), Fault> {
        let (ledger, now) = (&self.worker.ledger, self.worker.clock.now());
        if let Receipt::Waiting(slot) = receipt {
            if now < slot {
                return Err(Fault::Slot(slot));
            }
            if now < slot + SLOT_TOLERANCE {
                return Ok(());
            }
        }
        let bucket = format!("personio#{}#applications", settings.account.company_id);
        let slot = ledger.take_slot(&bucket, settings.spacing, now).await?;
        if slot <= now {
            return Ok(());
        }
        ledger.wait_for_slot(event, slot).await?;
        Err(Fault::Slot(slot))
    }

    async fn apply(&self, event: &Event, plan: &Plan, settings: &Settings) -> Result<Done, Fault> {
        let (ledger, clock) = (&self.worker.ledger, &self.worker.clock);
        let personio = Recruiting::new(self.http.clone(), settings.account.clone());
        let application = &plan.application;
        let applicant = personio.applicant_key(application.job_position_id, &application.email);
        let standing = ledger.intend(&applicant, event, clock.now()).await?;
        let error = match personio.create_application(application).await {
            Ok(()) => {
                ledger.made(&applicant, event, Outcome::Done, clock.now()).await?;
                return Ok(Done::Now);
            }
            Err(error) => error,
        };
        if standing == Standing::Unanswered && matches!(error.kind, Kind::Conflict(_)) {
            ledger.made(&applicant, event, Outcome::DoneBefore, clock.now()).await?;
            return Ok(Done::Earlier);
        }
        if standing == Standing::Fresh && error.kind.certainly_not_done() {
            ledger.withdraw(&applicant, event).await?;
        }
        Err(error.into())
    }
}

fn plan(record: &Record<'_>, settings: &Settings) -> Result<Plan, Fault> {
    let body = record.message.body.get().as_bytes();
    let response = Submission::read(body).map_err(|error| Fault::Unexpected(error.to_string()))?;
    if !settings.flows.contains(&response.flow_id) {
        let what = "the response's flow is not listed; add it to `heyflow.flows` of the connection, or remove the hook";
        return Err(Fault::Unexpected(what.to_owned()));
    }
    Ok(Plan { application: settings.rules.apply(&response)? })
}
