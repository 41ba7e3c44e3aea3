//! A halted connection: a vendor refuses its login, or a right or setting is missing for all of it. Vendors block
//! callers that repeat a refused login, so one probe at growing intervals is let through and the rest waits. Kept with
//! the connection, so that seeing it costs no read of its own.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::table::{Ledger, conditional, connection_key, millis, number};

/// Why and since when a connection is halted, and when it may be tried next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Breaker {
    /// The cause, in words for the owner.
    pub cause: String,
    /// What is halted: only a good answer from there ends it.
    pub scope: Scope,
    /// What becomes of deliveries meanwhile.
    #[serde(default)]
    pub deliveries: Deliveries,
    /// When it opened.
    #[serde(rename = "since_ms", with = "millisecond::required")]
    pub since: Timestamp,
    /// When the next probe may go.
    #[serde(rename = "probe_ms", with = "millisecond::required")]
    pub probe: Timestamp,
    /// How many probes went.
    pub probes: u32,
}

/// What becomes of the deliveries that come in while a connection is halted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deliveries {
    /// The receiver takes them, and they wait in the queue.
    #[default]
    Queued,
    /// The receiver cannot use the secret or the settings either: it answers 503, and they may be lost.
    Refused,
}

/// How far a halt reaches: to everything, to one vendor, or to one operation of a vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Scope {
    /// The connection itself: a secret or a setting is missing or wrong.
    Connection,
    /// A vendor refuses the login.
    Vendor {
        /// The vendor's name.
        vendor: String,
    },
    /// A right is missing for one operation.
    Operation {
        /// The vendor's name.
        vendor: String,
        /// The operation's name, without the vendor's.
        operation: String,
    },
}

/// A breaker as it is stored.
#[derive(Deserialize)]
struct Stored {
    cause: String,
    #[serde(default)]
    scope: Option<Scope>,
    /// What an earlier version wrote instead of `scope`: nothing, `personio`, or `personio read person`.
    #[serde(default)]
    about: Option<String>,
    #[serde(default)]
    deliveries: Deliveries,
    #[serde(rename = "since_ms", with = "millisecond::required")]
    since: Timestamp,
    #[serde(rename = "probe_ms", with = "millisecond::required")]
    probe: Timestamp,
    probes: u32,
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

    /// A breaker of the whole connection that opens at `now`.
    #[must_use]
    pub fn open(cause: impl Into<String>, now: Timestamp) -> Self {
        let probe = now + Self::FIRST_INTERVAL;
        Self {
            cause: cause.into(),
            scope: Scope::Connection,
            deliveries: Deliveries::Queued,
            since: now,
            probe,
            probes: 0,
        }
    }

    /// The same with another scope.
    #[must_use]
    pub fn with_scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same where deliveries end otherwise.
    #[must_use]
    pub fn with_deliveries(self, deliveries: Deliveries) -> Self {
        Self { deliveries, ..self }
    }

    /// How long to wait after the probe that goes next.
    #[must_use]
    pub fn interval(&self) -> Duration {
        let doubled = Self::FIRST_INTERVAL.saturating_mul(2_u32.saturating_pow(self.probes.saturating_add(1)));
        doubled.min(Self::LONGEST_INTERVAL)
    }
}

impl Scope {
    /// The vendor that it is about; `None`: the connection itself.
    #[must_use]
    pub fn vendor(&self) -> Option<&str> {
        match self {
            Self::Connection => None,
            Self::Vendor { vendor } | Self::Operation { vendor, .. } => Some(vendor),
        }
    }

    /// Whether these good answers, each of a vendor to an operation, show that the halt is over.
    #[must_use]
    pub fn is_ended_by(&self, answered: &[(&str, &str)]) -> bool {
        match self {
            Self::Connection => !answered.is_empty(),
            Self::Vendor { vendor } => answered.iter().any(|(answering, _)| answering == vendor),
            Self::Operation { vendor, operation } => answered.contains(&(vendor, operation)),
        }
    }

