//! The connections that a function works for: settings and secrets together, re-read within a minute, so that a mapping
//! changes and a secret ends without a deploy.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Ledger};
use secrecy::{ExposeSecret, SecretString};

use crate::clock::Clock;
use crate::secrets::{Secrets, SecretsError};

/// How long what was read is used without a look.
const FRESH: Duration = Duration::from_secs(60);
/// How long it is used where it cannot be read again: a form response that is refused then is lost for good.
const USABLE: Duration = Duration::from_secs(15 * 60);
/// How often one name is read again when something does not fit: a guesser costs nothing.
const AGAIN: Duration = Duration::from_secs(5);
/// How many names are remembered, wrong ones included.
const REMEMBERED: usize = 1000;

/// A connection, ready to work with. `Debug` shows no settings.
pub struct Loaded<C> {
    /// What the flow made of document and secret.
    pub settings: C,
    /// Grows with each apply.
    pub revision: u64,
    /// Open while the connection is halted.
    pub breaker: Option<Breaker>,
    /// Whether a person has it stand still.
    pub is_paused: bool,
    /// When a person was last forgotten. What was received before may be about them.
    pub forgot: Option<Timestamp>,
}

/// Makes the flow's settings from document and secret. `local` says whether the stack itself is local.
pub type Read<C> = fn(document: &str, secret: &SecretString, local: bool) -> Result<C, Vec<String>>;

/// Why there is no such connection to work with.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No connection of this flow has the name.
    #[error("no connection has this name")]
    Unknown,
    /// It has no secret yet.
    #[error("the connection has no secret; set it with `hrsync secrets set`")]
    NoSecret,
    /// Its settings or its secret are not well formed.
    #[error("the connection's settings cannot be used: {}", .0.join("; "))]
    Unusable(Vec<String>),
    /// The table cannot be read.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The secret cannot be read.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl<C> fmt::Debug for Loaded<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, breaker, is_paused, .. } = self;
        let mut shown = f.debug_struct("Loaded");
        shown
            .field("revision", revision)
            .field("breaker", breaker)
            .field("is_paused", is_paused)
            .finish_non_exhaustive()
    }
}

type Known<C> = Result<Arc<Loaded<C>>, Arc<LoadError>>;

struct Cached<C> {
    known: Known<C>,
    read_at: Timestamp,
}

/// The connections of one flow.
pub struct Connections<C> {
    flow: &'static str,
    ledger: Ledger,
    secrets: Secrets,
    read: Read<C>,
    local: bool,
    clock: Clock,
    cache: Mutex<HashMap<String, Cached<C>>>,
}

impl<C> Connections<C> {
    /// The connections of `flow`, read with `read`.
    #[must_use]
    pub fn new(flow: &'static str, ledger: Ledger, secrets: Secrets, read: Read<C>, local: bool, clock: Clock) -> Self {
        Self { flow, ledger, secrets, read, local, clock, cache: Mutex::default() }
    }

    /// The connection named `name`, read at most a minute ago. Where it cannot be read or used just now, what was good
    /// within the last quarter of an hour.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn get(&self, name: &str) -> Known<C> {
        if let Some(known) = self.remembered(name, FRESH) {
            return known;
        }
        match self.load(name).await {
            Err(error) if !matches!(*error, LoadError::Unknown) => {
                tracing::error!(connection = name, error = %error, "the connection cannot be read or used");
                self.remembered(name, USABLE).filter(Result::is_ok).unwrap_or(Err(error))
            }
            known => known,
        }
    }

    /// The same, read again unless that happened within the last seconds: to be called before a stranger is turned
    /// away, for settings or secret may have just changed.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn get_again(&self, name: &str) -> Known<C> {
        match self.remembered(name, AGAIN) {
            Some(known) => known,
            None => self.load(name).await,
        }
    }

    /// Reads the connection again at its next use.
    pub fn forget(&self, name: &str) {
        self.cache().remove(name);
    }

    async fn load(&self, name: &str) -> Known<C> {
        let known = self.read(name).await.map(Arc::new).map_err(Arc::new);
        let mut cache = self.cache();
        if cache.len() >= REMEMBERED {
            cache.retain(|_, cached| cached.known.is_ok());
        }
        // what was good may have to serve a little longer, unless the connection is gone
        let gone = known.as_ref().is_err_and(|error| matches!(**error, LoadError::Unknown));
        if known.is_ok() || gone || cache.get(name).is_none_or(|cached| cached.known.is_err()) {
            cache.insert(name.to_owned(), Cached { known: known.clone(), read_at: self.clock.now() });
        }
        known
    }

    async fn read(&self, name: &str) -> Result<Loaded<C>, LoadError> {
        if !is_name(name) {
            return Err(LoadError::Unknown);
        }
        let connection = self.ledger.connection(name).await?;
        let connection = connection.filter(|it| it.flow == self.flow).ok_or(LoadError::Unknown)?;
        let secret = self.secrets.read(name).await?.ok_or(LoadError::NoSecret)?;
        let settings = (self.read)(&connection.document, &secret, self.local).map_err(LoadError::Unusable)?;
        let ledger::Connection { revision, breaker, paused, forgot, .. } = connection;
        Ok(Loaded { settings, revision, breaker, is_paused: paused.is_some(), forgot })
    }

    fn remembered(&self, name: &str, at_most: Duration) -> Option<Known<C>> {
        let cache = self.cache();
        let cached = cache.get(name)?;
        (self.clock.since(cached.read_at) < at_most).then(|| cached.known.clone())
    }

    fn cache(&self) -> MutexGuard<'_, HashMap<String, Cached<C>>> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a text can be a connection's name: 1 to 40 of `a-z`, `0-9` and `-`, beginning with a letter. The name stands
/// in URLs, keys, message groups and secret names.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits)
}

/// Reads a connection's secret (JSON) as a `T`, naming the key that is wrong and never a value.
///
/// # Errors
/// One line that names what is wrong.
pub fn read_secret<T: serde::de::DeserializeOwned>(secret: &SecretString) -> Result<T, Vec<String>> {
    serde_json::from_str(secret.expose_secret()).map_err(|error| {
        let what = error.to_string();
        // serde_json quotes names of fields in backticks; a wrong value it would quote as well
        let about_a_field = what.starts_with("missing field") || what.starts_with("unknown field");
        let what = if about_a_field { what } else { "not the JSON object it must be".to_owned() };
        vec![format!("the secret: {what}")]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for good in ["careers", "a", "careers-de-2"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "Careers", "2nd", "-a", "a/b", "a b", "ä", &"a".repeat(41)] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Keys {
        #[expect(dead_code, reason = "only its presence matters")]
        token: u32,
    }

    #[test]
    fn a_wrong_secret_is_named_without_showing_it() {
        let wrong = |secret: &str| read_secret::<Keys>(&secret.into()).unwrap_err().join("");
        assert!(wrong(r#"{"tokn": 1}"#).contains("unknown field `tokn`"));
        assert!(wrong("{}").contains("missing field `token`"));
        assert!(!wrong(r#"{"token": "hunter2hunter2"}"#).contains("hunter2"));
    }
}
