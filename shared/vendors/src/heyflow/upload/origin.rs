//! Origins that a setting lists, and the check of a URL before anything is connected to.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::{is_loopback_name, is_public, is_public_name};
use super::{GuardRules, Refusal};

/// Where files may come from: scheme, host and port. https and public, unless the stack itself is local.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    url: Url,
    local: bool,
}

/// Why a text cannot be listed as an origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadOrigin {
    /// Not a URL.
    #[error("not a URL ({0})")]
    Unreadable(url::ParseError),
    /// More than scheme, host and port.
    #[error("an origin is a scheme, a host and a port; it holds no user, path, query or fragment")]
    TooMuch,
    /// http, or not an address of the public internet.
    #[error("only https and a public host may be listed; http and loopback only where the stack itself is local")]
    NotPublic,
}

impl Origin {
    /// Reads an origin such as `https://files.example.com`. `local` says whether the stack itself is local: only then
    /// may an origin be on loopback, and only there plain http.
    ///
    /// # Errors
    /// [`BadOrigin`] says what is wrong with it.
    pub fn parse(text: &str, local: bool) -> Result<Self, BadOrigin> {
        let url = Url::parse(text.trim()).map_err(BadOrigin::Unreadable)?;
        if has_user(&url) || !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(BadOrigin::TooMuch);
        }
        let origin = Self { url, local };
        if origin.is_acceptable() { Ok(origin) } else { Err(BadOrigin::NotPublic) }
    }

    fn is_acceptable(&self) -> bool {
        let loopback = self.local && is_loopback_host(self.url.host());
        match self.url.scheme() {
            "https" => loopback || is_public_host(self.url.host()),
            "http" => loopback,
            _ => false,
        }
    }

    pub(super) fn may_be_loopback(&self) -> bool {
        self.local
    }

    pub(super) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    pub(super) fn name(&self) -> Option<String> {
        self.url.domain().map(str::to_owned)
    }
}

impl GuardRules {
    /// Checks all of a URL that can be told without a lookup. The address comes before the list of origins, so that a
    /// refused address is always reported as such.
    pub(super) fn check(&self, url: &Url) -> Result<(), Refusal> {
        let listed = self.origins.iter().find(|origin| origin.url.origin() == url.origin());
        if url.scheme() != "https" && !listed.is_some_and(Origin::is_plain) {
            return Err(Refusal::Scheme);
        }
        if has_user(url) {
            return Err(Refusal::UserInfo);
        }
        if !is_public_host(url.host()) && !listed.is_some_and(|origin| origin.local && is_loopback_host(url.host())) {
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

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_public_host(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => is_public_name(name),
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        None => false,
    }
}

fn is_loopback_host(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => is_loopback_name(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
