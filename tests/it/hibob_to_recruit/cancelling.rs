//! Openings that end in HiBob, in all its shapes, and what becomes of those that come back or go elsewhere.

use serde_json::json;
use twins::Vendor as _;
use twins::hibob::{Cell, EmptyCells, Holder, Spelling};
use twins::recruit::{Opening, PositionStatus, SEED_ACCOUNT, Status};

use super::house::{House, MINUTE};
use super::stage::{WAYS, cells};

const START: &str = "/positionOpening/expectedStartDate";
const RECRUITMENT: &str = "/positionOpening/recruitmentStatus";
const PARENT: &str = "/positionOpening/positionId";

/// How HiBob ends an opening, and the note that Recruit's people read.
const SHAPES: [(&str, &str); 3] = [
    ("deleted", "the opening was deleted in HiBob"),
    ("opening", "the opening was cancelled in HiBob"),
    ("position", "the position was cancelled in HiBob"),
];

fn somebody() -> Holder {
    Holder { employee: "3332883884017713938".to_owned(), start_date: "2026-05-01".to_owned() }
}

/// How the openings stand in Recruit, oldest first.
fn statuses(house: &House) -> Vec<Status> {
    house.openings().iter().map(|opening| opening.status).collect()
}

fn note(opening: &Opening) -> &serde_json::Value {
    &opening.custom_fields["Note"]
}

#[tokio::test]
async fn all_three_shapes_cancel_with_their_reason() {
    let house = House::new().await;
    for (number, (shape, reason)) in SHAPES.into_iter().enumerate() {
        let made = house.entered(2).await;
        let (office, first) = (house.office(), made.opening_ids[0]);
        match shape {
            "deleted" => {
                office.delete_opening(first).await.unwrap();
                house.pass(MINUTE);
                house.told_of_opening("deleted", first).await;
                house.until_quiet().await;
            }
            "opening" => {
                office.cancel_opening(first, false).await.unwrap();
                house.updated(first).await;
            }
            _ => {
                office.cancel(made.id, false).await.unwrap();
                house.position_updated(made.id).await;
            }
        }
        let both = house.openings()[2 * number..].to_vec();
        assert_eq!((both[0].status, note(&both[0])), (Status::Canceled, &json!(reason)));
        let other = if shape == "position" { Status::Canceled } else { Status::Open };
        assert_eq!(both[1].status, other, "{shape}");
    }
    house.close().await;
}

#[tokio::test]
async fn what_is_cancelled_soon_goes_by_the_policy_in_either_spelling() {
    for spelling in [Spelling::Cancelled, Spelling::Canceled] {
        for (policy, at_once) in [("keep", Status::Open), ("cancel", Status::Canceled)] {
            let mut house = House::new().await;
            house.hibob(|quirks| quirks.spelling = spelling);
            house.set("cancelled_soon = \"keep\"", &format!("cancelled_soon = \"{policy}\"")).await;
            let made = house.entered(1).await;
            house.office().cancel(made.id, true).await.unwrap();
            house.position_updated(made.id).await;
            assert_eq!(statuses(&house), [at_once], "{policy} {spelling:?}");
            house.office().cancel(made.id, false).await.unwrap();
            house.position_updated(made.id).await;
            assert_eq!(statuses(&house), [Status::Canceled]);
            house.close().await;
        }
    }
}

#[tokio::test]
async fn a_closed_recruitment_goes_by_the_policy() {
    for (policy, status) in [("keep", Status::Open), ("cancel", Status::Canceled)] {
        let mut house = House::new().await;
        house.set("recruitment_closed = \"keep\"", &format!("recruitment_closed = \"{policy}\"")).await;
        let made = house.entered(1).await;
        house.office().edit_opening(made.opening_ids[0], cells(RECRUITMENT, Cell::new("closed"))).await.unwrap();
        house.updated(made.opening_ids[0]).await;
        assert_eq!(statuses(&house), [status], "{policy}");
        house.close().await;
    }
}

