//! Time slots of a vendor's rate limit, handed out across all functions: one per call, evenly spaced.
//!
//! Even spacing rather than bursts: no window of the limit's length, wherever it is laid, holds more calls than the
//! limit, because the spacing is at least `window / calls`.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use serde::Deserialize;

use crate::table::{Item, Key, VERSION, days, expiry, millis, number, read};
use crate::{Error, Ledger};

const OPERATION: &str = "take slot";

#[derive(Deserialize)]
struct Stored {
    next_ms: i64,
}

impl Ledger {
    /// Takes the next free slot of `bucket` (a vendor's account and endpoint): `now`, or a time after it. The slot is
    /// the caller's own and is not handed out again, also when it is not used.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn take_slot(&self, bucket: &str, spacing: Duration, now: Timestamp) -> Result<Timestamp, Error> {
        let step = number(i64::try_from(spacing.as_millis()).unwrap_or(i64::MAX));
        loop {
            // between the two updates another function may take a slot, then the first form fits again
            if self.idle_slot(bucket, &step, now).await?.is_some() {
                return Ok(now);
            }
            if let Some(old) = self.queued_slot(bucket, &step, now).await? {
                let stored: Stored = read(OPERATION, old)?;
                return Ok(Timestamp::from_millisecond(stored.next_ms).unwrap_or(Timestamp::MAX));
            }
        }
    }

    /// The same, but a slot that is further ahead than `near` is left to others: then the time from which on one may be
    /// near. For work that cannot keep a slot until its time.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn take_near_slot(
        &self,
        bucket: &str,
        spacing: Duration,
        near: Duration,
        now: Timestamp,
    ) -> Result<Result<Timestamp, Timestamp>, Error> {
        let step = number(i64::try_from(spacing.as_millis()).unwrap_or(i64::MAX));
        if self.idle_slot(bucket, &step, now).await?.is_some() {
            return Ok(Ok(now));
        }
        let request = self
            .slot_update(bucket, "SET next_ms = next_ms + :step, v = :v, expires_at = :expiry", &step, now)
            .condition_expression("next_ms > :now AND next_ms <= :near")
            .expression_attribute_values(":near", millis(now + near))
            .return_values(ReturnValue::UpdatedOld);
        if let Some(old) = if_it_held(request).await? {
            let stored: Stored = read(OPERATION, old)?;
            return Ok(Ok(Timestamp::from_millisecond(stored.next_ms).unwrap_or(Timestamp::MAX)));
        }
        let standing: Option<Stored> = self.get(OPERATION, Key::new(format!("slot#{bucket}"), "slot")).await?;
        let next = standing.and_then(|stored| Timestamp::from_millisecond(stored.next_ms).ok());
        Ok(Err(next.unwrap_or(now).max(now + near) - near / 2))
    }

    /// Nobody waits: the slot is now.
    async fn idle_slot(&self, bucket: &str, step: &AttributeValue, now: Timestamp) -> Result<Option<Item>, Error> {
        let request = self
            .slot_update(bucket, "SET next_ms = :now + :step, v = :v, expires_at = :expiry", step, now)
            .condition_expression("attribute_not_exists(next_ms) OR next_ms <= :now")
            .return_values(ReturnValue::AllNew);
        if_it_held(request).await
    }

    /// The slot is behind those handed out before.
    async fn queued_slot(&self, bucket: &str, step: &AttributeValue, now: Timestamp) -> Result<Option<Item>, Error> {
        let request = self
            .slot_update(bucket, "SET next_ms = next_ms + :step, v = :v, expires_at = :expiry", step, now)
            .condition_expression("next_ms > :now")
            .return_values(ReturnValue::UpdatedOld);
        if_it_held(request).await
    }

    fn slot_update(
        &self,
        bucket: &str,
        expression: &str,
        step: &AttributeValue,
        now: Timestamp,
    ) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(Key::new(format!("slot#{bucket}"), "slot").item()))
            .update_expression(expression)
            .expression_attribute_values(":step", step.clone())
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":expiry", expiry(now, days(1)))
    }
}

/// The item that the update returns, where its condition held.
async fn if_it_held(request: UpdateItemFluentBuilder) -> Result<Option<Item>, Error> {
    match request.send().await {
        Ok(answer) => Ok(Some(answer.attributes.unwrap_or_default())),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
            Ok(None)
        }
        Err(error) => Err(Error::of(OPERATION, error)),
    }
}
