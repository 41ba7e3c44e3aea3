//! What Recruit should hold for an opening now. Pure: source, link, settings decide.

use mapping::Unmappable;
use mapping::hibob_to_recruit::{
    Approved, CancelReason, Fate, Holder, MappedOpening, OpeningRules, Row, WhenMoved, WhenReopened, fate, holder,
    mapped_opening,
};
use vendors::hibob::model::Cell;
use vendors::hibob::model::opening_field;

use crate::blocker::Blocker;
use crate::link::{OpeningState, Target};

/// What Recruit should hold for an opening.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Desired {
    /// An open opening with this content.
    Open(Box<MappedOpening>),
    /// No open opening.
    Cancelled(CancelReason),
    /// What Recruit holds: nothing is due.
    AsItStands(String),
    /// Nothing, for the opening was there before the first sweep.
    Left,
    /// Nothing here: the opening belongs to another position, and gets one there.
    Elsewhere,
}

/// Whether the opening was known before the first sweep had ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// The first sweep has met it, or an earlier attempt has left it.
    BeforeFirstSweep,
    /// It came later.
    Later,
}

/// Works out what should be there.
///
/// # Errors
/// What stands in the way.
pub(crate) fn decide(
    row: Row<'_>,
    state: &OpeningState,
    rules: &OpeningRules,
    known: Known,
) -> Result<Desired, Blocker> {
    let fate = fate(row, &rules.policies).map_err(|unmappable| Blocker::unmappable(&row.opening.id, &unmappable))?;
    match (fate, &state.target) {
        (Fate::Cancelled(reason), Some(target)) if !target.is_cancelled => cancelled(row, reason),
        (Fate::Cancelled(reason), _) => Ok(Desired::AsItStands(reason.to_string())),
        (Fate::Open, Some(target)) if has_moved(row, state) => moved(row, state, target, rules),
        (Fate::Open, Some(target)) if target.is_cancelled => reopened(row, rules),
        (Fate::Open, Some(_)) => mapped(row, rules),
        (Fate::Open, None) => unknown(row, rules, known),
    }
}

/// Recruit has no opening for it yet: only what is approved and still searched for gets one.
fn unknown(row: Row<'_>, rules: &OpeningRules, known: Known) -> Result<Desired, Blocker> {
    if let Approved::No(why) = rules.approval.of(row) {
        return Ok(Desired::AsItStands(format!("not approved: {why}")));
    }
    if is_taken(row) {
        return Ok(Desired::AsItStands("somebody was found for it before Recruit had it".to_owned()));
    }
    if known == Known::BeforeFirstSweep && !rules.policies.backfill.takes(row) {
        return Ok(Desired::Left);
    }
    mapped(row, rules)
}

/// An opening that somebody is about to leave is searched for again.
fn is_taken(row: Row<'_>) -> bool {
    let status = row.opening.cell(&opening_field::STATUS).and_then(Cell::text);
    status.is_some_and(|status| ["filled", "starting"].iter().any(|taken| status.eq_ignore_ascii_case(taken)))
}

/// Nobody's search is cancelled who was found: where HiBob does not say so, a person decides.
fn cancelled(row: Row<'_>, reason: CancelReason) -> Result<Desired, Blocker> {
    match holder(row) {
        Holder::Nobody => Ok(Desired::Cancelled(reason)),
        Holder::Somebody => Err(Blocker::held_by_somebody(&row.opening.id, reason)),
        Holder::Unknown => Err(Blocker::holder_unknown(&row.opening.id, reason)),
    }
}

fn reopened(row: Row<'_>, rules: &OpeningRules) -> Result<Desired, Blocker> {
    match (rules.policies.reopened, rules.approval.of(row)) {
        (_, Approved::No(why)) => Ok(Desired::AsItStands(format!("open again and not approved: {why}"))),
        (WhenReopened::Create, Approved::Yes) => mapped(row, rules),
        (WhenReopened::Tell, Approved::Yes) => Err(Blocker::reopened(&row.opening.id)),
    }
}

fn has_moved(row: Row<'_>, state: &OpeningState) -> bool {
    state.position.as_ref().is_some_and(|position| *position != row.position.id)
}

fn moved(row: Row<'_>, state: &OpeningState, target: &Target, rules: &OpeningRules) -> Result<Desired, Blocker> {
    match rules.policies.moved {
        WhenMoved::Recreate if target.is_cancelled => Ok(Desired::Elsewhere),
        WhenMoved::Recreate => cancelled(row, CancelReason::Moved).map(|_| Desired::Elsewhere),
        WhenMoved::Tell => Err(Blocker::moved(&row.opening.id, state.position.as_ref(), &row.position.id)),
    }
}

fn mapped(row: Row<'_>, rules: &OpeningRules) -> Result<Desired, Blocker> {
    let mapped = mapped_opening(row, &rules.opening);
    let blocked = |unmappable: Unmappable| Blocker::unmappable(&row.opening.id, &unmappable);
    mapped.map(|mapped| Desired::Open(Box::new(mapped))).map_err(blocked)
}
