//! What is kept of each absence: the entry that helloHQ holds for it, and where a change stands that was cut off.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::serde::timestamp::millisecond;
use serde::{Deserialize, Serialize};
use vendors::hellohq::model::{Entry, EntryId};

/// The last day of an absence whose end is open.
pub const OPEN: Date = Date::MAX;

/// A link's own part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What stands in helloHQ for the absence.
    pub entered: Option<Entered>,
    /// An entry that was sent and whose answer is not known.
    pub intent: Option<Intent>,
    /// Entries of ours that are to be removed.
    #[serde(default)]
    pub superseded: Vec<EntryId>,
    /// Entries of ours that were removed lately: helloHQ may show them for a while.
    #[serde(default)]
    pub removed: Vec<EntryId>,
    /// What stands in the way of what should be there.
    pub problem: Option<Obstacle>,
    /// The last day that an open end was entered up to.
    pub open_until: Option<Date>,
}

/// An entry of ours in helloHQ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entered {
    /// helloHQ's id.
    pub id: EntryId,
    /// What was written.
    pub entry: Entry,
}

/// An entry on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// What was sent.
    pub entry: Entry,
    /// When.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// What stands in the way. The owner has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// Its type has no home in the mapping: every sweep tries again.
    NoHome,
    /// No user, or not just one, has the person's address: every sweep tries again.
    NoUser,
    /// The connection's settings do not fit it: every sweep tries again.
    Unmappable,
    /// helloHQ refuses it, or it cannot be read: tried again once it is edited, or by hand.
    Refused,
}

impl Obstacle {
    /// Whether something outside of the absence can end it.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::NoHome | Self::NoUser | Self::Unmappable)
    }
}

impl State {
    /// Whether a step was begun whose end is not known.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.intent.is_some() || !self.superseded.is_empty()
    }
}
