//! Steps that hurt are counted, whatever asks for them.

use std::time::Duration;

use super::by_hand::confirm;
use super::house::House;
use super::stage::outcomes;
use twins::recruit::Status;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn open(house: &House) -> usize {
    house.openings().iter().filter(|opening| opening.status == Status::Open).count()
}

#[tokio::test]
async fn creations_beyond_the_budget_wait_for_the_next_day() {
    let mut house = House::new().await;
    house.set("creations = 500", "creations = 2").await;
    house.entered(3).await;
    house.entered(1).await;
    assert_eq!(open(&house), 2, "{:?}", house.held());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("guard.creations"), "{mails:?}");
    house.sweep_all().await;
    assert_eq!(open(&house), 2, "a sweep has no other budget");
    house.pass(DAY);
    house.sweep_all().await;
    assert_eq!(open(&house), 4, "the next day has its own");
    house.mails().await;
    house.close().await;
}

#[tokio::test]
async fn cancellations_beyond_the_budget_go_once_a_person_confirms() {
    let mut house = House::new().await;
    house.set("cancellations = 50", "cancellations = 1").await;
    let made = house.entered(3).await;
    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    assert_eq!(open(&house), 2, "{:?}", house.held());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("guard.cancellations"), "{mails:?}");
    let document = house.document().replace("cancellations = 50", "cancellations = 1");
    confirm(&house, &document).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"; 4], "each is forwarded to its turn");
    assert_eq!(open(&house), 0, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn a_budget_of_nothing_lets_go_what_a_person_has_confirmed_and_no_more() {
    let mut house = House::new().await;
    house.set("creations = 500", "creations = 0").await;
    house.entered(1).await;
    assert_eq!(house.held(), Vec::<String>::new());
    assert_eq!(house.mails().await.len(), 1);

    // what is received when the first sweep ends is of that sweep
    house.pass(Duration::from_secs(60));
    let document = house.document().replace("creations = 500", "creations = 0");
    confirm(&house, &document).await;
    house.until_quiet().await;
    assert_eq!(open(&house), 1, "a person has let it go");
    house.entered(1).await;
    assert_eq!(open(&house), 1, "what comes later was not confirmed");
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}
