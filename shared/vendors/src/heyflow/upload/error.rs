//! Why an upload could not be had, in kinds that say whether a later try may succeed.

use std::fmt;

/// The file behind an upload link could not be had.
///
/// `Display` is written for the form's owner and never holds the link or the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct FetchError {
    /// The cause.
    pub kind: FetchErrorKind,
}

impl FetchError {
    /// Whether the same link may work later; otherwise only a person can help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.kind.is_temporary()
    }
}

/// The cause of a failed fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchErrorKind {
    /// The host could not be found or reached, or the connection broke. Temporary.
    Network,
    /// Not done within the time allowed. Temporary.
    TimedOut,
    /// The host wants fewer calls (429). Temporary.
    RateLimited,
    /// The host has trouble (5xx). Temporary.
    Unavailable(u16),
    /// The link itself is not fetched.
    Refused(Refusal),
    /// A redirect leads to where nothing is fetched.
    RedirectRefused(Refusal),
    /// One redirect too many.
    TooManyRedirects,
    /// Any other status than 200.
    Status(u16),
    /// A page instead of the file: the host asks for a login.
    Html,
    /// A web page that somebody saved under the ending of a document.
    SavedPage,
    /// The link was good for a time that is over.
    Expired,
    /// No bytes.
    Empty,
    /// More bytes than the target takes.
    TooLarge,
    /// Compressed in transit although this was declined.
    Encoded,
    /// The target takes no files of this type, which is named by its ending; or nothing tells one.
    Extension(Option<&'static str>),
    /// The content is not that of a file with this ending.
    Contradiction,
}

/// Why a URL is not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not a URL.
    Unreadable,
    /// Not https.
    Scheme,
    /// A user or a password in it.
    UserInfo,
    /// Its host is not, or leads not only to, an address of the public internet.
    Address,
    /// Not one of the listed origins.
    Origin,
    /// Not the default port.
    Port,
}

impl FetchErrorKind {
    /// Whether the same link may work later.
    #[must_use]
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::Network | Self::TimedOut | Self::RateLimited | Self::Unavailable(_))
    }

    /// One word for logs and failure records.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::TimedOut => "timed-out",
            Self::RateLimited => "rate-limited",
            Self::Unavailable(_) => "unavailable",
            Self::Refused(_) => "link-refused",
            Self::RedirectRefused(_) => "redirect-refused",
            Self::TooManyRedirects => "too-many-redirects",
            Self::Status(_) => "status",
            Self::Html => "page-instead-of-file",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Encoded => "encoded",
            Self::SavedPage => "saved-page",
            Self::Expired => "link-expired",
            Self::Extension(_) => "ending-not-taken",
            Self::Contradiction => "content-contradicts-ending",
        }
    }

    /// What a refusal on a later hop is: the redirect's, not the link's.
    pub(super) fn after(self, redirects: u8) -> Self {
        match self {
            Self::Refused(refusal) if redirects > 0 => Self::RedirectRefused(refusal),
            other => other,
        }
    }
}

/// Heyflow's help page "Webhook API": links can be fetched by programs only with this switched on.
const PUBLIC_LINKS: &str = "is \"Public Link access\" switched on in the flow's settings?";

impl fmt::Display for FetchErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network => f.write_str("the host of the uploaded file cannot be reached"),
            Self::TimedOut => f.write_str("the uploaded file took too long to arrive"),
            Self::RateLimited => f.write_str("the host of the uploaded file asks for fewer downloads (status 429)"),
            Self::Unavailable(status) => write!(f, "the host of the uploaded file has trouble (status {status})"),
            Self::Refused(why) => write!(f, "the upload link is not fetched: {why}"),
            Self::RedirectRefused(why) => write!(f, "the upload link leads on to a link that is not fetched: {why}"),
            Self::TooManyRedirects => f.write_str("the upload link leads on from one link to the next too many times"),
            Self::Status(401 | 403) => write!(f, "the host does not hand out the uploaded file; {PUBLIC_LINKS}"),
            Self::Status(404 | 410) => f.write_str("the uploaded file is no longer there"),
            Self::Status(status) => write!(f, "the host does not hand out the uploaded file (status {status})"),
            Self::Html => write!(f, "the upload link shows a web page instead of the file; {PUBLIC_LINKS}"),
            Self::Empty => f.write_str("the uploaded file is empty"),
            Self::TooLarge => {
                f.write_str("the uploaded file is too large to be added, also by hand: make it smaller first")
            }
            Self::Encoded => f.write_str("the host sends the uploaded file compressed although this was declined"),
            Self::SavedPage => f.write_str(
                "the uploaded file is a web page saved as a document, which cannot be added, nor by hand: convert it first, to PDF say",
            ),
            Self::Expired => f.write_str("the upload link has expired; Heyflow still shows the response"),
            Self::Extension(found) => {
                let found = found.map(|found| format!(" ({found})")).unwrap_or_default();
                write!(f, "no files of this type{found} can be added, nor by hand: convert it first, to PDF say")
            }
            Self::Contradiction => f.write_str("the content of the uploaded file does not fit the ending of its name"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "it is not a web address",
            Self::Scheme => "it does not begin with https",
            Self::UserInfo => "it holds a user name or password",
            Self::Address => "its host is not on the public internet",
            Self::Origin => "its host is not one of those listed in uploads.origins",
            Self::Port => "it names an unusual port",
        })
    }
}
