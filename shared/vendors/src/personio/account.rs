//! The account that calls of the HR API v2 are made for.

use secrecy::SecretString;

use crate::value::BaseUrl;

/// One company's HR account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`](super::recruiting::DEFAULT_BASE_URL) but for tests.
    pub base_url: BaseUrl,
    /// The credential's id (Settings > API credentials).
    pub client_id: String,
    /// The credential's secret; not the static token of the recruiting API.
    pub client_secret: SecretString,
}

impl Account {
    /// What tells the account from others: address and client id, and no secret. Personio's API names no company, so two
    /// credentials of one company count as two accounts.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.base_url.join(""), self.client_id)
    }
}
