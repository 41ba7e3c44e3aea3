//! Tokens: JWTs that we make ourselves (HS256, RFC 7519), good for ten minutes, used until shortly before their end. Source:
//! developers.comeet.com/reference/authorization.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::account::Account;

/// How long a token is good.
const LIFE: SignedDuration = SignedDuration::from_secs(600);

/// How long before its end a token is no longer used.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// The tokens that a process holds; cheap to clone, and clones share them.
#[derive(Clone, Default)]
pub struct Tokens(Arc<Mutex<BTreeMap<Key, Held>>>);

/// Whose token it is: base URL, API key, and a digest of the secret, so that a changed secret is put to the test at once.
type Key = (String, [u8; 32]);

struct Held {
    token: SecretString,
    until: Timestamp,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    exp: i64,
}

impl Tokens {
    /// The account's token that is held at `now`, or a new one. `None`: none can be made.
    pub(super) fn get(&self, account: &Account, now: Timestamp) -> Option<SecretString> {
        let held = self.lock().get(&key(account)).filter(|held| now < held.until).map(|held| held.token.clone());
        held.or_else(|| self.fresh(account, now))
    }

    /// A new token in the place of one that is held.
    pub(super) fn fresh(&self, account: &Account, now: Timestamp) -> Option<SecretString> {
        let end = now.checked_add(LIFE).ok()?;
        let token = mint(&account.api_key, &account.secret, end)?;
        let until = end.checked_sub(MARGIN).ok()?;
        self.lock().insert(key(account), Held { token: token.clone(), until });
        Some(token)
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
    (account.key(), Sha256::digest(account.secret.expose_secret().as_bytes()).into())
}

fn mint(api_key: &str, secret: &SecretString, end: Timestamp) -> Option<SecretString> {
    let claims = serde_json::to_string(&Claims { iss: api_key, exp: end.as_second() }).ok()?;
    let signed = [HEADER, &claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?.chain_update(&signed);
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Some(format!("{signed}.{signature}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::BaseUrl;

    fn account(secret: &str) -> Account {
        let base_url = BaseUrl::parse("https://api.comeet.co", false).unwrap();
        Account { base_url, api_key: "test-key".to_owned(), secret: secret.into() }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn shown(token: Option<SecretString>) -> String {
        token.unwrap().expose_secret().to_owned()
    }

    /// Computed apart from this code, with the secret `test-secret` and the end 2026-01-01T00:00:00Z.
    #[test]
    fn a_token_is_signed_as_the_standard_says() {
        const VECTOR: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0ZXN0LWtleSIsImV4cCI6MTc2NzIyNTYwMH0.\
                              Ig4SR4SWAvx66WTwTrobwisz1gv1NcksqmEIdMA-V6A";
        assert_eq!(shown(mint("test-key", &"test-secret".into(), at(1_767_225_600))), VECTOR);
        assert_eq!(shown(Tokens::default().get(&account("test-secret"), at(1_767_225_000))), VECTOR);
    }

    #[test]
    fn a_token_is_held_until_a_minute_before_its_end() {
        let tokens = Tokens::default();
        let get = |second| shown(tokens.clone().get(&account("test-secret"), at(second)));
        let first = get(1_000);
        assert_eq!(get(1_539), first);
        let second = get(1_540);
        assert_ne!(second, first);
        assert_eq!(get(1_541), second);
    }

    #[test]
    fn a_fresh_token_takes_the_place_of_one_that_was_refused() {
        let tokens = Tokens::default();
        let first = shown(tokens.get(&account("test-secret"), at(1_000)));
        let fresh = shown(tokens.fresh(&account("test-secret"), at(1_001)));
        assert_ne!(fresh, first);
        assert_eq!(shown(tokens.get(&account("test-secret"), at(1_002))), fresh);
    }

    #[test]
    fn each_secret_has_its_own_token() {
        let tokens = Tokens::default();
        let first = shown(tokens.get(&account("test-secret"), at(1_000)));
        assert_ne!(shown(tokens.get(&account("other-secret"), at(1_000))), first);
        assert_eq!(format!("{tokens:?}"), "Tokens(2 held)");
    }
}
