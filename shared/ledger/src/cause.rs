//! Causes that come and go: of those with one key, at most one failure is open at a time.
//!
//! An item under the key names the open failure. The item goes when nothing is blocked by the cause any more, and when a
//! person discards the failure; what comes after is another failure, with an id of its own, and is mailed.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::failure::{Failure, key};
use crate::record::State;
use crate::table::{Key, Ledger, conditional, expiry_seconds, millis, text};
use crate::transaction::{put, put_write};

const OPERATION: &str = "open failure";
/// How often it is tried anew because somebody else wrote meanwhile.
const TRIES: i64 = 10;

/// What opening a failure found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// It is stored, and to be mailed.
    New(Box<Failure>),
    /// Another one with the same cause is open: its id.
    Standing(String),
}

#[derive(Serialize, Deserialize)]
struct Stored {
    failure: String,
    expires_at: i64,
}

/// What became of one attempt.
enum Written {
    Done,
    /// Another failure is open.
    Standing,
    /// A failure has the id, or somebody else writes just now.
    Again,
}

fn cause_key(connection: &str, cause: &str) -> Key {
    Key::new(format!("open#{connection}"), cause)
}

impl Ledger {
    /// The id of the open failure with this cause.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn open_failure_of(&self, connection: &str, cause: &str) -> Result<Option<String>, Error> {
        let stored: Option<Stored> = self.get("read open failure", cause_key(connection, cause)).await?;
        Ok(stored.map(|stored| stored.failure))
    }

    /// Stores a failure as the open one of `cause`, which becomes its key. Its id is made of the cause and the time.
    /// `replaces`: an open failure whose place it takes.
    ///
    /// # Errors
    /// Where the table fails; then nothing was stored.
    pub async fn open_failure(&self, failure: Failure, cause: &str, replaces: Option<&str>) -> Result<Opening, Error> {
        let failed = failure.failed.as_millisecond();
        for later in 0..TRIES {
            let id = format!("{cause}-{}", failed.saturating_add(later));
            let failure = Failure { id, key: Some(cause.to_owned()), ..failure.clone() };
            let mut writes = vec![self.naming(&failure, cause, replaces)?];
            writes.extend(self.storing(&failure)?);
            let answer = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
            match answer.map_or_else(not_written, |_| Ok(Written::Done))? {
                Written::Done => return Ok(Opening::New(Box::new(failure))),
                Written::Again => {}
                Written::Standing => {
                    // none: closed in the meantime
                    if let Some(standing) = self.open_failure_of(&failure.connection, cause).await? {
                        return Ok(Opening::Standing(standing));
                    }
                }
            }
        }
        Err(Error::contended(OPERATION))
    }

    /// Nothing is blocked by a failure's cause any more: it is resolved. One that a
    /// person has dealt with stays as it is.
    ///
    /// # Errors
    /// Where the table fails; then it may stay open in lists, but gathers nothing any more.
    pub async fn resolve_failure(&self, connection: &str, cause: &str, id: &str, now: Timestamp) -> Result<(), Error> {
        self.close_cause(connection, cause, id).await?;
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key(connection, id).item()));
        let request = request
            .update_expression("SET #state = :resolved, resolved_ms = :now")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(#state) OR #state = :open)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":resolved", State::Resolved.attribute())
            .expression_attribute_values(":open", State::Open.attribute())
            .expression_attribute_values(":now", millis(now));
        conditional("resolve failure", request).await.map(|_| ())
    }

    /// The failure `id` is not the open one of its cause any more.
    pub(crate) async fn close_cause(&self, connection: &str, cause: &str, id: &str) -> Result<(), Error> {
        let key = cause_key(connection, cause).item();
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(key));
        let request = request.condition_expression("failure = :id").expression_attribute_values(":id", text(id));
        match request.send().await {
            Ok(_) => Ok(()),
            // another one took its place, or it was closed before
            Err(error) if error.as_service_error().is_some_and(is_refused) => Ok(()),
            Err(error) => Err(Error::of("close failure", error)),
        }
    }

    /// The write that names a failure as the open one.
    fn naming(&self, failure: &Failure, cause: &str, replaces: Option<&str>) -> Result<TransactWriteItem, Error> {
        let expires_at = expiry_seconds(failure.failed, self.failures_kept);
        let stored = Stored { failure: failure.id.clone(), expires_at };
        let put = put(self, cause_key(&failure.connection, cause).with(OPERATION, &stored)?);
        let put = match replaces {
            Some(replaced) => put
                .condition_expression("attribute_not_exists(pk) OR failure = :replaced")
                .expression_attribute_values(":replaced", text(replaced)),
            None => put.condition_expression("attribute_not_exists(pk)"),
        };
        put_write(OPERATION, put)
    }
}

fn is_refused(error: &DeleteItemError) -> bool {
    error.is_conditional_check_failed_exception()
}

fn not_written(error: SdkError<TransactWriteItemsError>) -> Result<Written, Error> {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() else {
        return Err(Error::of(OPERATION, error));
    };
    let reasons = cancelled.cancellation_reasons();
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    match codes.as_slice() {
        ["ConditionalCheckFailed", ..] => Ok(Written::Standing),
        [_, "ConditionalCheckFailed", ..] => Ok(Written::Again),
        codes if codes.contains(&"TransactionConflict") => Ok(Written::Again),
        _ => Err(Error::of(OPERATION, error)),
    }
}
