//! An opening that is to be made.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::value::Personal;

/// An opening that is to be made. It is sent as open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOpening {
    /// The name.
    pub name: String,
    /// When somebody is expected to be hired.
    pub time_expected_hire: Timestamp,
    /// Why somebody is looked for.
    pub reason: OpeningReason,
    /// When the opening was approved. `None`: Recruit's own approval decides.
    pub approved_at: Option<Timestamp>,
    /// Values of custom fields by their names, which must exist in Recruit.
    pub custom_fields: BTreeMap<String, Personal<String>>,
}

/// The body of an opening.
#[derive(Serialize)]
struct Sent<'a> {
    name: &'a str,
    time_expected_hire: String,
    reason: OpeningReason,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_approved: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    custom_fields: &'a BTreeMap<String, Personal<String>>,
}

impl Serialize for NewOpening {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sent = Sent {
            name: &self.name,
            time_expected_hire: moment(self.time_expected_hire),
            reason: self.reason,
            status: "OPEN",
            approval_status: self.approved_at.map(|_| "APPROVED"),
            time_approved: self.approved_at.map(moment),
            custom_fields: &self.custom_fields,
        };
        sent.serialize(serializer)
    }
}

/// A moment as Recruit writes it: UTC, whole seconds.
pub(in crate::recruit) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Why somebody is looked for. Recruit knows no other reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OpeningReason {
    /// A new place.
    New,
    /// Somebody has left.
    #[serde(rename = "Replacement hire")]
    ReplacementHire,
    /// Somebody is away for a while.
    #[serde(rename = "Temporary replacement")]
    TemporaryReplacement,
}

impl OpeningReason {
    /// All, as they may be listed to whoever writes a connection file.
    pub const ALL: [Self; 3] = [Self::New, Self::ReplacementHire, Self::TemporaryReplacement];

    /// The reason in Recruit's words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::ReplacementHire => "Replacement hire",
            Self::TemporaryReplacement => "Temporary replacement",
        }
    }
}

impl fmt::Display for OpeningReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Recruit knows no such reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a reason of an opening, which is \"New\", \"Replacement hire\" or \"Temporary replacement\"")]
pub struct NotAReason;

impl FromStr for OpeningReason {
    type Err = NotAReason;

    fn from_str(text: &str) -> Result<Self, NotAReason> {
        Self::ALL.into_iter().find(|reason| reason.as_str().eq_ignore_ascii_case(text.trim())).ok_or(NotAReason)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn opening() -> NewOpening {
        NewOpening {
            name: "Engineer - O-1".to_owned(),
            time_expected_hire: "2026-09-01T00:00:00.5Z".parse().unwrap(),
            reason: OpeningReason::ReplacementHire,
            approved_at: None,
            custom_fields: BTreeMap::new(),
        }
    }

    #[test]
    fn an_opening_is_sent_as_open_with_whole_seconds() {
        let wanted = json!({"name": "Engineer - O-1", "time_expected_hire": "2026-09-01T00:00:00Z",
            "reason": "Replacement hire", "status": "OPEN"});
        assert_eq!(serde_json::to_value(opening()).unwrap(), wanted);
    }

    #[test]
    fn an_approval_is_sent_with_its_time() {
        let approved_at = Some("2026-01-15T09:30:00.123456Z".parse().unwrap());
        let custom_fields = [("HiBob position ID".to_owned(), Personal::new("225".to_owned()))].into();
        let sent = serde_json::to_value(NewOpening { approved_at, custom_fields, ..opening() }).unwrap();
        assert_eq!(
            (&sent["approval_status"], &sent["time_approved"]),
            (&json!("APPROVED"), &json!("2026-01-15T09:30:00Z"))
        );
        assert_eq!(sent["custom_fields"], json!({"HiBob position ID": "225"}));
    }

    #[test]
    fn reasons_are_read_in_any_case_and_sent_in_recruits_words() {
        for reason in OpeningReason::ALL {
            assert_eq!(reason.to_string().to_lowercase().parse(), Ok(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), json!(reason.as_str()));
        }
        assert_eq!("Growth".parse::<OpeningReason>(), Err(NotAReason));
    }
}