    /// The scope that an earlier version wrote as text. Vendors' names are one word.
    fn of_text(about: Option<&str>) -> Self {
        let Some(about) = about else { return Self::Connection };
        match about.split_once(' ') {
            Some((vendor, operation)) => Self::Operation { vendor: vendor.to_owned(), operation: operation.to_owned() },
            None => Self::Vendor { vendor: about.to_owned() },
        }
    }
}

impl From<Stored> for Breaker {
    fn from(stored: Stored) -> Self {
        let Stored { cause, scope, about, deliveries, since, probe, probes } = stored;
        let scope = scope.unwrap_or_else(|| Scope::of_text(about.as_deref()));
        Self { cause, scope, deliveries, since, probe, probes }
    }
}

impl Ledger {
    /// Opens the breaker of a connection, unless it is open.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn open_breaker(&self, connection: &str, breaker: &Breaker) -> Result<Opened, Error> {
        const OPERATION: &str = "open breaker";
        let request = self
            .breaker_update(connection, "SET breaker = :breaker")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(breaker)")
            .expression_attribute_values(":breaker", attribute(OPERATION, breaker)?);
        Ok(if conditional(OPERATION, request).await? { Opened::Now } else { Opened::Before })
    }

    /// Puts another breaker in the place of the one that was seen. `false`: that one is not there any more.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn replace_breaker(&self, connection: &str, seen: &Breaker, breaker: &Breaker) -> Result<bool, Error> {
        const OPERATION: &str = "replace breaker";
        let request = self
            .breaker_update(connection, "SET breaker = :breaker")
            .condition_expression("breaker.since_ms = :since")
            .expression_attribute_values(":since", millis(seen.since))
            .expression_attribute_values(":breaker", attribute(OPERATION, breaker)?);
        conditional(OPERATION, request).await
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
        let key = Some(connection_key(connection).item());
        self.client.update_item().table_name(&self.table).set_key(key).update_expression(expression)
    }
}

fn attribute(operation: &'static str, breaker: &Breaker) -> Result<AttributeValue, Error> {
    serde_dynamo::to_attribute_value(breaker).map_err(|error| Error::unreadable(operation, error))
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

    fn vendor() -> Scope {
        Scope::Vendor { vendor: "personio".to_owned() }
    }

    fn operation() -> Scope {
        Scope::Operation { vendor: "personio".to_owned(), operation: "read person".to_owned() }
    }

    #[test]
    fn a_good_answer_ends_what_it_is_about() {
        let same = ("personio", "read person");
        let same_vendor = ("personio", "read absence");
        let another = ("hellohq", "read person");
        let all = [another, same_vendor, same];
        assert!(!Scope::Connection.is_ended_by(&[]) && Scope::Connection.is_ended_by(&[another]));
        assert!(!vendor().is_ended_by(&[]) && !vendor().is_ended_by(&[another]));
        assert!(vendor().is_ended_by(&[another, same_vendor]));
        assert!(!operation().is_ended_by(&[]) && !operation().is_ended_by(&[another, same_vendor]));
        assert!(operation().is_ended_by(&all));
    }

    #[test]
    fn a_breaker_survives_the_table() {
        for scope in [Scope::Connection, vendor(), operation()] {
            let breaker = Breaker::open("login refused", Timestamp::UNIX_EPOCH).with_scope(scope);
            let breaker = breaker.with_deliveries(Deliveries::Refused);
            let stored = attribute("open breaker", &breaker).unwrap();
            assert_eq!(serde_dynamo::from_attribute_value::<_, Breaker>(stored).unwrap(), breaker);
        }
    }

    /// Opened by an earlier version, which stored the scope as text.
    #[test]
    fn a_breaker_of_an_earlier_version_is_read() {
        let earlier = |about: &str| {
            let json = format!(r#"{{"cause":"c",{about}"since_ms":0,"probe_ms":60000,"probes":2}}"#);
            serde_json::from_str::<Breaker>(&json).unwrap().scope
        };
        assert_eq!(earlier(""), Scope::Connection);
        assert_eq!(earlier(r#""about":null,"#), Scope::Connection);
        assert_eq!(earlier(r#""about":"personio","#), vendor());
        assert_eq!(earlier(r#""about":"personio read person","#), operation());
    }
}
