//! What becomes of positions that were approved before the connection's first sweep.

use twins::hibob::{Cell, Made};

use super::house::House;
use super::stage::{cells, opening_cells, position};

const START: &str = "/positionOpening/expectedStartDate";
const EFFECTIVE: &str = "/position/effectiveDate";

async fn effective(house: &House, day: &str) -> Made {
    let mut new = position();
    new.fields.insert(EFFECTIVE.to_owned(), Cell::new(day));
    new.openings = vec![opening_cells()];
    house.office().create(new).await.unwrap()
}

#[tokio::test]
async fn the_first_sweep_makes_what_the_policy_says() {
    for (policy, lines) in [("none", 0), ("all", 4), ("2026-02-01", 2)] {
        let mut house = House::unswept().await;
        house.set("backfill = \"none\"", &format!("backfill = \"{policy}\"")).await;
        for day in ["2026-01-31", "2026-02-01"] {
            effective(&house, day).await;
        }
        house.sweep_all().await;
        house.sweep_all().await;
        assert_eq!(house.held().len(), lines, "{policy}: {:?}", house.held());
        house.close().await;
    }
}

#[tokio::test]
async fn what_was_left_stays_left_and_only_what_is_new_is_made() {
    let house = House::unswept().await;
    let made = effective(&house, "2026-01-31").await;
    // an event that comes before the first sweep waits for its end
    house.told_of_opening("updated", made.opening_ids[0]).await;
    house.sweep_all().await;
    assert_eq!(house.held(), Vec::<String>::new());
    house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    house.position_updated(made.id).await;
    house.sweep_all().await;
    assert_eq!(house.held(), Vec::<String>::new(), "an edit makes nothing new of it");

    let added = house.office().add_opening(made.id, opening_cells()).await.unwrap();
    house.updated(added).await;
    assert_eq!(house.held().len(), 2, "the new opening alone: {:?}", house.held());
    house.sweep_all().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn what_was_a_request_before_the_first_sweep_is_made_once_it_is_approved() {
    let mut house = House::unswept().await;
    house.hibob(|quirks| quirks.requests_visible = true);
    house.set("no_open_requests = false", "no_open_requests = true").await;
    let request = twins::hibob::NewPosition { approved: false, openings: vec![opening_cells()], ..position() };
    let made = house.office().create(request).await.unwrap();
    house.sweep_all().await;
    assert_eq!(house.held(), Vec::<String>::new());
    house.office().approve(made.id).await.unwrap();
    house.sweep_all().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    house.close().await;
}
