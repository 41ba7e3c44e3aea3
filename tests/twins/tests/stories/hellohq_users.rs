//! Users, as helloHQ shows them.

use serde_json::json;
use twins::hellohq::User;

use crate::hellohq_stage::{AGENCY, Hq};

#[tokio::test]
async fn the_seed_has_users_of_every_kind() {
    let hq = Hq::new();
    let (status, users) = hq.get("/v2/Users?orderby=id").await;
    assert_eq!(status, 200);
    let shown: Vec<_> =
        users.as_array().unwrap().iter().map(|user| (&user["id"], user["eMailWork"].as_str())).collect();
    let at = |id: i64| shown.iter().find(|(shown, _)| **shown == json!(id)).unwrap().1;
    assert_eq!(shown.len(), 9);
    for id in 11..=15 {
        let address = format!("person-30{:02}@agency.example", id - 10);
        assert_eq!(at(id).unwrap().trim().to_lowercase(), address);
    }
    assert_ne!(at(12).unwrap(), "person-3002@agency.example", "odd case");
    assert_ne!(at(13).unwrap(), at(13).unwrap().trim(), "blanks");
    assert_eq!(at(16), None);
    assert_eq!(users[5]["eMailPrivate"], "person-3006@home.example");
    assert_eq!(users[6]["isDeactivated"], true);
    assert_eq!(at(18).unwrap(), at(19).unwrap().to_lowercase());
}

#[tokio::test]
async fn one_user_has_the_members_of_the_description_and_the_flag_of_live_answers() {
    let hq = Hq::new();
    let (status, user) = hq.get("/v2/Users/11").await;
    let expected = json!({
        "id": 11, "firstName": "Sample", "lastName": "Person 11", "eMailPrivate": null,
        "eMailWork": "person-3001@agency.example", "employeeNumber": null,
        "createdOn": "2024-01-08T08:00:00Z", "createdBy": 1,
        "updatedOn": "2024-01-08T08:00:00Z", "updatedBy": 1, "customFields": [], "isDeactivated": false,
    });
    assert_eq!((status, user), (200, expected));
    assert_eq!(hq.get("/v2/Users/99").await.0, 404);
    assert_eq!(hq.get("/v2/Users/me").await.0, 400);
}

#[tokio::test]
async fn the_flag_can_be_absent_as_in_the_description() {
    let hq = Hq::with(json!({"hides_deactivated": true})).await;
    assert!(hq.get("/v2/Users/17").await.1.get("isDeactivated").is_none());
    let (_, users) = hq.get("/v2/Users").await;
    assert!(users.as_array().unwrap().iter().all(|user| user.get("isDeactivated").is_none()));
}

#[tokio::test]
async fn a_changed_address_shows_and_moves_no_absences() {
    let hq = Hq::new();
    let id = hq.posted(&crate::hellohq_stage::vacation()).await;
    hq.change(|account| {
        account.users.insert(11, User::at_work("renamed@agency.example"));
        account.users.insert(20, User::at_work("person-3001@agency.example"));
    });
    let (_, absence) = hq.get(&format!("/v2/Absences/{id}")).await;
    assert_eq!((&absence["userId"], &absence["user"]["eMailWork"]), (&json!(11), &json!("renamed@agency.example")));
    assert_eq!(hq.ids("/v2/Users", &[("filter", "eMailWork eq 'person-3001@agency.example'")]).await, [20]);
}

#[tokio::test]
async fn a_user_who_left_the_account_is_missing_from_old_absences() {
    let hq = Hq::new();
    let id = hq.posted(&crate::hellohq_stage::vacation()).await;
    hq.change(|account| account.users.clear());
    let (status, absence) = hq.get(&format!("/v2/Absences/{id}")).await;
    assert_eq!((status, absence.get("user")), (200, None));
    assert_eq!(hq.twin().absences(AGENCY).len(), 1);
}
