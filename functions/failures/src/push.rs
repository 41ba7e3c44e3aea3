//! Mails one failure to its connection's owner, or many of one group together.
//!
//! At least once: a second mail goes out only where the function stops between SES and the note that the mail went.

use std::time::Duration;

use edge::batch::{Again, Handled, Record};
use edge::notify::FAILURES;
use edge::verdict::{Fault, rest};
use edge::{Clock, telemetry};
use jiff::tz::TimeZone;
use ledger::{Failure, Group, Kind, Ledger, Mailing};
use mail::{BadTemplate, Mail, Mailer};

use crate::digest::{self, Covered, DigestRequest, Request};
use crate::report::{self, StackInfo};

/// The mailing function.
#[derive(Debug)]
pub struct Pusher {
    /// Where failures are kept.
    pub ledger: Ledger,
    /// Sends.
    pub mailer: Mailer,
    /// The stack's name, for the console lines in the mail.
    pub stack: String,
    /// Whose local time stands beside UTC in the mails.
    pub zone: TimeZone,
    /// The clock.
    pub clock: Clock,
    /// How long the first retry rests.
    pub first_retry: Duration,
    /// For how many days failures are kept, for the mails' words.
    pub kept_days: u64,
    /// For how many minutes failures of one group are told together; 0: each gets a mail of its own.
    pub digest_minutes: u64,
}

/// What became of a notification.
enum Notified {
    /// A mail went out.
    Mailed,
    /// No mail is to go out: why.
    Skipped(&'static str),
}

impl Pusher {
    /// Handles one notification. Whatever goes wrong is tried again: what is to be told stays in the outbox.
    pub async fn push(&self, record: Record<'_>) -> Handled {
        match self.process(&record).await {
            Ok(Notified::Mailed) => Handled::done(""),
            Ok(Notified::Skipped(reason)) => Handled::skipped(reason),
            Err(fault) => Handled::retry(fault.to_string(), Again::In(rest(self.first_retry, record.receive))),
        }
    }

    async fn process(&self, record: &Record<'_>) -> Result<Notified, Fault> {
        let connection = &record.message.connection;
        match digest::read(record.message)? {
            Request::Failure => self.mail_individually(connection, &record.message.event).await,
            Request::Digest(request) => self.mail_digest(connection, &request).await,
        }
    }

    async fn mail_individually(&self, connection: &str, id: &str) -> Result<Notified, Fault> {
        let Some(failure) = self.ledger.failure(connection, id).await? else {
            return Ok(Notified::Skipped("the failure has expired"));
        };
        let entry = self.ledger.outbox_entry(&failure).await?;
        let Some(entry) = entry.filter(|_| failure.mailed.is_none()) else {
            return Ok(Notified::Skipped("mailed or discarded since it was notified"));
        };
        if entry.digest().is_some() {
            return Ok(Notified::Skipped("waits for its digest"));
        }
        let Mailing::Individual { last } = self.decide_mailing(&failure).await? else {
            return Ok(Notified::Skipped("goes into a digest"));
        };
        self.send(connection, id, report::render(&failure, self.stack_info(), last)).await?;
        self.ledger.mailed(connection, id, self.clock.now()).await?;
        Ok(Notified::Mailed)
    }

    async fn decide_mailing(&self, failure: &Failure) -> Result<Mailing, Fault> {
        let length = Duration::from_secs(60 * self.digest_minutes);
        match Group::of(failure).filter(|_| !length.is_zero()) {
            Some(group) => Ok(self.ledger.decide_mailing(&group, failure, length, self.clock.now()).await?),
            None => Ok(Mailing::Individual { last: false }),
        }
    }

    /// Ends the group's round, mails all that waits for a digest and is not told yet, and notes that. What the note leaves
    /// in the outbox is cleared whenever this runs again.
    async fn mail_digest(&self, connection: &str, request: &DigestRequest) -> Result<Notified, Fault> {
        let DigestRequest { group, round } = request;
        let present = self.ledger.end_round(group, *round, self.clock.now()).await?;
        let waiting = self.ledger.waiting_for_digest(group, present.since).await?;
        let untold = digest::untold(&waiting, present.told);
        let named = digest::named(&self.ledger, &untold).await?;
        let notified = match (digest::newest_round(&untold), named.first()) {
            (Some(round), Some(first)) => {
                let covered = Covered { group, round, entries: &untold, first, named: &named };
                let mail = digest::render(&covered, self.stack_info());
                self.send(connection, &digest::id(group, round), mail).await?;
                self.ledger.digest_mailed(group, round, self.clock.now()).await?;
                Notified::Mailed
            }
            _ => Notified::Skipped("nothing of the group is left to tell"),
        };
        self.ledger.all_mailed(&waiting, self.clock.now()).await?;
        Ok(notified)
    }

    /// Sends what was rendered to the connection's owner, or to the stack's sender where there is none or none can be read.
    async fn send(&self, connection: &str, id: &str, mail: Result<Mail, BadTemplate>) -> Result<(), Fault> {
        let mail = mail.map_err(|error| Fault::Mail(error.to_string()))?;
        let owner = match self.ledger.connection(connection).await {
            Ok(connection) => connection.map(|connection| connection.owner),
            Err(error) if error.kind == Kind::Unreadable => None,
            Err(error) => return Err(error.into()),
        };
        let owner = owner.as_deref().unwrap_or_else(|| self.mailer.sender());
        self.mailer.send(owner, &mail, self.clock.now()).await.map_err(|error| {
            if error.refused {
                telemetry::mail_refused(FAILURES, connection, id, &error.code);
            }
            Fault::Mail(error.to_string())
        })
    }

    fn stack_info(&self) -> StackInfo<'_> {
        let Self { stack: name, zone, kept_days, digest_minutes, .. } = self;
        StackInfo { name, zone, kept_days: *kept_days, digest_minutes: *digest_minutes }
    }
}
