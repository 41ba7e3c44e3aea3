//! Failures: records that a person must see. Stored first, mailed second; while one is unmailed a pointer to it stands
//! beside it, so that the schedule that mails what was left behind reads only those.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Delete, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::breaker::conditional;
use crate::receipt::put;
use crate::table::{Key, days, expiry_seconds, millis};
use crate::{Error, Event, Ledger, Outcome};

const KEPT: std::time::Duration = days(30);
const OPERATION: &str = "store failure";
const UNMAILED: &str = "unmailed";

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
}

/// A failure whose mail is still to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmailed {
    /// Its connection.
    pub connection: String,
    /// Its id.
    pub failure: String,
    /// When the schedule announced it last.
    #[serde(rename = "announced_ms", with = "millisecond::optional", default)]
    pub announced: Option<Timestamp>,
    expires_at: i64,
}

pub(crate) fn partition(connection: &str) -> String {
    format!("failure#{connection}")
}

pub(crate) fn key(connection: &str, id: &str) -> Key {
    Key::new(partition(connection), id)
}

pub(crate) fn pointer_key(connection: &str, id: &str) -> Key {
    Key::new(UNMAILED, format!("{connection}/{id}"))
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
        let expires_at = expiry_seconds(failure.failed, KEPT);
        let (connection, id) = (failure.connection.clone(), failure.id.clone());
        let pointer = Unmailed { connection, failure: id, announced: None, expires_at };
        let pointer = pointer_key(&failure.connection, &failure.id).with(OPERATION, &pointer)?;
        let mut item = key(&failure.connection, &failure.id).with(OPERATION, failure)?;
        item.insert("expires_at".to_owned(), crate::table::number(expires_at));
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

    /// The failures whose mail is still to go.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn unmailed(&self) -> Result<Vec<Unmailed>, Error> {
        self.list("list unmailed failures", UNMAILED).await
    }

    /// Writes down that the schedule has announced a failure, unless it was mailed meanwhile.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn announced(&self, unmailed: &Unmailed, now: Timestamp) -> Result<(), Error> {
        let key = pointer_key(&unmailed.connection, &unmailed.failure).item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        let request = request.update_expression("SET announced_ms = :now").condition_expression("attribute_exists(pk)");
        conditional("write announced", request.expression_attribute_values(":now", millis(now))).await.map(|_| ())
    }

    /// Writes down that a failure's mail went out.
    ///
    /// # Errors
    /// Where the table fails; then its mail will go out once more.
    pub async fn mailed(&self, failure: &Failure, now: Timestamp) -> Result<(), Error> {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(&failure.connection, &failure.id).item()))
            .update_expression("SET mailed_ms = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", millis(now))
            .build()
            .ok();
        let pointer = pointer_key(&failure.connection, &failure.id).item();
        let delete = Delete::builder().table_name(&self.table).set_key(Some(pointer)).build().ok();
        let request = self
            .client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().set_update(update).build())
            .transact_items(TransactWriteItem::builder().set_delete(delete).build());
        request.send().await.map(|_| ()).map_err(|error| Error::of("write mailed", error))
    }
}

/// Whether the transaction was cancelled by its first item's condition: the failure stands already, or not as expected.
pub(crate) fn first_condition_failed(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { return false };
    let first = cancelled.cancellation_reasons().first();
    first.and_then(|reason| reason.code()) == Some("ConditionalCheckFailed")
}
