//! Verification of HiBob's webhooks. HiBob signs the raw body with the webhook's secret (HMAC-SHA512, base64, in
//! `Bob-Signature`); nothing in it keeps a delivery from being sent again. Events hold ids only: what has become of the
//! thing must be read from the API. Source: apidocs.hibob.com/docs/working-with-webhooks and
//! /reference/workforce-planning-events.
//!
//! Nothing is parsed before the signature was right: only [`verify`] makes a [`Verified`], only a `Verified` can be read. The
//! exception is [`is_ping`]: HiBob pings a webhook before anybody can know its secret.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};
use subtle::Choice;

use super::model::cell::plain;
use super::model::{FieldId, OpeningId, PositionId};
use crate::lenient;
use crate::secret::{self, WebhookSecret};
use crate::value::Personal;

/// The events that tell of positions and openings. A position that is cancelled is updated.
pub const EVENTS: &[&str] = &[
    "workforcePlanning.position.created",
    "workforcePlanning.position.updated",
    "workforcePlanning.positionOpening.created",
    "workforcePlanning.positionOpening.updated",
    "workforcePlanning.positionOpening.deleted",
];

const SIGNATURE: HeaderName = HeaderName::from_static("bob-signature");

const PING: &str = "Ping test";

/// The most of an event's name or a company's id that is kept.
const LONGEST_PLAIN: usize = 60;

/// A body whose sender has proved to know the secret.
pub struct Verified<'a>(&'a [u8]);

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.0.len())
    }
}

/// The sender did not prove to know a secret that counts. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is missing or wrong, or its secret has ended")]
pub struct Refused;

/// What a verified body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Something happened to a position or an opening.
    Planning(Event),
    /// HiBob tries the webhook.
    Ping,
    /// Any other event, those of budgets among them: at most 60 plain characters of its name. To be answered as accepted.
    Other(String),
}

/// What happened. Carries no order: the position or opening itself must be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The company's id, at most 60 plain characters of it; empty where the event names none.
    pub company: String,
    /// What it happened to.
    pub about: About,
    /// What happened.
    pub change: Change,
    /// The fields that have changed. `None`: the event does not say, so any may have.
    pub changed_fields: Option<Vec<FieldId>>,
    /// When it happened. `None`: the event does not say, or not readably.
    pub occurred_at: Option<Timestamp>,
}

/// What an event is about. An opening's event does not say of which position it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A position.
    Position(PositionId),
    /// An opening.
    Opening(OpeningId),
}

/// What can happen. No event tells that a position is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was made.
    Created,
    /// Some of its fields have changed.
    Updated,
    /// It was deleted.
    Deleted,
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

/// Whether the body is HiBob's ping: the words, bare or as a JSON string, or an object with the words as its `text`. To be
/// answered with 200, signed or not and whether a secret is set or not, and nothing else.
#[must_use]
pub fn is_ping(body: &[u8]) -> bool {
    // nothing longer is a ping, so nothing longer is parsed
    const LONGEST: usize = 200;
    let body = body.trim_ascii();
    if body.len() > LONGEST {
        return false;
    }
    let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
    body == PING.as_bytes() || [Some(&json), json.get("text")].contains(&Some(&Value::from(PING)))
}

/// Checks the signature with each secret that counts at `now`; one that fits is enough. A header that comes twice fits
/// nothing.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(
    headers: &HeaderMap,
    body: &'a [u8],
    secrets: &[WebhookSecret],
    now: Timestamp,
) -> Result<Verified<'a>, Refused> {
    let signature = signature(headers).ok_or(Refused)?;
    let fits = secret::any_of_vendor_fits(secrets, now, |own| signs(own, body, &signature));
    if fits { Ok(Verified(body)) } else { Err(Refused) }
}

fn signature(headers: &HeaderMap) -> Option<Vec<u8>> {
    let mut values = headers.get_all(SIGNATURE).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => STANDARD.decode(value.as_bytes()).ok(),
        _ => None,
    }
}

fn signs(secret: &[u8], body: &[u8], signature: &[u8]) -> Choice {
    // a key of any length will do; `verify_slice` takes the same time whatever differs
    let fits =
        Hmac::<Sha512>::new_from_slice(secret).is_ok_and(|mac| mac.chain_update(body).verify_slice(signature).is_ok());
    u8::from(fits).into()
}

