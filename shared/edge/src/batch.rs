//! A batch of queued records: one after the other, each with its own outcome.
//!
//! The function's answer names the records that stay, and SQS deletes the others. A FIFO queue keeps the order within a
//! group only if, after one record of a group stays, the batch's later records of that group stay as well: they do,
//! untouched, and come back with the first.

use std::collections::HashMap;

pub use aws_lambda_events::event::sqs::SqsEvent as Batch;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsMessage};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use ledger::Calls;
use vendors::Http;

use crate::clock::{Clock, Deadline};
pub use crate::handled::{Again, Handled};
use crate::message::{Message, Unreadable};
use crate::outcome::Outcome;
use crate::queue::Queue;
pub use crate::record::{Malformed, Record};
use crate::telemetry::{self, Cost};

/// What a batch needs beside its handlers.
#[derive(Debug, Clone)]
pub struct BatchContext {
    /// The queue the records come from, to let them come back in time. `None`: several queues, whose own timeouts rule.
    pub queue: Option<Queue>,
    /// The clock.
    pub clock: Clock,
    /// Counts AWS requests.
    pub calls: Calls,
    /// Counts vendors' calls.
    pub http: Option<Http>,
}

/// What most functions do with a record that they cannot read: it stays, for a version that can (after a rollback), and
/// goes to the dead-letter queue otherwise.
pub async fn stays(malformed: Malformed<'_>) -> Handled {
    Handled::retry(malformed.error.to_string(), Again::AsTheQueueSays)
}

/// Runs a function whose events are batches. Ends only with the function.
///
/// # Errors
/// Where Lambda's runtime API fails.
pub async fn serve(
    context: &BatchContext,
    handle: impl AsyncFn(Record<'_>) -> Handled,
    handle_malformed: impl AsyncFn(Malformed<'_>) -> Handled,
) -> Result<(), lambda_runtime::Error> {
    let (handle, handle_malformed) = (&handle, &handle_malformed);
    let answer = async |event: LambdaEvent<Batch>| {
        let deadline = deadline(event.context.deadline);
        Ok::<_, lambda_runtime::Error>(run(event.payload, context, deadline, handle, handle_malformed).await)
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// Lambda tells the end of an invocation in milliseconds since the epoch.
fn deadline(millis: u64) -> Deadline {
    let end = i64::try_from(millis).ok().and_then(|millis| Timestamp::from_millisecond(millis).ok());
    Deadline(end.unwrap_or(Timestamp::MAX))
}

/// Handles one batch: the answer names the records that stay.
pub async fn run(
    batch: Batch,
    context: &BatchContext,
    deadline: Deadline,
    handle: &impl AsyncFn(Record<'_>) -> Handled,
    handle_malformed: &impl AsyncFn(Malformed<'_>) -> Handled,
) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    let mut staying: HashMap<String, Again> = HashMap::new();
    for sqs in batch.records {
        let group = sqs.attributes.get("MessageGroupId").cloned().unwrap_or_default();
        let again = match staying.get(&group) {
            Some(again) => Some(follow(&sqs, *again)),
            None => Box::pin(read_and_handle(&sqs, context, deadline, handle, handle_malformed)).await,
        };
        if let Some(again) = again {
            come_back(&sqs, context, again).await;
            staying.insert(group, again);
            response.add_failure(sqs.message_id.unwrap_or_default());
        }
    }
    response
}

/// A record behind one of its group that stays.
fn follow(sqs: &SqsMessage, again: Again) -> Again {
    let (outcome, reason) = (Outcome::Waiting.word(), "an earlier record of its group stays");
    tracing::info!(message_id = sqs.message_id, outcome, reason, "{outcome} ({reason})");
    again
}

async fn read_and_handle(
    sqs: &SqsMessage,
    context: &BatchContext,
    deadline: Deadline,
    handle: &impl AsyncFn(Record<'_>) -> Handled,
    handle_malformed: &impl AsyncFn(Malformed<'_>) -> Handled,
) -> Option<Again> {
    let text = sqs.body.as_deref().unwrap_or_default();
    // boxed: the types of nested futures would otherwise outgrow the compiler's limit
    match Message::read(text) {
        Ok(message) => {
            let record = Record { message: &message, text, receive: receive_count(sqs), deadline };
            Box::pin(measured(record, context, handle)).await
        }
        Err(error) => Box::pin(unread(sqs, text, error, handle_malformed)).await,
    }
}

/// Handles a record and writes its log line.
async fn measured(
    record: Record<'_>,
    context: &BatchContext,
    handle: &impl AsyncFn(Record<'_>) -> Handled,
) -> Option<Again> {
    let (message, receive) = (record.message, record.receive);
    let start = context.clock.now();
    let aws_calls = context.calls.count();
    let vendor_calls = count(context.http.as_ref());
    let handled = Box::pin(handle(record)).await;
    let cost = Cost {
        age: context.clock.since(message.received),
        took: context.clock.since(start),
        aws_calls: context.calls.count() - aws_calls,
        vendor_calls: count(context.http.as_ref()) - vendor_calls,
    };
    telemetry::record(message, receive, &handled, cost);
    handled.again
}

async fn unread(
    sqs: &SqsMessage,
    text: &str,
    error: Unreadable,
    handle: &impl AsyncFn(Malformed<'_>) -> Handled,
) -> Option<Again> {
    let id = sqs.message_id.as_deref().unwrap_or_default();
    let handled = Box::pin(handle(Malformed { id, text, error })).await;
    telemetry::unread(id, &handled);
    handled.again
}

fn receive_count(sqs: &SqsMessage) -> u32 {
    sqs.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn count(http: Option<&Http>) -> u64 {
    http.map_or(0, Http::calls)
}

async fn come_back(sqs: &SqsMessage, context: &BatchContext, again: Again) {
    let (Some(queue), Some(handle), Again::In(delay)) = (&context.queue, &sqs.receipt_handle, again) else { return };
    if let Err(error) = queue.come_back(handle, delay).await {
        tracing::warn!(message_id = sqs.message_id, %error, "the record comes back after the queue's own timeout");
    }
}
