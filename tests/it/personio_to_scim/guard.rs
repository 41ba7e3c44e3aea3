//! Steps that hurt are counted, whatever asks for them.

use std::time::Duration;

use twins::personio::v2::Termination;

use super::house::House;

const ONE: &str = "deactivations = { percent = 0, number = 1 }";

#[tokio::test]
async fn deactivations_beyond_the_budget_wait_and_are_told_once() {
    let mut house = House::new().await;
    house.set("deactivations = { percent = 10, number = 5 }", ONE).await;
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 5);
    house.pass(Duration::from_secs(60));
    for person in 3001..=3003 {
        house.staff().terminate(person, Termination::on(house.day(-1))).await.unwrap();
        house.told("employment.updated", person).await;
    }
    house.until_quiet().await;
    let off = || house.accounts().iter().filter(|account| account.ends_with("off")).count();
    assert_eq!(off(), 1);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("guard.deactivations"), "{mails:?}");
    house.sweep_everybody().await;
    assert_eq!(off(), 1, "a sweep has no other budget");

    house.days_pass(1);
    house.sweep_everybody().await;
    assert_eq!(off(), 2, "the next day has its own");
    house.mails().await;
    house.close().await;
}

#[tokio::test]
async fn a_changed_file_is_applied_to_everybody_and_guarded() {
    let mut house = House::new().await;
    house.sweep_everybody().await;
    let document = house.document();
    let document = document.replace("deactivations = { percent = 10, number = 5 }", ONE);
    let document =
        document.replace("employment_types = [\"INTERNAL\", \"EXTERNAL\"]", "employment_types = [\"EXTERNAL\"]");
    house.configure(&document).await;
    house.sweep_everybody().await;
    let off = house.accounts().iter().filter(|account| account.ends_with("off")).count();
    assert_eq!(off, 1, "the others are held");
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn creations_count_once_the_first_sweep_has_ended() {
    let mut house = House::new().await;
    house.set("creations = { percent = 25, number = 20 }", "creations = { percent = 0, number = 1 }").await;
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 5, "the first sweep makes everybody's");
    for name in ["a", "b", "c"] {
        house.hire(&format!("{name}@agency.example"), 0).await;
    }
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 6);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("guard.creations"), "{mails:?}");
    house.close().await;
}
