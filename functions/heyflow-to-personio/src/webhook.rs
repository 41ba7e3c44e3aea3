//! The receiver: a delivery whose sender knows the secret is queued as it is, and answered with exactly 200.
//!
//! Heyflow is not known to repeat a delivery, so an answer other than 200 may lose the response for us (Heyflow's
//! owner still has it and is told). So what cannot be used is stored as a failure before it is answered with 4xx.

use edge::connections::Connections;
use edge::http::{Answer, Flaw, LARGEST_BODY, Request};
use edge::{Clock, Message, Queue, Rejections, Unusable, accept, authenticate, event_id};
use http::Method;
use serde_json::value::RawValue;
use vendors::heyflow::model::Submission;
use vendors::heyflow::webhook::{Delivery, Expected, Presented, Verified, verify};

use crate::connection::WebhookSettings;
use crate::name::NAME;

/// The answer to a test whose flow the connection does not list.
const UNLISTED: &str = "a test of a flow that `heyflow.flows` does not list: its responses would be rejected";

const METHODS: &[Method] = &[Method::POST, Method::PUT];

/// What an owner can do about a delivery that cannot be used.
pub const ADVICE: &[&str] = &[
    "Look the response up in Heyflow, by its ids where they are named above, and add the application by hand.",
    "In Heyflow > flow > Integrate > Hooks, let the hook send with the method POST.",
];

/// The receiver.
pub struct Receiver {
    /// The flow's connections.
    pub connections: Connections<WebhookSettings>,
    /// The pusher's queue.
    pub queue: Queue,
    /// Where deliveries go that cannot be used.
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
        match verified.read() {
            Ok(Delivery::Test(flow)) => Answer::ignored(self.tested(&request.connection, &flow).await),
            // what is escaped grows, and what is queued must fit into a failure's record as well
            Ok(Delivery::Response(_, json)) if json.reveal().get().len() > LARGEST_BODY => {
                self.reject(&request, &verified, Flaw::too_large(json.reveal().get().len())).await
            }
            Ok(Delivery::Response(response, json)) => self.enqueue(&request, &response, json.reveal().clone()).await,
            Err(error) => self.reject(&request, &verified, Flaw::unreadable(error.to_string())).await,
        }
    }

    async fn verified<'a>(&self, request: &'a Request) -> Result<Verified<'a>, Answer> {
        let Request { headers, query, segment, body, .. } = request;
        let presented = Presented { headers, query, segment: segment.as_deref(), body: body.bytes() };
        let check = |settings: &WebhookSettings| {
            let expected = Expected {
                header: &settings.secret_header,
                parameter: &settings.secret_parameter,
                secrets: &settings.webhook_secrets,
            };
            verify(presented, expected, self.clock.now()).map_err(|refused| refused.to_string())
        };
        authenticate(&self.connections, request, METHODS, check).await
    }

    /// What is said of a test: whether responses of its flow would be taken.
    async fn tested(&self, connection: &str, flow: &str) -> &'static str {
        match self.connections.get(connection).await {
            Ok(loaded) if !loaded.settings.flows.iter().any(|listed| listed == flow) => UNLISTED,
            _ => "test",
        }
    }

    async fn enqueue(&self, request: &Request, response: &Submission, body: Box<RawValue>) -> Answer {
        let event = event_id(&[&response.flow_id, &response.response_id]);
        let message = Message::new(NAME, &request.connection, event, self.clock.now(), body)
            .with_id("flow", &response.flow_id)
            .with_id("response", &response.response_id);
        accept(&self.queue, message).await
    }

    async fn reject(&self, request: &Request, verified: &Verified<'_>, flaw: Flaw) -> Answer {
        let content = verified.content();
        let (connection, ids) = (request.connection.as_str(), verified.ids());
        let delivery = Unusable { connection, ids, content: content.reveal() };
        self.rejections.store(delivery, flaw).await
    }
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("queue", &self.queue).finish_non_exhaustive()
    }
}
