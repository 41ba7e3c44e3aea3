//! Value types that several vendors and flows share.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::text;

/// Personal data: travels and serializes as it is, but its `Debug` shows nothing, so no log line can hold it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks `value` as personal.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: for the system it is meant for, never for a log line, an error or a mail.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(personal)")
    }
}

/// An e-mail address (RFC 5321 syntax with a domain), without anything invisible, its domain in ASCII (RFC 5891).
/// Personal: its `Debug` shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Email(Personal<String>);

impl Email {
    /// The address as it travels.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// The address case-folded: the form in which two addresses are the same person's.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.reveal().to_lowercase()
    }
}

/// The text is not an e-mail address. Says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl std::str::FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let text = in_ascii_domain(text).ok_or(NotAnEmail)?;
        let strict = email_address::Options::default().with_required_tld().without_display_text();
        match email_address::EmailAddress::parse_with_options(&text, strict) {
            Ok(_) => Ok(Self(Personal::new(text))),
            Err(_) => Err(NotAnEmail),
        }
    }
}

/// The text without what nobody sees, its domain in ASCII: mail servers and vendors know `xn--mller-kva.example`, not every
/// one `müller.example`.
fn in_ascii_domain(text: &str) -> Option<String> {
    let shown: String = text::cleaned(text).chars().filter(|letter| !text::is_invisible(*letter)).collect();
    match shown.rsplit_once('@') {
        Some((local, domain)) if !domain.is_ascii() => match Host::parse(domain).ok()? {
            Host::Domain(domain) => Some(format!("{local}@{domain}")),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        },
        _ => Some(shown),
    }
}

/// Where a vendor's API is: https and a public name, unless the stack itself is local.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why a text cannot be a vendor's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadBaseUrl {
    /// Not a URL.
    #[error("not a URL ({0})")]
    Unreadable(url::ParseError),
    /// Credentials or a query in it.
    #[error("a base URL holds no user, password, query or fragment")]
    TooMuch,
    /// http, or an address of this machine.
    #[error("only https and a public host name may be used, unless the stack itself is local")]
    NotPublic,
}

impl BaseUrl {
    /// Reads an address. `local` says whether the stack itself is local, where twins stand on loopback over http.
    ///
    /// # Errors
    /// [`BadBaseUrl`] says what is wrong with it.
    pub fn parse(text: &str, local: bool) -> Result<Self, BadBaseUrl> {
        let url = Url::parse(text).map_err(BadBaseUrl::Unreadable)?;
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(BadBaseUrl::TooMuch);
        }
        if !local && !is_public(&url) {
            return Err(BadBaseUrl::NotPublic);
        }
        Ok(Self(url))
    }

    /// The address of a path below the base, e.g. `v1/recruiting/applications`. The base may itself have a path.
    #[must_use]
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let joined = format!("{}/{}", url.path().trim_end_matches('/'), path.trim_start_matches('/'));
        url.set_path(&joined);
        url
    }

    /// Whether a redirect of the vendor's may be followed to this address: https and a public name, unless the base itself
    /// is not, which only a local stack allows.
    pub(crate) fn may_lead_to(&self, url: &Url) -> bool {
        is_public(url) || !is_public(&self.0)
    }
}

fn is_public(url: &Url) -> bool {
    let Some(url::Host::Domain(name)) = url.host() else { return false };
    let name = name.trim_end_matches('.');
    let inner = [".localhost", ".internal", ".local"].iter().any(|suffix| name.ends_with(suffix));
    url.scheme() == "https" && name.contains('.') && !inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_values_show_nothing_in_debug() {
        let email: Email = " Mina.Aydin@Bewerbung.Example ".parse().unwrap();
        assert_eq!(format!("{email:?}"), "Email((personal))");
        assert_eq!(email.reveal(), "Mina.Aydin@Bewerbung.Example");
        assert_eq!(email.folded(), "mina.aydin@bewerbung.example");
    }

    #[test]
    fn texts_that_are_not_addresses_are_refused() {
        for text in
            ["", "mina", "mina@", "@example.com", "mina@localhost", "a b@example.com", "Mina <mina@example.com>"]
        {
            assert_eq!(text.parse::<Email>(), Err(NotAnEmail), "{text:?}");
        }
    }

    #[test]
    fn a_domain_with_umlauts_travels_in_ascii_and_nothing_invisible_goes_along() {
        for (text, expected) in [
            ("mina@müller.example", "mina@xn--mller-kva.example"),
            ("mina@mu\u{308}ller.example", "mina@xn--mller-kva.example"),
            ("\u{feff}mina@\u{200b}applicant.example\u{202c}", "mina@applicant.example"),
            ("mina@MÜLLER.example ", "mina@xn--mller-kva.example"),
        ] {
            assert_eq!(text.parse::<Email>().unwrap().reveal(), expected, "{text:?}");
        }
        for text in ["mina@１２７.０.０.１", "mina@ü..example", "mina@mü ller.example"] {
            assert_eq!(text.parse::<Email>(), Err(NotAnEmail), "{text:?}");
        }
    }

    #[test]
    fn a_base_url_is_https_and_public_unless_the_stack_is_local() {
        assert!(BaseUrl::parse("https://api.personio.de", false).is_ok());
        for text in [
            "http://api.personio.de",
            "https://localhost",
            "https://127.0.0.1",
            "https://[::1]/",
            "https://db.internal",
            "https://localhost.",
        ] {
            assert_eq!(BaseUrl::parse(text, false), Err(BadBaseUrl::NotPublic), "{text}");
        }
        assert!(BaseUrl::parse("http://127.0.0.1:4600/personio", true).is_ok());
        assert_eq!(BaseUrl::parse("https://user:pass@api.personio.de", false), Err(BadBaseUrl::TooMuch));
    }

    #[test]
    fn a_public_base_leads_to_public_addresses_only() {
        let leads = |base: &str, to: &str| BaseUrl::parse(base, true).unwrap().may_lead_to(&to.parse().unwrap());
        assert!(leads("https://api.oneflow.com", "https://bucket.s3.eu-west-1.amazonaws.com/x?y"));
        for to in ["http://bucket.s3.amazonaws.com", "https://169.254.169.254", "https://db.internal", "file:///etc"] {
            assert!(!leads("https://api.oneflow.com", to), "{to}");
        }
        assert!(leads("http://127.0.0.1:4600", "http://127.0.0.1:4601"));
    }

    #[test]
    fn paths_are_joined_below_the_base() {
        let twin = BaseUrl::parse("http://127.0.0.1:4600/personio", true).unwrap();
        assert_eq!(twin.join("v1/x").as_str(), "http://127.0.0.1:4600/personio/v1/x");
        let real = BaseUrl::parse("https://api.personio.de/", false).unwrap();
        assert_eq!(real.join("/v1/x").as_str(), "https://api.personio.de/v1/x");
    }
}
