//! The table `[policies]`: what becomes of openings in the cases that HiBob's page leaves open.

use jiff::civil::Date;
use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::model::{Cell, position_field};

use super::row::Row;
use crate::document::{fault, one_of, table};

/// What becomes of openings in the cases that HiBob's page leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policies {
    /// What `cancelledSoon` does: `cancelled` follows at the end of a day.
    pub cancelled_soon: WhenEnding,
    /// What a closed recruitment status does.
    pub recruitment_closed: WhenEnding,
    /// What becomes of an opening that was cancelled and is open again.
    pub reopened: WhenReopened,
    /// What becomes of an opening that went to another position.
    pub moved: WhenMoved,
    /// What becomes of the position in Recruit when its last opening of ours is cancelled.
    pub last_opening_gone: WhenLastGone,
    /// Which of the positions that were approved before the first sweep are created.
    pub backfill: Backfill,
}

/// Whether something that is about to end cancels the opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenEnding {
    /// The opening stays open.
    #[default]
    Keep,
    /// The opening is cancelled.
    Cancel,
}

/// What becomes of an opening that was cancelled and is open again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenReopened {
    /// Recruit gets a new one.
    #[default]
    Create,
    /// The owner is told.
    Tell,
}

/// What becomes of an opening that went to another position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenMoved {
    /// The opening stays where it is, and the owner is told.
    #[default]
    Tell,
    /// The opening is cancelled, and the other position gets one.
    Recreate,
}

/// What becomes of a position whose last opening of ours is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenLastGone {
    /// Nothing.
    #[default]
    Leave,
    /// The position rests.
    OnHold,
    /// The position is closed.
    Close,
}

/// Which of the positions that were approved before the first sweep are created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backfill {
    /// None.
    #[default]
    Nothing,
    /// All.
    All,
    /// Those whose effective date is this day or later.
    Since(Date),
}

impl Backfill {
    /// Whether a position that was approved before the first sweep is created.
    #[must_use]
    pub fn takes(self, row: Row<'_>) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Since(first) => {
                let effective = row.cell(&position_field::EFFECTIVE_DATE).and_then(Cell::date);
                effective.and_then(Result::ok).is_some_and(|day| day >= first)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Policies {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |policies| {
            Some(Self {
                cancelled_soon: policies.optional("cancelled_soon").unwrap_or_default(),
                recruitment_closed: policies.optional("recruitment_closed").unwrap_or_default(),
                reopened: policies.optional("reopened").unwrap_or_default(),
                moved: policies.optional("moved").unwrap_or_default(),
                last_opening_gone: policies.optional("last_opening_gone").unwrap_or_default(),
                backfill: policies.optional("backfill").unwrap_or_default(),
            })
        })
    }
}

impl<'de> Deserialize<'de> for WhenEnding {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("keep", Self::Keep), ("cancel", Self::Cancel)])
    }
}

impl<'de> Deserialize<'de> for WhenReopened {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("create", Self::Create), ("tell", Self::Tell)])
    }
}

impl<'de> Deserialize<'de> for WhenMoved {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("tell", Self::Tell), ("recreate", Self::Recreate)])
    }
}

impl<'de> Deserialize<'de> for WhenLastGone {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("leave", Self::Leave), ("on-hold", Self::OnHold), ("close", Self::Close)])
    }
}

impl<'de> Deserialize<'de> for Backfill {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let text = value.take_string(None)?;
        match text.as_ref() {
            "none" => Ok(Self::Nothing),
            "all" => Ok(Self::All),
            day => {
                let what = || format!("`{day}` is none of `none`, `all` and a day like `2026-01-31`");
                day.parse().map(Self::Since).map_err(|_| fault(value.span, what()))
            }
        }
    }
}
