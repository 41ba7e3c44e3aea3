//! The receiver: an absence event whose sender knows the secret becomes a signal. Personio takes any 2xx within 3 s as
//! delivered, repeats after 5xx and a timeout, and never after a 4xx; so an event that is not for us is accepted as well.

use edge::connections::Connections;
use edge::http::{Answer, Request};
use edge::{Clock, Queue, authenticate};
use http::{Method, StatusCode};
use vendors::personio::webhook::{AbsenceEvent, Delivery, Expected, verify};

use crate::connection::Settings;
use crate::signal;

/// The receiver.
pub struct Receiver {
    /// The flow's connections.
    pub connections: Connections<Settings>,
    /// The pusher's queue.
    pub queue: Queue,
    /// The clock.
    pub clock: Clock,
}

impl Receiver {
    /// Answers one request.
    pub async fn receive(&self, request: Request) -> Answer {
        if request.method != Method::POST {
            return Answer::refused(StatusCode::METHOD_NOT_ALLOWED, "only POST is taken here");
        }
        let check = |settings: &Settings| {
            let expected = Expected { headers: &settings.webhook_headers, secrets: &settings.webhook_secrets };
            verify(&request.headers, &request.body, expected, self.clock.now()).map_err(|refused| refused.to_string())
        };
        let verified = match authenticate(&self.connections, &request, check).await {
            Ok(verified) => verified,
            Err(answer) => return answer,
        };
        match verified.read() {
            Ok(Delivery::Absence(event)) => self.queue(&request.connection, &event).await,
            Ok(Delivery::Other(_)) => Answer::ignored("ignored"),
            Err(error) => Answer::refused(StatusCode::BAD_REQUEST, error.to_string()),
        }
    }

    async fn queue(&self, connection: &str, event: &AbsenceEvent) -> Answer {
        let Ok(message) = signal::of_event(connection, event, self.clock.now()) else { return Answer::unavailable() };
        match self.queue.send(&message).await {
            Ok(()) => Answer::queued(message.event),
            Err(error) => {
                tracing::error!(connection, event = message.event, %error, "not queued");
                Answer::unavailable()
            }
        }
    }
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("queue", &self.queue).finish_non_exhaustive()
    }
}
