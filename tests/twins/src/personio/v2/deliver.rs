//! Delivers events the way Personio does: three seconds of patience, any 2xx is a success, redirects are not followed, timeouts and
//! 5xx except 501 are tried again, 4xx and 501 never.
//!
//! Personio takes up to three days for at most 14 requests; the twin tries again at once, and twice. That a connection that cannot be
//! made or breaks is treated like a timeout is assumed.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::outbox::Modes;
use crate::personio::Twin;
use crate::{locked, post, target};

use super::events::Letter;

const PATIENCE: Duration = Duration::from_secs(3);
/// Further tries, where another try is due.
const RETRIES: u32 = 2;

/// One request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The letter's number; the same in every try.
    pub number: u64,
    /// The webhook.
    pub hook: Uuid,
    /// The event's name.
    pub event: String,
    /// The event's time.
    pub occurred_at: Timestamp,
    /// The target without secrets.
    pub url: String,
    /// The body as it was sent.
    pub body: String,
    /// The status answered; none where no answer came in time.
    pub status: Option<u16>,
    /// When it was sent, on the twin's clock.
    pub at: Timestamp,
}

impl Delivery {
    /// Whether it was taken.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    fn is_due_again(&self) -> bool {
        self.status.is_none_or(|status| status >= 500 && status != 501)
    }
}

impl Twin {
    /// Delivers the letters as the modes say, or keeps or drops them.
    pub(super) async fn deliver(&self, client_id: &str, letters: Vec<Letter>, modes: &Modes) {
        if modes.lost || letters.is_empty() {
            return;
        }
        if modes.hold {
            if let Some(books) = locked(&self.tenants.0).get_mut(client_id) {
                books.held.extend(letters);
            }
            return;
        }
        self.send(client_id, &letters, modes).await;
    }

    /// Sends the letters, each as often as the modes say.
    pub(super) async fn send(&self, client_id: &str, letters: &[Letter], modes: &Modes) {
        for letter in letters {
            for _ in 0..modes.deliveries.max(1) {
                self.try_often(client_id, letter).await;
            }
        }
    }

    async fn try_often(&self, client_id: &str, letter: &Letter) {
        for _ in 0..=RETRIES {
            let at = self.desk.clock().now();
            let delivery = delivered(letter, attempt(letter).await, at);
            let again = delivery.is_due_again();
            if let Some(books) = locked(&self.tenants.0).get_mut(client_id) {
                books.deliveries.push(delivery);
            }
            if !again {
                return;
            }
        }
    }
}

fn delivered(letter: &Letter, status: Option<u16>, at: Timestamp) -> Delivery {
    Delivery {
        number: letter.number,
        hook: letter.hook,
        event: letter.event.clone(),
        occurred_at: letter.occurred_at,
        url: target::masked(&letter.url),
        body: letter.body.clone(),
        status,
        at,
    }
}

/// A webhook's headers were checked when it was registered.
async fn attempt(letter: &Letter) -> Option<u16> {
    post::send(&letter.url, &letter.headers, &letter.body, PATIENCE).await
}
