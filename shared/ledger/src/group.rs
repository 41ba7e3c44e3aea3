//! Groups: failures that have so much in common that many of them are told together.

use serde::{Deserialize, Serialize};

use crate::failure::{Cause, Failure};

/// The longest part of a reason that tells groups apart, in characters.
const LONGEST_CODE: usize = 120;

/// What failures have in common that are told together: connection, cause and the first reason without what differs
/// from record to record.
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
            Cause::Dead => "dead",
            Cause::Unreadable => "unreadable",
            Cause::Held | Cause::Halted | Cause::Resumed => return None,
        };
        let code = failure.reasons.first().map(|reason| code(reason)).unwrap_or_default();
        Some(Self(format!("{}/{cause}/{code}", failure.connection)))
    }

    /// It as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reason without its meaning in brackets, and with `#` for each word that holds a digit: ids, times, counts.
fn code(reason: &str) -> String {
    let code = reason.split(" (").next().unwrap_or_default();
    let word = |word| if str::contains(word, |c: char| c.is_ascii_digit()) { "#" } else { word };
    let words: Vec<&str> = code.split_whitespace().map(word).collect();
    words.join(" ").chars().take(LONGEST_CODE).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn group(cause: Cause, reason: &str) -> Option<String> {
        let failure = Failure {
            id: "e-0".to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause,
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
    fn what_differs_from_record_to_record_makes_no_group_of_its_own() {
        for (reason, code) in [
            (
                "personio: email: errors.applicant-already-exists (known)",
                "personio: email: errors.applicant-already-exists",
            ),
            ("received 2026-02-20T08:00:00Z, tried until it came", "received # tried until it came"),
            ("`application.email`: the input `E-mail` is empty", "`application.email`: the input `E-mail` is empty"),
            ("", ""),
        ] {
            assert_eq!(group(Cause::Refused, reason), Some(format!("careers/refused/{code}")));
        }
        assert_eq!(group(Cause::Dead, &"x".repeat(1000)).unwrap().len(), "careers/dead/".len() + LONGEST_CODE);
        assert_ne!(group(Cause::Refused, "why"), group(Cause::Duplicate, "why"));
    }

    #[test]
    fn notices_of_whole_connections_have_no_group() {
        assert_eq!(group(Cause::Halted, "why"), None);
        assert_eq!(group(Cause::Resumed, "why"), None);
    }
}
