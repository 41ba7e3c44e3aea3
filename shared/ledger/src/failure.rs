//! Failures: what a person must see. `failure_store` stores them, `outbox` knows which are still to be mailed.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};

use crate::hidden::Hidden;
use crate::table::Key;

/// How many bytes of a message are kept, and of all reasons: DynamoDB takes items of 400 KB, names included.
const LONGEST_MESSAGE: usize = 340 * 1024;
const LONGEST_REASONS: usize = 40 * 1024;

/// One thing that a person must see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Unique in its connection, and the same when the same thing fails the same way again.
    #[serde(rename = "sk")]
    pub id: String,
    /// The connection.
    pub connection: String,
    /// Its flow.
    pub flow: String,
    /// What kind of failure.
    pub cause: Cause,
    /// The cause and the thing it names, where many objects may have one cause: of these at most one failure is open at a
    /// time. `None`: the failure is about its record alone. Left out where there is none, as in failures that an earlier
    /// version stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What went wrong, in one word or a vendor's code: what failures of one kind have in common. Holds no ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What mail programs show its mail together with. `None`: nothing but the mails of the same failure. Left out where
    /// there is none, as in failures that an earlier version stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// The vendors' ids of the record, labelled for people.
    pub ids: Vec<Id>,
    /// Why, one line each. No personal data.
    pub reasons: Vec<String>,
    /// What the vendor's documentation says mends it, one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
    /// The queued message, for a replay. Personal data: kept here and nowhere else.
    #[serde(default)]
    pub message: Option<Hidden<String>>,
    /// When it failed.
    #[serde(rename = "failed_ms", with = "millisecond::required")]
    pub failed: Timestamp,
    /// When its mail went out.
    #[serde(rename = "mailed_ms", with = "millisecond::optional", default)]
    pub mailed: Option<Timestamp>,
}

/// What kind of failure; decides which mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The target already holds it.
    Duplicate,
    /// The record cannot be mapped.
    Unmappable,
    /// The target refuses the content.
    Refused,
    /// The target took it, but a file could not be had.
    WithoutFile,
    /// The target took it, but not as it came: a value was left out, or a file goes by another ending.
    Altered,
    /// Something in the target is not as hrsync expects, often because somebody has changed it by hand.
    ByHand,
    /// It came to the dead-letter queue.
    Dead,
    /// A sweep does not go on by itself: it would remove too much, or the source's lists cannot be read.
    Held,
    /// A delivery whose sender knew the secret cannot be read. Its message is what arrived, and no queued message.
    Unreadable,
    /// The whole connection stands still.
    Halted,
    /// It works again.
    #[serde(rename = "mended")]
    Resumed,
}

/// A vendor's id of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Id {
    /// What it is the id of, e.g. `response`.
    pub name: String,
    /// The id.
    pub value: String,
    /// The record's page at the vendor, for people. Left out where there is none, for readers of an earlier version know
    /// no such member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The partition of a connection's failures.
pub(crate) fn partition(connection: &str) -> String {
    format!("failure#{connection}")
}

/// The key of a failure.
pub(crate) fn key(connection: &str, id: &str) -> Key {
    Key::new(partition(connection), id)
}

/// The failure as it fits into an item: what is too large is cut, and said to be.
pub(crate) fn fitted(failure: &Failure) -> Cow<'_, Failure> {
    let long = failure.message.as_ref().map(Hidden::reveal).filter(|message| message.len() > LONGEST_MESSAGE);
    let fitting = fitting(&failure.reasons);
    if long.is_none() && fitting == failure.reasons.len() {
        return Cow::Borrowed(failure);
    }
    let mut fitted = failure.clone();
    fitted.reasons.truncate(fitting);
    let left_out = failure.reasons.len() - fitting;
    if left_out > 0 {
        fitted.reasons.push(format!("and {left_out} more, which are not kept"));
    }
    if let Some(long) = long {
        let length = long.len();
        let (kept, _) = long.split_at(long.floor_char_boundary(LONGEST_MESSAGE));
        fitted.reasons.push(format!(
            "its message of {length} bytes is too large to be kept whole: the first {} are kept, for reading only",
            kept.len()
        ));
        fitted.message = Some(Hidden::new(kept.to_owned()));
    }
    Cow::Owned(fitted)
}

/// How many of the reasons fit.
fn fitting(reasons: &[String]) -> usize {
    let mut bytes = 0;
    reasons
        .iter()
        .take_while(|reason| {
            bytes += reason.len();
            bytes <= LONGEST_REASONS
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(reasons: Vec<String>, message: String) -> Failure {
        Failure {
            id: "e-0".to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause: Cause::Unmappable,
            key: None,
            code: None,
            thread: None,
            ids: Vec::new(),
            reasons,
            advice: Vec::new(),
            message: Some(Hidden::new(message)),
            failed: Timestamp::UNIX_EPOCH,
            mailed: None,
        }
    }

    #[test]
    fn what_fits_is_kept_as_it_is() {
        let whole = failure(vec!["why".to_owned()], "m".repeat(LONGEST_MESSAGE));
        assert_eq!(fitted(&whole).as_ref(), &whole);
    }

    #[test]
    fn what_is_too_large_is_cut_and_said_to_be() {
        // two bytes a letter, and a limit in the middle of one
        let message = format!("m{}", "ä".repeat(LONGEST_MESSAGE));
        let reasons = vec!["r".repeat(1000); 100];
        let cut = fitted(&failure(reasons, message)).into_owned();
        assert_eq!(cut.message.map(|message| message.reveal().len()), Some(LONGEST_MESSAGE - 1));
        assert_eq!(cut.reasons.len(), 42);
        assert_eq!(cut.reasons[40], "and 60 more, which are not kept");
        let said =
            "its message of 696321 bytes is too large to be kept whole: the first 348159 are kept, for reading only";
        assert_eq!(cut.reasons[41], said);
    }

    /// Stored and queued by an earlier version, and for one: without pages, advice and thread.
    #[test]
    fn shapes_of_an_earlier_version_are_read_and_written() {
        let earlier = r#"{"name":"response","value":"R"}"#;
        let id: Id = serde_json::from_str(earlier).unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), earlier);
        let stored = serde_json::to_value(failure(Vec::new(), "m".to_owned())).unwrap();
        assert_eq!(stored["message"], "m");
        assert!(["advice", "thread", "key", "code"].iter().all(|member| stored.get(*member).is_none()));
        let read: Failure = serde_json::from_value(stored).unwrap();
        assert_eq!(read, failure(Vec::new(), "m".to_owned()));
    }

    #[test]
    fn causes_are_stored_as_they_ever_were() {
        for (cause, stored) in [(Cause::WithoutFile, "without-file"), (Cause::Resumed, "mended")] {
            assert_eq!(serde_json::to_value(cause).unwrap(), stored);
        }
    }
}
