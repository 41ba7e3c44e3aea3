//! The receiver: an event of a position or an opening whose signature is right becomes a signal. HiBob takes 200 as
//! delivered and repeats everything else for three days, so an event that is not for us is accepted as well.
//!
//! HiBob pings a webhook before anybody can know its secret: a ping of a known connection is answered with 200, signed or
//! not, and nothing else follows from it.

use edge::connections::{Connections, LoadError};
use edge::http::{Answer, Flaw, Request};
use edge::{Clock, Queue, Rejections, Unusable, accept, authenticate};
use http::Method;
use vendors::hibob::webhook::{Delivery, Event, Unreadable, Verified, is_ping, verify};

use crate::connection::Settings;
use crate::signal;

/// Why nothing follows from an update.
pub(crate) const UNREAD: &str = "no field that the connection reads has changed";

const METHODS: &[Method] = &[Method::POST];

/// What an owner can do about an event that cannot be used.
pub const ADVICE: &[&str] = &[
    "Nothing, for the opening: the next sweep reads everything from HiBob.",
    "If it happens again, look which events the webhook sends in HiBob, Settings > Integrations > Automation > Webhooks.",
];

/// The receiver.
pub struct Receiver {
    /// The flow's connections.
    pub connections: Connections<Settings>,
    /// The pusher's queue.
    pub queue: Queue,
    /// Where events go that cannot be used.
    pub rejections: Rejections,
    /// The clock.
    pub clock: Clock,
}

/// A delivery whose signature is right.
struct Heard<'a> {
    verified: Verified<'a>,
    delivery: Result<Delivery, Unreadable>,
    /// Whether something has changed that the connection reads.
    is_of_interest: bool,
}

impl Receiver {
    /// Answers one request.
    pub async fn receive(&self, request: Request) -> Answer {
        if request.flaw(METHODS).is_none() && is_ping(request.body.bytes()) {
            return self.answer_ping(&request).await;
        }
        let heard = match self.heard(&request).await {
            Ok(heard) => heard,
            Err(answer) => return answer,
        };
        if let Some(flaw) = request.flaw(METHODS) {
            return self.reject(&request, &heard.verified, flaw).await;
        }
        match &heard.delivery {
            Ok(Delivery::Planning(event)) if heard.is_of_interest => self.queue(&request, &heard, event).await,
            Ok(Delivery::Planning(_)) => Answer::ignored(UNREAD),
            Ok(Delivery::Ping) => Answer::ignored("a ping"),
            Ok(Delivery::Other(_)) => Answer::ignored("ignored"),
            Err(error) => self.reject(&request, &heard.verified, Flaw::unreadable(error.to_string())).await,
        }
    }

    /// A mistyped address must not look as if it worked.
    async fn answer_ping(&self, request: &Request) -> Answer {
        match self.connections.get(&request.connection).await {
            Err(error) if matches!(*error, LoadError::Unknown) => {
                Answer::refused(http::StatusCode::NOT_FOUND, "no connection has this name")
            }
            _ => Answer::ignored("a ping"),
        }
    }

    async fn heard<'a>(&self, request: &'a Request) -> Result<Heard<'a>, Answer> {
        let Request { headers, body, .. } = request;
        let check = |settings: &Settings| {
            let verified = verify(headers, body.bytes(), &settings.webhook_secrets, self.clock.now());
            let verified = verified.map_err(|refused| refused.to_string())?;
            let delivery = verified.read();
            let is_of_interest = match &delivery {
                Ok(Delivery::Planning(event)) => settings.reads_what_changed(event),
                _ => true,
            };
            Ok(Heard { verified, delivery, is_of_interest })
        };
        authenticate(&self.connections, request, METHODS, check).await
    }

    async fn queue(&self, request: &Request, heard: &Heard<'_>, event: &Event) -> Answer {
        let message = signal::of_event(&request.connection, event, &heard.verified.digest(), self.clock.now());
        let Ok(message) = message else { return Answer::unavailable() };
        accept(&self.queue, message).await
    }

    async fn reject(&self, request: &Request, verified: &Verified<'_>, flaw: Flaw) -> Answer {
        let content = verified.content();
        let delivery = Unusable { connection: &request.connection, ids: verified.ids(), content: content.reveal() };
        let mut answer = self.rejections.store(delivery, flaw).await;
        // it is kept, and its owner is told: HiBob would hold back later events while it repeats this one
        if answer.status.is_client_error() {
            answer.status = http::StatusCode::OK;
        }
        answer
    }
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("queue", &self.queue).finish_non_exhaustive()
    }
}
