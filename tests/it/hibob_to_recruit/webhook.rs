//! The door: HiBob's pings, signatures, secrets, and events that need nothing.

use std::time::Duration;

use edge::http::Request;
use serde_json::json;
use twins::hibob::{Cell, SEED_COMPANY};

use super::house::{House, MINUTE};
use super::stage::{SECRET, cells, outcomes, secret, signed, signed_with, unsigned};
use crate::support::base::Base;

const PINGS: [&str; 3] = ["Ping test", "\"Ping test\"", r#"{"text": "Ping test"}"#];
/// HiBob signs with it after a rotation.
const NEWER: &str = "the-newer-secret-of-this-test";
const CREATED: &str =
    r#"{"type": "workforcePlanning.position.created", "data": {"positionId": 2250000000000001}, "companyId": 636192}"#;

fn at_another_door(request: Request) -> Request {
    Request { connection: "opening".to_owned(), ..request }
}

#[tokio::test]
async fn a_ping_is_answered_before_there_is_a_secret_and_nothing_follows() {
    let house = House::without_secret(Base::new().await).await;
    for ping in PINGS {
        assert_eq!(house.receiver.receive(unsigned(ping)).await.status, 200, "{ping}");
        assert_eq!(house.receiver.receive(signed_with("not known here", ping)).await.status, 200, "{ping}");
        let elsewhere = house.receiver.receive(at_another_door(unsigned(ping))).await;
        assert_eq!(elsewhere.status, 404, "a mistyped address must not look as if it worked: {ping}");
    }
    assert_eq!(outcomes(&house.until_quiet().await), Vec::<&str>::new());
    house.close().await;
}

#[tokio::test]
async fn an_event_waits_outside_until_there_is_a_secret() {
    let mut house = House::without_secret(Base::new().await).await;
    assert_eq!(house.receiver.receive(signed(CREATED)).await.status, 503, "HiBob comes again");
    assert_eq!(house.receiver.receive(at_another_door(signed(CREATED))).await.status, 404);
    house.give_secret(&secret()).await;
    house.cold();
    assert_eq!(house.receiver.receive(signed(CREATED)).await.status, 200);
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.close().await;
}

#[tokio::test]
async fn a_signature_that_is_missing_or_wrong_is_refused() {
    let house = House::new().await;
    assert_eq!(house.receiver.receive(unsigned(CREATED)).await.status, 401);
    assert_eq!(house.receiver.receive(signed_with("another", CREATED)).await.status, 401);
    let mut tampered = signed(CREATED);
    tampered.body = unsigned(&CREATED.replace("0001", "0002")).body;
    assert_eq!(house.receiver.receive(tampered).await.status, 401);
    assert_eq!(outcomes(&house.until_quiet().await), Vec::<&str>::new());
    house.close().await;
}

#[tokio::test]
async fn hibob_decides_how_long_its_secret_is() {
    let mut house = House::new().await;
    let mut secret = secret();
    secret["webhook_secrets"] = json!([{"value": "short"}]);
    house.give_secret(&secret).await;
    house.cold();
    assert_eq!(house.receiver.receive(signed_with("", CREATED)).await.status, 401);
    assert_eq!(house.receiver.receive(signed_with("short", CREATED)).await.status, 200);
    house.until_quiet().await;
    house.close().await;
}

#[tokio::test]
async fn two_secrets_count_until_the_older_one_ends() {
    let mut house = House::new().await;
    let ends = (house.hands.now() + Duration::from_secs(3600)).to_string();
    let mut secret = secret();
    secret["webhook_secrets"] = json!([{"value": NEWER}, {"value": SECRET, "not_after": ends}]);
    house.give_secret(&secret).await;
    house.cold();
    let made = house.position(1).await;
    let body = |id: u64| {
        json!({"companyId": SEED_COMPANY, "type": "workforcePlanning.positionOpening.created", "data": {"positionOpeningId": id}})
            .to_string()
    };
    let opening = body(made.opening_ids[0]);
    assert_eq!(house.receiver.receive(signed_with(NEWER, &opening)).await.status, 200);
    assert_eq!(house.receiver.receive(signed(&opening)).await.status, 200);
    house.until_quiet().await;
    assert_eq!(house.held().len(), 2);
    house.pass(61 * MINUTE);
    house.cold();
    assert_eq!(house.receiver.receive(signed(&opening)).await.status, 401, "it has ended");
    house.close().await;
}

#[tokio::test]
async fn events_that_touch_nothing_that_is_read_are_passed_over() {
    let house = House::new().await;
    let made = house.position(1).await;
    house.announce(&made).await;
    let updated = |kind: &str, key: &str, id: u64, fields: serde_json::Value| {
        let (kind, data) = (format!("{kind}.updated"), json!({key: id, "fieldUpdatesIds": fields}));
        let house = &house;
        async move { house.told(&kind, data).await }
    };
    let unread = json!([{"id": "/position/budget"}]);
    assert_eq!(updated("position", "positionId", made.id, unread).await.status, 200);
    let unread = json!(["/positionOpening/updateEffectiveDate"]);
    assert_eq!(updated("positionOpening", "positionOpeningId", made.opening_ids[0], unread).await.status, 200);
    // budgets are another matter
    assert_eq!(house.told("budget.updated", json!({"budgetId": 7})).await.status, 200);
    assert_eq!(outcomes(&house.until_quiet().await), Vec::<&str>::new());

    let edit = cells("/positionOpening/expectedStartDate", Cell::new("2026-07-01"));
    house.office().edit_opening(made.opening_ids[0], edit).await.unwrap();
    let read = json!([{"id": "/position/budget"}, {"id": "/positionOpening/expectedStartDate"}]);
    updated("positionOpening", "positionOpeningId", made.opening_ids[0], read).await;
    house.until_quiet().await;
    assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));
    house.close().await;
}
