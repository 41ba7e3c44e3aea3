//! The account that Oneflow calls are made for.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::value::{BaseUrl, Email};

/// Where the API is. The test environment is `https://api.test.oneflow.com/v1`.
pub const DEFAULT_BASE_URL: &str = "https://api.oneflow.com/v1";

/// How long a token is.
const TOKEN_LENGTH: usize = 40;

/// What mends a refused login, for whoever is told of it.
pub const RENEW: &str = "The API token of Oneflow was revoked or is wrong. Make a new one under Marketplace > API tokens, and set \
                         it with `hrsync secrets set`.";

/// One account of Oneflow.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] or the test environment.
    pub base_url: BaseUrl,
    /// From Marketplace > API tokens.
    pub token: ApiToken,
    /// The user of the account in whose name contracts are created, published and changed.
    pub user: Email,
}

/// A token of the API: 40 letters, digits and hyphens.
#[derive(Debug, Clone)]
pub struct ApiToken(SecretString);

/// The secret is no token of Oneflow's. Says nothing of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an API token of Oneflow, which is 40 letters, digits and hyphens")]
pub struct NotAToken;

impl TryFrom<SecretString> for ApiToken {
    type Error = NotAToken;

    fn try_from(secret: SecretString) -> Result<Self, NotAToken> {
        let text = secret.expose_secret();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if text.len() == TOKEN_LENGTH && text.bytes().all(is_plain) { Ok(Self(secret)) } else { Err(NotAToken) }
    }
}

impl ApiToken {
    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl Account {
    /// Names the account without showing its token: 32 hex digits. Oneflow counts calls by token.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.base_url.join("").as_str(), self.token.expose()] {
            hash.update(part);
            hash.update([0]);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef-0123456789abcdef-ABCDEF";

    fn token(text: &str) -> Result<ApiToken, NotAToken> {
        SecretString::from(text).try_into()
    }

    #[test]
    fn a_token_has_forty_plain_characters() {
        assert!(token(TOKEN).is_ok());
        for bad in ["", "short", &TOKEN[1..], &format!("{TOKEN}0"), &TOKEN.replace('-', "_"), &TOKEN.replace('-', " ")]
        {
            assert_eq!(token(bad).unwrap_err(), NotAToken, "{bad:?}");
        }
    }

    #[test]
    fn an_account_is_named_by_address_and_token_and_shows_neither() {
        let account = |base_url: &str, secret: &str, user: &str| {
            let base_url = BaseUrl::parse(base_url, false).unwrap();
            Account { base_url, token: token(secret).unwrap(), user: user.parse().unwrap() }
        };
        let one = account(DEFAULT_BASE_URL, TOKEN, "dora@example.com");
        assert_eq!((one.key().len(), one.key()), (32, account(DEFAULT_BASE_URL, TOKEN, "jan@example.com").key()));
        let test = account("https://api.test.oneflow.com/v1", TOKEN, "dora@example.com");
        let other = account(DEFAULT_BASE_URL, &TOKEN.replace('0', "1"), "dora@example.com");
        assert!(test.key() != one.key() && other.key() != one.key());
        assert!(!format!("{one:?}").contains("0123") && !format!("{one:?}").contains("dora"));
    }
}
