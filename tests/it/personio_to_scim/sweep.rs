//! Sweeps find what no event has told of, and cost the partner nothing where nothing has changed.

use std::time::Duration;

use twins::Vendor as _;
use twins::personio::v2::Termination;

use super::house::{House, outcomes};

#[tokio::test]
async fn a_sweep_provisions_everybody_and_a_second_one_changes_nothing() {
    let house = House::new().await;
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 5);
    let changes = |house: &House| {
        let calls = house.twins.scim().desk().calls();
        calls.iter().filter(|call| call.method != "GET" || !call.path.ends_with("/Users")).count()
    };
    let before = changes(&house);
    assert_eq!(outcomes(&house.sweep_everybody().await), Vec::<&str>::new());
    assert_eq!(changes(&house), before, "no call but the partner's list");
    house.close().await;
}

#[tokio::test]
async fn a_change_of_an_employment_that_fires_nothing_is_found() {
    let house = House::new().await;
    house.sweep_everybody().await;
    house
        .staff()
        .change_terms(3001, |terms| {
            terms.position = Some("Lead".to_owned());
            Ok(())
        })
        .await
        .unwrap();
    house.staff().terminate(3002, Termination::on(house.day(-1))).await.unwrap();
    assert_eq!(outcomes(&house.sweep_everybody().await), ["done", "done"]);
    assert_eq!(house.user("person-3001@agency.example").text("/title"), Some("Lead"));
    assert!(!house.user("person-3002@agency.example").is_active());
    house.close().await;
}

#[tokio::test]
async fn an_account_that_was_removed_by_hand_is_made_again() {
    let house = House::new().await;
    house.sweep_everybody().await;
    let id = house.user("person-3001@agency.example").id;
    assert!(house.twins.scim().remove(twins::scim::SEED_ACCOUNT, &id));
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 5);
    assert_ne!(house.user("person-3001@agency.example").id, id);
    house.close().await;
}

#[tokio::test]
async fn a_connection_may_be_swept_each_hour() {
    let mut house = House::new().await;
    house.sweep_everybody().await;
    house.staff().terminate(3002, Termination::on(house.day(-1))).await.unwrap();
    let next_hour = async |house: &House| {
        house.pass(Duration::from_secs(60 * 60));
        house.schedule().await;
        outcomes(&house.until_quiet().await)
    };
    assert_eq!(next_hour(&house).await, Vec::<&str>::new(), "a daily sweep comes later");
    house.set("every_hours = 24", "every_hours = 1").await;
    assert!(house.user("person-3002@agency.example").is_active());
    next_hour(&house).await;
    assert!(!house.user("person-3002@agency.example").is_active());
    house.close().await;
}
