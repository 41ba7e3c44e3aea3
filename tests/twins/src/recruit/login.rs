//! Who calls: a JWT that is signed with the account's secret and issued by its API key.
//! <https://developers.comeet.com/reference/authorization>

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::account::Account;
use super::problem::Problem;

/// Some 600 seconds are documented; a token that lives much longer is refused.
const LONGEST: i64 = 3600;

#[derive(Deserialize)]
struct Head {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    exp: i64,
}

/// What a token says, before its signature is looked at.
pub(super) struct Token<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    claims: Claims,
}

impl<'a> Token<'a> {
    /// Reads the token of a call.
    pub(super) fn read(headers: &'a HeaderMap) -> Result<Self, Problem> {
        let text = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = text.strip_prefix("Bearer ").ok_or_else(|| Problem::login("Authorization is missing"))?;
        parse(token).ok_or_else(|| Problem::login("The token cannot be read"))
    }

    /// Whether this account's key issued it.
    pub(super) fn is_of(&self, account: &Account) -> bool {
        !account.api_key.is_empty() && self.claims.iss == account.api_key
    }

    /// Refuses a token that another secret signed, or whose time is over.
    pub(super) fn check(&self, account: &Account, now: Timestamp) -> Result<(), Problem> {
        let mac = Hmac::<Sha256>::new_from_slice(account.secret.as_bytes());
        let mac = mac.map_err(|_| Problem::login("The account has no secret"))?;
        if account.secret.is_empty() || mac.chain_update(self.signed).verify_slice(&self.signature).is_err() {
            return Err(Problem::login("The signature is wrong"));
        }
        let left = self.claims.exp - now.as_second();
        if left <= 0 {
            return Err(Problem::login("The token has expired"));
        }
        if left > LONGEST { Err(Problem::login("The token lives too long")) } else { Ok(()) }
    }
}

fn parse(token: &str) -> Option<Token<'_>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, claims) = signed.split_once('.')?;
    let head: Head = part(head)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    (head.alg == "HS256").then_some(())?;
    Some(Token { signed, signature, claims: part(claims)? })
}

fn part<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
