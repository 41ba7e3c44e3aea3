//! What a receiver does with a delivery that it cannot use although its sender has shown the secret: it is stored as a
//! failure before it is answered, and its owner is mailed. A vendor that takes a 4xx as final has then lost nothing.

use std::fmt;

use ledger::{Cause, Failure, Hidden, Id, Ledger};

use crate::clock::Clock;
use crate::http::{Answer, Flaw};
use crate::message::{Message, event_id};
use crate::notify::notify;
use crate::queue::Queue;

/// Where a flow's rejected deliveries go.
#[derive(Debug, Clone)]
pub struct Rejections {
    /// The flow.
    pub flow: &'static str,
    /// What an owner can do about a delivery that cannot be used, one line each.
    pub advice: &'static [&'static str],
    /// Where failures are kept.
    pub ledger: Ledger,
    /// The queue of `failures-push`.
    pub failures: Queue,
    /// The clock.
    pub clock: Clock,
}

/// A delivery that cannot be used. `Debug` shows its connection only.
pub struct Unusable<'a> {
    /// The connection it came in by.
    pub connection: &'a str,
    /// The vendors' ids that can be read in it, each by its name.
    pub ids: Vec<(&'static str, String)>,
    /// What arrived. Personal data.
    pub content: &'a str,
}

impl Rejections {
    /// Stores the delivery and notifies; the answer says what was wrong. The same delivery is one failure however often it
    /// comes. Where it cannot be stored, the answer is 503: the vendor may come again.
    pub async fn store(&self, delivery: Unusable<'_>, flaw: Flaw) -> Answer {
        let connection = delivery.connection;
        let failure = self.failure(&delivery, &flaw);
        if let Err(error) = self.ledger.store_failure(&failure).await {
            tracing::error!(connection, %error, why = flaw.why, "a delivery that cannot be used was not stored");
            return Answer::unavailable();
        }
        notify(&self.failures, &failure, failure.failed).await;
        let object = failure.ids.iter().map(|id| format!("{}={}", id.name, id.value)).collect::<Vec<_>>().join(" ");
        Answer::rejected(flaw, failure.id, object)
    }

    fn failure(&self, delivery: &Unusable<'_>, flaw: &Flaw) -> Failure {
        let Unusable { connection, ids, content } = delivery;
        Failure {
            id: format!("{}-unread", event_id(&[self.flow, flaw.status.as_str(), content])),
            connection: (*connection).to_owned(),
            flow: self.flow.to_owned(),
            cause: Cause::Unreadable,
            key: None,
            code: Some(flaw.status.as_str().to_owned()),
            thread: None,
            ids: ids.iter().map(|(name, value)| Message::id(name, value)).collect::<Vec<Id>>(),
            reasons: vec![flaw.why.clone()],
            advice: self.advice.iter().map(|line| (*line).to_owned()).collect(),
            message: Some(Hidden::new((*content).to_owned())),
            failed: self.clock.now(),
            mailed: None,
        }
    }
}

impl fmt::Debug for Unusable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unusable").field("connection", &self.connection).finish_non_exhaustive()
    }
}
