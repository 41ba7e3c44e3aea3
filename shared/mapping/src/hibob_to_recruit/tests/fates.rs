//! Open, or to be cancelled, and whether somebody holds the opening.

use super::*;

/// In words: what HiBob says of the opening.
fn said(found: &Found, policies: &str) -> String {
    match fate(found.row(), &table(policies)) {
        Ok(Fate::Open) => "open".to_owned(),
        Ok(Fate::Cancelled(because)) => because.to_string(),
        Err(unmappable) => unmappable.to_string(),
    }
}

const BY_POSITION: &str = "the position was cancelled in HiBob";
const BY_OPENING: &str = "the opening was cancelled in HiBob";

#[test]
fn a_status_cancels_in_both_spellings_and_the_positions_comes_first() {
    for status in ["cancelled", "canceled", "CANCELED", " Cancelled "] {
        assert_eq!(said(&edited_position(&json!({"status": status})), ""), BY_POSITION, "{status}");
        assert_eq!(said(&edited_opening(&json!({"status": status})), ""), BY_OPENING, "{status}");
        let both = edited(&json!({"status": status}), &json!({"status": status}));
        assert_eq!(said(&both, ""), BY_POSITION, "{status}");
    }
}

#[test]
fn all_other_statuses_leave_the_opening_open() {
    for status in ["vacant", "starting", "filled", "departing", "onHold"] {
        assert_eq!(said(&edited(&json!({"status": status}), &json!({"status": status})), ""), "open", "{status}");
    }
}

#[test]
fn what_is_cancelled_soon_is_cancelled_by_policy() {
    let cancel = "cancelled_soon = \"cancel\"";
    for status in ["cancelledSoon", "canceledSoon"] {
        let position = edited_position(&json!({"status": status}));
        let opening = edited_opening(&json!({"status": status}));
        assert_eq!((said(&position, ""), said(&opening, "")), ("open".to_owned(), "open".to_owned()));
        assert_eq!((said(&position, cancel).as_str(), said(&opening, cancel).as_str()), (BY_POSITION, BY_OPENING));
    }
}

#[test]
fn a_closed_recruitment_cancels_by_policy() {
    let cancel = "recruitment_closed = \"cancel\"";
    for (status, because) in [
        (json!("closed"), "recruiting for the opening was closed in HiBob"),
        (json!("Closed"), "recruiting for the opening was closed in HiBob"),
        (json!("onHold"), "open"),
        (json!("open"), "open"),
        (json!(null), "open"),
        (json!("absent"), "open"),
    ] {
        let found = edited_opening(&json!({"recruitmentStatus": status}));
        assert_eq!((said(&found, "").as_str(), said(&found, cancel).as_str()), ("open", because), "{status}");
    }
    // the position's own is a summary of all its openings
    assert_eq!(said(&edited_position(&json!({"recruitmentStatus": "closed"})), cancel), "open");
}

#[test]
fn a_status_that_is_unknown_is_a_problem_and_one_that_is_missing_says_nothing() {
    let unknown = "`/positionOpening/status`: is a status that hrsync does not know";
    assert_eq!(said(&edited_opening(&json!({"status": "archived"})), ""), unknown);
    let unknown = "`/position/status`: is a status that hrsync does not know";
    assert_eq!(said(&edited_position(&json!({"status": "archived"})), ""), unknown);
    for none in [json!(null), json!(""), json!("absent")] {
        assert_eq!(said(&edited(&json!({"status": none}), &json!({"status": none})), ""), "open", "{none}");
    }
}

#[test]
fn somebody_nobody_or_unknown_holds_the_opening() {
    for (filled_by, expected) in [
        (json!("3003"), Holder::Somebody),
        (json!(3003), Holder::Somebody),
        (json!({"value": "3003", "humanReadable": "Dora Klein"}), Holder::Somebody),
        (json!(null), Holder::Nobody),
        (json!(" "), Holder::Nobody),
        (json!([]), Holder::Nobody),
        (json!("absent"), Holder::Unknown),
    ] {
        assert_eq!(holder(edited_opening(&json!({"filledBy": filled_by})).row()), expected, "{filled_by}");
    }
}

#[test]
fn a_holder_that_cannot_be_read_is_not_nobody() {
    for odd in [json!({"id": "3003"}), json!(["3003", "3004"])] {
        assert_ne!(holder(edited_opening(&json!({"filledBy": odd})).row()), Holder::Nobody, "{odd}");
    }
}
