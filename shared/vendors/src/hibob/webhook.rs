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
    let fits = secret::any_fits(secrets, now, |own| signs(own, body, &signature));
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
