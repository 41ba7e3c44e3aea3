//! What HiBob says of an opening now: open, or to be cancelled, and why.

use std::fmt;

use vendors::hibob::model::FieldId;
use vendors::hibob::model::{opening_field, position_field};

use super::policies::{Policies, WhenEnding};
use super::row::Row;
use super::status::Status;
use crate::Unmappable;

/// What HiBob says of an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The opening is open.
    Open,
    /// The opening is to be cancelled.
    Cancelled(CancelReason),
}

/// Why an opening is to be cancelled. `Display` is what Recruit's people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelReason {
    /// HiBob has deleted the opening.
    Deleted,
    /// The opening was cancelled.
    Opening,
    /// The position was cancelled.
    Position,
    /// Recruiting for the opening was closed.
    RecruitmentClosed,
    /// The opening went to another position.
    Moved,
}

/// Whether somebody holds an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nobody does.
    Nobody,
    /// Somebody does.
    Somebody,
    /// HiBob does not show who does.
    Unknown,
}

/// What HiBob says of a row's opening.
///
/// # Errors
/// [`Unmappable`]: a status is none that HiBob's pages know.
pub fn fate(row: Row<'_>, policies: &Policies) -> Result<Fate, Unmappable> {
    let position = status(row, &position_field::STATUS)?;
    let opening = status(row, &opening_field::STATUS)?;
    if ends(position, policies) {
        return Ok(Fate::Cancelled(CancelReason::Position));
    }
    if ends(opening, policies) {
        return Ok(Fate::Cancelled(CancelReason::Opening));
    }
    let recruitment = row.word(&opening_field::RECRUITMENT_STATUS);
    let is_closed = recruitment.is_some_and(|word| word.eq_ignore_ascii_case("closed"));
    if is_closed && policies.recruitment_closed == WhenEnding::Cancel {
        return Ok(Fate::Cancelled(CancelReason::RecruitmentClosed));
    }
    Ok(Fate::Open)
}

/// Whether somebody holds the row's opening. A field that HiBob does not show says nothing, and one that holds anything
/// does not say nobody.
#[must_use]
pub fn holder(row: Row<'_>) -> Holder {
    match row.cell(&opening_field::FILLED_BY) {
        None => Holder::Unknown,
        Some(cell) if !cell.is_empty() => Holder::Somebody,
        // HiBob leaves holders out of some rows
        Some(_) if seems_held(row) => Holder::Unknown,
        Some(_) => Holder::Nobody,
    }
}

/// Whether other fields say that somebody holds the opening.
fn seems_held(row: Row<'_>) -> bool {
    let has_start = row.cell(&opening_field::ACTUAL_START_DATE).is_some_and(|cell| !cell.is_empty());
    let status = row.word(&opening_field::STATUS).and_then(|word| Status::from_word(&word));
    has_start || matches!(status, Some(Status::Filled | Status::Starting | Status::Departing))
}

/// An empty status says nothing, and an opening ends only where HiBob says so.
fn status(row: Row<'_>, field: &FieldId) -> Result<Option<Status>, Unmappable> {
    let Some(word) = row.word(field) else { return Ok(None) };
    let unknown = || Unmappable::one(field.as_str(), "is a status that hrsync does not know");
    Status::from_word(&word).map(Some).ok_or_else(unknown)
}

fn ends(status: Option<Status>, policies: &Policies) -> bool {
    match status {
        Some(Status::Cancelled) => true,
        Some(Status::CancelledSoon) => policies.cancelled_soon == WhenEnding::Cancel,
        _ => false,
    }
}

impl fmt::Display for CancelReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Deleted => "the opening was deleted in HiBob",
            Self::Opening => "the opening was cancelled in HiBob",
            Self::Position => "the position was cancelled in HiBob",
            Self::RecruitmentClosed => "recruiting for the opening was closed in HiBob",
            Self::Moved => "the opening went to another position in HiBob",
        })
    }
}
