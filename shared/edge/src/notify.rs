//! Failures that a person must see: how one is made of a record, and how `failures-push` is woken to mail it.

use jiff::Timestamp;
use ledger::{Cause, Failure, Hidden};
use serde_json::value::RawValue;

use crate::message::Message;
use crate::queue::Queue;
use crate::record::Record;

/// The flow name of messages that wake `failures-push`.
pub const FAILURES: &str = "failures";

/// What a person must see of a record. `suffix` tells apart several failures of one event.
#[must_use]
pub fn failure(record: &Record<'_>, suffix: &str, cause: Cause, reasons: Vec<String>, now: Timestamp) -> Failure {
    let message = record.message;
    Failure {
        id: format!("{}-{}{suffix}", message.event, message.replay),
        connection: message.connection.clone(),
        flow: message.flow.clone(),
        cause,
        key: None,
        code: None,
        thread: None,
        ids: message.ids.clone(),
        reasons,
        advice: Vec::new(),
        message: Some(Hidden::new(record.text.to_owned())),
        failed: now,
        mailed: None,
    }
}

/// Wakes `failures-push`. Only a hint: a failure that nobody was notified of is found by the schedule of `failures-poll`.
pub async fn notify(failures: &Queue, failure: &Failure, now: Timestamp) {
    let message = notification(&failure.connection, &failure.id, now);
    if let Err(error) = failures.send(&message).await {
        tracing::warn!(connection = failure.connection, failure = failure.id, %error, "a notification was not sent");
    }
}

/// The message that wakes `failures-push` for one failure.
#[must_use]
pub fn notification(connection: &str, failure: &str, now: Timestamp) -> Message {
    let nothing = RawValue::NULL.to_owned();
    Message::new(FAILURES, connection, failure.to_owned(), now, nothing).with_id("failure", failure)
}
