//! Which way a field's value goes.
//!
//! Compared are both sides and what was last the same on both. What has changed since goes to the other side. Where both have
//! changed, Oneflow's counts: a counterparty has entered it, so it is not written over even where it may not reach Teamtailor.
//! What was cleared goes nowhere unless the field says so.

use super::field_value::FieldValue;

/// A side's value, and whether it is news.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The value.
    pub value: &'a FieldValue,
    /// Compared with what was last the same on both sides.
    pub news: News,
}

/// How a value compares with what was last the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Both sides were never the same.
    First,
    /// As it was.
    Unchanged,
    /// Another.
    Changed,
}

/// Which ways are open for a field just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Whether Teamtailor may be written.
    pub to_teamtailor: bool,
    /// Whether Oneflow may be written.
    pub to_oneflow: bool,
    /// Whether a value that was cleared clears the other side.
    pub clears: bool,
}

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Oneflow's to Teamtailor.
    ToTeamtailor,
    /// Teamtailor's to Oneflow.
    ToOneflow,
    /// Nowhere: both sides are the same.
    Same,
    /// Nowhere, although they differ.
    Apart,
}

/// Which way a value goes.
#[must_use]
pub fn flow(oneflow: Side<'_>, teamtailor: Side<'_>, ways: Ways) -> Flow {
    if oneflow.value.is(teamtailor.value) {
        Flow::Same
    } else if ways.to_teamtailor && oneflow.goes(ways) {
        Flow::ToTeamtailor
    } else if ways.to_oneflow && oneflow.yields() && teamtailor.goes(ways) {
        Flow::ToOneflow
    } else {
        Flow::Apart
    }
}

impl Side<'_> {
    /// What somebody has entered here is never written over, even where it cannot reach the other side just now.
    fn yields(&self) -> bool {
        self.news == News::Unchanged || self.value.is_empty()
    }

    fn goes(&self, ways: Ways) -> bool {
        match self.news {
            News::Unchanged => false,
            News::First => !self.value.is_empty(),
            News::Changed => !self.value.is_empty() || ways.clears,
        }
    }
}
