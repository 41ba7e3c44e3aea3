//! Managers are written once they have an account.

use super::house::House;

const MANAGER: &str = "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value";

#[tokio::test]
async fn a_manager_follows_in_a_second_pass() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    let boss = house.hire("boss@agency.example", 1).await;
    house
        .staff()
        .change_terms(dora, |terms| {
            terms.supervisor = Some(boss);
            Ok(())
        })
        .await
        .unwrap();
    house.sweep_everybody().await;
    let user = house.user("dora@agency.example");
    assert_eq!(user.text(MANAGER), None, "{user:?}");
    house.days_pass(1);
    house.sweep_everybody().await;
    house.sweep_everybody().await;
    let id = house.user("boss@agency.example").id;
    assert_eq!(house.user("dora@agency.example").text(MANAGER), Some(id.as_str()));
    house.close().await;
}