impl<'a> Verified<'a> {
    /// A body that somebody has kept, to be looked at: whoever delivers has not been asked for the secret, so nothing that is
    /// read of it may be queued.
    #[must_use]
    pub const fn saved(body: &'a [u8]) -> Self {
        Self(body)
    }
}

impl Verified<'_> {
    /// Reads the body, leniently.
    ///
    /// # Errors
    /// [`Unreadable`]: no event at all, or one of a position or an opening that does not say of which.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        if is_ping(self.0) {
            return Ok(Delivery::Ping);
        }
        let body = serde_json::from_str(&lenient::json(self.0)).map_err(|_| Unreadable::NotJson)?;
        delivery(&body)
    }

    /// What tells this delivery from others: 64 hex digits. HiBob's events have no ids.
    #[must_use]
    pub fn digest(&self) -> String {
        Sha256::digest(self.0).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What a body that cannot be used says of its position or opening, by their names.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        let body = Value::Object(lenient::members(&lenient::json(self.0)));
        let position = id::<PositionId>(&body, &["positionId"]).map(|id| ("position", id.to_string()));
        let opening = id::<OpeningId>(&body, &["positionOpeningId"]).map(|id| ("opening", id.to_string()));
        position.into_iter().chain(opening).collect()
    }

    /// What arrived, to be kept where it cannot be used.
    #[must_use]
    pub fn content(&self) -> Personal<String> {
        Personal::new(String::from_utf8_lossy(self.0).into_owned())
    }
}

fn delivery(body: &Value) -> Result<Delivery, Unreadable> {
    let name = body.get("type").and_then(Value::as_str).ok_or(Unreadable::Field("type"))?;
    let Some((of_opening, change)) = kind(name) else { return Ok(Delivery::Other(bounded(name))) };
    let about = match of_opening {
        true => {
            About::Opening(id(body, &["positionOpeningId", "id"]).ok_or(Unreadable::Field("data.positionOpeningId"))?)
        }
        false => About::Position(id(body, &["positionId", "id"]).ok_or(Unreadable::Field("data.positionId"))?),
    };
    Ok(Delivery::Planning(Event {
        company: body.get("companyId").and_then(plain).map(|id| bounded(&id)).unwrap_or_default(),
        about,
        change,
        changed_fields: changed_fields(body),
        occurred_at: body.get("triggeredAt").and_then(Value::as_str).and_then(moment),
    }))
}

/// Whether an event is of an opening, and what happened.
fn kind(name: &str) -> Option<(bool, Change)> {
    let (thing, change) = name.strip_prefix("workforcePlanning.")?.split_once('.')?;
    let change = match change {
        "created" => Change::Created,
        "updated" => Change::Updated,
        "deleted" => Change::Deleted,
        _ => return None,
    };
    match thing {
        "position" => Some((false, change)),
        "positionOpening" => Some((true, change)),
        _ => None,
    }
}

/// The first of these members of the event's data that is an id.
fn id<Id: std::str::FromStr>(body: &Value, names: &[&str]) -> Option<Id> {
    names.iter().find_map(|name| plain(body.get("data")?.get(*name)?)?.parse().ok())
}

/// A list of ids or of objects with ids. One that cannot be read may be any field.
fn changed_fields(body: &Value) -> Option<Vec<FieldId>> {
    let listed = body.get("data")?.get("fieldUpdatesIds")?.as_array().filter(|listed| !listed.is_empty())?;
    listed.iter().map(|entry| entry.get("id").unwrap_or(entry).as_str()?.parse().ok()).collect()
}

/// A moment; one without a zone is UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(utc)
}