#[tokio::test]
async fn a_recruitment_that_is_closed_because_somebody_was_found_cancels_nothing() {
    let mut house = House::new().await;
    house.set("recruitment_closed = \"keep\"", "recruitment_closed = \"cancel\"").await;
    let made = house.entered(1).await;
    house.office().fill(made.opening_ids[0], somebody()).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    let mails = house.mails().await;
    let said = "somebody was found for opening";
    assert!(mails.len() == 1 && mails[0].contains(said) && mails[0].contains("mark it as hired"), "{mails:?}");
    assert!(!mails[0].contains("refuses"), "nothing was refused: {mails:?}");
    // HiBob takes the holder away; that there was one is remembered
    for soon in [true, false] {
        house.office().cancel(made.id, soon).await.unwrap();
        house.position_updated(made.id).await;
        assert_eq!(statuses(&house), [Status::Open], "soon: {soon}");
    }
    house.mails().await;
    house.close().await;
}

#[tokio::test]
async fn an_opening_that_somebody_holds_is_never_cancelled() {
    let house = House::new().await;
    // by HiBob
    let made = house.entered(1).await;
    house.office().fill(made.opening_ids[0], somebody()).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    assert_eq!(statuses(&house), [Status::Open], "a hire in HiBob is nothing of Recruit's");
    house.office().cancel_opening(made.opening_ids[0], false).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("by HiBob somebody holds it"), "{mails:?}");

    // by Recruit
    let made = house.entered(1).await;
    let uid = house.openings()[1].uid.clone();
    house.twins.recruit().hire(SEED_ACCOUNT, &uid, "0A.1").unwrap();
    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("by Recruit somebody was hired"), "{mails:?}");

    assert_eq!(statuses(&house), [Status::Open, Status::Hired]);
    house.sweep_all().await;
    assert_eq!(house.mails().await.len(), 0, "told once");
    house.close().await;
}

#[tokio::test]
async fn where_hibob_does_not_say_who_holds_it_nothing_is_cancelled() {
    let house = House::new().await;
    house.hibob(|quirks| quirks.empty_cells = EmptyCells::Absent);
    let made = house.entered(1).await;
    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("filledBy"), "{mails:?}");
    assert_eq!(statuses(&house), [Status::Open]);
    house.sweep_all().await;
    assert_eq!(house.mails().await.len(), 0, "told once");
    house.close().await;
}

#[tokio::test]
async fn a_filled_opening_that_is_deleted_stays() {
    let house = House::new().await;
    let made = house.entered(2).await;
    house.office().fill(made.opening_ids[0], somebody()).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    house.office().delete_opening(made.opening_ids[0]).await.unwrap();
    house.pass(MINUTE);
    house.told_of_opening("deleted", made.opening_ids[0]).await;
    house.until_quiet().await;
    assert_eq!(statuses(&house), [Status::Open, Status::Open]);
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn what_is_open_again_gets_a_new_opening_or_is_told() {
    for (policy, open, mails) in [("create", 1, 0), ("tell", 0, 1)] {
        let mut house = House::new().await;
        house.set("reopened = \"create\"", &format!("reopened = \"{policy}\"")).await;
        let made = house.entered(1).await;
        house.office().cancel(made.id, false).await.unwrap();
        house.position_updated(made.id).await;
        house.office().reopen(made.id).await.unwrap();
        house.position_updated(made.id).await;
        let all = statuses(&house);
        assert_eq!(all[0], Status::Canceled);
        assert_eq!(all.iter().filter(|status| **status == Status::Open).count(), open, "{policy}");
        assert_eq!(house.mails().await.len(), mails, "{policy}");
        house.close().await;
    }
}

#[tokio::test]
async fn what_goes_to_another_position_is_told_or_made_there() {
    for (policy, at_the_other) in [("tell", 1), ("recreate", 2)] {
        let mut house = House::new().await;
        house.set("moved = \"tell\"", &format!("moved = \"{policy}\"")).await;
        let (from, to) = (house.entered(2).await, house.entered(1).await);
        let moved = from.opening_ids[0];
        house.office().edit_opening(moved, cells(PARENT, Cell::new(to.id))).await.unwrap();
        house.updated(moved).await;
        let positions = house.twins.recruit().positions(SEED_ACCOUNT);
        let other = house.twins.recruit().openings_of(SEED_ACCOUNT, &positions.last().unwrap().uid);
        assert_eq!(other.len(), at_the_other, "{policy}: {:?}", house.held());
        let mails = house.mails().await;
        if policy == "tell" {
            assert!(mails.len() == 1 && mails[0].contains("Recruit moves no openings"), "{mails:?}");
            assert_eq!(statuses(&house), [Status::Open; 3]);
        } else {
            assert_eq!(mails, Vec::<String>::new());
            let first = &house.openings()[0];
            assert_eq!(
                (first.status, note(first)),
                (Status::Canceled, &json!("the opening went to another position in HiBob"))
            );
            // it lives on at its new position
            house.office().edit_opening(moved, cells(START, Cell::new("2026-07-01"))).await.unwrap();
            house.updated(moved).await;
            assert_eq!(house.openings().last().unwrap().time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));
        }
        house.close().await;
    }
}

