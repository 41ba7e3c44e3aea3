//! A FIFO queue.

use std::fmt;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_lambda_events::event::sqs::SqsMessage;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{Message as Sent, MessageSystemAttributeName, QueueAttributeName};
use futures_util::future::try_join_all;
use ledger::Calls;

use crate::message::Message;

/// One queue. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

const WAITING: QueueAttributeName = QueueAttributeName::ApproximateNumberOfMessages;
const WORKED_ON: QueueAttributeName = QueueAttributeName::ApproximateNumberOfMessagesNotVisible;
const LATER: QueueAttributeName = QueueAttributeName::ApproximateNumberOfMessagesDelayed;

/// How much a queue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Messages that can be taken.
    pub waiting: u64,
    /// Messages that are being worked on, that rest before they are tried again, or that come later.
    pub worked_on: u64,
}

impl Depth {
    /// All messages.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.waiting + self.worked_on
    }
}

/// The queue did not do what was asked; the message is where it was. `Debug` leaves the SDK's raw answer out.
#[derive(thiserror::Error)]
#[error("the queue did not {operation} ({code})")]
pub struct QueueError {
    operation: &'static str,
    code: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Debug for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, code, .. } = self;
        f.debug_struct("QueueError").field("operation", operation).field("code", code).finish_non_exhaustive()
    }
}

#[cfg(test)]
impl QueueError {
    /// One for tests, whose source says `words`.
    pub(crate) fn planted(words: &str) -> Self {
        not_taken("no answer", words.into())
    }
}

impl Queue {
    /// The queue at `url`, whose requests are counted in `calls`.
    #[must_use]
    pub fn new(config: &SdkConfig, url: impl Into<String>, calls: Calls) -> Self {
        let config = aws_sdk_sqs::config::Builder::from(config).interceptor(calls).build();
        Self { client: Client::from_conf(config), url: url.into() }
    }

    /// How many messages it holds, about: SQS counts with a delay of up to a minute.
    ///
    /// # Errors
    /// Where the queue refuses or cannot be reached.
    pub async fn depth(&self) -> Result<Depth, QueueError> {
        let request = self.client.get_queue_attributes().queue_url(&self.url);
        let request = request.set_attribute_names(Some(vec![WAITING, WORKED_ON, LATER]));
        let answer = request.send().await.map_err(|error| failed("tell how much it holds", error))?;
        let attributes = answer.attributes.unwrap_or_default();
        let count = |name| attributes.get(&name).and_then(|count| count.parse().ok()).unwrap_or_default();
        Ok(Depth { waiting: count(WAITING), worked_on: count(WORKED_ON) + count(LATER) })
    }

    /// Puts a message in. When this returns, the queue has it.
    ///
    /// # Errors
    /// Where the queue refuses or cannot be reached.
    pub async fn send(&self, message: &Message) -> Result<(), QueueError> {
        let request = self.client.send_message().queue_url(&self.url).message_body(body(message)?);
        let request = request.message_group_id(message.group()).message_deduplication_id(message.deduplication());
        request.send().await.map(|_| ()).map_err(|error| failed("take the message", error))
    }

    /// Puts many messages in, ten side by side; neighbours of one group come out in their order. When this returns, the queue
    /// has them all; repeated ones it recognises for five minutes.
    ///
    /// # Errors
    /// Where the queue refuses one of them or cannot be reached; others may be in.
    pub async fn send_all(&self, messages: &[Message]) -> Result<(), QueueError> {
        for ten in messages.chunks(10) {
            let groups = ten.chunk_by(|one, next| one.group() == next.group());
            try_join_all(groups.map(|group| self.send_in_order(group))).await?;
        }
        Ok(())
    }

    async fn send_in_order(&self, group: &[Message]) -> Result<(), QueueError> {
        for message in group {
            self.send(message).await?;
        }
        Ok(())
    }

    /// Takes up to ten messages, as Lambda would hand them over.
    ///
    /// # Errors
    /// Where the queue refuses or cannot be reached.
    pub(crate) async fn receive(&self) -> Result<Vec<SqsMessage>, QueueError> {
        let request = self.client.receive_message().queue_url(&self.url).max_number_of_messages(10);
        let request = request.message_system_attribute_names(MessageSystemAttributeName::All);
        // a request that waits asks all of the queue's servers, another one only some
        let request = request.wait_time_seconds(1);
        let answer = request.send().await.map_err(|error| failed("hand out messages", error))?;
        Ok(answer.messages.unwrap_or_default().into_iter().map(as_lambda_hands_over).collect())
    }

    /// Takes a received message out.
    ///
    /// # Errors
    /// Where the queue refuses; then the message comes back after the queue's own visibility timeout.
    pub(crate) async fn delete(&self, receipt_handle: &str) -> Result<(), QueueError> {
        let request = self.client.delete_message().queue_url(&self.url).receipt_handle(receipt_handle);
        request.send().await.map(|_| ()).map_err(|error| failed("delete a message", error))
    }

    /// Lets a received message come back after `delay`, rounded up to whole seconds.
    ///
    /// # Errors
    /// Where the queue refuses; then the message comes back after the queue's own visibility timeout.
    pub(crate) async fn come_back(&self, receipt_handle: &str, delay: Duration) -> Result<(), QueueError> {
        let request = self.client.change_message_visibility().queue_url(&self.url).receipt_handle(receipt_handle);
        let request = request.visibility_timeout(whole_seconds(delay));
        request.send().await.map(|_| ()).map_err(|error| failed("change the visibility", error))
    }
}

fn failed<E>(operation: &'static str, error: E) -> QueueError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    QueueError { operation, code: error.code().unwrap_or("no answer").to_owned(), source: error.into() }
}

fn not_taken(code: &str, source: Box<dyn std::error::Error + Send + Sync>) -> QueueError {
    QueueError { operation: "take the message", code: code.to_owned(), source }
}

fn as_lambda_hands_over(sent: Sent) -> SqsMessage {
    let attributes = sent.attributes.unwrap_or_default();
    let mut message = SqsMessage::default();
    message.message_id = sent.message_id;
    message.receipt_handle = sent.receipt_handle;
    message.body = sent.body;
    message.attributes = attributes.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect();
    message
}

fn body(message: &Message) -> Result<String, QueueError> {
    let json = serde_json::to_string(message).map_err(|error| not_taken("not JSON", error.into()))?;
    Ok(sendable(json))
}

/// SQS refuses the two noncharacters of the basic plane, which JSON allows. They can only stand inside strings there, so
/// their escapes mean the same.
fn sendable(json: String) -> String {
    if json.contains(['\u{fffe}', '\u{ffff}']) {
        return json.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
    }
    json
}

/// SQS counts in whole seconds, twelve hours at most.
pub(crate) fn whole_seconds(delay: Duration) -> i32 {
    const MOST: u64 = 12 * 60 * 60;
    let up = delay.as_secs().saturating_add(u64::from(delay.subsec_nanos() > 0));
    i32::try_from(up.min(MOST)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noncharacters_are_escaped_and_mean_the_same() {
        let json = "{\"a\": \"\u{fffe}b\u{ffff}\"}".to_owned();
        let sendable = sendable(json.clone());
        assert_eq!(sendable, r#"{"a": "\ufffeb\uffff"}"#);
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&sendable), value(&json));
    }

    #[test]
    fn delays_are_whole_seconds_rounded_up() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::ZERO), 0);
        assert_eq!(whole_seconds(Duration::MAX), 43_200);
    }
}
