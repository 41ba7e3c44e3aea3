//! Users who were there before.

use serde_json::json;

use super::house::{House, outcomes};

const POLICY: &str = "adoption = \"external-id\"";

/// A house with that policy.
async fn with(policy: &str) -> House {
    let mut house = House::new().await;
    house.set(POLICY, &format!("adoption = \"{policy}\"")).await;
    house
}

#[tokio::test]
async fn who_bears_the_persons_id_is_adopted_and_activated() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    let entered = json!({"userName": "old-dora", "externalId": dora.to_string(), "active": false});
    let id = house.enter(entered);
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    assert_eq!(house.user("dora@agency.example").id, id);
    house.close().await;
}

#[tokio::test]
async fn a_login_alone_is_taken_only_where_the_policy_says_so() {
    for (policy, ended) in
        [("external-id", "rejected"), ("link-only", "rejected"), ("off", "rejected"), ("user-name", "done")]
    {
        let house = with(policy).await;
        let dora = house.hire("dora@agency.example", 0).await;
        house.enter(json!({"userName": "Dora@agency.example", "active": true, "title": "Boss"}));
        house.told("person.created", dora).await;
        assert_eq!(outcomes(&house.until_quiet().await), [ended], "{policy}");
        let is_taken = policy == "user-name";
        assert_eq!(house.user("dora@agency.example").text("/title"), Some(if is_taken { "Designer" } else { "Boss" }));
        assert_eq!(house.mails().await.len(), usize::from(!is_taken), "{policy}");
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_is_adopted_where_only_links_count() {
    let house = with("link-only").await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.enter(json!({"userName": "old-dora", "externalId": dora.to_string(), "active": true}));
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.accounts(), Vec::<String>::new());
    assert!(house.mails().await[0].contains("policies.adoption"));
    house.close().await;
}

#[tokio::test]
async fn two_who_fit_are_a_problem_and_none_is_made() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    for name in ["one", "two"] {
        house.enter(json!({"userName": name, "externalId": dora.to_string(), "active": true}));
    }
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.accounts(), Vec::<String>::new());
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_leaver_who_bears_the_persons_id_is_found_and_deactivated() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", -100).await;
    let termination = twins::personio::v2::Termination::on(house.day(-10));
    house.staff().terminate(dora, termination).await.unwrap();
    house.enter(json!({"userName": "dora@agency.example", "externalId": dora.to_string(), "active": true}));
    house.enter(json!({"userName": "other@agency.example", "active": true}));
    house.told("employment.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example off"], "and the other user was not touched");
    house.close().await;
}
