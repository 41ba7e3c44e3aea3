//! The receiver: an event of a person, an employment or an absence whose sender knows the secret becomes a signal.
//! Personio takes any 2xx within 3 s as delivered, repeats after 5xx and a timeout, and never after a 4xx; so an event
//! that is not for us is accepted as well, and one that cannot be used is stored as a failure before it is answered
//! with 4xx.

use edge::connections::Connections;
use edge::http::{Answer, Flaw, Request};
use edge::{Clock, Message, Queue, Rejections, Unusable, accept, authenticate};
use http::Method;
use vendors::personio::people_webhook::{self, NamelessEvent, PeopleDelivery};
use vendors::personio::webhook::{Expected, Verified, verify};

use crate::connection::Settings;
use crate::signal;

const METHODS: &[Method] = &[Method::POST];

/// What an owner can do about an event that cannot be used.
pub const ADVICE: &[&str] = &[
    "Nothing, for the person: the next sweep reads everybody from Personio.",
    "If it happens again, compare Personio's webhook with what is registered: `hrsync webhooks list` shows both.",
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

impl Receiver {
    /// Answers one request.
    pub async fn receive(&self, request: Request) -> Answer {
        let verified = match self.verified(&request).await {
            Ok(verified) => verified,
            Err(answer) => return answer,
        };
        if let Some(flaw) = request.flaw(METHODS) {
            return self.reject(&request, &verified, flaw).await;
        }
        let (connection, now) = (request.connection.as_str(), self.clock.now());
        match people_webhook::read(&verified) {
            Ok(PeopleDelivery::Person(event)) => self.queue(signal::of_person(connection, &event, now)).await,
            Ok(PeopleDelivery::Absence(event)) => self.queue(signal::of_absence(connection, &event, now)).await,
            Ok(PeopleDelivery::NoPerson(event)) => names_nobody(&event),
            Ok(PeopleDelivery::Other(_)) => Answer::ignored("ignored"),
            Err(error) => self.reject(&request, &verified, Flaw::unreadable(error.to_string())).await,
        }
    }

    async fn verified<'a>(&self, request: &'a Request) -> Result<Verified<'a>, Answer> {
        let Request { headers, body, .. } = request;
        let check = |settings: &Settings| {
            let expected = Expected { headers: &settings.webhook_headers, secrets: &settings.webhook_secrets };
            verify(headers, body.bytes(), expected, self.clock.now()).map_err(|refused| refused.to_string())
        };
        authenticate(&self.connections, request, METHODS, check).await
    }

    async fn queue(&self, message: Result<Message, serde_json::Error>) -> Answer {
        let Ok(message) = message else { return Answer::unavailable() };
        accept(&self.queue, message).await
    }

    async fn reject(&self, request: &Request, verified: &Verified<'_>, flaw: Flaw) -> Answer {
        let content = verified.content();
        let (connection, ids) = (request.connection.as_str(), people_webhook::ids(verified));
        let delivery = Unusable { connection, ids, content: content.reveal() };
        self.rejections.store(delivery, flaw).await
    }
}

/// Who is meant nobody can say, and an employment cannot be looked up by its own id: the next sweep finds what has
/// changed. The log line counts the delivery as ignored, with this reason.
fn names_nobody(event: &NamelessEvent) -> Answer {
    Answer::ignored(format!("`{}` names no person", event.name))
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("queue", &self.queue).finish_non_exhaustive()
    }
}
