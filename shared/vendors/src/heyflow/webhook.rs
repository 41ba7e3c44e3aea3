//! Verification of Heyflow's webhook. Heyflow signs nothing (its help pages mention no signature), so the sender is known
//! by a secret that the form's owner sets, in whichever of the ways the vendor's plan allows: a static header, HTTP
//! Basic, a URL parameter, or a segment of the path. Source: Heyflow's help page "Webhook customizations (advanced)".
//!
//! Nothing is parsed before the secret was right: only [`verify`] makes a [`Verified`], only a `Verified` can be read.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, header};
use jiff::Timestamp;
use serde_json::value::RawValue;
use url::form_urlencoded;

use super::model::{Submission, Unreadable, ids};
use crate::lenient;
use crate::secret::{self, WebhookSecret};
use crate::value::Personal;

/// The header name that the connection file uses unless it says otherwise.
pub const DEFAULT_HEADER: HeaderName = HeaderName::from_static("x-heyflow-secret");

/// The URL parameter's name that the connection file uses unless it says otherwise.
pub const DEFAULT_PARAMETER: &str = "secret";

/// The id of the response that Heyflow's test button sends: invented fields, to be answered and not processed.
pub const TEST_RESPONSE_ID: &str = "demo-response-id";

/// A body whose sender has proved to know the secret.
pub struct Verified<'a> {
    body: &'a [u8],
    /// Of a delivery without a body: its URL's parameters, but for the secret.
    query: String,
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.body.len())
    }
}

/// The sender did not prove to know a secret that counts. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is missing, wrong or ended")]
pub struct Refused;

/// What a verified body is.
#[derive(Debug)]
pub enum Delivery {
    /// The test button of this flow was pressed.
    Test(String),
    /// A form response, and the JSON that it was read from: what is to be queued.
    Response(Submission, Personal<Box<RawValue>>),
}

/// What a sender presents.
#[derive(Clone, Copy)]
pub struct Presented<'a> {
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// The URL's query as it was sent, without the question mark.
    pub query: &'a str,
    /// The path's last segment, where the route has one for the secret; percent-decoded.
    pub segment: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// What a sender must present.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The name of the static header.
    pub header: &'a HeaderName,
    /// The name of the URL parameter.
    pub parameter: &'a str,
    /// The secrets.
    pub secrets: &'a [WebhookSecret],
}

/// Checks each place where a secret can be presented against those that count at `now`; one that fits is enough. A header or
/// parameter that comes twice fits nothing, also where a gateway has joined the two with a comma.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(presented: Presented<'a>, expected: Expected<'_>, now: Timestamp) -> Result<Verified<'a>, Refused> {
    let places = [
        single(presented.headers, expected.header).map(<[u8]>::to_vec),
        basic_password(presented.headers),
        parameter(presented.query, expected.parameter),
        presented.segment.map(|segment| segment.as_bytes().to_vec()),
    ];
    let fits = places.iter().flatten().filter(|secret| secret::any_matches(expected.secrets, secret, now)).count();
    if fits == 0 {
        return Err(Refused);
    }
    let query = if presented.body.is_empty() { without_secret(presented.query, expected, now) } else { String::new() };
    Ok(Verified { body: presented.body, query })
}

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes()),
        _ => None,
    }
}

/// The password of HTTP Basic. The user's name may be anything: it is no secret.
fn basic_password(headers: &HeaderMap) -> Option<Vec<u8>> {
    let value = single(headers, &header::AUTHORIZATION)?;
    let (scheme, encoded) = value.split_at_checked(6)?;
    if !scheme.eq_ignore_ascii_case(b"basic ") {
        return None;
    }
    let pair = STANDARD.decode(encoded.trim_ascii()).ok()?;
    let colon = pair.iter().position(|byte| *byte == b':')?;
    pair.get(colon + 1..).map(<[u8]>::to_vec)
}

fn parameter(query: &str, name: &str) -> Option<Vec<u8>> {
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
    match (values.next(), values.next()) {
        (Some((_, value)), None) => Some(value.as_bytes().to_vec()),
        _ => None,
    }
}

fn without_secret(query: &str, expected: Expected<'_>, now: Timestamp) -> String {
    let is_secret = |value: &str| secret::any_matches(expected.secrets, value.as_bytes(), now);
    let pairs = form_urlencoded::parse(query.as_bytes());
    let others = pairs.filter(|(key, value)| key != expected.parameter && !is_secret(value));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(others).finish()
}

