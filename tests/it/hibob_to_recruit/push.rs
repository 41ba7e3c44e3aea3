//! The six situations every flow is tested in.

use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::hibob::Cell;

use super::house::{House, MINUTE, cells, outcomes};

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

const START: &str = "/positionOpening/expectedStartDate";

#[tokio::test]
async fn happy() {
    let house = House::new().await;
    let made = house.position(1).await;
    assert_eq!(house.told_of_position("created", made.id).await.status, 200);
    assert_eq!(house.told_of_opening("created", made.opening_ids[0]).await.status, 200);
    // the opening is forwarded to its position's turn
    assert_eq!(outcomes(&house.until_quiet().await), ["done", "done", "done"]);
    assert_eq!(house.held().len(), 2, "one position with one opening, and no default one: {:?}", house.held());
    assert!(house.held()[0].starts_with("Engineer open"), "{:?}", house.held());
    let opening = &house.openings()[0];
    assert_eq!(opening.time_expected_hire.as_deref(), Some("2026-06-01T00:00:00Z"));
    assert_eq!(opening.reason, "New");

    house.pass(MINUTE);
    house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.told_of_opening("updated", made.opening_ids[0]).await;
    house.until_quiet().await;
    assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));

    house.pass(MINUTE);
    house.office().cancel(made.id, false).await.unwrap();
    house.told_of_position("updated", made.id).await;
    house.until_quiet().await;
    assert!(house.held()[1].contains("Canceled"), "{:?}", house.held());
    assert_eq!(house.openings()[0].custom_fields["Note"], json!("the position was cancelled in HiBob"));
    house.close().await;
}
