//! The statuses of HiBob's positions and openings.

use toml_span::{DeserError, Deserialize, Value};

use crate::document::one_of;

/// A status of a position or an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody holds it.
    Vacant,
    /// Somebody is about to hold it.
    Starting,
    /// Somebody holds it.
    Filled,
    /// Somebody is about to leave it.
    Departing,
    /// Recruiting rests.
    OnHold,
    /// It will be cancelled at the end of a day.
    CancelledSoon,
    /// It is cancelled.
    Cancelled,
}

/// HiBob's pages spell the last one in both ways.
const WORDS: &[(&str, Status)] = &[
    ("vacant", Status::Vacant),
    ("starting", Status::Starting),
    ("filled", Status::Filled),
    ("departing", Status::Departing),
    ("onHold", Status::OnHold),
    ("cancelledSoon", Status::CancelledSoon),
    ("canceledSoon", Status::CancelledSoon),
    ("cancelled", Status::Cancelled),
    ("canceled", Status::Cancelled),
];

impl Status {
    /// The status of a word; `None`: HiBob's pages know no such word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, status)| *status)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, WORDS)
    }
}