/// The start of a text that may hold anything, in characters that are fit for a log line.
fn bounded(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    text.chars().take(LONGEST_PLAIN).map(|c| if is_plain(c) { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const SECRET: &str = "the-only-secret-value";

    /// Computed apart from this code, with the secret `test-secret`.
    const VECTOR_BODY: &str = r#"{"companyId":636192,"type":"workforcePlanning.positionOpening.created","triggeredBy":"system","triggeredAt":"2026-01-15T09:30:00.123456","version":"v2","data":{"positionOpeningId":2251800820173708}}"#;
    const VECTOR: &str = "XEvi5/2P8W4LkKyJmfWQNnZuRnbQLuMWICRkNKTXGf3J4yFtGw4TO+ETns2QJlpPpxlzsIegdoqfiVJdsT78/w==";

    fn signed(secret: &str, body: &[u8]) -> String {
        let mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap().chain_update(body);
        STANDARD.encode(mac.finalize().into_bytes())
    }

    fn check(presented: &[&str], body: &[u8], now: &str) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        for value in presented {
            headers.append("Bob-Signature", HeaderValue::from_str(value).unwrap());
        }
        let end = Some("2026-01-20T09:30:00Z".parse().unwrap());
        let secrets =
            [WebhookSecret::new(SECRET.into(), None), WebhookSecret::new("the-older-secret-value".into(), end)];
        verify(&headers, body, &secrets, now.parse().unwrap()).map(drop)
    }

    fn today(presented: &[&str], body: &[u8]) -> Result<(), Refused> {
        check(presented, body, "2026-01-15T09:30:00Z")
    }

    #[test]
    fn the_vector_is_signed_as_hibob_says() {
        let signature = STANDARD.decode(VECTOR).unwrap();
        assert!(bool::from(signs(b"test-secret", VECTOR_BODY.as_bytes(), &signature)));
        assert!(!bool::from(signs(b"test-secreT", VECTOR_BODY.as_bytes(), &signature)));
        assert!(!bool::from(signs(b"test-secret", VECTOR_BODY.replace(':', ": ").as_bytes(), &signature)));
    }

    #[test]
    fn a_signature_counts_with_any_secret_until_its_end() {
        let body = VECTOR_BODY.as_bytes();
        let older = signed("the-older-secret-value", body);
        assert_eq!(today(&[&signed(SECRET, body)], body), Ok(()));
        assert_eq!(check(&[&older], body, "2026-01-20T09:29:59Z"), Ok(()));
        assert_eq!(check(&[&older], body, "2026-01-20T09:30:00Z"), Err(Refused));
    }

    #[test]
    fn missing_wrong_repeated_and_differently_written_signatures_are_refused() {
        let body = VECTOR_BODY.as_bytes();
        let right = signed(SECRET, body);
        let bytes = STANDARD.decode(&right).unwrap();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let half = STANDARD.encode(&bytes[..32]);
        let prefixed = format!("sha512={right}");
        let other = signed("another-secret-value", body);
        for wrong in ["", SECRET, &hex, &half, &prefixed, &other, VECTOR] {
            assert_eq!(today(&[wrong], body), Err(Refused), "{wrong}");
        }
        assert_eq!(today(&[], body), Err(Refused));
        assert_eq!(today(&[&right, &right], body), Err(Refused));
        assert_eq!(today(&[&right], b"{}"), Err(Refused));
    }

    #[test]
    fn hibob_decides_how_long_its_secret_is() {
        let mut headers = HeaderMap::new();
        headers.append("Bob-Signature", HeaderValue::from_static(VECTOR));
        let now = "2026-01-15T09:30:00Z".parse().unwrap();
        let short = |value: &str| {
            verify(&headers, VECTOR_BODY.as_bytes(), &[WebhookSecret::new(value.into(), None)], now).map(drop)
        };
        assert_eq!((short("test-secret"), short("test-secreT")), (Ok(()), Err(Refused)));
    }

    #[test]
    fn an_empty_secret_signs_nothing() {
        let mut headers = HeaderMap::new();
        headers.append("Bob-Signature", HeaderValue::from_str(&signed("", b"{}")).unwrap());
        let now = "2026-01-15T09:30:00Z".parse().unwrap();
        assert!(verify(&headers, b"{}", &[WebhookSecret::new("".into(), None)], now).is_err());
        assert!(verify(&headers, b"{}", &[], now).is_err());
    }

    #[test]
    fn a_ping_is_known_in_all_its_forms() {
        for ping in [
            "Ping test",
            "\"Ping test\"",
            "{\"text\":\"Ping test\"}",
            " Ping test\n",
            "{\"text\": \"Ping test\", \"x\": 1}",
        ] {
            assert!(is_ping(ping.as_bytes()), "{ping}");
            assert_eq!(read(ping), Ok(Delivery::Ping));
        }
        let long = format!("{{\"text\":\"Ping test\",\"x\":\"{}\"}}", "x".repeat(200));
        for other in
            ["", "ping test", "Ping test!", "{\"text\":\"Ping\"}", "[\"Ping test\"]", "null", VECTOR_BODY, &long]
        {
            assert!(!is_ping(other.as_bytes()), "{other}");
        }
    }

    fn read(body: &str) -> Result<Delivery, Unreadable> {
        Verified(body.as_bytes()).read()
    }

    fn event(name: &str, data: &str) -> Event {
        let body = format!(
            r#"{{"companyId":636192,"type":"{name}","triggeredBy":"system","triggeredAt":"2026-01-15T09:30:00.123456","version":"v2","data":{data}}}"#
        );
        match read(&body) {
            Ok(Delivery::Planning(event)) => event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn events_of_positions_and_openings_are_read() {
        for (name, change) in
            EVENTS.iter().zip([Change::Created, Change::Updated, Change::Created, Change::Updated, Change::Deleted])
        {
            let read = event(name, r#"{"positionId":7,"positionOpeningId":"2251800820173708","id":9}"#);
            let about = match name.contains("Opening") {
                true => About::Opening("2251800820173708".parse().unwrap()),
                false => About::Position("7".parse().unwrap()),
            };
            let occurred_at = Some("2026-01-15T09:30:00.123456Z".parse().unwrap());
            let company = "636192".to_owned();
            assert_eq!(read, Event { company, about, change, changed_fields: None, occurred_at });
        }
    }

    #[test]
    fn an_id_of_another_name_is_the_last_resort() {
        let read = event(EVENTS[3], r#"{"id":9}"#);
        assert_eq!(read.about, About::Opening("9".parse().unwrap()));
    }

    #[test]
    fn changed_fields_are_read_whole_or_may_be_any() {
        let fields = |listed: &str| {
            event(EVENTS[1], &format!(r#"{{"positionId":7,"fieldUpdatesIds":{listed}}}"#)).changed_fields
        };
        let wanted = || Some(vec!["/position/site".parse().unwrap(), "/position/fte".parse().unwrap()]);
        assert_eq!(fields(r#"["/position/site","/position/fte"]"#), wanted());
        assert_eq!(fields(r#"[{"id":"/position/site"},{"id":"/position/fte"}]"#), wanted());
        for odd in ["null", "[]", "{}", r#"["/position/site","root.surname"]"#, "[7]", r#"[{"id":null}]"#] {
            assert_eq!(fields(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_utc_and_an_odd_one_none() {
        let at = |text: &str| moment(text).map(|at| at.to_string());
        assert_eq!(at("2026-01-15T09:30:00.5").as_deref(), Some("2026-01-15T09:30:00.5Z"));
        assert_eq!(at("2026-01-15T09:30:00+02:00").as_deref(), Some("2026-01-15T07:30:00Z"));
        assert_eq!(at("yesterday"), None);
        let body = VECTOR_BODY.replace("2026-01-15T09:30:00.123456", "yesterday");
        assert!(matches!(read(&body), Ok(Delivery::Planning(event)) if event.occurred_at.is_none()));
    }

    #[test]
    fn other_events_are_named_and_no_more() {
        for name in [
            "workforcePlanning.positionBudget.created",
            "workforcePlanning.position.archived",
            "employee.created",
            "position.created",
        ] {
            assert_eq!(read(&format!(r#"{{"type":"{name}"}}"#)), Ok(Delivery::Other(name.to_owned())));
        }
        assert_eq!(read(&format!(r#"{{"type":"{}"}}"#, "ä<".repeat(50))), Ok(Delivery::Other("?".repeat(60))));
    }

    #[test]
    fn an_event_must_say_of_what() {
        let body = |data: &str| format!(r#"{{"type":"workforcePlanning.position.created","data":{data}}}"#);
        for data in ["{}", "null", r#"{"positionId":"a/b"}"#, r#"{"positionOpeningId":7}"#] {
            assert_eq!(read(&body(data)), Err(Unreadable::Field("data.positionId")), "{data}");
        }
        assert_eq!(Verified(body(r#"{"positionOpeningId":7}"#).as_bytes()).ids(), [("opening", "7".to_owned())]);
        assert_eq!(read("{}"), Err(Unreadable::Field("type")));
        assert_eq!(read("<html>"), Err(Unreadable::NotJson));
    }

    #[test]
    fn deliveries_are_told_apart_by_their_bodies() {
        let digest = |body: &str| Verified(body.as_bytes()).digest();
        assert_eq!(digest(VECTOR_BODY).len(), 64);
        assert_eq!(digest("a"), digest("a"));
        assert_ne!(digest("a"), digest("b"));
    }
}
