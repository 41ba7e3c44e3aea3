//! The guarded download of a form's upload link: the one place where outsiders choose a URL that is fetched from within
//! the account.
//!
//! Guarantees: a connection is only made over https to a public address (or to a listed origin), and to exactly the
//! address that was checked: a name is resolved once, and refused whole when any of its addresses is not public. Every
//! redirect is checked like the link itself. No proxy, cookie, referrer or credential goes along. Size and time are
//! capped while the file streams in. A page in place of the file, an ending that the target does not take and bytes
//! that contradict the ending are refused.
//!
//! Not guaranteed: that a file is harmless to open. Names that resolve to NAT64 addresses are refused, so a subnet with
//! DNS64 switched on cannot fetch at all.
//!
//! Source: Heyflow's help page "Webhook API" (an upload is a link, readable without login only with "Public Link
//! access" switched on). The host of the links is not documented, so the default is any public address.

mod address;
mod content;
mod fault;
mod fetch;
mod name;
mod origin;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use fault::{Kind, Refusal, Unavailable};
pub use origin::{BadOrigin, Origin};

use crate::value::Personal;
use address::{Checked, Lookup};

/// What a guard lets through.
#[derive(Debug, Clone)]
pub struct GuardRules {
    /// Only these; none at all means any https origin on a public address and the default port.
    pub origins: Vec<Origin>,
    /// The largest file, in bytes.
    pub largest: u64,
    /// The longest that a fetch may take, from the first lookup over all redirects to the last byte.
    pub time: Duration,
    /// How many redirects are followed.
    pub redirects: u8,
    /// The ending of a file name as the target takes it (`photo.JPEG` gives `jpg`); `None` where it takes no such file.
    pub allowed_extension: fn(&str) -> Option<&'static str>,
}

impl GuardRules {
    /// The time that a fetch may take unless a setting says otherwise.
    pub const TIME: Duration = Duration::from_secs(10);
    /// The number of redirects that are followed unless a setting says otherwise.
    pub const REDIRECTS: u8 = 3;
}

/// Fetches upload links within its rules.
#[derive(Clone)]
pub struct Guard {
    rules: GuardRules,
    client: reqwest::Client,
}

/// A file as it was uploaded.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name: at most 120 characters, no path, no control characters, ending in `.` and [`Self::extension`].
    pub name: Personal<String>,
    /// The ending as the target spells it.
    pub extension: &'static str,
    /// The whole file; never empty.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.extension, self.bytes.len())
    }
}

impl Guard {
    const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

    /// A guard that asks the system's resolver.
    ///
    /// # Errors
    /// Where the TLS back end cannot be set up.
    pub fn new(rules: GuardRules) -> Result<Self, reqwest::Error> {
        Self::with_lookup(rules, Arc::new(address::ask_system))
    }

    fn with_lookup(rules: GuardRules, lookup: Lookup) -> Result<Self, reqwest::Error> {
        let local = rules.origins.iter().filter(|origin| origin.may_be_loopback());
        let loopback_names: Vec<String> = local.filter_map(Origin::name).collect();
        // which follows no redirects: each is checked first
        let client = crate::http::builder()?
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
    /// segment, else `fallback_name` with an ending read from its first bytes.
    ///
    /// # Errors
    /// [`Unavailable`], which says whether a later try may succeed.
    pub async fn fetch(&self, link: &str, fallback_name: &str) -> Result<Upload, Unavailable> {
        let whole = tokio::time::timeout(self.rules.time, self.fetch_whole(link, fallback_name));
        whole.await.unwrap_or(Err(Kind::TimedOut)).map_err(|kind| Unavailable { kind })
    }
}
