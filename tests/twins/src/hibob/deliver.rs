//! Delivers letters the way HiBob does: signed, in their order, tried again until exactly 200 is answered.
//!
//! Three days of attempts and exponential backoff are documented. Its steps are not: the twin waits a minute after the first refusal, then twice
//! as long each time, on its own clock, and looks for what is due at every act and at `resume`.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, RequestBuilder, redirect};
use serde::Serialize;
use sha2::Sha512;

use crate::locked;

use super::event::Letter;
use super::quirks::PingForm;
use super::twin::Twin;

const PATIENCE: Duration = Duration::from_secs(10);
const JSON: &str = "application/json";

/// One request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The letter's number; the same in every try.
    pub number: u64,
    /// The webhook.
    pub hook: u64,
    /// The event's name.
    pub event: String,
    /// The body as it was sent.
    pub body: String,
    /// The status answered; none where no answer came in time.
    pub status: Option<u16>,
    /// When it was sent, on the twin's clock.
    pub at: Timestamp,
}

/// A letter on its way.
struct Envelope {
    letter: Letter,
    url: String,
    secret: String,
}

/// Sends whatever is due, until nothing is. One at a time, so that the order of events is kept.
pub(super) async fn pump(twin: &Twin, company: u64) {
    let _turn = twin.sending.lock().await;
    while let Some(envelope) = due(twin, company) {
        let (url, secret, body) = (&envelope.url, &envelope.secret, &envelope.letter.body);
        let status = post(url, JSON, body, Some(secret)).await;
        note(twin, company, envelope.letter, status);
    }
}

/// Pings an endpoint: the text, then if that is refused an object. What each was answered.
pub(super) async fn ping(url: &str, form: PingForm, secret: Option<&str>) -> Vec<Option<u16>> {
    let first = match form {
        PingForm::Text => post(url, "text/plain; charset=UTF-8", "Ping test", secret).await,
        PingForm::Quoted => post(url, JSON, "\"Ping test\"", secret).await,
    };
    if is_success(first) {
        return vec![first];
    }
    vec![first, post(url, JSON, r#"{"text":"Ping test"}"#, secret).await]
}

/// Whether a ping was taken.
pub(super) fn is_success(status: Option<u16>) -> bool {
    status.is_some_and(|status| (200..300).contains(&status))
}

fn due(twin: &Twin, company: u64) -> Option<Envelope> {
    let now = twin.desk.clock().now();
    let store = locked(&twin.store);
    let hooks = &store.companies.get(&company)?.hooks;
    hooks.iter().find_map(|hook| {
        let letter = hook.due(now)?.clone();
        Some(Envelope { letter, url: hook.url.clone(), secret: hook.secret.clone() })
    })
}

fn note(twin: &Twin, company: u64, letter: Letter, status: Option<u16>) {
    let at = twin.desk.clock().now();
    let mut store = locked(&twin.store);
    let Some(books) = store.companies.get_mut(&company) else { return };
    if let Some(hook) = books.hooks.iter_mut().find(|hook| hook.id == letter.hook) {
        hook.tried(status, at);
    }
    let Letter { number, hook, event, body } = letter;
    books.deliveries.push(Delivery { number, hook, event, body, status, at });
}

/// The status answered.
async fn post(url: &str, media: &str, body: &str, secret: Option<&str>) -> Option<u16> {
    let request = client().ok()?.post(url).header(CONTENT_TYPE, media).body(body.to_owned());
    Some(signed(request, body, secret).send().await.ok()?.status().as_u16())
}

fn signed(request: RequestBuilder, body: &str, secret: Option<&str>) -> RequestBuilder {
    match secret {
        Some(secret) => request.header("Bob-Signature", signature(secret, body.as_bytes())),
        None => request,
    }
}

/// HMAC-SHA512 with the secret's bytes over the body's, in base64.
fn signature(secret: &str, body: &[u8]) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// A client per delivery: a pooled connection could be stale, and then the sender's fault would look like the receiver's.
fn client() -> reqwest::Result<Client> {
    let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).timeout(PATIENCE);
    // receivers are on this machine: reading the root certificates of the system would take longer than a delivery
    client.tls_certs_only([]).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_worked_example() {
        let body = r#"{"companyId":636192,"type":"workforcePlanning.positionOpening.created","triggeredBy":"system","triggeredAt":"2026-01-15T09:30:00.123456","version":"v2","data":{"positionOpeningId":2251800820173708}}"#;
        let expected = "XEvi5/2P8W4LkKyJmfWQNnZuRnbQLuMWICRkNKTXGf3J4yFtGw4TO+ETns2QJlpPpxlzsIegdoqfiVJdsT78/w==";
        assert_eq!(signature("test-secret", body.as_bytes()), expected);
    }
}
