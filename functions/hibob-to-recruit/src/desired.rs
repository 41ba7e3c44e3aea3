//! What Recruit should hold for an opening now. Pure: source, link, settings decide.

use std::fmt;

use mapping::Unmappable;
use mapping::hibob_to_recruit::{
    Approved, CancelReason, Fate, Holder, MappedOpening, OpeningRules, Row, WhenMoved, WhenReopened, fate, holder,
    mapped_opening,
};
use vendors::hibob::model::Cell;
use vendors::hibob::model::opening_field;

use crate::blocker::Blocker;
use crate::link::{LastHolder, OpeningState, Target};

/// What Recruit should hold for an opening.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Desired {
    /// An open opening with this content.
    Open(Box<MappedOpening>),
    /// No open opening.
    Cancelled(CancelReason),
    /// What Recruit holds: nothing is due.
    AsItStands(Because),
    /// Nothing, for the opening was there before the first sweep.
    Left,
    /// Nothing here: the opening belongs to another position, and gets one there.
    Elsewhere,
}

/// Why nothing is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Because {
    /// The position is not approved, or not any more.
    NotApproved(String),
    /// Somebody was found.
    Taken,
    /// HiBob has cancelled the opening.
    Cancelled(CancelReason),
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
        (Fate::Cancelled(reason), Some(target)) if !target.is_cancelled => cancelled(row, state, reason),
        (Fate::Cancelled(reason), _) => Ok(Desired::AsItStands(Because::Cancelled(reason))),
        (Fate::Open, Some(target)) if has_moved(row, state) => moved(row, state, target, rules),
        (Fate::Open, Some(target)) if target.is_cancelled => reopened(row, rules),
        (Fate::Open, Some(_)) => mapped(row, rules),
        (Fate::Open, None) => unknown(row, rules, known),
    }
}

