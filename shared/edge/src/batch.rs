//! A batch of queued records: one after the other, each with its own outcome.
//!
//! The function's answer names the records that stay, and SQS deletes the others. A FIFO queue keeps the order within a
//! group only if, after one record of a group stays, the batch's later records of that group stay as well: they do,
//! untouched, and come back with the first. No record but the first is begun with less time left than it may need: it
//! comes back at once, to another invocation.

use std::collections::HashMap;
use std::time::Duration;

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

/// What a record may need of time where vendors are slow: some calls, and one more for what it has come to be written down.
const NEEDED: Duration = Duration::from_secs(4 * 10);

/// What a batch needs beside its handlers.
#[derive(Debug, Clone)]
pub struct BatchContext {
    /// The queue the records come from, to let them come back in time. `None`: one of several queues, whose own timeouts rule.
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
    let mut slowest = None;
    for sqs in batch.records {
        let group = sqs.attributes.get("MessageGroupId").cloned().unwrap_or_default();
        let again = match staying.get(&group) {
            Some(again) => Some(follow(&sqs, *again)),
            None if !deadline.leaves(needed(slowest), &context.clock) => Some(put_off(&sqs)),
            None => {
                let start = context.clock.now();
                let again = Box::pin(read_and_handle(&sqs, context, deadline, handle, handle_malformed)).await;
                slowest = slowest.max(Some(context.clock.since(start)));
                again
            }
        };
        if let Some(again) = again {
            come_back(&sqs, context, again).await;
            staying.insert(group, again);
            response.add_failure(sqs.message_id.unwrap_or_default());
        }
    }
    response
}

/// The time that a record may need, from how long the slowest of its batch has taken. The first is always begun.
fn needed(slowest: Option<Duration>) -> Duration {
    slowest.map_or(Duration::ZERO, |slowest| slowest.saturating_mul(2).max(NEEDED))
}

/// A record that is not begun, for want of time.
fn put_off(sqs: &SqsMessage) -> Again {
    let (outcome, reason) = (Outcome::Waiting.word(), "too little time is left");
    tracing::info!(message_id = sqs.message_id, outcome, reason, "{outcome} ({reason})");
    Again::In(Duration::ZERO)
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Handles six records, each of a group of its own, of which every one takes so long. The ids of those that stay.
    async fn staying(each: u64, time: u64) -> Vec<String> {
        let seconds = Arc::new(AtomicU64::new(0));
        let at = |seconds| Timestamp::UNIX_EPOCH + Duration::from_secs(seconds);
        let shown = Arc::clone(&seconds);
        let clock = Clock::new(move || at(shown.load(Ordering::Relaxed)));
        let context = BatchContext { queue: None, clock, calls: Calls::default(), http: None };
        let record = |id: u32| {
            let attributes = serde_json::json!({"MessageGroupId": id.to_string()});
            serde_json::json!({"messageId": id.to_string(), "body": "", "attributes": attributes, "messageAttributes": {}})
        };
        let records: Vec<_> = (1..=6).map(record).collect();
        let batch = serde_json::from_value(serde_json::json!({ "Records": records })).unwrap();
        let handle_malformed = async |_: Malformed<'_>| {
            seconds.fetch_add(each, Ordering::Relaxed);
            Handled::done("")
        };
        let handle = async |_: Record<'_>| Handled::done("");
        let response = run(batch, &context, Deadline(at(time)), &handle, &handle_malformed).await;
        response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }

    #[tokio::test]
    async fn no_record_is_begun_with_less_time_left_than_it_may_need() {
        assert_eq!(staying(1, 60).await, [""; 0]);
        assert_eq!(staying(9, 60).await, ["4", "5", "6"], "27 s are gone, 33 s are too little");
        assert_eq!(staying(36, 60).await, ["2", "3", "4", "5", "6"]);
        assert_eq!(staying(36, 200).await, ["5", "6"], "twice what the slowest took");
        assert_eq!(staying(9, 20).await, ["2", "3", "4", "5", "6"], "the first is begun, however short the time is");
    }
}
