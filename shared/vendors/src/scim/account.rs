//! The account that SCIM calls are made for.

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::value::BaseUrl;

/// The access to one system that takes users over SCIM.
#[derive(Debug, Clone)]
pub struct Account {
    /// What the paths `Users` and `ServiceProviderConfig` stand below; often ends in `/scim/v2`.
    pub base_url: BaseUrl,
    /// How a call proves whose it is.
    pub login: Login,
}

/// How a call proves whose it is (RFC 7644, 2 leaves it open; these two are what systems offer).
#[derive(Debug, Clone)]
pub enum Login {
    /// A token of the system, sent as `Bearer`. Many end after some months or a year.
    Bearer(SecretString),
    /// A technical user of the system.
    Basic {
        /// The user's name.
        user: String,
        /// Their password.
        password: SecretString,
    },
}

impl Account {
    /// Names the account without showing its login: 32 hex digits.
    #[must_use]
    pub fn key(&self) -> String {
        let (user, secret) = match &self.login {
            Login::Bearer(token) => ("", token),
            Login::Basic { user, password } => (user.as_str(), password),
        };
        let mut hash = Sha256::new();
        for part in [self.base_url.join("").as_str(), user, secret.expose_secret()] {
            hash.update(part);
            hash.update([0]);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_named_by_address_and_login() {
        let base_url = |text: &str| BaseUrl::parse(text, false).unwrap();
        let account = |url: &str, login| Account { base_url: base_url(url), login };
        let basic = |user: &str| Login::Basic { user: user.to_owned(), password: "s".into() };
        let keys = [
            account("https://a.example/scim", Login::Bearer("s".into())).key(),
            account("https://b.example/scim", Login::Bearer("s".into())).key(),
            account("https://a.example/scim", Login::Bearer("t".into())).key(),
            account("https://a.example/scim", basic("u")).key(),
            account("https://a.example/scim", basic("v")).key(),
        ];
        assert!(keys.iter().all(|key| key.len() == 32));
        assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), keys.len());
    }
}
