//! Positions of HiBob that are one position in Recruit.

use twins::hibob::{Cell, NewPosition};
use twins::recruit::Status;

use super::house::House;
use super::stage::{opening_cells, position};

const GROUP_BY: &str = "# group_by = [\"job-profile\", \"site\"]";

async fn grouped() -> House {
    let mut house = House::new().await;
    house.set(GROUP_BY, &GROUP_BY[2..]).await;
    house
}

fn open(house: &House) -> usize {
    house.openings().iter().filter(|opening| opening.status == Status::Open).count()
}

#[tokio::test]
async fn positions_of_one_job_and_site_share_one_and_end_on_their_own() {
    let house = grouped().await;
    let (first, second) = (house.entered(2).await, house.entered(1).await);
    let mut elsewhere = position();
    elsewhere.fields.insert("/position/site".to_owned(), Cell::labelled(8, "Haifa"));
    elsewhere.openings = vec![opening_cells()];
    let elsewhere = house.office().create(elsewhere).await.unwrap();
    house.announce(&elsewhere).await;
    let positions = house.held().iter().filter(|line| line.starts_with("Engineer")).count();
    assert_eq!((positions, open(&house)), (2, 4), "{:?}", house.held());

    house.office().cancel(first.id, false).await.unwrap();
    house.position_updated(first.id).await;
    assert_eq!(open(&house), 2, "{:?}", house.held());
    house.office().cancel(second.id, false).await.unwrap();
    house.sweep_all().await;
    assert_eq!(open(&house), 1, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn the_shared_position_ends_with_the_last_opening_of_all() {
    let mut house = House::new().await;
    house.quirks(|quirks| quirks.position_status = twins::recruit::PositionStatus::Taken);
    let document = house.document().replace(GROUP_BY, &GROUP_BY[2..]);
    house.configure(&document.replace("last_opening_gone = \"leave\"", "last_opening_gone = \"close\"")).await;
    let (first, second) = (house.entered(1).await, house.entered(1).await);
    house.office().cancel(first.id, false).await.unwrap();
    house.position_updated(first.id).await;
    assert_eq!(house.held()[0], "Engineer open");
    house.office().cancel(second.id, false).await.unwrap();
    house.position_updated(second.id).await;
    assert_eq!(house.held()[0], "Engineer closed");
    house.close().await;
}

/// Both are told at once, by events and by the list alike.
#[tokio::test]
async fn two_new_positions_of_one_group_make_one() {
    let house = grouped().await;
    let (first, second) = (house.position(1).await, house.position(1).await);
    for made in [&second, &first] {
        house.told_of_position("created", made.id).await;
        house.told_of_opening("created", made.opening_ids[0]).await;
    }
    house.until_quiet().await;
    house.schedule().await;
    house.until_quiet().await;
    assert_eq!(house.held().len(), 3, "{:?}", house.held());
    house.close().await;
}

/// A position that lacks what the key is made of is one of its own.
#[tokio::test]
async fn a_position_without_a_site_stands_alone() {
    let house = grouped().await;
    for _ in 0..2 {
        let mut new = NewPosition { openings: vec![opening_cells()], ..position() };
        new.fields.remove("/position/site");
        let made = house.office().create(new).await.unwrap();
        house.announce(&made).await;
    }
    assert_eq!(house.held().len(), 4, "{:?}", house.held());
    house.close().await;
}
