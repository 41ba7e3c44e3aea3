//! Intents: written before a step that the target cannot make idempotent, and cleared by its answer. An intent that
//! stands without an answer is how a repeated attempt knows that the earlier one may have arrived.
//!
//! An intent is about a *thing* in the target (for example one applicant for one job) and says which event is making
//! it. When the target confirms, the same item says who made it: the owner of the thing.

use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::breaker::conditional;
use crate::failure::first_condition_failed;
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
    /// The same, but another event of ours has set out for the thing meanwhile: if it is there, nobody can say whose.
    Contested,
    /// Another event of ours is making it or has made it.
    Others,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// `<connection>#<event id>`: without the generation, for a replay continues what the first attempt began.
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
    pub async fn intend(&self, thing: &str, event: &Event, attempt: &str, now: Timestamp) -> Result<Standing, Error> {
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
            Ok(_) => return Ok(Standing::Fresh),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(
                failed,
            )) => {
                let found: Stored = read(OPERATION, failed.item.clone().unwrap_or_default())?;
                self.standing(thing, event, attempt, &found).await
            }
            _ => Err(Error::of(OPERATION, error)),
        }
    }

    /// What an intent that was found means to `event`. One of another event that stands unanswered is marked before this
    /// event goes on, so that the other will not take this one's thing for its own.
    async fn standing(&self, thing: &str, event: &Event, attempt: &str, found: &Stored) -> Result<Standing, Error> {
        if found.event == name(event) {
            return Ok(match () {
                () if found.contested => Standing::Contested,
                () if found.attempt == attempt => Standing::Fresh,
                () => Standing::Unanswered,
            });
        }
        if !found.made {
            let request = self
                .client
                .update_item()
                .table_name(&self.table)
                .set_key(Some(key(thing).item()))
                .update_expression("SET contested = :yes")
                .condition_expression("attribute_exists(event)")
                .expression_attribute_values(":yes", AttributeValue::Bool(true));
            conditional("contest intent", request).await?;
        }
        Ok(Standing::Others)
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
    /// With [`Outcome::DoneBefore`] only while the intent is this event's own and nobody else's; `false`: it is not, and
    /// nothing was written.
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
    ) -> Result<bool, Error> {
        const OPERATION: &str = "settle";
        let owner = self.owner(thing, event, outcome, now)?;
        let receipt = self.settle(event, outcome, now)?;
        let told = told.map(|failure| self.storing(failure)).transpose()?.unwrap_or_default();
        let items = [owner, receipt].into_iter().chain(told).collect();
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(first_condition_failed) => Ok(false),
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    fn owner(&self, thing: &str, event: &Event, outcome: Outcome, now: Timestamp) -> Result<TransactWriteItem, Error> {
        let (attempt, expires_at) = (String::new(), expiry_seconds(now, KEPT));
        let owner = Stored { event: name(event), attempt, contested: false, made: true, at: now, expires_at };
        let put = Put::builder().table_name(&self.table).set_item(Some(key(thing).with("name owner", &owner)?));
        let put = match outcome {
            Outcome::DoneBefore => put
                .condition_expression("event = :event AND made = :no AND attribute_not_exists(contested)")
                .expression_attribute_values(":event", text(name(event)))
                .expression_attribute_values(":no", AttributeValue::Bool(false)),
            Outcome::Done | Outcome::Rejected => put,
        };
        Ok(TransactWriteItem::builder().set_put(put.build().ok()).build())
    }
}