/// Recruit has no opening for it yet: only what is approved and still searched for gets one.
fn unknown(row: Row<'_>, rules: &OpeningRules, known: Known) -> Result<Desired, Blocker> {
    if let Approved::No(why) = rules.approval.of(row) {
        return Ok(Desired::AsItStands(Because::NotApproved(why)));
    }
    if is_taken(row) {
        return Ok(Desired::AsItStands(Because::Taken));
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

/// Nobody's search is cancelled who was found: where HiBob does not say so, a person decides. A scheduled cancellation takes
/// the holders away, so who held the opening before counts as well.
fn cancelled(row: Row<'_>, state: &OpeningState, reason: CancelReason) -> Result<Desired, Blocker> {
    match holder(row) {
        _ if state.holder == LastHolder::Somebody => Err(Blocker::held_by_somebody(&row.opening.id, reason)),
        Holder::Nobody => Ok(Desired::Cancelled(reason)),
        Holder::Somebody => Err(Blocker::held_by_somebody(&row.opening.id, reason)),
        Holder::Unknown => Err(Blocker::holder_unknown(&row.opening.id, reason)),
    }
}

fn reopened(row: Row<'_>, rules: &OpeningRules) -> Result<Desired, Blocker> {
    match (rules.policies.reopened, rules.approval.of(row)) {
        (_, Approved::No(why)) => Ok(Desired::AsItStands(Because::NotApproved(why))),
        (_, Approved::Yes) if is_taken(row) => Ok(Desired::AsItStands(Because::Taken)),
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
        WhenMoved::Recreate => cancelled(row, state, CancelReason::Moved).map(|_| Desired::Elsewhere),
        WhenMoved::Tell => Err(Blocker::moved(&row.opening.id, state.position.as_ref(), &row.position.id)),
    }
}

fn mapped(row: Row<'_>, rules: &OpeningRules) -> Result<Desired, Blocker> {
    let mapped = mapped_opening(row, &rules.opening);
    let blocked = |unmappable: Unmappable| Blocker::unmappable(&row.opening.id, &unmappable);
    mapped.map(|mapped| Desired::Open(Box::new(mapped))).map_err(blocked)
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApproved(why) => write!(f, "not approved: {why}"),
            Self::Taken => f.write_str("somebody was found for it"),
            Self::Cancelled(reason) => reason.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::sample::{cancelled, held, record, rules, unknown};

    /// In words: what should be there, or the code of what stands in the way.
    fn said(tables: &str, edits: (Value, Value), state: &OpeningState, known: Known) -> String {
        let record = record(&edits.0, &edits.1);
        match decide(record.row(), state, &rules(tables), known) {
            Ok(Desired::Open(mapped)) => format!("open: {}", mapped.name),
            Ok(Desired::Cancelled(because)) => format!("cancelled: {because}"),
            Ok(Desired::AsItStands(because)) => format!("as it stands: {because}"),
            Ok(other) => format!("{other:?}"),
            Err(blocker) => format!("blocked: {}", blocker.notice.code),
        }
    }

    fn position(edits: Value) -> (Value, Value) {
        (edits, json!({}))
    }

    fn opening(edits: Value) -> (Value, Value) {
        (json!({}), edits)
    }

    const OPEN: &str = "open: O-1";
    const BY_OPENING: &str = "cancelled: the opening was cancelled in HiBob";

    #[test]
    fn an_opening_that_recruit_does_not_hold_is_made_once_it_is_approved_and_searched_for() {
        let said = |tables: &str, edits| said(tables, edits, &unknown(), Known::Later);
        let strict = "[approval]\nno_open_requests = true\n";
        let not_approved = "as it stands: not approved: it has open requests";
        let found = "as it stands: somebody was found for it";
        assert_eq!(said("", opening(json!({}))), OPEN);
        assert_eq!(said(strict, opening(json!({}))), OPEN);
        assert_eq!(said(strict, position(json!({"hasOpenRequests": true}))), not_approved);
        for (status, expected) in [("filled", found), ("Starting", found), ("departing", OPEN), ("onHold", OPEN)] {
            assert_eq!(said("", opening(json!({"status": status}))), expected, "{status}");
        }
        // a position that is filled may have an opening more
        assert_eq!(said("", position(json!({"status": "filled"}))), OPEN);
        assert_eq!(said("", position(json!({"status": "archived"}))), "blocked: /position/status");
        assert_eq!(said("", opening(json!({"positionOpeningName": null}))), "blocked: opening.name");
    }

    #[test]
    fn what_is_cancelled_before_recruit_had_it_needs_nothing() {
        let closed = "[policies]\nrecruitment_closed = \"cancel\"\n";
        for (tables, edits, because) in [
            ("", opening(json!({"status": "cancelled"})), "the opening was cancelled in HiBob"),
            ("", position(json!({"status": "canceled"})), "the position was cancelled in HiBob"),
            (closed, opening(json!({"recruitmentStatus": "closed"})), "recruiting for the opening was closed in HiBob"),
        ] {
            for state in [unknown(), cancelled()] {
                let said = said(tables, edits.clone(), &state, Known::Later);
                assert_eq!(said, format!("as it stands: {because}"));
            }
        }
    }

    #[test]
    fn backfill_decides_over_what_was_there_before_the_first_sweep() {
        let before = |tables: &str, edits| said(tables, edits, &unknown(), Known::BeforeFirstSweep);
        let backfill = |word: &str| format!("[policies]\nbackfill = \"{word}\"\n");
        assert_eq!(before("", opening(json!({}))), "Left");
        assert_eq!(before(&backfill("all"), opening(json!({}))), OPEN);
        assert_eq!(before(&backfill("2026-02-01"), opening(json!({}))), OPEN);
        assert_eq!(before(&backfill("2026-02-02"), opening(json!({}))), "Left");
        // one that was not approved then is no part of it
        let later = "as it stands: not approved: its status is none that `approval.statuses` names";
        assert_eq!(before("", position(json!({"status": "cancelledSoon"}))), later);
        // what Recruit holds is kept up to date, whenever it came
        let held = said("", opening(json!({})), &held(), Known::BeforeFirstSweep);
        assert_eq!(held, OPEN);
    }

    #[test]
    fn a_held_opening_is_cancelled_only_where_hibob_shows_that_nobody_holds_it() {
        let said = |edits| said("", edits, &held(), Known::Later);
        assert_eq!(said(opening(json!({"status": "cancelled"}))), BY_OPENING);
        assert_eq!(said(position(json!({"status": "cancelled"}))), "cancelled: the position was cancelled in HiBob");
        // who held the opening while it was open counts: a scheduled cancellation takes the holders away
        let remembered = OpeningState { holder: LastHolder::Somebody, ..held() };
        let cancelled = opening(json!({"status": "cancelled"}));
        assert_eq!(super::tests::said("", cancelled, &remembered, Known::Later), "blocked: hired");
        // HiBob leaves holders out of some rows
        let odd = opening(json!({"status": "cancelled", "actualStartDate": "2026-03-01"}));
        assert_eq!(said(odd), "blocked: holder-unknown");
        for (filled_by, code) in
            [(json!("3003"), "hired"), (json!({"id": 3003}), "hired"), (json!("absent"), "holder-unknown")]
        {
            let edits = opening(json!({"status": "cancelled", "filledBy": filled_by}));
            assert_eq!(said(edits), format!("blocked: {code}"), "{filled_by}");
        }
        assert_eq!(said(opening(json!({"status": "archived"}))), "blocked: /positionOpening/status");
    }

    #[test]
    fn a_held_opening_stays_while_it_is_open_approved_or_not() {
        for edits in [
            opening(json!({})),
            opening(json!({"status": "filled", "filledBy": "3003"})),
            opening(json!({"status": "cancelledSoon"})),
            position(json!({"status": "cancelledSoon"})),
            opening(json!({"recruitmentStatus": "closed"})),
            position(json!({"hasOpenRequests": true})),
        ] {
            let said = said("[approval]\nno_open_requests = true\n", edits.clone(), &held(), Known::Later);
            assert_eq!(said, OPEN, "{edits:?}");
        }
    }

    #[test]
    fn a_cancelled_opening_that_is_open_again_is_made_anew_or_told() {
        let tell = "[policies]\nreopened = \"tell\"\n";
        let strict = "[approval]\nno_open_requests = true\n";
        let said = |tables: &str, edits| said(tables, edits, &cancelled(), Known::Later);
        assert_eq!(said("", opening(json!({}))), OPEN);
        assert_eq!(said(tell, opening(json!({}))), "blocked: reopened");
        let not_approved = "as it stands: not approved: it has open requests";
        assert_eq!(said(strict, position(json!({"hasOpenRequests": true}))), not_approved);
    }

    #[test]
    fn an_opening_that_moved_is_told_or_leaves_its_position() {
        let from = OpeningState { position: Some("7000".parse().unwrap()), ..held() };
        let recreate = "[policies]\nmoved = \"recreate\"\n";
        assert_eq!(said("", opening(json!({})), &from, Known::Later), "blocked: moved");
        let hired = said(recreate, opening(json!({"filledBy": "3003"})), &from, Known::Later);
        assert_eq!(hired, "blocked: hired", "nobody's opening is cancelled who was hired");
        let moved = said(recreate, opening(json!({})), &from, Known::Later);
        assert_eq!(moved, "Elsewhere");
        let cancelled_before = OpeningState { position: Some("7000".parse().unwrap()), ..cancelled() };
        let hired_since = said(recreate, opening(json!({"filledBy": "3003"})), &cancelled_before, Known::Later);
        assert_eq!(hired_since, "Elsewhere", "nothing of it is open in Recruit");
        // what was cancelled where it was is not cancelled for the move
        assert_eq!(said("", opening(json!({"status": "cancelled"})), &from, Known::Later), BY_OPENING);
    }
}
