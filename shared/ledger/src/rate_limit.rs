//! A vendor's rate limit, kept across all functions: turns of one call each, evenly spaced (GCRA without bursts).
//!
//! Even spacing rather than bursts: no window of the limit's length, wherever the window lies, holds more calls than the
//! limit, because turns are at least `window / calls` apart.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use serde::Deserialize;

use crate::error::Error;
use crate::table::{Item, Key, Ledger, VERSION, days, expiry, millis, number, read};

const OPERATION: &str = "reserve a turn";

/// The limit of one bucket: a vendor's account and endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimit {
    bucket: String,
    spacing: Duration,
}

#[derive(Deserialize)]
struct Stored {
    next_ms: i64,
}

impl RateLimit {
    /// A limit whose turns are `spacing` apart. `bucket` names vendor, account and endpoint; it holds no secret.
    #[must_use]
    pub fn new(bucket: String, spacing: Duration) -> Self {
        Self { bucket, spacing }
    }

    /// Reserves the next `calls` turns, which follow one another: when the first of them is, `now` or later. The turns are
    /// the caller's own and are not given out again, also when they are not used.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn reserve(&self, ledger: &Ledger, calls: u32, now: Timestamp) -> Result<Timestamp, Error> {
        let taken = self.spacing.saturating_mul(calls);
        let step = number(i64::try_from(taken.as_millis()).unwrap_or(i64::MAX));
        loop {
            // between the two updates another function may reserve a turn, then the first form fits again
            if self.idle(ledger, &step, now).await?.is_some() {
                return Ok(now);
            }
            if let Some(old) = self.queued(ledger, &step, now).await? {
                let stored: Stored = read(OPERATION, old)?;
                return Ok(Timestamp::from_millisecond(stored.next_ms).unwrap_or(Timestamp::MAX));
            }
        }
    }

    /// Nobody waits: the turn is now.
    async fn idle(&self, ledger: &Ledger, step: &AttributeValue, now: Timestamp) -> Result<Option<Item>, Error> {
        let request = self
            .update(ledger, "SET next_ms = :now + :step, v = :v, expires_at = :expiry", step, now)
            .condition_expression("attribute_not_exists(next_ms) OR next_ms <= :now")
            .return_values(ReturnValue::AllNew);
        if_it_held(request).await
    }

    /// The turn is behind those reserved before.
    async fn queued(&self, ledger: &Ledger, step: &AttributeValue, now: Timestamp) -> Result<Option<Item>, Error> {
        let request = self
            .update(ledger, "SET next_ms = next_ms + :step, v = :v, expires_at = :expiry", step, now)
            .condition_expression("next_ms > :now")
            .return_values(ReturnValue::UpdatedOld);
        if_it_held(request).await
    }

    fn update(
        &self,
        ledger: &Ledger,
        expression: &str,
        step: &AttributeValue,
        now: Timestamp,
    ) -> UpdateItemFluentBuilder {
        let key = Key::new(format!("slot#{}", self.bucket), "slot").item();
        ledger
            .client
            .update_item()
            .table_name(&ledger.table)
            .set_key(Some(key))
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
