//! Management of Personio's webhooks: the calls that list, create, change, ping and remove them.
//! Scopes `personio:webhooks:read` and `personio:webhooks:write`.
//!
//! A hook that is made without a status stays silent, so each is made enabled. Whether answers are wrapped is not
//! documented; all wrappings that were met are read. A secret that an answer may echo is never read. Source:
//! developer.personio.de/reference/post_v2-webhooks and the pages beside it.

use std::collections::BTreeMap;

use http::HeaderName;
use http::header::AUTHORIZATION;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::hr::{self, Addressed, Hr};
use super::json::{self, Field};
use super::operations::{CREATE_WEBHOOK, DELETE_WEBHOOK, LIST_WEBHOOKS, PING_WEBHOOK, UPDATE_WEBHOOK};
use super::pages::Walk;
use crate::{Error, Kind, Operation, Reason};

/// A webhook as Personio has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its id.
    pub id: String,
    /// Where it sends to.
    pub url: String,
    /// What people see; empty where there is none.
    pub description: String,
    /// Whether it sends at all.
    pub enabled: bool,
    /// The names of the events that it sends.
    pub events: Vec<String>,
    /// How it proves itself: `TOKEN`, `CUSTOM` or `NONE`; empty where the answer does not say.
    pub auth: String,
}

/// A webhook to be made, or what an existing one is to become. Always enabled.
#[derive(Debug, Clone)]
pub struct NewHook {
    /// Where it sends to; Personio takes https only.
    pub url: Url,
    /// What people see.
    pub description: String,
    /// The names of the events that it sends.
    pub events: &'static [&'static str],
    /// What it presents.
    pub secret: HookSecret,
}

/// How a webhook presents the secret.
#[derive(Debug, Clone)]
pub enum HookSecret {
    /// As the whole value of `Authorization`: whoever wants a `Bearer ` in front writes it here.
    Authorization(SecretString),
    /// In headers of its own, one to three.
    Headers(Vec<(HeaderName, SecretString)>),
}

impl HookSecret {
    /// The form for these headers. Personio presents a secret either in `Authorization` alone or in headers of one's own,
    /// `Authorization` among them.
    #[must_use]
    pub fn in_headers(headers: &[HeaderName], secret: &SecretString) -> Self {
        match headers {
            [only] if *only == AUTHORIZATION => Self::Authorization(secret.clone()),
            headers => Self::Headers(headers.iter().map(|name| (name.clone(), secret.clone())).collect()),
        }
    }
}

/// How many headers of one's own a hook may have.
pub const MOST_HEADERS: usize = 3;

/// What the name of a header of one's own may not begin with.
const RESERVED: &[&str] = &[
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "expect",
    "content-type",
];

/// Whether Personio takes a header of one's own with this name.
#[must_use]
pub fn may_be_named(name: &HeaderName) -> bool {
    !RESERVED.iter().any(|reserved| name.as_str().starts_with(reserved))
}

/// What is sent. No `Debug`: it holds the secret.
#[derive(Serialize)]
struct Body<'a> {
    url: &'a str,
    description: &'a str,
    status: &'static str,
    auth_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_headers: Option<BTreeMap<&'a str, &'a str>>,
    enabled_events: &'a [&'a str],
}

/// All webhooks of the company, whoever made them.
///
/// # Errors
/// As for all calls.
pub async fn list(hr: &Hr) -> Result<Vec<Hook>, Error> {
    let hooks = Walk::new(hr, LIST_WEBHOOKS, hr.url("v2/webhooks"), Addressed::Endpoint).all().await?;
    let hooks = hooks.iter().map(hook).collect::<Result<_, Field>>();
    hooks.map_err(|_| Error::new(LIST_WEBHOOKS, Kind::Unexplained { status: 200 }))
}

/// Makes a webhook. Its id.
///
/// # Errors
/// [`Kind::Conflict`]: most likely one with this URL exists: change that one. [`Kind::Invalid`]: the content is refused,
/// or its headers are none that Personio would send. Otherwise as for all calls.
pub async fn create(hr: &Hr, new: &NewHook) -> Result<String, Error> {
    const GOOD: &[StatusCode] = &[StatusCode::CREATED, StatusCode::OK];
    let body = body(new).map_err(|kind| Error::new(CREATE_WEBHOOK, kind))?;
    let request = hr.http().post(hr.url("v2/webhooks")).json(&body);
    let answer = hr.call(CREATE_WEBHOOK, request, Addressed::Endpoint, GOOD).await?;
    let made = json::bare(hr::json(CREATE_WEBHOOK, &answer)?).and_then(|made| json::id_text(&made, "id").ok());
    made.ok_or_else(|| Error::new(CREATE_WEBHOOK, Kind::Unexplained { status: answer.status.as_u16() }))
}

