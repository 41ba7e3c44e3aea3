//! Intents: written before a step that the target cannot make idempotent, and cleared by its answer. An intent that
//! stands without an answer is how a repeated attempt knows that the earlier one may have arrived.
//!
//! An intent is about a *thing* in the target (for example one applicant for one job) and says which event is making
//! it. When the target confirms, the same item says who made it: the owner of the thing.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure, TransactWriteItem};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::failure::Failure;
use crate::receipt::{Event, Settlement};
use crate::table::{
    Key, Ledger, VERSION, conditional, days, expiry, expiry_seconds, millis, number, read_returned, text,
};
use crate::transaction::{Transaction, put, put_write, transact};

const KEPT: Duration = days(90);

/// Who claims a thing when an event sets out to make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// This event, for the first time: no earlier attempt of it can have made the thing.
    New,
    /// This event, whose earlier attempt got no answer: the thing may be there, and then it is ours.
    OwnUnanswered,
    /// The same, but another event of ours has set out for the thing meanwhile: if it is there, nobody can say whose.
    Contested,
    /// Another event of ours is making it or has made it.
    Foreign,
}

/// What became of the confirmation that a thing is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The receipt is settled, and the thing is the event's.
    Settled,
    /// The intent is not this event's own any more, or contested: nothing was written.
    NotOwn,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// `<connection>#<event id>`: without the replay, for that continues what the first attempt began.
    event: String,
    /// Which attempt of the event wrote it: AWS's client may send one write twice, and then finds its own.
    attempt: String,
    /// Whether another event set out for the thing while this one stood unanswered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    contested: bool,
    /// Whether the target has confirmed.
    made: bool,
    #[serde(rename = "at_ms", with = "millisecond::required")]
    at: Timestamp,
    expires_at: i64,
}

fn key(thing: &str) -> Key {
    Key::new(format!("intent#{thing}"), "intent")
}

fn name(event: &Event) -> String {
    format!("{}#{}", event.connection, event.id)
}

impl Ledger {
    /// Writes down that `event` is about to make `thing`, unless another event stands for it. `attempt` differs with each
    /// attempt of an event.
    ///
    /// # Errors
    /// Where the table fails; then the step must not be taken.
    pub async fn intend(&self, thing: &str, event: &Event, attempt: &str, now: Timestamp) -> Result<Claim, Error> {
        const OPERATION: &str = "write intent";
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(thing).item()))
            .update_expression(
                "SET v = :v, event = :event, attempt = :attempt, made = :no, at_ms = :now, expires_at = :expiry REMOVE contested",
            )
            .condition_expression("attribute_not_exists(event)")
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":event", text(name(event)))
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":no", AttributeValue::Bool(false))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":expiry", expiry(now, KEPT))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match request.send().await {
            Ok(_) => return Ok(Claim::New),
            Err(error) => error,
        };
        let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
            return Err(Error::of(OPERATION, error));
        };
        let found: Stored = read_returned(OPERATION, failed.item.clone())?;
        if found.event == name(event) {
            return Ok(own(&found, attempt));
        }
        if !found.made {
            contest(self, thing).await?;
        }
        Ok(Claim::Foreign)
    }

    /// Takes a fresh intent back: the target has certainly not made the thing. Leaves other events' intents alone.
    ///
    /// # Errors
    /// Where the table fails; then the intent stands, which is the careful side.
    pub async fn withdraw(&self, thing: &str, event: &Event) -> Result<(), Error> {
        // an update that leaves no event counts as none; unlike a delete it needs no further right
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(thing).item()))
            .update_expression("REMOVE event, made, contested")
            .condition_expression("event = :event AND made = :no")
            .expression_attribute_values(":event", text(name(event)))
            .expression_attribute_values(":no", AttributeValue::Bool(false));
        conditional("withdraw intent", request).await.map(|_| ())
    }

    /// The target has made the thing for `event`: settles the receipt, names the thing's owner, and stores what the
    /// owner of the connection must be told of it, in one transaction.
    ///
    /// With [`Settlement::DoneBefore`] only while the intent is this event's own and nobody else's.
    ///
    /// # Errors
    /// Where the table fails; then receipt and intent stand as before, and a repeated attempt finds out.
    pub async fn made(
        &self,
        thing: &str,
        event: &Event,
        settlement: Settlement,
        told: Option<&Failure>,
        now: Timestamp,
    ) -> Result<Made, Error> {
        let mut writes = vec![owner(self, thing, event, settlement, now)?, self.settle(event, settlement, now)?];
        if let Some(failure) = told {
            writes.extend(self.storing(failure)?);
        }
        Ok(match transact(self, "settle", writes).await? {
            Transaction::Written => Made::Settled,
            Transaction::Refused => Made::NotOwn,
        })
    }
}

/// What an intent of the event's own means to one of its attempts.
fn own(found: &Stored, attempt: &str) -> Claim {
    if found.contested {
        return Claim::Contested;
    }
    // AWS's client sends one write twice where its answer is late
    if found.attempt == attempt { Claim::New } else { Claim::OwnUnanswered }
}

/// Marks an unanswered intent before another event goes on, so that its own will not take the other's thing for its own.
async fn contest(ledger: &Ledger, thing: &str) -> Result<(), Error> {
    let request = ledger
        .client
        .update_item()
        .table_name(&ledger.table)
        .set_key(Some(key(thing).item()))
        .update_expression("SET contested = :yes")
        .condition_expression("attribute_exists(event)")
        .expression_attribute_values(":yes", AttributeValue::Bool(true));
    conditional("contest intent", request).await.map(|_| ())
}

/// The write that names the thing's owner.
fn owner(
    ledger: &Ledger,
    thing: &str,
    event: &Event,
    settlement: Settlement,
    now: Timestamp,
) -> Result<TransactWriteItem, Error> {
    const OPERATION: &str = "name owner";
    let owner = Stored {
        event: name(event),
        attempt: String::new(),
        contested: false,
        made: true,
        at: now,
        expires_at: expiry_seconds(now, KEPT),
    };
    let put = put(ledger, key(thing).with(OPERATION, &owner)?);
    let put = match settlement {
        Settlement::DoneBefore => put
            .condition_expression("event = :event AND made = :no AND attribute_not_exists(contested)")
            .expression_attribute_values(":event", text(name(event)))
            .expression_attribute_values(":no", AttributeValue::Bool(false)),
        Settlement::Done | Settlement::Rejected => put,
    };
    put_write(OPERATION, put)
}
