//! People whom Personio does not show any more.

use super::house::{House, outcomes};

async fn mentions(house: &House, person: u64) -> Vec<String> {
    let mark = format!("person/{person}");
    house.stored().await.into_iter().filter(|item| item.contains(&mark) || item.contains("dora@")).collect()
}

#[tokio::test]
async fn who_was_erased_goes_with_what_was_remembered() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    assert_eq!(mentions(&house, dora).await.len(), 2, "the link and the claim, and no address");
    house.staff().erase(dora).await.unwrap();
    house.told("employment.deleted", dora).await;
    house.told("person.deleted", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    let left = mentions(&house, dora).await;
    assert!(left.iter().all(|item| item.contains("guard#accounts")), "{left:?}");
    house.close().await;
}

#[tokio::test]
async fn a_404_alone_proves_nothing() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.sweep_everybody().await;
    assert_eq!(house.accounts().len(), 6);
    house.staff().erase(dora).await.unwrap();
    house.told("employment.deleted", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["skipped"]);
    house.sweep_everybody().await;
    assert!(house.user("dora@agency.example").is_active(), "missed once");
    house.sweep_everybody().await;
    assert!(!house.user("dora@agency.example").is_active(), "missed twice");
    house.close().await;
}

#[tokio::test]
async fn the_policy_may_delete() {
    let mut house = House::new().await;
    house.set("deletion = \"deactivate\"", "deletion = \"delete\"").await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    house.staff().erase(dora).await.unwrap();
    house.told("person.deleted", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), Vec::<String>::new());
    house.close().await;
}
