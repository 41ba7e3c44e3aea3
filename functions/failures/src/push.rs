//! Mails one failure to its connection's owner.
//!
//! At least once: a second mail goes out only where the function stops between SES and the note that the mail went.

use std::time::Duration;

use edge::Clock;
use edge::batch::{Again, Ended, Record};
use edge::verdict::{Fault, rest};
use ledger::{Cause, Failure, Ledger};
use mail::{Kind, Mailer, Report};

/// The mailing function.
#[derive(Debug)]
pub struct Pusher {
    /// Where failures are kept.
    pub ledger: Ledger,
    /// Sends.
    pub mailer: Mailer,
    /// The stack's name, for the console lines in the mail.
    pub stack: String,
    /// The clock.
    pub clock: Clock,
    /// How long the first retry rests.
    pub first_retry: Duration,
}

impl Pusher {
    /// Handles one announcement. Whatever goes wrong is tried again: the failure stays stored and unmailed.
    pub async fn push(&self, record: Record<'_>) -> Ended {
        match self.beats(&record).await {
            Ok(outcome) => Ended::settled(outcome, ""),
            Err(fault) => Ended::again("retry", fault.to_string(), Again::In(rest(self.first_retry, record.receive))),
        }
    }

    async fn beats(&self, record: &Record<'_>) -> Result<&'static str, Fault> {
        let (connection, id) = (&record.message.connection, &record.message.event);
        let Some(failure) = self.ledger.failure(connection, id).await? else { return Ok("expired") };
        if failure.mailed.is_some() {
            return Ok("skipped");
        }
        let owner = self.ledger.connection(connection).await?.map(|connection| connection.owner);
        let owner = owner.as_deref().unwrap_or_else(|| self.mailer.sender());
        let mail = report(&failure, &self.stack).render().map_err(|error| Fault::Mail(error.to_string()))?;
        self.mailer.send(owner, &mail).await.map_err(|error| Fault::Mail(error.to_string()))?;
        self.ledger.mailed(&failure, self.clock.now()).await?;
        Ok("mailed")
    }
}

fn report<'a>(failure: &'a Failure, stack: &'a str) -> Report<'a> {
    let records = failure.ids.iter().map(|id| mail::Record { name: &id.name, value: &id.value });
    Report {
        kind: kind(failure.cause),
        connection: &failure.connection,
        flow: &failure.flow,
        failure: &failure.id,
        stack,
        records: records.collect(),
        reasons: &failure.reasons,
        at: failure.failed.round(jiff::Unit::Second).unwrap_or(failure.failed).to_string(),
    }
}

fn kind(cause: Cause) -> Kind {
    match cause {
        Cause::Duplicate => Kind::Duplicate,
        Cause::Unmappable => Kind::Unmappable,
        Cause::Refused => Kind::Refused,
        Cause::WithoutFile => Kind::WithoutFile,
        Cause::Dead => Kind::Dead,
        Cause::Halted => Kind::Halted,
        Cause::Mended => Kind::Mended,
    }
}
