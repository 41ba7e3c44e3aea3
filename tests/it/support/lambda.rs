//! What Lambda does between a queue and a function: hands records over, deletes the settled ones, lets the others come
//! back (here: at once).

use std::cell::RefCell;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_sqs::types::MessageSystemAttributeName;
use edge::batch::{self, Again, Batch, BatchContext, Handled, Record};
use edge::{Deadline, Queue};
use ledger::Calls;
use serde_json::{Value, json};

use super::cloud::Cloud;
use super::time::Hands;

/// A queued record as SQS hands it out.
pub(crate) type Sqs = Value;

/// A queue with a function behind it. Made once: each AWS client reads the system's root certificates.
pub(crate) struct Source {
    lambda: aws_sdk_sqs::Client,
    url: String,
    context: BatchContext,
}

impl Source {
    /// `function`: how the function itself reaches AWS.
    pub(crate) fn new(cloud: &Cloud, function: &SdkConfig, hands: &Hands, url: &str) -> Self {
        let queue = Queue::new(function, url, Calls::default());
        let context = BatchContext { queue: Some(queue), clock: hands.clock(), calls: Calls::default(), http: None };
        Self { lambda: aws_sdk_sqs::Client::new(&cloud.config), url: url.to_owned(), context }
    }

    /// Takes up to ten records out of the queue.
    pub(crate) async fn take(&self) -> Vec<Sqs> {
        self.take_up_to(10).await
    }

    /// Everything in the queue is dropped.
    pub(crate) async fn purge(&self) {
        self.lambda.purge_queue().queue_url(&self.url).send().await.unwrap();
    }

    /// Takes up to so many records out of the queue.
    pub(crate) async fn take_up_to(&self, most: i32) -> Vec<Sqs> {
        let request = self.lambda.receive_message().queue_url(&self.url).max_number_of_messages(most);
        let request = request.message_system_attribute_names(MessageSystemAttributeName::All);
        let messages = request.send().await.unwrap().messages.unwrap_or_default();
        messages
            .into_iter()
            .map(|message| {
                let attributes = message.attributes.unwrap_or_default();
                let attributes: serde_json::Map<_, _> =
                    attributes.into_iter().map(|(name, value)| (name.as_str().to_owned(), json!(value))).collect();
                json!({"messageId": message.message_id, "receiptHandle": message.receipt_handle, "body": message.body,
                    "attributes": attributes, "messageAttributes": {}, "eventSource": "aws:sqs"})
            })
            .collect()
    }

    /// One invocation with so much time left, then what Lambda does. How each record ended, in order.
    pub(crate) async fn run(
        &self,
        records: &[Sqs],
        left: Duration,
        handle: &impl AsyncFn(Record<'_>) -> Handled,
    ) -> Vec<Handled> {
        let ends = RefCell::new(Vec::new());
        let noting = async |record: Record<'_>| {
            let ended = handle(record).await;
            ends.borrow_mut().push(ended.clone());
            ended
        };
        let deadline = Deadline(self.context.clock.now() + left);
        let batch: Batch = serde_json::from_value(json!({"Records": records})).unwrap();
        let response = batch::run(batch, &self.context, deadline, &noting, &batch::stays).await;
        let failed: Vec<&str> = response.batch_item_failures.iter().map(|item| item.item_identifier.as_str()).collect();
        self.afterwards(records, &failed).await;
        ends.into_inner()
    }

    async fn afterwards(&self, records: &[Sqs], failed: &[&str]) {
        for record in records {
            // a record that a test hands out again by itself is not in the queue
            let Some(handle) = record["receiptHandle"].as_str() else { continue };
            if failed.contains(&record["messageId"].as_str().unwrap()) {
                let back = self.lambda.change_message_visibility().queue_url(&self.url).receipt_handle(handle);
                back.visibility_timeout(0).send().await.unwrap();
            } else {
                // a record that a test hands in twice is gone already
                self.lambda.delete_message().queue_url(&self.url).receipt_handle(handle).send().await.ok();
            }
        }
    }
}

/// How long a record rests, where it did not end.
pub(crate) fn rest(ended: &Handled) -> Option<Duration> {
    match ended.again {
        Some(Again::In(rest)) => Some(rest),
        Some(Again::AsTheQueueSays) => Some(Duration::from_secs(360)),
        None => None,
    }
}
