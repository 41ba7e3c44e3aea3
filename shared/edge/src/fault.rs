//! Why a record could not be brought to its end now, named by cause.

use std::sync::Arc;

use jiff::Timestamp;
use vendors::{Kind, Operation};

use crate::connections::LoadError;
use crate::queue::QueueError;

/// Why a record could not be brought to its end now.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A vendor did not do what was asked.
    #[error(transparent)]
    Vendor(#[from] vendors::Error),
    /// The record cannot be mapped.
    #[error(transparent)]
    Unmappable(#[from] mapping::Unmappable),
    /// The message's body is of another version of hrsync.
    #[error("a {what} of version {found}, which this hrsync does not read")]
    Version {
        /// What the body is, e.g. `signal`.
        what: &'static str,
        /// Its version.
        found: u64,
    },
    /// The message's body is not what it should be. Carries no part of it.
    #[error("{0}")]
    Malformed(String),
    /// The record is for something that the connection does not list.
    #[error("{0}")]
    Unlisted(String),
    /// A file that the record points to can never be fetched.
    #[error("{0}")]
    MissingFile(String),
    /// A file that the record points to cannot be fetched just now.
    #[error("a file cannot be fetched: {0}")]
    Unfetched(String),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// There is no such connection to work with.
    #[error(transparent)]
    Connection(#[from] Arc<LoadError>),
    /// A vendor's rate limit: the record's turn lies ahead.
    #[error("waiting for a turn within the vendor's rate limit")]
    Throttled {
        /// When its turn comes.
        until: Timestamp,
    },
    /// What an unanswered write has made may not be visible yet.
    #[error("an unanswered write is given time to become visible")]
    NotYetVisible {
        /// When it is looked for again.
        until: Timestamp,
    },
    /// A setting of the connection does not fit the vendor.
    #[error("{0}")]
    Setting(String),
    /// The source does not yet say what it has told of.
    #[error("the source does not yet say what it has told of")]
    Stale,
    /// Another worker has written the object's link meanwhile.
    #[error("overtaken by another worker")]
    Overtaken,
    /// A target's id belongs to another object. Names ids only.
    #[error("the target's id {target} belongs to {by}")]
    Claimed {
        /// The target's id.
        target: String,
        /// Whose the id is.
        by: String,
    },
    /// The function has less time left than the next write may take.
    #[error("out of time")]
    OutOfTime,
    /// Another queue refused.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// Mail could not be sent. Carries words only, for edge does not know the mail crate.
    #[error("mail was not sent: {0}")]
    Mail(String),
    /// Our own mistake, e.g. a message that cannot be serialized.
    #[error("a defect: {0}")]
    Defect(String),
}

impl Fault {
    /// The operation that a vendor has answered well although it refuses the content.
    #[must_use]
    pub fn answered(&self) -> Option<Operation> {
        match self {
            Self::Vendor(error) if error.shows_good_login() => Some(error.operation),
            _ => None,
        }
    }

    /// Whether other records of the connection need not try just now: the vendor answers nobody.
    pub(crate) fn is_of_the_vendor(&self) -> bool {
        let Self::Vendor(error) = self else { return false };
        matches!(error.kind, Kind::RateLimited { .. } | Kind::Unavailable { .. } | Kind::Network | Kind::Unanswered)
    }

    /// Whether a vendor was called.
    pub(crate) fn is_of_a_call(&self) -> bool {
        matches!(self, Self::Vendor(_))
    }
}