impl<'a> Verified<'a> {
    /// A body that somebody has kept, to be looked at: whoever delivers has not been asked for the secret, so nothing that is
    /// read of it may be queued.
    #[must_use]
    pub const fn saved(body: &'a [u8]) -> Self {
        Self { body, query: String::new() }
    }
}

impl Verified<'_> {
    /// Reads the body, leniently.
    ///
    /// # Errors
    /// [`Unreadable`] with line and column.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        let json = lenient::json(self.body);
        let submission = Submission::read(json.as_bytes())?;
        if submission.response_id == TEST_RESPONSE_ID {
            return Ok(Delivery::Test(submission.flow_id));
        }
        let json = RawValue::from_string(json).map_err(|error| Unreadable::of(&error))?;
        Ok(Delivery::Response(submission, Personal::new(json)))
    }

    /// What a body that cannot be used says of its flow and response, each by its name.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        ids(&mut lenient::members(&lenient::json(self.body)))
    }

    /// What arrived, to be kept where it cannot be used: the body, or without one the URL's parameters but for the secret.
    #[must_use]
    pub fn content(&self) -> Personal<String> {
        let body = String::from_utf8_lossy(self.body).into_owned();
        Personal::new(if body.is_empty() { self.query.clone() } else { body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const TEST_BODY: &[u8] =
        br#"{"flowID":"F","id":"demo-response-id","createdAt":"2026-03-01T10:00:00Z","fields":{"Demo Field 1":"a"}}"#;

    fn check(presented: Presented<'static>) -> Result<Verified<'static>, Refused> {
        let secrets = [WebhookSecret::new("the-only-secret-value".into(), None)];
        let expected = Expected { header: &DEFAULT_HEADER, parameter: DEFAULT_PARAMETER, secrets: &secrets };
        verify(presented, expected, "2026-03-01T10:00:00Z".parse().unwrap())
    }

    fn presented(
        headers: &[(HeaderName, &str)],
        query: &'static str,
        segment: Option<&'static str>,
    ) -> Presented<'static> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        Presented { headers: Box::leak(Box::new(map)), query, segment, body: TEST_BODY }
    }

    fn basic(pair: &str) -> (HeaderName, String) {
        (header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(pair)))
    }

    #[test]
    fn each_way_of_presenting_the_secret_is_accepted() {
        let (name, value) = basic("anybody:the-only-secret-value");
        let ways = [
            presented(&[(DEFAULT_HEADER, "the-only-secret-value")], "", None),
            presented(&[(name.clone(), &value)], "", None),
            presented(&[(name, &value.replace("Basic", "bAsIc"))], "", None),
            presented(&[], "a=1&secret=the-only-secret-value", None),
            presented(&[], "", Some("the-only-secret-value")),
            presented(
                &[(DEFAULT_HEADER, "wrong"), (header::AUTHORIZATION, "Bearer x")],
                "secret=",
                Some("the-only-secret-value"),
            ),
        ];
        for way in ways {
            let verified = check(way).unwrap();
            assert!(matches!(verified.read(), Ok(Delivery::Test(flow)) if flow == "F"));
        }
    }

    #[test]
    fn missing_wrong_empty_repeated_and_joined_secrets_are_refused() {
        const RIGHT: &str = "the-only-secret-value";
        let joined = format!("{RIGHT},{RIGHT}");
        let spaced = format!("{RIGHT}, {RIGHT}");
        let header = |value: &str| presented(&[(DEFAULT_HEADER, value)], "", None);
        let authorization = |value: &str| presented(&[(header::AUTHORIZATION, value)], "", None);
        let encoded = |pair: &str| authorization(&basic(pair).1);
        let ways = [
            presented(&[], "", None),
            header(""),
            header("wrong"),
            header(&joined),
            header(&spaced),
            presented(&[(DEFAULT_HEADER, RIGHT), (DEFAULT_HEADER, RIGHT)], "", None),
            authorization("Basic"),
            authorization("Basic "),
            authorization("Basic %%%"),
            authorization("Bearer the-only-secret-value"),
            encoded(RIGHT),
            encoded(&format!("{RIGHT}:")),
            encoded(&format!("a:{RIGHT}:")),
            presented(&[], "secret=wrong", None),
            presented(&[], "secret=the-only-secret-value&secret=the-only-secret-value", None),
            presented(&[], "Secret=the-only-secret-value", None),
            presented(&[], "", Some("")),
            presented(&[], "", Some("the-only-secret-value/")),
        ];
        for (number, way) in ways.into_iter().enumerate() {
            assert_eq!(check(way).unwrap_err(), Refused, "way {number}");
        }
    }
}
