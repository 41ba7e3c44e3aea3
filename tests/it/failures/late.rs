//! Schedules that do not run.

use failures::late::late;

use super::HOUR;
use crate::support::house::House;

const FLOW: &str = "a-to-b";

async fn look(house: &House, flows: &[&str]) -> u64 {
    let flows: Vec<_> = flows.iter().map(|&flow| flow.to_owned()).collect();
    late(&house.ledger, &flows, house.hands.now()).await.unwrap()
}

#[tokio::test]
async fn a_flow_is_late_once_it_has_missed_its_runs() {
    let house = House::new().await;
    house.ledger.note_poll(FLOW, house.hands.now() + 6 * HOUR).await.unwrap();
    assert_eq!(look(&house, &[FLOW]).await, 0);
    house.pass(6 * HOUR);
    assert_eq!(look(&house, &[FLOW]).await, 0);
    house.pass(HOUR);
    assert_eq!(look(&house, &[FLOW]).await, 1);
    house.ledger.note_poll(FLOW, house.hands.now() + 6 * HOUR).await.unwrap();
    assert_eq!(look(&house, &[FLOW]).await, 0, "it runs again");
    house.close().await;
}

#[tokio::test]
async fn a_flow_that_has_just_been_switched_on_is_given_a_day() {
    let house = House::new().await;
    assert_eq!(look(&house, &[FLOW]).await, 0);
    house.pass(25 * HOUR);
    assert_eq!(look(&house, &[FLOW]).await, 0);
    house.pass(2 * HOUR);
    assert_eq!(look(&house, &[FLOW, "c-to-d"]).await, 1, "its schedule never came");
    house.close().await;
}

#[tokio::test]
async fn a_flow_that_was_off_is_not_late_at_once() {
    let house = House::new().await;
    house.ledger.note_poll(FLOW, house.hands.now() + HOUR).await.unwrap();
    house.pass(2 * HOUR);
    assert_eq!(look(&house, &[]).await, 0, "it is off");
    assert_eq!(look(&house, &[FLOW]).await, 0, "it is on again");
    house.close().await;
}
