//! The account that calls are made for.

use secrecy::SecretString;

use crate::value::BaseUrl;

/// Where HiBob's API is, unless the connection says otherwise (its sandbox is `https://api.sandbox.hibob.com/v1`).
pub const DEFAULT_BASE_URL: &str = "https://api.hibob.com/v1";

/// One company's access: a service user, who must be in a permission group.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is; [`DEFAULT_BASE_URL`] but for sandboxes and tests.
    pub base_url: BaseUrl,
    /// The service user's id.
    pub service_user: String,
    /// Its token, which HiBob shows once.
    pub token: SecretString,
}

impl Account {
    /// What tells the account from others: address and service user, and no secret.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.base_url.join(""), self.service_user)
    }
}
