//! Why a call to a vendor failed, named by cause.
//!
//! The consequence (try again, reject, halt) is not decided here but at the rim, from [`Kind`] alone.

use std::fmt;
use std::time::Duration;

use crate::operation::Operation;

/// A call to a vendor that did not do what was asked.
///
/// `Display` names vendor, operation, cause and the vendor's reason codes; never a body, a name or an address.
#[derive(Debug, thiserror::Error)]
#[error("{operation}: {kind}{}", .mend.map(|mend| format!(". {mend}")).unwrap_or_default())]
pub struct Error {
    /// What was being done.
    pub operation: Operation,
    /// The cause.
    pub kind: Kind,
    /// The vendor can only have judged so once it had accepted the login.
    pub(crate) after_login: bool,
    /// What mends it, where the vendor's own way is known: whole sentences.
    pub(crate) mend: Option<&'static str>,
    #[source]
    pub(crate) source: Option<reqwest::Error>,
}

impl Error {
    /// A failure whose cause stands in the vendor's answer.
    #[must_use]
    pub fn new(operation: Operation, kind: Kind) -> Self {
        Self { operation, kind, after_login: false, mend: None, source: None }
    }

    /// The same of a refusal that the vendor can only have made once it had accepted the login and the right to the call.
    #[must_use]
    pub fn after_login(self) -> Self {
        Self { after_login: true, ..self }
    }

    /// The same with what mends it: whole sentences, for whoever is told.
    #[must_use]
    pub(crate) fn mended_by(self, mend: &'static str) -> Self {
        Self { mend: Some(mend), ..self }
    }

    /// The same of a page of a list: a request that was taken without a cursor and is refused with one says that the cursor is
    /// no longer taken.
    #[must_use]
    pub(crate) fn stale_if(mut self, has_cursor: bool) -> Self {
        if let (true, Kind::Invalid(reasons)) = (has_cursor, &mut self.kind) {
            self.kind = Kind::Stale(std::mem::take(reasons));
        }
        self
    }

    /// Whether the answer shows that login and right are good, although the vendor did not do what was asked. Some vendors
    /// judge a body before the login, so refused content alone shows nothing.
    #[must_use]
    pub fn shows_good_login(&self) -> bool {
        self.after_login || matches!(self.kind, Kind::Conflict(_) | Kind::Stale(_))
    }
}

/// The cause of a failed call. The vendor's module maps status and body to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Too many calls; the vendor may have said how long to wait. Nothing was carried out.
    RateLimited {
        /// From the `Retry-After` header, where there was one.
        retry_after: Option<Duration>,
    },
    /// The vendor answered with a 5xx. Whether the request was carried out is open.
    Unavailable {
        /// From the `Retry-After` header, where there was one.
        retry_after: Option<Duration>,
    },
    /// No connection could be made: the request was certainly not carried out.
    Network,
    /// The request went out and no whole answer came back: it may have been carried out.
    Unanswered,
    /// An answer that the vendor's documentation does not explain. Whether the request was carried out is open.
    Unexplained {
        /// The HTTP status.
        status: u16,
    },
    /// The vendor refuses the content.
    Invalid(Vec<Reason>),
    /// The vendor already holds what would be created.
    Conflict(Vec<Reason>),
    /// A thing the request points to is not (or no longer) there and must be made again first.
    Stale(Vec<Reason>),
    /// The one thing that was asked for does not exist (any more).
    Gone,
    /// A list that leads back to a page it has given before: it cannot be read to its end.
    Endless,
    /// A list that ended before it had given as many entries as it said there are.
    Incomplete,
    /// There is no such endpoint at the address: the base URL is wrong, or a gateway stands in the way.
    WrongAddress,
    /// The client was made for reading and was asked to write: nothing was sent.
    ReadOnly,
    /// Credentials are not accepted.
    LoginRefused,
    /// Credentials are accepted, but the account lacks the right or the feature.
    RightMissing(Vec<Reason>),
}

impl Kind {
    /// What a 403 means: the vendor names a right or feature that is missing. One without any reason of the vendor's may be
    /// a gateway's page about this one request.
    #[must_use]
    pub(crate) fn forbidden(reasons: Vec<Reason>) -> Self {
        if reasons.is_empty() { Self::Unexplained { status: 403 } } else { Self::RightMissing(reasons) }
    }

    /// Whether the vendor certainly did not carry the request out, so that it may be repeated without a look first.
    #[must_use]
    pub fn certainly_not_done(&self) -> bool {
        match self {
            // whoever answers so has not let the request in
            Self::Unexplained { status } => matches!(status, 403 | 404 | 405 | 410),
            Self::Unavailable { .. } | Self::Unanswered => false,
            _ => true,
        }
    }

    /// Whether the vendor refuses this one thing: other things may go well.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::Conflict(_))
    }

    /// The vendor's own reasons, where it gave any.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Self::Invalid(reasons) | Self::Conflict(reasons) | Self::Stale(reasons) | Self::RightMissing(reasons) => {
                reasons
            }
            _ => &[],
        }
    }

    /// One word for logs and failure records.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::RateLimited { .. } => "rate-limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Network => "network",
            Self::Unanswered => "unanswered",
            Self::Unexplained { .. } => "unexplained",
            Self::Invalid(_) => "invalid",
            Self::Conflict(_) => "conflict",
            Self::Stale(_) => "stale",
            Self::Gone => "gone",
            Self::Endless => "endless-list",
            Self::Incomplete => "incomplete-list",
            Self::WrongAddress => "wrong-address",
            Self::ReadOnly => "read-only",
            Self::LoginRefused => "login-refused",
            Self::RightMissing(_) => "right-missing",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexplained { status } => write!(f, "unexplained answer with status {status}"),
            _ => f.write_str(self.word()),
        }?;
        for reason in self.reasons() {
            write!(f, "; {reason}")?;
        }
        Ok(())
    }
}

/// A vendor's own reason: a code, and the field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The vendor's field name, where the reason is about one.
    pub field: Option<String>,
    /// The vendor's code, or its fixed words where it has no codes. Never a value of the record.
    pub code: String,
    /// What the code means and what mends it, where that is known.
    pub meaning: Option<Meaning>,
}

/// What a vendor's code means, from its documentation, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// A fragment without a stop, e.g. `the job is not published`.
    pub means: &'static str,
    /// What a person does about it: whole sentences.
    pub to_do: &'static str,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        f.write_str(&self.code)?;
        self.meaning.map_or(Ok(()), |meaning| write!(f, " ({})", meaning.means))
    }
}
