//! `hrsync sweep`.

use std::time::Duration;

use edge::Message;
use twins::personio::v2::kinds;

use super::super::house::{House, whole};
use super::{ACTS, Desk};

fn started(house: &House, whole: bool) -> Vec<Message> {
    (ACTS.sweep.unwrap().start)(Desk::of(house).asked(), whole).unwrap()
}

async fn swept(house: &House, messages: &[Message]) {
    house.poll.sweeps.send_all(messages).await.unwrap();
    house.sweep_until_quiet().await;
    house.until_quiet().await;
}

fn slices(messages: &[Message]) -> Vec<&str> {
    let ids = messages.iter().flat_map(|message| &message.ids);
    ids.filter(|id| id.name == "slice").map(|id| id.value.as_str()).collect()
}

#[tokio::test]
async fn a_sweep_by_hand_is_a_run_of_its_own() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let messages = started(&house, false);
    let run = format!("manual-{:.0}", house.hands.now());
    assert!(messages.iter().all(|message| message.ids.iter().any(|id| id.name == "run" && id.value == run)));
    swept(&house, &messages).await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(10))]);
    house.close().await;
}

#[tokio::test]
async fn only_a_whole_one_looks_for_deletions_of_long_ago() {
    let house = House::new().await;
    let old = house.create(3001, kinds::URLAUB, house.days(-80, -80)).await;
    swept(&house, &started(&house, false)).await;
    assert_eq!(house.entries().len(), 1);
    house.delete(old).await;
    for (whole, left) in [(false, 1), (true, 0)] {
        house.pass(Duration::from_secs(60));
        let messages = started(&house, whole);
        let since_the_start = format!("window-{}", house.day(-90));
        assert_eq!(slices(&messages).contains(&since_the_start.as_str()), whole);
        swept(&house, &messages).await;
        assert_eq!(house.entries().len(), left);
    }
    house.close().await;
}

#[tokio::test]
async fn only_what_is_held_can_be_confirmed() {
    let house = House::new().await;
    let confirm = ACTS.sweep.unwrap().confirm;
    assert!(confirm(Desk::of(&house).asked()).await.unwrap().is_none());
    let mut absences = Vec::new();
    for day in 10..30 {
        absences.push(house.create(3001, kinds::URLAUB, house.days(day, day)).await);
    }
    house.next_sweep().await;
    for absence in absences.iter().take(11) {
        house.delete(*absence).await;
    }
    house.next_sweep().await;
    assert_eq!((house.entries().len(), house.mails().await.len()), (20, 1));

    let confirmation = confirm(Desk::of(&house).asked()).await.unwrap().unwrap();
    assert_eq!((confirmation.held.known, confirmation.held.missing), (20, 11));
    swept(&house, &[confirmation.message]).await;
    assert_eq!(house.entries().len(), 9);
    assert!(confirm(Desk::of(&house).asked()).await.unwrap().is_none(), "it is done");
    house.close().await;
}
