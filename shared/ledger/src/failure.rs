//! Failures: records that a person must see. Stored first, mailed second; see [`crate::Unmailed`] for what stands beside
//! one until its mail went out.

use std::borrow::Cow;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::receipt::put;
use crate::table::{Key, expiry_seconds, number};
use crate::unmailed::{Unmailed, pointer_key};
use crate::{Error, Event, Ledger, Outcome};

const OPERATION: &str = "store failure";

/// How many bytes of a message are kept, and of all reasons: DynamoDB takes items of 400 KB, names included.
const LONGEST_MESSAGE: usize = 340 * 1024;
const LONGEST_REASONS: usize = 40 * 1024;

/// One thing that a person must see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Unique in its connection, and the same when the same thing fails the same way again.
    #[serde(rename = "sk")]
    pub id: String,
    /// The connection.
    pub connection: String,
    /// Its flow.
    pub flow: String,
    /// What kind of failure.
    pub cause: Cause,
    /// The vendors' ids of the record, labelled for people.
    pub ids: Vec<Id>,
    /// Why, one line each. No personal data.
    pub reasons: Vec<String>,
    /// What the vendor's documentation says mends it, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
    /// The queued message, for a replay. Personal data: kept here and nowhere else.
    #[serde(default)]
    pub message: Option<String>,
    /// When it failed.
    #[serde(rename = "failed_ms", with = "millisecond::required")]
    pub failed: Timestamp,
    /// When its mail went out.
    #[serde(rename = "mailed_ms", with = "millisecond::optional", default)]
    pub mailed: Option<Timestamp>,
}

/// What kind of failure; decides which mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The target already holds it.
    Duplicate,
    /// The record cannot be mapped.
    Unmappable,
    /// The target refuses the content.
    Refused,
    /// The target took it, but a file could not be had.
    WithoutFile,
    /// It came to the dead-letter queue.
    Dead,
    /// A sweep does not go on by itself: it would remove too much, or the source's lists cannot be read.
    Held,
    /// The whole connection stands still.
    Halted,
    /// It works again.
    Mended,
}

/// A vendor's id of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Id {
    /// What it is the id of, e.g. `response`.
    pub name: String,
    /// The id.
    pub value: String,
    /// The record's page at the vendor, for people. Left out where there is none, for readers of an earlier version know
    /// no such member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

pub(crate) fn partition(connection: &str) -> String {
    format!("failure#{connection}")
}

pub(crate) fn key(connection: &str, id: &str) -> Key {
    Key::new(partition(connection), id)
}

impl Ledger {
    /// Stores a failure and settles its event as rejected, in one transaction.
    ///
    /// # Errors
    /// Where the table fails; then neither happened.
    pub async fn reject(&self, event: &Event, failure: &Failure) -> Result<(), Error> {
        let receipt = self.settle(event, Outcome::Rejected, failure.failed)?;
        self.store(failure, Some(receipt)).await
    }

    /// Stores a failure. One that is stored already stays as it is.
    ///
    /// # Errors
    /// Where the table fails; then nothing was stored.
    pub async fn store_failure(&self, failure: &Failure) -> Result<(), Error> {
        self.store(failure, None).await
    }

    async fn store(&self, failure: &Failure, receipt: Option<TransactWriteItem>) -> Result<(), Error> {
        let mut items = self.storing(failure)?;
        items.extend(receipt);
        match self.client.transact_write_items().set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(first_condition_failed) => Ok(()),
            Err(error) => Err(Error::of(OPERATION, error)),
        }
    }

    /// The writes that store a failure, the failure itself first.
    pub(crate) fn storing(&self, failure: &Failure) -> Result<Vec<TransactWriteItem>, Error> {
        let failure = fitted(failure);
        let expires_at = expiry_seconds(failure.failed, self.failures_kept);
        let pointer = Unmailed::of(&failure, expires_at);
        let pointer = pointer_key(&failure.connection, &failure.id).with(OPERATION, &pointer)?;
        let mut item = key(&failure.connection, &failure.id).with(OPERATION, &failure)?;
        item.insert("expires_at".to_owned(), number(expires_at));
        Ok(vec![
            put(&self.table, item).condition(Some("attribute_not_exists(pk)")),
            put(&self.table, pointer).condition(None),
        ])
    }

    /// The failure with this id.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn failure(&self, connection: &str, id: &str) -> Result<Option<Failure>, Error> {
        self.get("read failure", key(connection, id)).await
    }
}

