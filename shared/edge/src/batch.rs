//! A batch of queued records: one after the other, each with its own end.
//!
//! The function's answer names the records that did not end, and SQS deletes the others. A FIFO queue keeps the order
//! within a group only if, after one record of a group did not end, the batch's later records of that group are
//! returned as well: they are, untouched, with the same rest.

use std::collections::HashMap;
use std::time::Duration;

pub use aws_lambda_events::event::sqs::SqsEvent as Batch;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsMessage};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use ledger::Calls;
use vendors::Http;

use crate::telemetry::{self, Cost, End};
use crate::{Clock, Deadline, Message, Queue, Unreadable};

/// How one record ended.
#[derive(Debug)]
pub struct Ended {
    /// One word for the log.
    pub outcome: &'static str,
    /// Why, in words without personal data; may be empty.
    pub reason: String,
    /// Set where the record did not end: when it comes back.
    pub again_in: Option<Again>,
}

/// When a record comes back that did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// After this long.
    In(Duration),
    /// After the queue's own visibility timeout.
    AsTheQueueSays,
}

impl Ended {
    /// The record is dealt with.
    #[must_use]
    pub fn settled(outcome: &'static str, reason: impl Into<String>) -> Self {
        Self { outcome, reason: reason.into(), again_in: None }
    }

    /// The record stays in the queue.
    #[must_use]
    pub fn again(outcome: &'static str, reason: impl Into<String>, again_in: Again) -> Self {
        Self { outcome, reason: reason.into(), again_in: Some(again_in) }
    }
}

/// One record as a handler sees it.
#[derive(Debug)]
pub struct Record<'a> {
    /// What was queued.
    pub message: &'a Message,
    /// The message's own text, for a failure that is to be replayed.
    pub text: &'a str,
    /// How often it was received, this time included.
    pub receive: u32,
    /// When this invocation ends.
    pub deadline: Deadline,
}

/// A record that cannot be read.
#[derive(Debug)]
pub struct Odd<'a> {
    /// The queue's own id of the message.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Why it cannot be read.
    pub error: Unreadable,
}

/// What most functions do with a record that they cannot read: it stays, for a version that can (after a rollback), and
/// goes to the dead-letter queue otherwise.
pub async fn stays(odd: Odd<'_>) -> Ended {
    Ended::again("unreadable", odd.error.to_string(), Again::AsTheQueueSays)
}

/// What a batch needs beside its handler.
#[derive(Debug, Clone)]
pub struct Rim {
    /// The queue the records come from, to let them come back in time. `None`: several queues, whose own timeouts rule.
    pub queue: Option<Queue>,
    /// The clock.
    pub clock: Clock,
    /// Counts AWS requests.
    pub calls: Calls,
    /// Counts vendors' calls.
    pub http: Option<Http>,
}

/// Runs a function whose events are batches. Ends only with the function.
///
/// # Errors
/// Where Lambda's runtime API fails.
pub async fn serve(
    rim: &Rim,
    handle: impl AsyncFn(Record<'_>) -> Ended,
    odd: impl AsyncFn(Odd<'_>) -> Ended,
) -> Result<(), lambda_runtime::Error> {
    let (handle, odd) = (&handle, &odd);
    let answer = async |event: LambdaEvent<Batch>| {
        let deadline = deadline(event.context.deadline);
        Ok::<_, lambda_runtime::Error>(run(event.payload, rim, deadline, handle, odd).await)
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// Lambda tells the end of an invocation in milliseconds since the epoch.
fn deadline(millis: u64) -> Deadline {
    let end = i64::try_from(millis).ok().and_then(|millis| Timestamp::from_millisecond(millis).ok());
    Deadline(end.unwrap_or(Timestamp::MAX))
}

/// Handles one batch: the answer names the records that did not end. `odd` gets those that cannot be read.
pub async fn run(
    batch: Batch,
    rim: &Rim,
    deadline: Deadline,
    handle: &impl AsyncFn(Record<'_>) -> Ended,
    odd: &impl AsyncFn(Odd<'_>) -> Ended,
) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    let mut standing: HashMap<String, Again> = HashMap::new();
    for sqs in batch.records {
        let group = sqs.attributes.get("MessageGroupId").cloned().unwrap_or_default();
        let again = match standing.get(&group) {
            Some(again) => {
                tracing::info!(message_id = sqs.message_id, outcome = "behind", "an earlier record of its group waits");
                Some(*again)
            }
            None => Box::pin(one(&sqs, rim, deadline, handle, odd)).await,
        };
        if let Some(again) = again {
            come_back(&sqs, rim, again).await;
            standing.insert(group, again);
            response.add_failure(sqs.message_id.unwrap_or_default());
        }
    }
    response
}

async fn one(
    sqs: &SqsMessage,
    rim: &Rim,
    deadline: Deadline,
    handle: &impl AsyncFn(Record<'_>) -> Ended,
    odd: &impl AsyncFn(Odd<'_>) -> Ended,
) -> Option<Again> {
    let text = sqs.body.as_deref().unwrap_or_default();
    let message = match Message::read(text) {
        Ok(message) => message,
        Err(error) => {
            let id = sqs.message_id.as_deref().unwrap_or_default();
            let ended = Box::pin(odd(Odd { id, text, error })).await;
            telemetry::unread(id, &End { outcome: ended.outcome, reason: &ended.reason, again_in: None });
            return ended.again_in;
        }
    };
    let receive = sqs.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse().ok()).unwrap_or(1);
    let (start, aws, vendor) = (rim.clock.now(), rim.calls.count(), vendor_calls(rim));
    // boxed: the types of nested futures would otherwise outgrow the compiler's limit
    let ended = Box::pin(handle(Record { message: &message, text, receive, deadline })).await;
    let cost = Cost {
        age: rim.clock.since(message.received),
        took: rim.clock.since(start),
        aws_calls: rim.calls.count() - aws,
        vendor_calls: vendor_calls(rim) - vendor,
    };
    let again_in = match ended.again_in {
        Some(Again::In(rest)) => Some(rest),
        _ => None,
    };
    telemetry::record(&message, receive, &End { outcome: ended.outcome, reason: &ended.reason, again_in }, cost);
    ended.again_in
}

fn vendor_calls(rim: &Rim) -> u64 {
    rim.http.as_ref().map_or(0, Http::calls)
}

async fn come_back(sqs: &SqsMessage, rim: &Rim, again: Again) {
    let (Some(queue), Some(handle), Again::In(rest)) = (&rim.queue, &sqs.receipt_handle, again) else { return };
    if let Err(error) = queue.come_back(handle, rest).await {
        tracing::warn!(message_id = sqs.message_id, %error, "the record comes back after the queue's own timeout");
    }
}
