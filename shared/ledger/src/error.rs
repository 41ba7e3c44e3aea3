//! Why the table did not do what was asked.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// An operation on the ledger that failed. `Display` names operation and cause, never an item's content.
#[derive(Debug, thiserror::Error)]
#[error("ledger {operation}: {kind}")]
pub struct Error {
    /// What was being done.
    pub operation: &'static str,
    /// The cause.
    pub kind: Kind,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The cause of a failed operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Kind {
    /// DynamoDB could not be reached, throttled or failed, also after the SDK's own retries.
    #[error("DynamoDB is unavailable")]
    Unavailable,
    /// DynamoDB refused: a missing right, a missing table, an item that is too large. Names DynamoDB's code.
    #[error("DynamoDB refused ({0})")]
    Refused(String),
    /// An item that this version cannot read.
    #[error("an item cannot be read")]
    Unreadable,
    /// A request that cannot be built: a defect, which no repetition mends.
    #[error("a request cannot be built")]
    Unbuildable,
}

impl Error {
    pub(crate) fn of<E>(operation: &'static str, error: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let kind = match error.as_service_error().and_then(ProvideErrorMetadata::code) {
            None | Some("InternalServerError" | "ThrottlingException" | "RequestLimitExceeded") => Kind::Unavailable,
            Some("ProvisionedThroughputExceededException" | "TransactionInProgressException") => Kind::Unavailable,
            // cancelled for another reason than a condition: throttled or in conflict with another writer
            Some("TransactionCanceledException" | "TransactionConflictException") => Kind::Unavailable,
            Some(code) => Kind::Refused(code.to_owned()),
        };
        Self { operation, kind, source: error.into() }
    }

    /// Others wrote the same item each time that it was tried.
    pub(crate) fn contended(operation: &'static str) -> Self {
        Self { operation, kind: Kind::Unavailable, source: "others write it at the same time".into() }
    }

    pub(crate) fn unreadable(operation: &'static str, source: serde_dynamo::Error) -> Self {
        Self { operation, kind: Kind::Unreadable, source: source.into() }
    }

    /// DynamoDB's answer lacks the item that was asked for.
    pub(crate) fn incomplete(operation: &'static str) -> Self {
        Self { operation, kind: Kind::Unreadable, source: "the answer holds no item".into() }
    }

    /// `source`: what a builder of the SDK lacks, or why a value cannot be serialized.
    pub(crate) fn unbuildable(
        operation: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { operation, kind: Kind::Unbuildable, source: source.into() }
    }
}
