//! The receiver: a delivery whose sender knows the secret is queued as it is, and answered with exactly 200.
//!
//! Heyflow is not known to repeat a delivery, so an answer other than 200 may lose the response for us (Heyflow's
//! owner still has it and is told). Only a delivery that can never be used is answered with 4xx.

use edge::connections::Connections;
use edge::http::{Answer, Request};
use edge::{Clock, Message, Queue, authenticate, event_id};
use http::{Method, StatusCode};
use vendors::heyflow::model::Submission;
use vendors::heyflow::webhook::{Delivery, Expected, Presented, Verified, verify};

use crate::connection::WebhookSettings;

/// The receiver.
pub struct Receiver {
    /// The flow's connections.
    pub connections: Connections<WebhookSettings>,
    /// The pusher's queue.
    pub queue: Queue,
    /// The clock.
    pub clock: Clock,
}

impl Receiver {
    /// Answers one request.
    pub async fn receive(&self, request: Request) -> Answer {
        if ![Method::POST, Method::PUT].contains(&request.method) {
            return Answer::refused(StatusCode::METHOD_NOT_ALLOWED, "only POST and PUT are taken here");
        }
        let verified = match self.verified(&request).await {
            Ok(verified) => verified,
            Err(answer) => return answer,
        };
        match verified.read() {
            Ok(Delivery::Test) => Answer::ignored("test"),
            Ok(Delivery::Response(response)) => self.enqueue(&request, &response).await,
            Err(error) => Answer::refused(StatusCode::BAD_REQUEST, error.to_string()),
        }
    }

    async fn verified<'a>(&self, request: &'a Request) -> Result<Verified<'a>, Answer> {
        let Request { headers, query, segment, body, .. } = request;
        let presented = Presented { headers, query, segment: segment.as_deref(), body };
        let check = |settings: &WebhookSettings| {
            let expected = Expected {
                header: &settings.secret_header,
                parameter: &settings.secret_parameter,
                secrets: &settings.webhook_secrets,
            };
            verify(presented, expected, self.clock.now()).map_err(|refused| refused.to_string())
        };
        authenticate(&self.connections, request, check).await
    }

    async fn enqueue(&self, request: &Request, response: &Submission) -> Answer {
        let Ok(body) = serde_json::from_slice(&request.body) else {
            return Answer::refused(StatusCode::BAD_REQUEST, "the body is not JSON");
        };
        let event = event_id(&[&response.flow_id, &response.response_id]);
        let message = Message::new(crate::name::NAME, &request.connection, event, self.clock.now(), body)
            .with_id("flow", &response.flow_id)
            .with_id("response", &response.response_id);
        match self.queue.send(&message).await {
            Ok(()) => Answer::queued(message.event),
            Err(error) => {
                tracing::error!(connection = request.connection, event = message.event, %error, "not queued");
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
