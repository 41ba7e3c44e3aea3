//! The receiver at its door.

use std::time::Duration;

use edge::http::Request;
use http::{HeaderMap, Method};
use serde_json::json;
use twins::Vendor as _;

use super::answers;
use crate::support::house::{House, SECRET, request};

const BODY: &[u8] = br#"{"flowID":"Vho2vAPoENipbDaRusGU","id":"r1","createdAt":"2026-03-01T10:00:00Z","fields":{}}"#;

#[tokio::test]
async fn the_test_button_is_answered_with_200_and_pushed_nowhere() {
    let house = House::new().await;
    let body = json!({"flowID": "Vho2vAPoENipbDaRusGU", "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z",
        "fields": {"Demo Field 1": "a", "Demo Field 2": "b"}});
    let answer = house.receiver.receive(request(body.to_string().as_bytes(), SECRET)).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"));
    assert!(house.take().await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn strangers_are_turned_away_before_anything_is_read() {
    let house = House::new().await;
    let refused = |body: &'static [u8], secret: &'static str| house.receiver.receive(request(body, secret));
    assert_eq!(refused(BODY, "wrong").await.status, 401);
    assert_eq!(refused(b"not json", "wrong").await.status, 401, "the body is not looked at");
    let nameless = Request { headers: HeaderMap::new(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(nameless).await.status, 401);
    let elsewhere = Request { connection: "carers".to_owned(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(elsewhere).await.status, 404);
    let odd = Request { connection: "../careers".to_owned(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(odd).await.status, 404);
    for method in [Method::GET, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let other = Request { method, ..request(BODY, SECRET) };
        assert_eq!(house.receiver.receive(other).await.status, 405);
    }
    assert!(house.take().await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn every_way_of_showing_the_secret_opens_for_post_and_put() {
    let house = House::new().await;
    let none = || Request { headers: HeaderMap::new(), ..request(BODY, SECRET) };
    let ways = [
        Request { method: Method::PUT, ..request(BODY, SECRET) },
        Request { query: format!("a=b&secret={SECRET}"), ..none() },
        Request { segment: Some(SECRET.to_owned()), ..none() },
    ];
    for way in ways {
        assert_eq!(house.receiver.receive(way).await.status, 200);
    }
    purge(&house).await;
    house.close().await;
}

#[tokio::test]
async fn an_unreadable_body_is_answered_with_the_place() {
    let house = House::new().await;
    let answer = house.receiver.receive(request(b"{\"flowID\":\n}", SECRET)).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.text, "unreadable at line 2, column 1: the body is not JSON");
    house.close().await;
}

#[tokio::test]
async fn a_new_secret_counts_at_once_and_an_ended_one_within_a_minute() {
    let house = House::new().await;
    assert_eq!(house.deliver("r1", answers("one@applicant.example")).await.status, 200);
    house.pass(Duration::from_secs(10));
    house
        .set_secret(&json!({"webhook_secrets": [{"value": "a-new-secret-value"}], "personio_recruiting_token": "t"}))
        .await;

    let new = |body: &'static [u8]| house.receiver.receive(request(body, "a-new-secret-value"));
    assert_eq!(new(BODY).await.status, 200, "settings are read again before a 401");
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 401);
    house.take().await;
    house.set_secret(&house.secret("twin-recruiting-token")).await;
    house.pass(Duration::from_secs(60));
    purge(&house).await;
    house.close().await;
}

#[tokio::test]
async fn a_guesser_costs_no_reads() {
    let house = House::new().await;
    assert_eq!(house.receiver.receive(request(BODY, "guess-number-one")).await.status, 401);
    let before = house.reads();
    for _ in 0..20 {
        assert_eq!(house.receiver.receive(request(BODY, "guess-number-two")).await.status, 401);
    }
    assert_eq!(house.reads(), before);
    house.close().await;
}

#[tokio::test]
async fn a_queue_that_refuses_is_answered_with_503() {
    let mut house = House::new().await;
    house.receiver.queue = house.missing_queue();
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 503);
    house.close().await;
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_answered_with_503() {
    let house = House::new().await;
    house.configure("flow = 3").await;
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 503);
    house.close().await;
}

/// Responses of this file are delivered to see the answer; what they would cause is another file's subject.
async fn purge(house: &House) {
    house.twins.personio().desk().reset();
    house.until_quiet().await;
    house.mails().await;
}
