//! Why a function cannot start.

use crate::environment::MissingVariable;

/// Why a function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A variable is missing.
    #[error(transparent)]
    Variable(#[from] MissingVariable),
    /// A variable's value cannot be used.
    #[error("the environment variable {0} is no number")]
    NoNumber(&'static str),
    /// A variable names no time zone.
    #[error("the environment variable {0} is no time zone")]
    NoTimeZone(&'static str),
    /// A variable that Lambda sets itself is missing.
    #[error("the environment variable {0} is not set (Lambda sets it)")]
    NotInLambda(&'static str),
    /// The HTTP client of AWS's SDK cannot be made.
    #[error("TLS cannot be set up")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}
