//! Verification of Oneflow's webhook: `signature` in the body is the SHA-1 of the callback's id and the sign key, in hex.
//!
//! The signature covers the callback's id and nothing else, so a delivery is a hint: what it names is read from the API. A
//! sign key is optional in Oneflow; without one every delivery is taken. Oneflow counts a delivery as received only where the
//! answer is 200. Source: developer.oneflow.com/docs/introduction and docs/webhook-and-event.
//!
//! Of an unverified body only id and signature are read: only [`verify`] makes a [`Verified`], only a `Verified` can be read.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde_json::Value;
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;

use super::event::EventType;
use super::model::{ContractId, EventId};
use crate::id::{NotAnId, is_id};
use crate::json::{self, Field};
use crate::lenient;
use crate::secret::{self, WebhookSecret};
use crate::value::Personal;

/// What a sender must present.
#[derive(Debug, Clone, Copy)]
pub enum Expected<'a> {
    /// Nothing: the webhook was made without a sign key.
    Unsigned,
    /// A signature with one of these sign keys.
    SignedWith(&'a [WebhookSecret]),
}

/// A body whose sender has proved to know the sign key, or needs none.
pub struct Verified<'a> {
    received: &'a [u8],
    body: Value,
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.received.len())
    }
}

/// The sender did not prove to know a sign key that counts. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is missing or wrong, or its key has ended")]
pub struct Refused;

/// The id of a callback: the same for every attempt to deliver it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallbackId(String);

impl fmt::Display for CallbackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CallbackId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if is_id(text) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

/// What happened to a contract. Carries no order: the contract itself must be read. What tells deliveries apart is callback
/// and contract together, for one callback can hold several events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The callback.
    pub callback: CallbackId,
    /// The contract.
    pub contract: ContractId,
    /// What happened, each event once.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id, where it has one.
    pub id: Option<EventId>,
    /// What it is.
    pub kind: EventType,
    /// When it was, where it says so.
    pub occurred_at: Option<Timestamp>,
}

/// The body is no delivery that can be read. Never shows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or cut off.
    #[error("the body is not JSON")]
    NotJson,
    /// The delivery lacks something, or it cannot be read.
    #[error("`{0}` is missing or cannot be read")]
    Field(&'static str),
}

impl From<Field> for Unreadable {
    fn from(field: Field) -> Self {
        Self::Field(field.0)
    }
}

/// Checks the body's signature against the sign keys that count at `now`.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(body: &'a [u8], expected: Expected<'_>, now: Timestamp) -> Result<Verified<'a>, Refused> {
    let verified = Verified { received: body, body: Value::Object(lenient::members(&lenient::json(body))) };
    match expected {
        Expected::Unsigned => Ok(verified),
        Expected::SignedWith(keys) if is_signed(&verified.body, keys, now) => Ok(verified),
        Expected::SignedWith(_) => Err(Refused),
    }
}

fn is_signed(body: &Value, keys: &[WebhookSecret], now: Timestamp) -> bool {
    let callback = body.get("callback_id").and_then(Value::as_str);
    // the vendor's connector has the signature in the event
    let in_event = || body.pointer("/events/0/signature");
    let presented = body.get("signature").filter(|given| !given.is_null()).or_else(in_event).and_then(Value::as_str);
    let (Some(callback), Some(presented)) = (callback, presented) else { return false };
    let presented = presented.to_ascii_lowercase();
    secret::any_of_vendor_fits(keys, now, |key| signature(callback, key).as_bytes().ct_eq(presented.as_bytes()))
}

fn signature(callback: &str, key: &[u8]) -> String {
    let digest = Sha1::new().chain_update(callback).chain_update(key).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Verified<'_> {
    /// Reads the body, leniently.
    ///
    /// # Errors
    /// [`Unreadable`]: it does not say of which callback and contract it is.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        let body: Value = serde_json::from_str(&lenient::json(self.received)).map_err(|_| Unreadable::NotJson)?;
        let mut events = Vec::new();
        for event in body.get("events").and_then(Value::as_array).into_iter().flatten().map(event) {
            let event = event?;
            if !events.contains(&event) {
                events.push(event);
            }
        }
        Ok(Delivery { callback: json::id(&body, "callback_id")?, contract: json::id(&body, "contract.id")?, events })
    }

    /// What a body that cannot be used says of its contract, by its name.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        let contract = json::id::<ContractId>(&self.body, "contract.id").ok();
        contract.map(|id| ("contract", id.to_string())).into_iter().collect()
    }

    /// What arrived, to be kept where it cannot be used.
    #[must_use]
    pub fn content(&self) -> Personal<String> {
        Personal::new(String::from_utf8_lossy(self.received).into_owned())
    }
}

