//! Verification of Teamtailor's company webhooks. Two schemes are met, both with the key of the company's settings:
//!
//! - v2: the header holds, in Base64, `t=<seconds>,v2=<hex>`: an HMAC-SHA256 of time, a dot and the raw body. The time is at
//!   most five minutes from now.
//! - v1, which is deprecated: the header or the body's `signature` holds, in Base64, the hex of an HMAC-SHA256 of the thing's
//!   id alone. So its deliveries could be altered and repeated: each is a hint, and what it names is read from the API.
//!
//! Teamtailor delivers once and never again. Source: partner.teamtailor.com, "Company webhooks".
//!
//! Of an unverified body only id and signature are read: only [`verify`] makes a [`Verified`], only a `Verified` can be read.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::model::{ApplicationId, CandidateId};
use crate::json::{self, Field, member, plain};
use crate::lenient;
use crate::secret::{self, WebhookSecret};
use crate::value::Personal;

/// The header with the signature.
pub const SIGNATURE: HeaderName = HeaderName::from_static("tt-signature");

/// How far a signed time may be from now.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// A body whose sender has proved to know the key.
pub struct Verified<'a> {
    received: &'a [u8],
    /// The time that was signed, in seconds; empty with v1.
    signed_at: String,
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.received.len())
    }
}

/// The sender did not prove to know a key that counts, or not now. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is missing, wrong or too old, or its key has ended")]
pub struct Refused;

/// What a verified body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Something happened to a candidate.
    Candidate(Change, CandidateId),
    /// Something happened to an application. It names neither candidate nor stage: it is read.
    Application(Change, ApplicationId),
    /// Any other event: at most 40 plain characters of its name. To be answered as accepted.
    Other(String),
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It was made.
    Created,
    /// It changed.
    Updated,
    /// It was removed.
    Destroyed,
}

/// The body is no event that can be read. Never shows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or cut off.
    #[error("the body is not JSON")]
    NotJson,
    /// An event lacks something, or it cannot be read.
    #[error("`{0}` is missing or cannot be read")]
    Field(&'static str),
}

impl From<Field> for Unreadable {
    fn from(field: Field) -> Self {
        Self::Field(field.0)
    }
}

/// What the Base64 of a signature holds.
enum Signature {
    /// v2: the time as it was signed, and the HMAC in hex.
    OfBody { at: String, hex: String },
    /// v1: the HMAC in hex.
    OfId(String),
}

/// Checks the signature against the keys that count at `now`. A header counts before the body's own signature; one that comes
/// twice counts as wrong.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(
    headers: &HeaderMap,
    body: &'a [u8],
    keys: &[WebhookSecret],
    now: Timestamp,
) -> Result<Verified<'a>, Refused> {
    let members = Value::Object(lenient::members(&lenient::json(body)));
    let presented = match header(headers)? {
        Some(header) => header,
        None => member(&members, "signature").and_then(Value::as_str).ok_or(Refused)?.to_owned(),
    };
    let (fits, signed_at) = match decoded(&presented).ok_or(Refused)? {
        Signature::OfBody { at, hex } => (is_near(&at, now) && is_of_body(keys, &at, body, &hex, now), at),
        Signature::OfId(hex) => (is_of_id(keys, &members, &hex, now), String::new()),
    };
    if fits { Ok(Verified { received: body, signed_at }) } else { Err(Refused) }
}

fn header(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let mut values = headers.get_all(SIGNATURE).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(|value| Some(value.to_owned())).map_err(|_| Refused),
        _ => Err(Refused),
    }
}

/// Blanks and line ends may stand anywhere.
fn decoded(presented: &str) -> Option<Signature> {
    let compact: String = presented.split_whitespace().collect();
    let text = String::from_utf8(STANDARD.decode(compact).ok()?).ok()?;
    let text: String = text.split_whitespace().collect();
    if !text.contains('=') {
        return Some(Signature::OfId(text));
    }
    let part = |name: &str| text.split(',').find_map(|part| part.strip_prefix(name)).map(ToOwned::to_owned);
    Some(Signature::OfBody { at: part("t=")?, hex: part("v2=")? })
}

fn is_near(at: &str, now: Timestamp) -> bool {
    let at = at.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    at.is_some_and(|at| now.duration_since(at).abs() <= WINDOW)
}

fn is_of_body(keys: &[WebhookSecret], at: &str, body: &[u8], hex: &str, now: Timestamp) -> bool {
    secret::any_of_vendor_fits(keys, now, |key| {
        hmac(key, &[at.as_bytes(), b".", body]).as_bytes().ct_eq(hex.as_bytes())
    })
}

