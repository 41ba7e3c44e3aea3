//! What a guard lets through, and the check of a URL before anything is connected to.

use std::time::Duration;

use url::Url;

use super::error::Refusal;
use super::origin::{Origin, has_user, is_loopback_host, is_public_host};

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

    /// Checks all of a URL that can be told without a lookup. The address comes before the list of origins, so that a
    /// refused address is always reported as such.
    pub(super) fn check(&self, url: &Url) -> Result<(), Refusal> {
        let listed = self.origins.iter().find(|origin| origin.is_of(url));
        if url.scheme() != "https" && !listed.is_some_and(Origin::is_plain) {
            return Err(Refusal::Scheme);
        }
        if has_user(url) {
            return Err(Refusal::UserInfo);
        }
        let is_listed_loopback = listed.is_some_and(Origin::may_be_loopback) && is_loopback_host(url.host());
        if !is_public_host(url.host()) && !is_listed_loopback {
            return Err(Refusal::Address);
        }
        match listed {
            Some(_) => Ok(()),
            None if !self.origins.is_empty() => Err(Refusal::Origin),
            None if url.port_or_known_default() != Some(443) => Err(Refusal::Port),
            None => Ok(()),
        }
    }
}
