//! Groups: failures that have so much in common that many of them are told together.

use serde::{Deserialize, Serialize};

use crate::failure::{Cause, Failure};

/// The longest problem code that tells groups apart, in characters.
const LONGEST_CODE: usize = 120;

/// What failures have in common that are told together: connection, cause and problem code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Group(String);

impl Group {
    /// The group that a failure belongs to. `None`: notices about whole connections, each of which gets a mail of its own.
    #[must_use]
    pub fn of(failure: &Failure) -> Option<Self> {
        let cause = match failure.cause {
            Cause::Duplicate => "duplicate",
            Cause::Unmappable => "unmappable",
            Cause::Refused => "refused",
            Cause::WithoutFile => "without-file",
            Cause::Altered => "altered",
            Cause::ByHand => "by-hand",
            Cause::Dead => "dead",
            Cause::Unreadable => "unreadable",
            Cause::Held | Cause::Halted | Cause::Resumed => return None,
        };
        let code: String = failure.code.iter().flat_map(|code| code.chars()).take(LONGEST_CODE).collect();
        Some(Self(format!("{}/{cause}/{code}", failure.connection)))
    }

    /// It as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn group(cause: Cause, code: Option<&str>, reason: &str) -> Option<String> {
        let failure = Failure {
            id: "e-0".to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause,
            key: None,
            code: code.map(str::to_owned),
            thread: None,
            ids: Vec::new(),
            reasons: vec![reason.to_owned()],
            advice: Vec::new(),
            message: None,
            failed: Timestamp::UNIX_EPOCH,
            mailed: None,
        };
        Group::of(&failure).map(|group| group.as_str().to_owned())
    }

    #[test]
    fn the_code_tells_groups_apart_and_no_words_do() {
        let first = group(Cause::Refused, Some("errors.x"), "the month is closed");
        assert_eq!(first.as_deref(), Some("careers/refused/errors.x"));
        assert_eq!(first, group(Cause::Refused, Some("errors.x"), "another sentence of it"));
        assert_ne!(first, group(Cause::Refused, Some("errors.y"), "the month is closed"));
        assert_ne!(first, group(Cause::Duplicate, Some("errors.x"), "the month is closed"));
        let long = group(Cause::Dead, Some(&"x".repeat(1000)), "why").unwrap();
        assert_eq!(long.len(), "careers/dead/".len() + LONGEST_CODE);
    }

    /// As those are that an earlier version stored.
    #[test]
    fn failures_without_a_code_are_one_group_for_each_cause() {
        assert_eq!(group(Cause::Refused, None, "why").as_deref(), Some("careers/refused/"));
    }

    #[test]
    fn notices_of_whole_connections_have_no_group() {
        assert_eq!(group(Cause::Halted, None, "why"), None);
        assert_eq!(group(Cause::Resumed, None, "why"), None);
    }
}