fn is_of_id(keys: &[WebhookSecret], members: &Value, hex: &str, now: Timestamp) -> bool {
    let Ok(id) = json::id_text(members, "payload.data.id") else { return false };
    secret::any_of_vendor_fits(keys, now, |key| hmac(key, &[id.as_bytes()]).as_bytes().ct_eq(hex.as_bytes()))
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
fn hmac(key: &[u8], parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Verified<'a> {
    /// A body that somebody has kept, to be looked at: whoever delivers has not been asked for the secret, so nothing that is
    /// read of it may be queued.
    #[must_use]
    pub const fn saved(body: &'a [u8]) -> Self {
        Self { received: body, signed_at: String::new() }
    }
}

impl Verified<'_> {
    /// Reads the body, leniently.
    ///
    /// # Errors
    /// [`Unreadable`]: no event at all, or one of a candidate or application that does not say of which.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        let body = serde_json::from_str(&lenient::json(self.received)).map_err(|_| Unreadable::NotJson)?;
        Ok(delivery(&body)?)
    }

    /// What tells this delivery from others, as hex: Teamtailor gives events no id. Of the body and the time that was signed.
    #[must_use]
    pub fn key(&self) -> String {
        let digest =
            Sha256::new().chain_update(&self.signed_at).chain_update(".").chain_update(self.received).finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What a body that cannot be used says of its thing, by its type.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        let members = Value::Object(lenient::members(&lenient::json(self.received)));
        let id = json::id_text(&members, "payload.data.id").ok();
        id.map(|id| ("event", plain(&id))).into_iter().collect()
    }

    /// What arrived, to be kept where it cannot be used.
    #[must_use]
    pub fn content(&self) -> Personal<String> {
        Personal::new(String::from_utf8_lossy(self.received).into_owned())
    }
}

