//! The guard: rules and the client that keeps them.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::address::{self, Checked, Lookup};
use super::error::{FetchError, FetchErrorKind};
use super::fetch;
use super::file::Upload;
use super::known::KnownFile;
use super::origin::Origin;
use super::rules::GuardRules;
use crate::http;
use crate::value::Personal;

/// Fetches upload links within its rules.
#[derive(Clone)]
pub struct Guard {
    pub(super) rules: GuardRules,
    client: reqwest::Client,
}

impl Guard {
    /// The longest that asking for a name may take.
    pub const NAME_TIME: Duration = Duration::from_secs(5);
    const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

    /// A guard that asks the system's resolver.
    ///
    /// # Errors
    /// Where the TLS back end cannot be set up.
    pub fn new(rules: GuardRules) -> Result<Self, reqwest::Error> {
        Self::with_lookup(rules, Arc::new(address::ask_system))
    }

    pub(super) fn with_lookup(rules: GuardRules, lookup: Lookup) -> Result<Self, reqwest::Error> {
        let local = rules.origins.iter().filter(|origin| origin.may_be_loopback());
        let loopback_names: Vec<String> = local.filter_map(Origin::name).collect();
        // which follows no redirects: each is checked first
        let client = http::builder()?
            .no_proxy()
            .referer(false)
            .https_only(!rules.origins.iter().any(Origin::is_plain))
            .dns_resolver(Arc::new(Checked::new(lookup, loopback_names)))
            .connect_timeout(Self::CONNECT_TIMEOUT)
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self { rules, client })
    }

    /// Fetches the file behind `link`. It is named by the answer's `Content-Disposition`, else by the link's last path
    /// segment, else `fallback_name`, and gets the ending of its content.
    ///
    /// # Errors
    /// [`FetchError`], which says whether a later try may succeed.
    pub async fn fetch(&self, link: &str, fallback_name: &str) -> Result<Upload, FetchError> {
        let whole = fetch::fetch(&self.client, &self.rules, link, fallback_name);
        let fetched = timeout(self.rules.time, whole).await;
        fetched.unwrap_or(Err(FetchErrorKind::TimedOut)).map_err(|kind| FetchError { kind })
    }

    /// The name of a file that was fetched before, told anew by `link`: as [`Self::fetch`] names it, but with the ending of
    /// then. A link that gives no file any more, or not soon, leaves its own path, then the fallback.
    pub async fn name(&self, link: &str, known: KnownFile<'_>) -> Personal<String> {
        let time = self.rules.time.min(Self::NAME_TIME);
        let asked = timeout(time, fetch::name(&self.client, &self.rules, link, &known)).await;
        Personal::new(asked.unwrap_or_else(|_| fetch::name_by_link(link, &known)))
    }
}
