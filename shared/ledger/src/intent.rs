//! Intents: written before a step that the target cannot make idempotent, and cleared by its answer. An intent that
//! stands without an answer is how a repeated attempt knows that the earlier one may have arrived.
//!
//! An intent is about a *thing* in the target (for example one applicant for one job) and says which event is making
//! it. When the target confirms, the same item says who made it: the owner of the thing.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::breaker::conditional;
use crate::receipt::put;
use crate::table::{Key, VERSION, days, expiry, expiry_seconds, millis, number, read, text};
use crate::{Error, Event, Failure, Ledger, Outcome};

const KEPT: std::time::Duration = days(90);

/// Who stands for a thing when an event sets out to make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// This event, for the first time: no earlier attempt of it can have made the thing.
    Fresh,
    /// This event, whose earlier attempt got no answer: the thing may be there, and then it is ours.
    Unanswered,
    /// Another event of ours is making it or has made it.
    Others,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// `<connection>#<event id>`: without the generation, for a replay continues what the first attempt began.
    event: String,
    /// Which attempt of the event wrote it: AWS's client may send one write twice, and then finds its own.
    attempt: String,
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
    pub async fn intend(&self, thing: &str, event: &Event, attempt: &str, now: Timestamp) -> Result<Standing, Error> {
        const OPERATION: &str = "write intent";
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(thing).item()))
            .update_expression(
                "SET v = :v, event = :event, attempt = :attempt, made = :no, at_ms = :now, expires_at = :expiry",
            )
            .condition_expression("attribute_not_exists(event)")
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":event", text(name(event)))
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":no", aws_sdk_dynamodb::types::AttributeValue::Bool(false))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":expiry", expiry(now, KEPT))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match request.send().await {
            Ok(_) => return Ok(Standing::Fresh),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(
                failed,
            )) => {
                let standing: Stored = read(OPERATION, failed.item.clone().unwrap_or_default())?;
                Ok(match standing.event == name(event) {
                    true if standing.attempt == attempt => Standing::Fresh,
                    true => Standing::Unanswered,
                    false => Standing::Others,
                })
            }
            _ => Err(Error::of(OPERATION, error)),
        }
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
            .update_expression("REMOVE event, made")
            .condition_expression("event = :event AND made = :no")
            .expression_attribute_values(":event", text(name(event)))
            .expression_attribute_values(":no", aws_sdk_dynamodb::types::AttributeValue::Bool(false));
        conditional("withdraw intent", request).await.map(|_| ())
    }

    /// The target has made the thing for `event`: settles the receipt, names the thing's owner, and stores what the
    /// owner of the connection must be told of it, in one transaction.
    ///
    /// # Errors
    /// Where the table fails; then receipt and intent stand as before, and a repeated attempt finds out.
    pub async fn made(
        &self,
        thing: &str,
        event: &Event,
        outcome: Outcome,
        told: Option<&Failure>,
        now: Timestamp,
    ) -> Result<(), Error> {
        const OPERATION: &str = "settle";
        let (event_name, attempt) = (name(event), String::new());
        let owner = Stored { event: event_name, attempt, made: true, at: now, expires_at: expiry_seconds(now, KEPT) };
        let owner = put(&self.table, key(thing).with(OPERATION, &owner)?).condition(None);
        let receipt = self.settle(event, outcome, now)?;
        let told = told.map(|failure| self.storing(failure)).transpose()?.unwrap_or_default();
        let items = told.into_iter().chain([receipt, owner]).collect();
        let request = self.client.transact_write_items().set_transact_items(Some(items));
        request.send().await.map(|_| ()).map_err(|error| Error::of(OPERATION, error))
    }
}
