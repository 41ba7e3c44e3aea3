//! The account that Teamtailor calls are made for.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::value::BaseUrl;

/// The version of the API that is spoken here, unless a connection names another.
pub const DEFAULT_VERSION: &str = "20240904";

/// What mends a refused login, for whoever is told of it.
pub const RENEW: &str = "The API key of Teamtailor was removed or is wrong, or the company stands in another region than the \
                         connection file says. Make a key with the scope Admin, read and write, under Settings > \
                         Integrations > API keys, and set it with `hrsync secrets set`.";

/// One company's account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where the API is: [`Region::base_url`], but for tests.
    pub base_url: BaseUrl,
    /// An API key with the scope Admin, read and write.
    pub api_key: SecretString,
    /// The version of the API.
    pub version: ApiVersion,
}

/// Where a company's data stands. The host of another region answers 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Europe.
    Eu,
    /// North America.
    Na,
    /// Asia and the Pacific.
    Ap,
}

/// A version of the API: a date of eight digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiVersion(String);

/// The text is no version of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a version of Teamtailor's API, which is a date of eight digits such as {DEFAULT_VERSION}")]
pub struct NotAVersion;

impl Region {
    /// The address of the region's API.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Eu => "https://api.teamtailor.com",
            Self::Na => "https://api.na.teamtailor.com",
            Self::Ap => "https://api.au.teamtailor.com",
        }
    }
}

impl ApiVersion {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ApiVersion {
    fn default() -> Self {
        Self(DEFAULT_VERSION.to_owned())
    }
}

impl std::str::FromStr for ApiVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_date { Ok(Self(text.to_owned())) } else { Err(NotAVersion) }
    }
}

impl Account {
    /// Names the account without showing its key: 32 hex digits. Teamtailor counts calls by key.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.base_url.join("").as_str(), self.api_key.expose_secret()] {
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
    fn a_version_is_a_date() {
        assert_eq!("20240404".parse::<ApiVersion>().unwrap().as_str(), "20240404");
        assert_eq!(ApiVersion::default().as_str().parse(), Ok(ApiVersion::default()));
        for bad in ["", "2024-09-04", "latest", "202409041"] {
            assert_eq!(bad.parse::<ApiVersion>(), Err(NotAVersion), "{bad:?}");
        }
    }

    #[test]
    fn an_account_is_named_by_region_and_key() {
        let account = |region: Region, key: &str| {
            let base_url = BaseUrl::parse(region.base_url(), false).unwrap();
            Account { base_url, api_key: key.into(), version: ApiVersion::default() }
        };
        let names = [
            account(Region::Eu, "a").key(),
            account(Region::Na, "a").key(),
            account(Region::Ap, "a").key(),
            account(Region::Eu, "b").key(),
        ];
        assert!(names.iter().all(|name| name.len() == 32));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
    }
}
