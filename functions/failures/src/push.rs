//! Mails one failure to its connection's owner, or many of one cause together.
//!
//! At least once: a second mail goes out only where the function stops between SES and the note that the mail went.

use std::time::Duration;

use edge::batch::{Again, Ended, Record};
use edge::verdict::{Fault, rest};
use edge::worker::FAILURES;
use edge::{Clock, telemetry};
use ledger::{Admission, Failure, Ledger, Storm};
use mail::{BadTemplate, Mail, Mailer};

use crate::report::render;
use crate::summary::Wake;

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
    /// For how many days failures are kept, for the mails' words.
    pub kept_days: u64,
    /// For how many minutes failures of one cause are told together; 0: each is told alone.
    pub summary_minutes: u64,
}

impl Pusher {
    /// Handles one announcement. Whatever goes wrong is tried again: what is to be told stays stored and unmailed.
    pub async fn push(&self, record: Record<'_>) -> Ended {
        match self.beats(&record).await {
            Ok(outcome) => Ended::settled(outcome, ""),
            Err(fault) => Ended::again("retry", fault.to_string(), Again::In(rest(self.first_retry, record.receive))),
        }
    }

    async fn beats(&self, record: &Record<'_>) -> Result<&'static str, Fault> {
        match Wake::read(record.message)? {
            Some(wake) => self.summarise(&record.message.connection, &wake).await,
            None => self.single(&record.message.connection, &record.message.event).await,
        }
    }

    /// A failure whose pointer is gone was set aside since it was announced; one that is folded waits for its summary.
    async fn single(&self, connection: &str, id: &str) -> Result<&'static str, Fault> {
        let Some(failure) = self.ledger.failure(connection, id).await? else { return Ok("expired") };
        let pointer = self.ledger.pointer(&failure).await?;
        let Some(pointer) = pointer.filter(|_| failure.mailed.is_none()) else { return Ok("skipped") };
        if pointer.folded().is_some() {
            return Ok("folded");
        }
        let Admission::Single { last } = self.admit(&failure).await? else { return Ok("folded") };
        self.send(connection, id, render(&failure, self, last)).await?;
        self.ledger.mailed(connection, id, self.clock.now()).await?;
        Ok("mailed")
    }

    async fn admit(&self, failure: &Failure) -> Result<Admission, Fault> {
        let window = Duration::from_secs(60 * self.summary_minutes);
        match Storm::of(failure).filter(|_| !window.is_zero()) {
            Some(storm) => Ok(self.ledger.admit(&storm, failure, window, self.clock.now()).await?),
            None => Ok(Admission::Single { last: false }),
        }
    }

    /// Sends what was rendered to the connection's owner, or to the stack's sender where there is none.
    pub(crate) async fn send(&self, connection: &str, id: &str, mail: Result<Mail, BadTemplate>) -> Result<(), Fault> {
        let mail = mail.map_err(|error| Fault::Mail(error.to_string()))?;
        let owner = self.ledger.connection(connection).await?.map(|connection| connection.owner);
        let owner = owner.as_deref().unwrap_or_else(|| self.mailer.sender());
        self.mailer.send(owner, &mail, self.clock.now()).await.map_err(|error| {
            if error.refused {
                telemetry::mail_refused(FAILURES, connection, id, &error.code);
            }
            Fault::Mail(error.to_string())
        })
    }
}
