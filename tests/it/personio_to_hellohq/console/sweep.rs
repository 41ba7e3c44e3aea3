//! `hrsync sweep`.

use std::time::Duration;

use admin::SweepRun;
use edge::Message;
use twins::personio::v2::{Edit, kinds};

use super::super::house::{House, whole};
use super::{COMMANDS, Desk};

fn started(house: &House, whole: bool) -> SweepRun {
    (COMMANDS.sweep.unwrap().start)(Desk::of(house).context(), whole).unwrap()
}

async fn swept(house: &House, messages: &[Message]) {
    house.poll.sweeps.send_all(messages).await.unwrap();
    house.sweep_until_quiet().await;
    house.until_quiet().await;
}

#[tokio::test]
async fn a_sweep_by_hand_is_a_run_of_its_own() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let started = started(&house, false);
    let run = format!("manual-{:.0}", house.hands.now());
    assert_eq!((&started.run, started.slices.len()), (&run, started.messages.len()));
    let of_it = |message: &Message| message.ids.iter().any(|id| id.name == "run" && id.value == run);
    assert!(started.messages.iter().all(of_it));
    swept(&house, &started.messages).await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(10))]);
    house.close().await;
}

#[tokio::test]
async fn only_a_whole_one_looks_for_deletions_of_long_ago() {
    let house = House::new().await;
    let old = house.create(3001, kinds::URLAUB, house.days(-80, -80)).await;
    swept(&house, &started(&house, false).messages).await;
    assert_eq!(house.entries().len(), 1);
    house.delete(old).await;
    for (whole, left) in [(false, 1), (true, 0)] {
        house.pass(Duration::from_secs(60));
        let started = started(&house, whole);
        let since_the_start = format!("window-{}", house.day(-90));
        assert_eq!(started.slices.contains(&since_the_start), whole);
        swept(&house, &started.messages).await;
        assert_eq!(house.entries().len(), left);
    }
    house.close().await;
}

#[tokio::test]
async fn only_what_is_held_can_be_confirmed() {
    let house = House::new().await;
    let confirm = COMMANDS.sweep.unwrap().confirm;
    assert!(confirm(Desk::of(&house).context()).await.unwrap().is_none());
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

    let confirmation = confirm(Desk::of(&house).context()).await.unwrap().unwrap();
    let held = confirmation.held.unwrap();
    assert_eq!((held.known, held.missing, confirmation.steps), (20, 11, 0));
    swept(&house, &confirmation.messages).await;
    assert_eq!(house.entries().len(), 9);
    assert!(confirm(Desk::of(&house).context()).await.unwrap().is_none(), "it is done");
    house.close().await;
}

#[tokio::test]
async fn removals_beyond_the_days_budget_wait_for_a_person() {
    let house = House::new().await;
    let document = house.document().replace("removals_per_day = 200", "removals_per_day = 2");
    house.configure(&document).await;
    let mut absences = Vec::new();
    for day in 10..15 {
        absences.push(house.create(3001, kinds::URLAUB, house.days(day, day)).await);
    }
    house.next_sweep().await;
    // an edit makes a new entry in place of the old: that takes nothing from the budget
    house.edit(absences[3], Edit::span(house.days(20, 20))).await;
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 5);
    for absence in absences.iter().take(4) {
        house.delete(*absence).await;
        house.told("deleted", *absence).await;
    }
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 3, "two of four");
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 3, "a sweep takes from the same budget");
    let mails = house.mails().await;
    assert!(
        mails.len() == 1 && mails[0].contains("removals_per_day") && mails[0].contains("--confirm-deletions"),
        "{mails:?}"
    );

    let desk = Desk::with(&house, document, &house.secret());
    let confirmation = (COMMANDS.sweep.unwrap().confirm)(desk.context()).await.unwrap().unwrap();
    assert_eq!((confirmation.held, confirmation.steps), (None, 2));
    swept(&house, &confirmation.messages).await;
    assert_eq!(house.entries().len(), 1);
    house.delete(absences[4]).await;
    house.told("deleted", absences[4]).await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 1, "what comes later was not confirmed");
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}
