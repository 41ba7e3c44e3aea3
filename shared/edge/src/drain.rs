//! Reads queues that are nearly always empty, from a function that a schedule wakes. Lambda's own pollers would ask each of
//! them fifteen times a minute, and every request is billed.
//!
//! What is handled leaves its queue, as with a batch. What stays comes back after the queue's visibility timeout, to a
//! later run.

use std::time::Duration;

use aws_lambda_events::event::sqs::SqsMessage;
use futures_util::future::join_all;

use crate::batch::{self, Batch, BatchContext};
use crate::clock::Deadline;
use crate::handled::Handled;
use crate::queue::{Queue, QueueError};
use crate::record::{Malformed, Record};

/// What a batch may need where AWS is slow; with less time left, what is in the queues is left to the next run.
const BATCH: Duration = Duration::from_secs(60);

/// Handles what the queues hold, all queues side by side, until they are empty or the time is up. How many records were
/// tried and stay. A queue that fails keeps no other from being read.
///
/// # Errors
/// Where a queue refuses or cannot be reached. A record that was handled and not deleted is handed out again.
pub async fn drain(
    queues: &[Queue],
    context: &BatchContext,
    deadline: Deadline,
    handle: impl AsyncFn(Record<'_>) -> Handled,
    handle_malformed: impl AsyncFn(Malformed<'_>) -> Handled,
) -> Result<usize, QueueError> {
    let (handle, handle_malformed) = (&handle, &handle_malformed);
    let each = queues.iter().map(async |queue| {
        let mut staying = 0;
        while deadline.leaves(BATCH, &context.clock) {
            let messages = queue.receive().await?;
            if messages.is_empty() {
                break;
            }
            let batch = batch_of(messages.clone());
            let stay = Box::pin(batch::run(batch, context, deadline, handle, handle_malformed)).await;
            let stay: Vec<_> = stay.batch_item_failures.into_iter().map(|item| item.item_identifier).collect();
            delete_others(queue, &messages, &stay).await?;
            staying += stay.len();
        }
        Ok(staying)
    });
    join_all(each).await.into_iter().sum()
}

fn batch_of(messages: Vec<SqsMessage>) -> Batch {
    let mut batch = Batch::default();
    batch.records = messages;
    batch
}

async fn delete_others(queue: &Queue, messages: &[SqsMessage], stay: &[String]) -> Result<(), QueueError> {
    let leaves = |message: &&SqsMessage| message.message_id.as_ref().is_none_or(|id| !stay.contains(id));
    for handle in messages.iter().filter(leaves).filter_map(|message| message.receipt_handle.as_deref()) {
        queue.delete(handle).await?;
    }
    Ok(())
}