/// It was given up at its first position, and comes back before its turn at the other has come.
#[tokio::test]
async fn what_goes_there_and_back_is_open_where_it_is() {
    let mut house = House::new().await;
    house.set("moved = \"tell\"", "moved = \"recreate\"").await;
    let (from, to) = (house.entered(2).await, house.entered(1).await);
    let moved = from.opening_ids[0];
    house.office().edit_opening(moved, cells(PARENT, Cell::new(to.id))).await.unwrap();
    house.pass(MINUTE);
    house.told_of_opening("updated", moved).await;
    for _ in 0..2 {
        house.push(&house.take().await).await;
    }
    assert_eq!(statuses(&house)[0], Status::Canceled);
    house.office().edit_opening(moved, cells(PARENT, Cell::new(from.id))).await.unwrap();
    house.until_quiet().await;
    house.sweep_all().await;
    let open = statuses(&house).into_iter().filter(|status| *status == Status::Open).count();
    assert_eq!(open, 3, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn a_position_without_openings_goes_by_the_policy() {
    let table = [
        ("leave", PositionStatus::Taken, "open", 0),
        ("on-hold", PositionStatus::Taken, "on hold", 0),
        ("close", PositionStatus::Taken, "closed", 0),
        ("close", PositionStatus::Refused, "open", 1),
    ];
    for (policy, taken, status, mails) in table {
        let mut house = House::new().await;
        house.quirks(|quirks| quirks.position_status = taken);
        house.set("last_opening_gone = \"leave\"", &format!("last_opening_gone = \"{policy}\"")).await;
        let made = house.entered(2).await;
        house.office().cancel_opening(made.opening_ids[0], false).await.unwrap();
        house.updated(made.opening_ids[0]).await;
        assert!(house.held()[0].ends_with(" open"), "one is left: {:?}", house.held());
        house.office().cancel(made.id, false).await.unwrap();
        house.position_updated(made.id).await;
        assert_eq!(house.held()[0], format!("Engineer {status}"), "{policy}");
        assert_eq!(house.mails().await.len(), mails, "{policy} {taken:?}");
        house.sweep_all().await;
        assert_eq!(house.mails().await.len(), 0, "told once");
        house.close().await;
    }
}

#[tokio::test]
async fn what_recruit_has_no_call_for_is_told_once_and_never_looped_on() {
    let mut house = House::new().await;
    let closing = house.document().replace(WAYS, "");
    house.configure(&closing.replace("last_opening_gone = \"leave\"", "last_opening_gone = \"close\"")).await;
    let made = house.entered(1).await;
    let opening = made.opening_ids[0];
    house.office().edit_opening(opening, cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.updated(opening).await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("recruit.update_opening"), "{mails:?}");
    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("recruit.cancel_opening"), "{mails:?}");

    let calls = house.twins.recruit().desk().calls().len();
    for _ in 0..3 {
        house.sweep_all().await;
        house.updated(opening).await;
    }
    assert_eq!(house.mails().await, Vec::<String>::new());
    assert_eq!(house.twins.recruit().desk().calls().len(), calls, "nothing is tried");
    assert_eq!(statuses(&house), [Status::Open]);
    house.close().await;
}
