//! The receiver: an event of a contract, a candidate or an application becomes a signal. The path's last segment says who
//! delivers. Oneflow takes nothing but 200 as delivered, so an event that is not for us is answered with 200 as well.
//! Teamtailor delivers once and never again: the sweep heals what is lost.

use edge::connections::Connections;
use edge::http::{Answer, Flaw, Request};
use edge::{Clock, Queue, Rejections, Unusable, accept, authenticate};
use http::{Method, StatusCode};
use reconcile::Signal;

use crate::connection::Settings;
use crate::heard::{Heard, News, Sender, hear};
use crate::name::NAME;

const METHODS: &[Method] = &[Method::POST];

/// What an owner can do about an event that cannot be used.
pub const ADVICE: &[&str] = &[
    "Nothing, for contracts that are known: the next sweep reads them from Oneflow.",
    "If it happens again, look at the webhook's address in Oneflow (Marketplace > Webhooks) or Teamtailor (Settings > Integrations \
     > Webhooks): its last part says who delivers.",
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
        let Some(sender) = Sender::of(&request) else {
            return Answer::refused(StatusCode::NOT_FOUND, "the address ends in neither /oneflow nor /teamtailor");
        };
        let check = |settings: &Settings| hear(sender, &request, settings, self.clock.now());
        let heard = match authenticate(&self.connections, &request, METHODS, check).await {
            Ok(heard) => heard,
            Err(answer) => return answer,
        };
        if let Some(flaw) = request.flaw(METHODS) {
            return self.reject(&request, &heard, flaw).await;
        }
        match &heard.news {
            News::Signal(signal, identity) => self.queue(&request, signal, identity).await,
            News::Ignored(why) => Answer::ignored(*why),
            News::Unreadable(why) => {
                let answer = self.reject(&request, &heard, Flaw::unreadable(why.clone())).await;
                // it is stored, and would be no better the next time
                let is_stored = sender == Sender::Oneflow && answer.status.is_client_error();
                if is_stored {
                    Answer::ignored("it cannot be read; it is stored, and the owner is told")
                } else {
                    answer
                }
            }
        }
    }

    async fn queue(&self, request: &Request, signal: &Signal, identity: &[String]) -> Answer {
        let identity: Vec<&str> = identity.iter().map(String::as_str).collect();
        match signal.of_event(NAME, &request.connection, &identity, self.clock.now()) {
            Ok(message) => accept(&self.queue, message).await,
            Err(_) => Answer::unavailable(),
        }
    }

    async fn reject(&self, request: &Request, heard: &Heard, flaw: Flaw) -> Answer {
        let (ids, content) = (heard.ids.clone(), heard.content.reveal());
        self.rejections.store(Unusable { connection: &request.connection, ids, content }, flaw).await
    }
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("queue", &self.queue).finish_non_exhaustive()
    }
}
