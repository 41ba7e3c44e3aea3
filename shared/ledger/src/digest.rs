//! Digests: of many failures of a group a few get a mail of their own, the others one mail together from time to time.
//!
//! The rules are in `round`; here they are written down against others who write at the same time.

use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use crate::error::Error;
use crate::failure::Failure;
use crate::group::Group;
use crate::outbox::{OutboxEntry, outbox_key};
use crate::round::{Mailing, PARTITION, Round, Step, round_key, step};
use crate::table::{Ledger, Listing, millis, number, text};
use crate::transaction::{update, update_write};

const OPERATION: &str = "decide how a failure is mailed";
/// How often a step is taken anew because somebody else wrote meanwhile.
const TRIES: usize = 10;

/// What became of an attempt to write something that others write as well.
enum Attempt<T> {
    /// It is written, or was not necessary.
    Done(T),
    /// Somebody else has written meanwhile: it is to be looked at again.
    Overtaken,
}

impl Ledger {
    /// Decides how a failure is mailed, and writes that down. `length`: how long a round lasts. However often it is asked,
    /// a failure that got a mail of its own gets it. A failure whose outbox entry is gone, or waits for a digest already,
    /// counts as one of a digest: it is dealt with.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn decide_mailing(
        &self,
        group: &Group,
        failure: &Failure,
        length: Duration,
        now: Timestamp,
    ) -> Result<Mailing, Error> {
        for _ in 0..TRIES {
            let known: Option<Round> = self.get("read round", round_key(group)).await?;
            let attempt = match step(known.as_ref(), group, &failure.id, length, now) {
                Step::Decided(mailing) => Attempt::Done(mailing),
                Step::Write(round) => match write_round(self, round, now).await? {
                    Attempt::Done(round) => Attempt::Done(round.mailing()),
                    Attempt::Overtaken => Attempt::Overtaken,
                },
                Step::Digest(round) => add_to_digest(self, group, round, failure).await?,
            };
            if let Attempt::Done(mailing) = attempt {
                return Ok(mailing);
            }
        }
        Err(Error::contended(OPERATION))
    }

    /// The present rounds of all groups.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn rounds(&self) -> Result<Listing<Round>, Error> {
        self.listing("list rounds", PARTITION).await
    }

    /// Ends a group's round before its digest is told, unless it has ended: no failure joins that digest any more. The
    /// group's present round.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn end_round(&self, group: &Group, round: Timestamp, now: Timestamp) -> Result<Round, Error> {
        for _ in 0..TRIES {
            let known: Option<Round> = self.get("read round", round_key(group)).await?;
            let next = match known {
                Some(known) if known.since != round => return Ok(known),
                Some(known) => known.after_digest(now),
                None => Round::begin(group, round, now).after_digest(now),
            };
            if let Attempt::Done(written) = write_round(self, next, now).await? {
                return Ok(written);
            }
        }
        Err(Error::contended("end a round"))
    }

    /// The failures that wait for a digest of this group's rounds before its `present` one.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn waiting_for_digest(&self, group: &Group, present: Timestamp) -> Result<Vec<OutboxEntry>, Error> {
        let all = self.outbox().await?.items;
        let waits = |it: &OutboxEntry| it.digest().is_some_and(|(of, round)| of == group && round < present);
        Ok(all.into_iter().filter(waits).collect())
    }

    /// Writes down that a digest of the group's rounds up to `until` went out: it is not repeated, whatever becomes of
    /// what it covers.
    ///
    /// # Errors
    /// Where the table fails; then the digest will go out once more.
    pub async fn digest_mailed(&self, group: &Group, until: Timestamp, now: Timestamp) -> Result<(), Error> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(round_key(group).item()));
        let request = request
            .update_expression("SET told_ms = :until, mailed_ms = :now, rev = rev + :one")
            .expression_attribute_values(":until", millis(until))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":one", number(1));
        request.send().await.map(|_| ()).map_err(|error| Error::of("write digest mailed", error))
    }
}

/// Writes a round over the revision that it was made from.
async fn write_round(ledger: &Ledger, round: Round, now: Timestamp) -> Result<Attempt<Round>, Error> {
    let seen = round.rev;
    let written = round.next_revision(now);
    let request = ledger.client.put_item().table_name(&ledger.table);
    let request = request
        .set_item(Some(round_key(&written.group).with(OPERATION, &written)?))
        .condition_expression("attribute_not_exists(pk) OR rev = :seen")
        .expression_attribute_values(":seen", number(seen));
    match request.send().await {
        Ok(_) => Ok(Attempt::Done(written)),
        Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
            Ok(Attempt::Overtaken)
        }
        Err(error) => Err(Error::of(OPERATION, error)),
    }
}

/// Puts a failure into the digest of a round, if that is still the group's.
async fn add_to_digest(
    ledger: &Ledger,
    group: &Group,
    round: Timestamp,
    failure: &Failure,
) -> Result<Attempt<Mailing>, Error> {
    let gathers = update(ledger, round_key(group))
        .update_expression("SET folds = :yes")
        .condition_expression("window_ms = :round")
        .expression_attribute_values(":yes", AttributeValue::Bool(true))
        .expression_attribute_values(":round", millis(round));
    // an earlier notification was of a mail of its own
    let waits = update(ledger, outbox_key(&failure.connection, &failure.id))
        .update_expression("SET storm = :group, window_ms = :round REMOVE announced_ms")
        .condition_expression("attribute_exists(pk) AND (attribute_not_exists(storm) OR window_ms = :round)")
        .expression_attribute_values(":group", text(group.as_str()))
        .expression_attribute_values(":round", millis(round));
    let writes = vec![update_write(OPERATION, gathers)?, update_write(OPERATION, waits)?];
    match ledger.client.transact_write_items().set_transact_items(Some(writes)).send().await {
        Ok(_) => Ok(Attempt::Done(Mailing::Digest)),
        Err(error) => not_added(error),
    }
}

/// What a cancelled transaction means: the failure is dealt with otherwise, or it is to be looked at again.
fn not_added(error: SdkError<TransactWriteItemsError>) -> Result<Attempt<Mailing>, Error> {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return Err(Error::of(OPERATION, error));
    };
    let reasons = cancelled.cancellation_reasons();
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    match codes.as_slice() {
        ["ConditionalCheckFailed", ..] => Ok(Attempt::Overtaken),
        [_, "ConditionalCheckFailed"] => Ok(Attempt::Done(Mailing::Digest)),
        codes if codes.contains(&"TransactionConflict") => Ok(Attempt::Overtaken),
        _ => Err(Error::of(OPERATION, error)),
    }
}