/// The failure as it fits into an item: what is too large is cut, and said to be.
fn fitted(failure: &Failure) -> Cow<'_, Failure> {
    let long = failure.message.as_ref().map(String::len).filter(|length| *length > LONGEST_MESSAGE);
    let fitting = fitting(&failure.reasons);
    if long.is_none() && fitting == failure.reasons.len() {
        return Cow::Borrowed(failure);
    }
    let mut fitted = failure.clone();
    fitted.reasons.truncate(fitting);
    let left_out = failure.reasons.len() - fitting;
    fitted.reasons.extend((left_out > 0).then(|| format!("and {left_out} more, which are not kept")));
    if let (Some(length), Some(message)) = (long, &mut fitted.message) {
        message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
        let kept = message.len();
        fitted.reasons.push(format!(
            "its message of {length} bytes is too large to be kept whole: the first {kept} are kept, for reading only"
        ));
    }
    Cow::Owned(fitted)
}

/// How many of the reasons fit.
fn fitting(reasons: &[String]) -> usize {
    let mut bytes = 0;
    reasons
        .iter()
        .take_while(|reason| {
            bytes += reason.len();
            bytes <= LONGEST_REASONS
        })
        .count()
}

/// Whether the transaction was cancelled by its first item's condition: the failure stands already, or not as expected.
pub(crate) fn first_condition_failed(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return false };
    let first = cancelled.cancellation_reasons().first();
    first.and_then(|reason| reason.code()) == Some("ConditionalCheckFailed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(reasons: Vec<String>, message: String) -> Failure {
        Failure {
            id: "e-0".to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause: Cause::Unmappable,
            ids: Vec::new(),
            reasons,
            advice: Vec::new(),
            message: Some(message),
            failed: Timestamp::UNIX_EPOCH,
            mailed: None,
        }
    }

    #[test]
    fn what_fits_is_kept_as_it_is() {
        let whole = failure(vec!["why".to_owned()], "m".repeat(LONGEST_MESSAGE));
        assert_eq!(fitted(&whole).as_ref(), &whole);
    }

    #[test]
    fn what_is_too_large_is_cut_and_said_to_be() {
        // two bytes a letter, and a limit in the middle of one
        let message = format!("m{}", "ä".repeat(LONGEST_MESSAGE));
        let reasons = vec!["r".repeat(1000); 100];
        let cut = fitted(&failure(reasons, message)).into_owned();
        assert_eq!(cut.message.map(|message| message.len()), Some(LONGEST_MESSAGE - 1));
        assert_eq!(cut.reasons.len(), 42);
        assert_eq!(cut.reasons[40], "and 60 more, which are not kept");
        let said =
            "its message of 696321 bytes is too large to be kept whole: the first 348159 are kept, for reading only";
        assert_eq!(cut.reasons[41], said);
    }

    /// Stored and queued by an earlier version, and for one: without pages and advice.
    #[test]
    fn shapes_of_an_earlier_version_are_read_and_written() {
        let earlier = r#"{"name":"response","value":"R"}"#;
        let id: Id = serde_json::from_str(earlier).unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), earlier);
        let stored = serde_json::to_value(failure(Vec::new(), String::new())).unwrap();
        assert!(stored.get("advice").is_none());
        let read: Failure = serde_json::from_value(stored).unwrap();
        assert_eq!(read, failure(Vec::new(), String::new()));
    }
}
