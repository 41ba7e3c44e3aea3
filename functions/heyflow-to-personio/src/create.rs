//! Creates the application, once.
//!
//! Personio's creation has no idempotency key and cannot be read back with the same credential, but an address can
//! apply for a job only once. So a repeated attempt is harmless, and the only question is whose the existing
//! application is: the intent answers it. `applicant-already-exists` after our own unanswered attempt is ours; after
//! anybody else's it is a duplicate, and the owner is told.

use std::time::Duration;

use edge::Processed;
use edge::verdict::Fault;
use ledger::{Claim, Failure, Made, Settlement};
use vendors::personio::model::Application;
use vendors::personio::operations::{CREATE_APPLICATION, UPLOAD_DOCUMENT};
use vendors::{Error, Http, Kind, Operation};

use crate::attempt::ResponseAttempt;
use crate::rate_limit::Endpoint;
use crate::{files, rate_limit};

/// The operations that were answered well when an application is there, uploads of files included.
const ANSWERED: [Operation; 2] = [UPLOAD_DOCUMENT, CREATE_APPLICATION];

/// By which attempt Personio came to hold the application.
#[derive(Clone, Copy)]
enum MadeBy {
    Now,
    /// By an earlier attempt of this response, whose answer was lost.
    Earlier,
}

/// Creates the application and settles the response, together with what the owner is to be told of it.
///
/// # Errors
/// A refused application, a call that is not answered, a rate limit that lies ahead, a ledger that fails.
pub(crate) async fn create(
    attempt: &ResponseAttempt<'_>,
    application: &Application,
    notice: Option<&Failure>,
) -> Result<Processed, Fault> {
    attempt.ensure_time_for(Http::TIMEOUT)?;
    rate_limit::reserve(attempt, "create", Endpoint::Applications, Duration::ZERO).await?;
    let applicant = attempt.personio.applicant_key(application.job_position_id, &application.email);
    let claim = intend(attempt, &applicant).await?;
    match attempt.personio.create_application(application).await {
        Ok(()) => settle(attempt, &applicant, MadeBy::Now, notice).await,
        Err(error) if is_made_by_us(claim, &error) => settle(attempt, &applicant, MadeBy::Earlier, notice).await,
        Err(error) => {
            if claim == Claim::New && error.kind.certainly_not_done() {
                withdraw(attempt, &applicant).await;
            }
            if matches!(error.kind, Kind::Stale(_)) {
                files::forget(attempt, &application.files).await?;
            }
            Err(error.into())
        }
    }
}

async fn intend(attempt: &ResponseAttempt<'_>, applicant: &str) -> Result<Claim, Fault> {
    let name = format!("{}-{}", attempt.record.receive, attempt.record.deadline.0.as_millisecond());
    Ok(attempt.ledger.intend(applicant, &attempt.event, &name, attempt.clock.now()).await?)
}

fn is_made_by_us(claim: Claim, error: &Error) -> bool {
    claim == Claim::OwnUnanswered && matches!(error.kind, Kind::Conflict(_))
}

/// The vendor's answer counts more than a ledger that fails here: it must be told, whatever becomes of the intent.
async fn withdraw(attempt: &ResponseAttempt<'_>, applicant: &str) {
    if let Err(error) = attempt.ledger.withdraw(applicant, &attempt.event).await {
        let event = &attempt.event;
        tracing::warn!(connection = event.connection, event = event.id, %error, "intent stands");
    }
}

async fn settle(
    attempt: &ResponseAttempt<'_>,
    applicant: &str,
    made: MadeBy,
    notice: Option<&Failure>,
) -> Result<Processed, Fault> {
    let settlement = match made {
        MadeBy::Now => Settlement::Done,
        MadeBy::Earlier => Settlement::DoneBefore,
    };
    let settled = attempt.ledger.made(applicant, &attempt.event, settlement, notice, attempt.clock.now()).await?;
    if settled == Made::NotOwn {
        return Err(Fault::Vendor(contested()));
    }
    Ok(match made {
        MadeBy::Now => Processed::done(ANSWERED).with_reason("created an application"),
        MadeBy::Earlier => Processed::done_earlier(ANSWERED),
    })
}

/// Another response set out for the same applicant at this very moment: nobody can say whose the application is.
fn contested() -> Error {
    Error::new(CREATE_APPLICATION, Kind::Conflict(Vec::new()))
}
