//! Accepting a delivery: the vendor is answered once the queue has what follows from it.

use crate::http::Answer;
use crate::message::Message;
use crate::queue::Queue;

/// Queues the message. The answer is 200 when the queue has it, else 503: the vendor may come again.
pub async fn accept(queue: &Queue, message: Message) -> Answer {
    match queue.send(&message).await {
        Ok(()) => Answer::queued(message.event),
        Err(error) => {
            tracing::error!(connection = message.connection, event = message.event, %error, "not queued");
            Answer::unavailable()
        }
    }
}
