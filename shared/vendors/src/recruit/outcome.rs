//! What can come of a write, besides failing.

use serde_json::Value;

use super::reading::Field;
use super::refusal;
use crate::http::Answer;
use crate::{Error, Kind, Operation, Reason};

/// What came of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created<T> {
    /// Made.
    Made(T),
    /// Recruit refuses the content.
    Refused(Vec<Reason>),
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Done, says Recruit.
    Done,
    /// Recruit refuses the content.
    Refused(Vec<Reason>),
    /// The settings name no way to do this.
    Unsupported,
}

/// What an answer says of a creation. Where it does not say what was made, it may have been made: that is unexplained, and
/// never repeated.
pub(super) fn created<T>(
    operation: Operation,
    answer: Result<Answer, Error>,
    read: fn(&Value) -> Result<T, Field>,
) -> Result<Created<T>, Error> {
    match answer {
        Ok(answer) => {
            let unexplained = |_| Error::new(operation, Kind::Unexplained { status: answer.status.as_u16() });
            read(&refusal::json(operation, &answer)?).map(Created::Made).map_err(unexplained)
        }
        Err(error) => refused(error).map(Created::Refused),
    }
}

/// What an answer says of a change. It may be empty.
pub(super) fn changed(operation: Operation, answer: Result<Answer, Error>) -> Result<Changed, Error> {
    match answer {
        Ok(answer) if answer.body.trim_ascii().is_empty() => Ok(Changed::Done),
        Ok(answer) => refusal::json(operation, &answer).map(|_| Changed::Done),
        Err(error) => refused(error).map(Changed::Refused),
    }
}

/// A refused content is a normal result.
fn refused(error: Error) -> Result<Vec<Reason>, Error> {
    match error.kind {
        Kind::Invalid(reasons) => Ok(reasons),
        _ => Err(error),
    }
}
