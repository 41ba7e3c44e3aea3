//! Tokens of the HR API v2: fetched with id and secret of a credential, kept by the process, used until shortly before
//! their end.
//!
//! Fetching is limited to 150 a minute, and Personio gives the same token again while it lasts, so a token is worth
//! keeping across events. Source: developer.personio.de/reference/auth, `POST /v2/auth/token`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::account::Account;
use super::app_id::identified;
use super::operations::GET_TOKEN;
use super::problem;
use crate::http::Answer;
use crate::{Error, Http, Kind};

/// How long a token is used of which Personio does not say when it ends: the answer to one that has ended is 401, which
/// brings a fresh one.
const UNTOLD: SignedDuration = SignedDuration::from_hours(1);

/// How long before its end a token is no longer used: longer than any function runs on with one.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// The tokens that a process holds; cheap to clone, and clones share them.
#[derive(Clone, Default)]
pub struct Tokens(Arc<Mutex<BTreeMap<Key, Held>>>);

/// Whose token it is: base URL, client id, and a digest of the secret, so that a changed secret is put to the test at
/// once.
type Key = (String, String, [u8; 32]);

struct Held {
    token: SecretString,
    until: Timestamp,
}

/// The answer of the token endpoint.
#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    /// Seconds from now, as a number or a text; may be less than a day where the token is an older one.
    #[serde(default)]
    expires_in: Value,
}

impl Tokens {
    /// The account's token that is held at `now`, or a new one.
    pub(super) async fn get(&self, http: &Http, account: &Account, now: Timestamp) -> Result<SecretString, Error> {
        let key = key(account);
        if let Some(token) = self.held(&key, now) {
            return Ok(token);
        }
        let Granted { access_token: token, expires_in } = fetch(http, account).await?;
        let left = seconds(&expires_in).map_or(UNTOLD, SignedDuration::from_secs).checked_sub(MARGIN);
        if let Some(until) = left.and_then(|left| now.checked_add(left).ok()) {
            self.lock().insert(key, Held { token: token.clone(), until });
        }
        Ok(token)
    }

    /// Gives up a token that Personio did not take, unless another has come in its place meanwhile.
    pub(super) fn forget(&self, account: &Account, token: &SecretString) {
        let key = key(account);
        let mut tokens = self.lock();
        if tokens.get(&key).is_some_and(|held| held.token.expose_secret() == token.expose_secret()) {
            tokens.remove(&key);
        }
    }

    fn held(&self, key: &Key, now: Timestamp) -> Option<SecretString> {
        self.lock().get(key).filter(|held| now < held.until).map(|held| held.token.clone())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Held>> {
        // nothing that is done under the lock can leave the map half written
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({} held)", self.lock().len())
    }
}

fn key(account: &Account) -> Key {
    let digest = Sha256::digest(account.client_secret.expose_secret().as_bytes());
    (account.base_url.join("").into(), account.client_id.clone(), digest.into())
}

/// Whole seconds; `None`: not told, or not readably.
fn seconds(told: &Value) -> Option<i64> {
    match told {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

async fn fetch(http: &Http, account: &Account) -> Result<Granted, Error> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", &account.client_id)
        .append_pair("client_secret", account.client_secret.expose_secret())
        .finish();
    let request = http.post(account.base_url.join("v2/auth/token"));
    let request = identified(request).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
    let answer = http.log_in(GET_TOKEN, request).await?;
    if answer.status != StatusCode::OK {
        return Err(Error::new(GET_TOKEN, refused(&answer)));
    }
    let granted = serde_json::from_slice::<Granted>(&answer.body).ok();
    let granted = granted.filter(|granted| !granted.access_token.expose_secret().is_empty());
    granted.ok_or_else(|| Error::new(GET_TOKEN, Kind::Unexplained { status: 200 }))
}

/// Never a refused content: no record would be at fault, and each would be given up.
fn refused(answer: &Answer) -> Kind {
    let retry_after = answer.retry_after();
    match (answer.status.as_u16(), problem::login_code(&answer.body)) {
        (400, Some("invalid_client" | "invalid_grant" | "unauthorized_client" | "access_denied")) | (401, _) => {
            Kind::LoginRefused
        }
        (400, Some("server_error" | "temporarily_unavailable")) => Kind::Unavailable { retry_after },
        (403, _) => Kind::forbidden(problem::reasons(&answer.body)),
        (404 | 405 | 410, _) => Kind::WrongAddress,
        (429, _) => Kind::RateLimited { retry_after },
        (500..=599, _) => Kind::Unavailable { retry_after },
        (status, _) => Kind::Unexplained { status },
    }
}
