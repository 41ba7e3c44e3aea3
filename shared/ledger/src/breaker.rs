//! A halted connection: a vendor refuses its login, or a right or setting is missing for all of it. Vendors block
//! callers that repeat a refused login, so one probe at growing intervals is let through and the rest waits. Kept with
//! the connection, so that seeing it costs no read of its own.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::connection::key;
use crate::table::{millis, number, text};
use crate::{Error, Ledger};

/// Why and since when a connection is halted, and when it may be tried next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    /// The cause, in words for the owner.
    pub cause: String,
    /// What it is about, where it is about a vendor: the vendor (`personio`), or with a missing right the vendor and the
    /// operation (`personio read person`). Only a good answer to the same ends it.
    #[serde(default)]
    pub about: Option<String>,
    /// When it opened.
    #[serde(rename = "since_ms", with = "millisecond::required")]
    pub since: Timestamp,
    /// When the next probe may go.
    #[serde(rename = "probe_ms", with = "millisecond::required")]
    pub probe: Timestamp,
    /// How many probes went.
    pub probes: u32,
}

/// What opening a breaker found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It was closed: the owner has to be told.
    Now,
    /// It was open already (or the connection is gone).
    Before,
}

impl Breaker {
    const FIRST_INTERVAL: Duration = Duration::from_secs(60);
    const LONGEST_INTERVAL: Duration = Duration::from_secs(15 * 60);

    /// A breaker that opens at `now`.
    #[must_use]
    pub fn open(cause: impl Into<String>, now: Timestamp) -> Self {
        Self { cause: cause.into(), about: None, since: now, probe: now + Self::FIRST_INTERVAL, probes: 0 }
    }

    /// The same about a vendor, or an operation of it.
    #[must_use]
    pub fn about(self, about: Option<String>) -> Self {
        Self { about, ..self }
    }

    /// The vendor it is about.
    #[must_use]
    pub fn vendor(&self) -> Option<&str> {
        self.about.as_deref().map(|about| about.split(' ').next().unwrap_or(about))
    }

    /// How long to wait after the probe that goes next.
    #[must_use]
    pub fn interval(&self) -> Duration {
        let doubled = Self::FIRST_INTERVAL.saturating_mul(2_u32.saturating_pow(self.probes.saturating_add(1)));
        doubled.min(Self::LONGEST_INTERVAL)
    }
}

impl Ledger {
    /// Opens the breaker of a connection, unless it is open.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn open_breaker(&self, connection: &str, breaker: &Breaker) -> Result<Opened, Error> {
        let request = self
            .breaker_update(connection, "SET breaker = :breaker")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(breaker)")
            .expression_attribute_values(":breaker", attribute(breaker));
        Ok(if conditional("open breaker", request).await? { Opened::Now } else { Opened::Before })
    }

    /// Puts another breaker in the place of the one that was seen. `false`: that one is not there any more.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn replace_breaker(&self, connection: &str, seen: &Breaker, breaker: &Breaker) -> Result<bool, Error> {
        let request = self
            .breaker_update(connection, "SET breaker = :breaker")
            .condition_expression("breaker.since_ms = :since")
            .expression_attribute_values(":since", millis(seen.since))
            .expression_attribute_values(":breaker", attribute(breaker));
        conditional("replace breaker", request).await
    }

    /// Claims the probe that is due. `false`: another function has it.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claim_probe(&self, connection: &str, seen: &Breaker, now: Timestamp) -> Result<bool, Error> {
        let request = self
            .breaker_update(connection, "SET breaker.probe_ms = :next, breaker.probes = :probes")
            .condition_expression("breaker.since_ms = :since AND breaker.probe_ms = :seen")
            .expression_attribute_values(":since", millis(seen.since))
            .expression_attribute_values(":seen", millis(seen.probe))
            .expression_attribute_values(":probes", number(seen.probes.saturating_add(1)))
            .expression_attribute_values(":next", millis(now + seen.interval()));
        conditional("claim probe", request).await
    }

    /// Lets the next probe go at once: somebody has changed the settings. `false`: the breaker is not open.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn probe_now(&self, connection: &str, now: Timestamp) -> Result<bool, Error> {
        let request = self
            .breaker_update(connection, "SET breaker.probe_ms = :now")
            .condition_expression("attribute_exists(breaker)")
            .expression_attribute_values(":now", millis(now));
        conditional("bring probe forward", request).await
    }

    /// Closes the breaker that was seen. `false`: somebody else has closed it.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn close_breaker(&self, connection: &str, seen: &Breaker) -> Result<bool, Error> {
        let request = self
            .breaker_update(connection, "REMOVE breaker")
            .condition_expression("breaker.since_ms = :since")
            .expression_attribute_values(":since", millis(seen.since));
        conditional("close breaker", request).await
    }

    fn breaker_update(&self, connection: &str, expression: &str) -> UpdateItemFluentBuilder {
        let key = Some(key(connection).item());
        self.client.update_item().table_name(&self.table).set_key(key).update_expression(expression)
    }
}

/// Whether the update's condition held.
pub(crate) async fn conditional(operation: &'static str, request: UpdateItemFluentBuilder) -> Result<bool, Error> {
    match request.send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(false),
        Err(error) => Err(Error::of(operation, error)),
    }
}

fn attribute(breaker: &Breaker) -> aws_sdk_dynamodb::types::AttributeValue {
    let fields = [
        ("cause", text(&breaker.cause)),
        ("since_ms", millis(breaker.since)),
        ("probe_ms", millis(breaker.probe)),
        ("probes", number(breaker.probes)),
    ];
    let about = breaker.about.as_ref().map(|about| ("about", text(about)));
    let fields = fields.into_iter().chain(about).map(|(name, value)| (name.to_owned(), value));
    aws_sdk_dynamodb::types::AttributeValue::M(fields.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_come_at_growing_intervals_up_to_a_quarter_of_an_hour() {
        let mut breaker = Breaker::open("login refused", Timestamp::UNIX_EPOCH);
        let mut intervals = Vec::new();
        for probes in 0..6 {
            breaker.probes = probes;
            intervals.push(breaker.interval().as_secs() / 60);
        }
        assert_eq!(intervals, [2, 4, 8, 15, 15, 15]);
    }
}
