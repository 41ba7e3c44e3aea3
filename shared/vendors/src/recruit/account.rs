//! The account that calls are made for.

use secrecy::SecretString;

use crate::value::BaseUrl;

/// Where Recruit's API is, unless the connection says otherwise (`https://api.comeet.com` is in use as well).
pub const DEFAULT_BASE_URL: &str = "https://api.comeet.co";

/// One company's access.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] but for tests.
    pub base_url: BaseUrl,
    /// The company's API key, which it gets when the app is activated.
    pub api_key: String,
    /// The app's secret, which signs the tokens.
    pub secret: SecretString,
}

impl Account {
    /// What tells the account from others: address and API key, and no secret.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.base_url.join(""), self.api_key)
    }
}