/// Makes an existing webhook what `new` says, secret and status included.
///
/// # Errors
/// [`Kind::Gone`]: there is no such webhook. Otherwise as [`create`].
pub async fn update(hr: &Hr, id: &str, new: &NewHook) -> Result<(), Error> {
    const GOOD: &[StatusCode] = &[StatusCode::OK, StatusCode::NO_CONTENT];
    let body = body(new).map_err(|kind| Error::new(UPDATE_WEBHOOK, kind))?;
    let request = hr.http().patch(hook_url(hr, UPDATE_WEBHOOK, id, "")?).json(&body);
    hr.call(UPDATE_WEBHOOK, request, Addressed::Item, GOOD).await.map(drop)
}

/// Removes a webhook.
///
/// # Errors
/// [`Kind::Gone`]: there is no such webhook. Otherwise as for all calls.
pub async fn delete(hr: &Hr, id: &str) -> Result<(), Error> {
    const GOOD: &[StatusCode] = &[StatusCode::NO_CONTENT, StatusCode::OK];
    let request = hr.http().delete(hook_url(hr, DELETE_WEBHOOK, id, "")?);
    hr.call(DELETE_WEBHOOK, request, Addressed::Item, GOOD).await.map(drop)
}

/// Has Personio send the event `ping` through a webhook.
///
/// # Errors
/// [`Kind::Gone`]: there is no such webhook. Otherwise as for all calls.
pub async fn ping(hr: &Hr, id: &str) -> Result<(), Error> {
    const GOOD: &[StatusCode] = &[StatusCode::OK, StatusCode::ACCEPTED, StatusCode::NO_CONTENT];
    let request = hr.http().post(hook_url(hr, PING_WEBHOOK, id, "/ping")?);
    hr.call(PING_WEBHOOK, request, Addressed::Item, GOOD).await.map(drop)
}

/// An id may come from a command line; one that is not plain could name another path.
pub(super) fn hook_url(hr: &Hr, operation: Operation, id: &str, tail: &str) -> Result<Url, Error> {
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let refused = || Error::new(operation, refused("id", "not the id of a webhook"));
    if plain { Ok(hr.url(&format!("v2/webhooks/{id}{tail}"))) } else { Err(refused()) }
}

/// A hook of a list. Its id and where it sends to must be there: otherwise a second one might be made. One without a
/// status is silent, as one that is made without; its `token` is not read, should it ever be sent.
fn hook(value: &Value) -> Result<Hook, Field> {
    let words = |path| Ok::<_, Field>(json::optional_text(value, path)?.unwrap_or_default().to_owned());
    let events = value.get("enabled_events").and_then(Value::as_array).into_iter().flatten();
    Ok(Hook {
        id: json::id_text(value, "id")?,
        url: json::text(value, "url")?.to_owned(),
        description: words("description")?,
        enabled: words("status")?.eq_ignore_ascii_case("ENABLED"),
        events: events.filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        auth: words("auth_type")?,
    })
}

fn body(new: &NewHook) -> Result<Body<'_>, Kind> {
    let (auth_type, token, custom_headers) = match &new.secret {
        HookSecret::Authorization(value) => ("TOKEN", Some(value.expose_secret()), None),
        HookSecret::Headers(headers) => ("CUSTOM", None, Some(custom_headers(headers)?)),
    };
    Ok(Body {
        url: new.url.as_str(),
        description: &new.description,
        status: "ENABLED",
        auth_type,
        token,
        custom_headers,
        enabled_events: new.events,
    })
}

fn custom_headers(headers: &[(HeaderName, SecretString)]) -> Result<BTreeMap<&str, &str>, Kind> {
    if !headers.iter().all(|(name, _)| may_be_named(name)) {
        return Err(refused("custom_headers", "a header of this name is Personio's own"));
    }
    let headers: BTreeMap<_, _> = headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret())).collect();
    if (1..=MOST_HEADERS).contains(&headers.len()) {
        Ok(headers)
    } else {
        Err(refused("custom_headers", "one to three headers can be set"))
    }
}

fn refused(field: &str, code: &str) -> Kind {
    Kind::Invalid(vec![Reason { field: Some(field.to_owned()), code: code.to_owned(), meaning: None }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_presented_as_the_file_says() {
        let secret: SecretString = "the-only-secret-value".into();
        assert!(matches!(HookSecret::in_headers(&[AUTHORIZATION], &secret), HookSecret::Authorization(_)));
        let own = HeaderName::from_static("hrsync-secret");
        let HookSecret::Headers(headers) = HookSecret::in_headers(&[own.clone(), AUTHORIZATION], &secret) else {
            panic!()
        };
        assert_eq!(headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), [own, AUTHORIZATION]);
        assert!(headers.iter().all(|(_, value)| value.expose_secret() == secret.expose_secret()));
    }
}