/// An event with an odd time or id is still an event.
fn event(value: &Value) -> Result<Event, Field> {
    let kind = EventType::of(json::text(value, "type").map_err(|_| Field("events.type"))?);
    let id = json::id(value, "id").ok();
    Ok(Event { id, kind, occurred_at: json::moment(value, "created_time").ok() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLBACK: &str = "eaf850991bb7c273a56dcdeb265d30006fdc9de0";
    const KEY: &str = "the-only-sign-key";

    fn delivery(contract: &str, events: &str, signature: &str) -> String {
        format!(r#"{{"contract":{contract},"callback_id":"{CALLBACK}","events":[{events}],"signature":{signature}}}"#)
    }

    fn event_of(id: u32, kind: &str) -> String {
        format!(r#"{{"created_time":"2020-07-06T15:14:14+0000","id":{id},"type":"{kind}"}}"#)
    }

    fn keys() -> [WebhookSecret; 2] {
        let end = "2026-03-04T10:00:00Z".parse().unwrap();
        [WebhookSecret::new(KEY.into(), None), WebhookSecret::new("the-older-sign-key".into(), Some(end))]
    }

    fn check(body: &str, now: &str) -> Result<(), Refused> {
        verify(body.as_bytes(), Expected::SignedWith(&keys()), now.parse().unwrap()).map(drop)
    }

    fn today(body: &str) -> Result<(), Refused> {
        check(body, "2026-03-01T10:00:00Z")
    }

    fn quoted(callback: &str, key: &str) -> String {
        format!("\"{}\"", signature(callback, key.as_bytes()))
    }

    fn read(body: &str) -> Result<Delivery, Unreadable> {
        verify(body.as_bytes(), Expected::Unsigned, Timestamp::UNIX_EPOCH).unwrap().read()
    }

    /// Computed with another program from the documented formula.
    #[test]
    fn a_signature_is_the_sha1_of_callback_and_key() {
        assert_eq!(signature(CALLBACK, b"test-sign-key"), "8d3429c96a8174f1d8527c45a06adb8eb3b7c210");
    }

    #[test]
    fn the_right_signature_is_accepted_wherever_it_stands() {
        let right = quoted(CALLBACK, KEY);
        assert_eq!(today(&delivery(r#"{"id":101}"#, "", &right)), Ok(()));
        assert_eq!(today(&delivery(r#"{"id":101}"#, "", &right.to_uppercase())), Ok(()));
        let in_event = format!(r#"{{"type":"contract:sign","signature":{right}}}"#);
        assert_eq!(today(&delivery(r#"{"id":101}"#, &in_event, "null")), Ok(()));
        let older = delivery(r#"{"id":101}"#, "", &quoted(CALLBACK, "the-older-sign-key"));
        assert_eq!(today(&older), Ok(()));
        assert_eq!(check(&older, "2026-03-04T10:00:00Z"), Err(Refused));
    }

    #[test]
    fn missing_wrong_and_foreign_signatures_are_refused() {
        let foreign = quoted("another-callback", KEY);
        for signature in ["null", "7", r#""""#, &quoted(CALLBACK, "another-sign-key"), &foreign, &quoted(CALLBACK, "")]
        {
            assert_eq!(today(&delivery(r#"{"id":101}"#, "", signature)), Err(Refused), "{signature}");
        }
        for body in ["", "<html>", "[]", "{}", r#"{"signature":"x"}"#] {
            assert_eq!(today(body), Err(Refused), "{body}");
        }
        let right = delivery(r#"{"id":101}"#, "", &quoted(CALLBACK, KEY));
        let now = "2026-03-01T10:00:00Z".parse().unwrap();
        assert!(verify(right.as_bytes(), Expected::SignedWith(&[]), now).is_err());
    }

    #[test]
    fn without_a_sign_key_every_delivery_is_taken() {
        assert!(read(&delivery(r#"{"id":101}"#, "", "null")).is_ok());
        assert!(read(&delivery(r#"{"id":101}"#, "", r#""of some key""#)).is_ok());
    }

    #[test]
    fn a_delivery_names_callback_contract_and_events() {
        let events = [event_of(2322, "data_field:update"), event_of(2323, "contract:sign")].join(",");
        let delivery = read(&delivery(r#"{"id":101}"#, &events, "null")).unwrap();
        assert_eq!((delivery.callback.to_string(), delivery.contract), (CALLBACK.to_owned(), "101".parse().unwrap()));
        let kinds: Vec<_> = delivery.events.iter().map(|event| event.kind.to_string()).collect();
        assert_eq!(kinds, ["data_field:update", "contract:sign"]);
        let first = &delivery.events[0];
        assert_eq!(first.id, Some("2322".parse().unwrap()));
        assert_eq!(first.occurred_at.unwrap().to_string(), "2020-07-06T15:14:14Z");
    }

    #[test]
    fn odd_events_cost_no_delivery() {
        let twice = [event_of(1, "contract:sign"), event_of(1, "contract:sign")].join(",");
        assert_eq!(read(&delivery(r#"{"id":101}"#, &twice, "null")).unwrap().events.len(), 1);
        assert_eq!(read(&delivery(r#"{"id":"101"}"#, "", "null")).unwrap().events, []);
        let odd = read(&delivery(r#"{"id":101}"#, r#"{"type":"x:y","id":"a","created_time":7}"#, "null")).unwrap();
        let other = EventType::Other("x.y".to_owned());
        assert_eq!(odd.events, [Event { id: None, kind: other, occurred_at: None }]);
        let none = format!(r#"{{"contract":{{"id":101}},"callback_id":"{CALLBACK}"}}"#);
        assert_eq!(read(&none).unwrap().events, []);
    }

    #[test]
    fn what_lacks_callback_or_contract_is_named() {
        for (body, field) in [
            (delivery("{}", "", "null"), "contract.id"),
            (delivery(r#"{"id":"../1"}"#, "", "null"), "contract.id"),
            (delivery(r#"{"id":1}"#, "", "null").replace(CALLBACK, "a/b"), "callback_id"),
            (delivery(r#"{"id":1}"#, "{}", "null"), "events.type"),
        ] {
            assert_eq!(read(&body), Err(Unreadable::Field(field)), "{body}");
        }
        let cut = &delivery(r#"{"id":101}"#, &event_of(1, "contract:sign"), "null")[..80];
        let verified = verify(cut.as_bytes(), Expected::Unsigned, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((verified.read(), verified.ids()), (Err(Unreadable::NotJson), vec![("contract", "101".to_owned())]));
        assert_eq!(*verified.content().reveal(), cut);
    }
}