fn delivery(body: &Value) -> Result<Delivery, Field> {
    const ID: &str = "payload.data.id";
    let name = json::text(body, "payload.event_name")?;
    let (thing, verb) = name.rsplit_once('.').unwrap_or((name, ""));
    let change = match verb {
        "create" => Change::Created,
        "update" => Change::Updated,
        "destroy" => Change::Destroyed,
        _ => return Ok(Delivery::Other(plain(name))),
    };
    match thing {
        "candidate" => Ok(Delivery::Candidate(change, json::id(body, ID)?)),
        "job_application" => Ok(Delivery::Application(change, json::id(body, ID)?)),
        _ => Ok(Delivery::Other(plain(name))),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const KEY: &str = "the-only-signature-key";
    const BODY: &str =
        r#"{"payload":{"event_name":"candidate.update","data":{"id":"2","type":"candidates","attributes":{}}}}"#;
    const AT: &str = "1701234567";

    fn headers(signature: &str) -> HeaderMap {
        HeaderMap::from_iter([(SIGNATURE, HeaderValue::from_str(signature).unwrap())])
    }

    fn v1(key: &str, id: &str) -> String {
        STANDARD.encode(hmac(key.as_bytes(), &[id.as_bytes()]))
    }

    fn v2(key: &str, at: &str, body: &str) -> String {
        let hex = hmac(key.as_bytes(), &[at.as_bytes(), b".", body.as_bytes()]);
        STANDARD.encode(format!("t={at},v2={hex}"))
    }

    fn check(headers: &HeaderMap, body: &str, seconds_later: i64) -> Result<(), Refused> {
        let keys = [WebhookSecret::new(KEY.into(), None)];
        let now = Timestamp::from_second(AT.parse::<i64>().unwrap() + seconds_later).unwrap();
        verify(headers, body.as_bytes(), &keys, now).map(drop)
    }

    /// Computed with another program from the documented formulas.
    #[test]
    fn signatures_are_made_as_documented() {
        assert_eq!(
            v1("test-secret", "2"),
            "YWQ4MGYxNzkyMzM2OGYzZGMzNmM1MDljMGE4OWU5NDc2NWIyNTc2YzgwMjAzMWRkOThlN2Q2N2E0M2IwMWE3Nw=="
        );
        let parts: [&[u8]; 3] = [AT.as_bytes(), b".", BODY.as_bytes()];
        let wanted = "e123f1cea1a22774ee6ab45e9c5f927c9b34c8571e026c9e33f89f971abdb1e9";
        assert_eq!(hmac(b"test-secret", &parts), wanted);
    }

    #[test]
    fn a_signed_body_is_accepted_within_five_minutes() {
        let headers = headers(&v2(KEY, AT, BODY));
        for seconds in [-300, 0, 300] {
            assert_eq!(check(&headers, BODY, seconds), Ok(()), "{seconds}");
        }
        for seconds in [-301, 301, 1_000_000] {
            assert_eq!(check(&headers, BODY, seconds), Err(Refused), "{seconds}");
        }
    }

    #[test]
    fn a_signed_body_may_not_be_altered() {
        let right = headers(&v2(KEY, AT, BODY));
        assert_eq!(check(&right, &BODY.replace("\"2\"", "\"3\""), 0), Err(Refused));
        assert_eq!(check(&headers(&v2("another-signature-key", AT, BODY)), BODY, 0), Err(Refused));
        let later =
            STANDARD.encode(format!("t=1701234568,v2={}", hmac(KEY.as_bytes(), &[b"1701234567.", BODY.as_bytes()])));
        assert_eq!(check(&headers(&later), BODY, 0), Err(Refused));
    }

    #[test]
    fn a_signed_id_is_accepted_from_header_and_body_at_any_time() {
        let signature = v1(KEY, "2");
        assert_eq!(check(&headers(&signature), BODY, 1_000_000), Ok(()));
        let with_signature = format!(r#"{},"signature":"{signature}"}}"#, &BODY[..BODY.len() - 1]);
        assert_eq!(check(&HeaderMap::new(), &with_signature, 0), Ok(()));
        assert_eq!(check(&headers(&signature), &BODY.replace("\"2\"", "2"), 0), Ok(()), "a number");
        assert_eq!(check(&headers(&v1(KEY, "3")), BODY, 0), Err(Refused));
        assert_eq!(check(&headers(&v1(KEY, "3")), &with_signature, 0), Err(Refused), "the header counts first");
    }

    #[test]
    fn blanks_within_a_signature_do_not_matter() {
        let hex = hmac(KEY.as_bytes(), &[AT.as_bytes(), b".", BODY.as_bytes()]);
        let spaced = STANDARD.encode(format!(" t={AT},\n v2={hex} "));
        let (start, end) = spaced.split_at(20);
        assert_eq!(check(&headers(&format!(" {start} {end}")), BODY, 0), Ok(()));
    }

    #[test]
    fn anything_else_is_refused() {
        assert_eq!(check(&HeaderMap::new(), BODY, 0), Err(Refused));
        let no_time = STANDARD.encode(format!("v2={}", "0".repeat(64)));
        for signature in ["", "x", "====", &STANDARD.encode("t=x,v2=y"), &STANDARD.encode("t=1"), &no_time, KEY] {
            assert_eq!(check(&headers(signature), BODY, 0), Err(Refused), "{signature:?}");
        }
        let right = v2(KEY, AT, BODY);
        let mut twice = headers(&right);
        twice.append(SIGNATURE, HeaderValue::from_str(&right).unwrap());
        assert_eq!(check(&twice, BODY, 0), Err(Refused));
        for body in ["", "<html>", "{}"] {
            assert_eq!(check(&headers(&v1(KEY, "")), body, 0), Err(Refused), "{body}");
        }
    }

    fn verified(body: &str) -> Verified<'_> {
        Verified { received: body.as_bytes(), signed_at: String::new() }
    }

    #[test]
    fn events_of_candidates_and_applications_are_read() {
        let read = |name: &str| verified(&BODY.replace("candidate.update", name)).read().unwrap();
        assert_eq!(read("candidate.update"), Delivery::Candidate(Change::Updated, "2".parse().unwrap()));
        assert_eq!(read("candidate.destroy"), Delivery::Candidate(Change::Destroyed, "2".parse().unwrap()));
        assert_eq!(read("job_application.create"), Delivery::Application(Change::Created, "2".parse().unwrap()));
        for other in ["job.update", "candidate.merge", "candidate", "ping"] {
            assert_eq!(read(other), Delivery::Other(other.to_owned()));
        }
    }

    #[test]
    fn an_event_must_say_of_which_thing() {
        for (body, error) in [
            (BODY.replace("\"2\"", "null"), Unreadable::Field("payload.data.id")),
            (BODY.replace("\"2\"", "\"../2\""), Unreadable::Field("payload.data.id")),
            (BODY.replace("event_name", "name"), Unreadable::Field("payload.event_name")),
            (BODY[..80].to_owned(), Unreadable::NotJson),
            ("<html>".to_owned(), Unreadable::NotJson),
        ] {
            assert_eq!(verified(&body).read(), Err(error), "{body}");
        }
        assert_eq!(verified(&BODY.replace("\"2\"", "\"../2\"")).ids(), [("event", "..?2".to_owned())]);
        assert_eq!(*verified(BODY).content().reveal(), BODY);
    }

    #[test]
    fn deliveries_are_told_apart_by_body_and_time() {
        let of = |body: &'static str, at: &str| Verified { received: body.as_bytes(), signed_at: at.to_owned() }.key();
        assert_eq!(of(BODY, AT), of(BODY, AT));
        assert!(of(BODY, AT) != of(BODY, "1701234568") && of(BODY, AT) != of("{}", AT));
    }
}
