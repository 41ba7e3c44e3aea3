//! Management of Personio's webhooks: what the console needs to register a door and to look whether it is still open.
//! Scopes `personio:webhooks:read` and `personio:webhooks:write`.
//!
//! A hook that is made without a status stays silent, so each is made enabled. Whether answers are wrapped is not
//! documented; all wrappings that were met are read. A secret that an answer may echo is never read. Source:
//! developer.personio.de/reference/post_v2-webhooks and the pages beside it.

use std::collections::BTreeMap;

use http::HeaderName;
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::hr::{Asked, Hr};
use super::pages::Walk;
use super::reading;
use crate::{Error, Kind, Reason};

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
    /// What it shows.
    pub shown: HookSecret,
}

/// How a webhook shows the secret.
#[derive(Debug, Clone)]
pub enum HookSecret {
    /// As the whole value of `Authorization`: whoever wants a `Bearer ` in front writes it here.
    Authorization(SecretString),
    /// In headers of its own, one to three.
    Headers(Vec<(HeaderName, SecretString)>),
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

/// A hook on the wire. Its `token` is not read, should it ever be sent.
#[derive(Deserialize)]
struct WireHook {
    id: String,
    url: String,
    description: Option<String>,
    status: String,
    enabled_events: Vec<String>,
    auth_type: Option<String>,
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

impl Hr {
    /// All webhooks of the company, whoever made them.
    ///
    /// # Errors
    /// As for all calls.
    pub async fn webhooks(&self) -> Result<Vec<Hook>, Error> {
        const OPERATION: &str = "list webhooks";
        let hooks = Walk::new(self, OPERATION, self.url("v2/webhooks"), Asked::All).all().await?;
        let hooks = hooks.into_iter().map(hook).collect::<Option<_>>();
        hooks.ok_or_else(|| self.error(OPERATION, Kind::Unexplained { status: 200 }))
    }

    /// Makes a webhook.
    ///
    /// # Errors
    /// [`Kind::Conflict`]: most likely one with this URL exists: change that one. [`Kind::Invalid`]: the content is
    /// refused, or its headers are none that Personio would send. Otherwise as for all calls.
    pub async fn create_webhook(&self, new: &NewHook) -> Result<Hook, Error> {
        const OPERATION: &str = "create webhook";
        let body = body(new).map_err(|kind| self.error(OPERATION, kind))?;
        let request = self.http.post(self.url("v2/webhooks")).json(&body);
        let answer = self.call(OPERATION, request, Asked::All, &[StatusCode::CREATED, StatusCode::OK]).await?;
        let made = reading::bare(self.json(OPERATION, &answer)?).and_then(hook);
        made.ok_or_else(|| self.error(OPERATION, Kind::Unexplained { status: answer.status.as_u16() }))
    }

    /// Makes an existing webhook what `new` says, secret and status included.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such webhook. Otherwise as [`Self::create_webhook`].
    pub async fn update_webhook(&self, id: &str, new: &NewHook) -> Result<(), Error> {
        const OPERATION: &str = "update webhook";
        let body = body(new).map_err(|kind| self.error(OPERATION, kind))?;
        let request = self.http.patch(self.hook_url(OPERATION, id, "")?).json(&body);
        self.call(OPERATION, request, Asked::One, &[StatusCode::OK, StatusCode::NO_CONTENT]).await.map(drop)
    }

    /// Removes a webhook.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such webhook. Otherwise as for all calls.
    pub async fn delete_webhook(&self, id: &str) -> Result<(), Error> {
        const OPERATION: &str = "delete webhook";
        let request = self.http.delete(self.hook_url(OPERATION, id, "")?);
        self.call(OPERATION, request, Asked::One, &[StatusCode::NO_CONTENT, StatusCode::OK]).await.map(drop)
    }

    /// Has Personio send the event `ping` through a webhook.
    ///
    /// # Errors
    /// [`Kind::Gone`]: there is no such webhook. Otherwise as for all calls.
    pub async fn ping_webhook(&self, id: &str) -> Result<(), Error> {
        const OPERATION: &str = "ping webhook";
        const GOOD: &[StatusCode] = &[StatusCode::OK, StatusCode::ACCEPTED, StatusCode::NO_CONTENT];
        let request = self.http.post(self.hook_url(OPERATION, id, "/ping")?);
        self.call(OPERATION, request, Asked::One, GOOD).await.map(drop)
    }

    /// An id may come from a command line; one that is not plain could name another path.
    fn hook_url(&self, operation: &'static str, id: &str, tail: &str) -> Result<Url, Error> {
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let refused = || refused("id", "not the id of a webhook");
        if plain { Ok(self.url(&format!("v2/webhooks/{id}{tail}"))) } else { Err(self.error(operation, refused())) }
    }
}

fn hook(value: Value) -> Option<Hook> {
    let wire = serde_json::from_value::<WireHook>(value).ok()?;
    Some(Hook {
        id: wire.id,
        url: wire.url,
        description: wire.description.unwrap_or_default(),
        enabled: wire.status.eq_ignore_ascii_case("ENABLED"),
        events: wire.enabled_events,
        auth: wire.auth_type.unwrap_or_default(),
    })
}

fn body(new: &NewHook) -> Result<Body<'_>, Kind> {
    let (auth_type, token, custom_headers) = match &new.shown {
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
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret()));
    let headers: BTreeMap<_, _> = headers.collect();
    if (1..=MOST_HEADERS).contains(&headers.len()) {
        Ok(headers)
    } else {
        Err(refused("custom_headers", "one to three headers can be set"))
    }
}

fn refused(field: &str, code: &str) -> Kind {
    Kind::Invalid(vec![Reason { field: Some(field.to_owned()), code: code.to_owned(), meaning: None }])
}
