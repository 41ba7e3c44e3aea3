//! Delivers events the way Personio does: three seconds of patience, any 2xx is a success, redirects are not followed, timeouts and
//! 5xx except 501 are tried again, 4xx and 501 never.
//!
//! Personio takes up to three days for at most 14 requests; the twin tries again at once, and twice. That a connection that cannot be
//! made or breaks is treated like a timeout is assumed.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, redirect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::locked;
use crate::personio::Twin;

use super::events::Letter;
use super::hook::masked;

const PATIENCE: Duration = Duration::from_secs(3);
/// Further tries, where another try is due.
const RETRIES: u32 = 2;

/// How webhooks are delivered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modes {
    /// Every event is delivered so many times, one after the other.
    pub deliveries: u32,
    /// Letters are kept until they are released, in whatever order.
    pub hold: bool,
    /// Nothing is delivered. The log of events knows what happened.
    pub lost: bool,
}

impl Default for Modes {
    fn default() -> Self {
        Self { deliveries: 1, hold: false, lost: false }
    }
}

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
        url: masked(&letter.url),
        body: letter.body.clone(),
        status,
        at,
    }
}

/// The status answered.
async fn attempt(letter: &Letter) -> Option<u16> {
    let request = client().ok()?.post(&letter.url).headers(headers(letter)).body(letter.body.clone());
    Some(request.send().await.ok()?.status().as_u16())
}

/// A webhook's headers were checked when it was registered.
fn headers(letter: &Letter) -> HeaderMap {
    let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let own =
        letter.headers.iter().filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?)));
    own.chain([json]).collect()
}

/// A client per delivery: a pooled connection could be stale, and then the sender's fault would look like the receiver's.
fn client() -> reqwest::Result<Client> {
    let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).timeout(PATIENCE);
    // receivers are on this machine: reading the root certificates of the system would take longer than a delivery
    client.tls_certs_only([]).build()
}
