//! What Oneflow sends to participants.

use jiff::Timestamp;
use serde::Serialize;

/// An invitation to a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Mail {
    pub contract: i64,
    pub participant: i64,
    /// The e-mail address, or the phone number where `channel` is `sms`.
    pub to: String,
    pub channel: String,
    pub subject: String,
    pub message: String,
    pub at: Timestamp,
}
