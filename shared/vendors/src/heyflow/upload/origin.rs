//! Origins that a setting lists, and the host of a URL as far as it can be judged without a lookup.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::{is_loopback_name, is_public, is_public_name};

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

    /// Whether it is that of `url`.
    pub(super) fn is_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
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

/// Whether a user or a password stands in it.
pub(super) fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether the host can be one of the public internet.
pub(super) fn is_public_host(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => is_public_name(name),
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        None => false,
    }
}

/// Whether the host stands for this machine.
pub(super) fn is_loopback_host(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => is_loopback_name(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
