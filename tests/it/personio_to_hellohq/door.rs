//! The door: what Personio's deliveries are answered with.

use aws_config::retry::RetryConfig;
use http::{HeaderMap, Method};
use serde_json::json;
use uuid::Uuid;

use super::house::{House, SECRET, request};
use crate::support::reach;
use twins::personio::v2::kinds;

#[tokio::test]
async fn every_delivery_of_personio_gets_the_answer_it_needs() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let event = |name: &str, key: &str| {
        json!({"company_id": "48151", "event_name": name, "occurred_at": house.hands.now().to_string(),
            "payload": {key: {"id": absence, "person": {"id": "3001"}}}, "meta": {"a": 1}})
    };
    for (name, key) in [
        ("absence-period.created", "absence_period"),
        ("absence-period.updated.status", "absence-period"),
        ("absence-period.deleted", "absence_period"),
        ("absence-period.something.new", "absence_period"),
    ] {
        let answer = house.receiver.receive(request(&event(name, key), SECRET)).await;
        assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "queued"), "{name}");
    }
    assert_eq!(house.until_quiet().await.iter().filter(|ended| ended.outcome.word() == "done").count(), 1);
    for other in [
        event("person.updated", "person"),
        json!({"company_id": "48151", "event_name": "ping",
        "occurred_at": "2026-03-01T10:00:00Z", "payload": {}}),
    ] {
        let answer = house.receiver.receive(request(&other, SECRET)).await;
        assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"));
    }
    let unreadable = json!({"company_id": "48151", "event_name": "absence-period.created", "occurred_at": "soon",
        "payload": {"absence_period": {"id": absence}}});
    let answer = house.receiver.receive(request(&unreadable, SECRET)).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (400, "rejected"));
    let [mail] = house.mails().await.try_into().unwrap();
    for said in
        ["`occurred_at` is missing or cannot be read", &absence.to_string(), "the next sweep reads it from Personio"]
    {
        assert!(mail.contains(said), "{said}: {mail}");
    }
    house.close().await;
}

#[tokio::test]
async fn an_event_with_odd_characters_and_a_numeric_company_is_a_signal() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let event = json!({"company_id": 48151, "event_name": "absence-period.created",
        "occurred_at": house.hands.now().to_string(), "payload": {"absence_period": {"id": absence}}, "note": "@@"});
    let odd = format!("\u{feff}{}", event.to_string().replace("@@", "bis bald \\ud83d"));
    let body = edge::http::Body::Whole(odd.into_bytes());
    let answer = house.receiver.receive(edge::http::Request { body, ..request(&event, SECRET) }).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "queued"));
    house.until_quiet().await;
    house.close().await;
}

#[tokio::test]
async fn strangers_are_turned_away_and_a_rotation_drops_nothing() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let body = json!({"company_id": "48151", "event_name": "absence-period.created",
        "occurred_at": house.hands.now().to_string(), "payload": {"absence_period": {"id": absence}}});
    for wrong in ["wrong", "", "Bearer", "the-secret-of-this-tes"] {
        assert_eq!(house.receiver.receive(request(&body, wrong)).await.status, 401, "{wrong}");
    }
    let mut get = request(&body, "wrong");
    get.method = Method::GET;
    assert_eq!(house.receiver.receive(get).await.status, 405);
    assert_eq!(house.mails().await, [""; 0]);
    let mut put = request(&body, SECRET);
    put.method = Method::PUT;
    assert_eq!(house.receiver.receive(put).await.status, 405);
    assert!(house.mails().await.concat().contains("only POST is taken here"));
    let mut elsewhere = request(&body, SECRET);
    elsewhere.connection = "absence".to_owned();
    assert_eq!(house.receiver.receive(elsewhere).await.status, 404);

    // a rotation: the new secret counts at once (settings are read again before anybody is turned away), the old one too
    let mut secret = house.secret();
    secret["webhook_secrets"] = json!([{"value": "the-next-secret-of-it"}, {"value": SECRET}]);
    house.set_secret(personio_to_hellohq::NAME, "absences", &secret).await;
    house.pass(std::time::Duration::from_secs(6));
    for right in ["the-next-secret-of-it", SECRET, "Bearer the-next-secret-of-it"] {
        assert_eq!(house.receiver.receive(request(&body, right)).await.status, 200, "{right}");
    }
    house.until_quiet().await;
    house.close().await;
}

#[tokio::test]
async fn headers_of_ones_own_open_the_door() {
    let house = House::new().await;
    let own =
        house.document().replace("webhook_headers = [\"authorization\"]", "webhook_headers = [\"x-hrsync\", \"x-b\"]");
    house.configure(&own).await;
    let body =
        json!({"company_id": "48151", "event_name": "ping", "occurred_at": "2026-03-01T10:00:00Z", "payload": {}});
    let with = |name: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(name, SECRET.parse().unwrap());
        edge::http::Request { headers, ..request(&body, SECRET) }
    };
    assert_eq!(house.receiver.receive(with("x-b")).await.status, 200);
    assert_eq!(house.receiver.receive(with("x-hrsync")).await.status, 200);
    assert_eq!(house.receiver.receive(with("authorization")).await.status, 401);
    house.close().await;
}

/// What the role of the receiver lets it reach is all that it reaches: the local AWS does not hold it to that.
#[tokio::test]
async fn it_reaches_only_its_part_of_the_table() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    house.proxy().watch(|_, _| None);
    let deleted = json!({"company_id": "48151", "event_name": "absence-period.deleted", "occurred_at": house.hands.now().to_string(),
        "payload": {"absence_period": {"id": Uuid::new_v4()}}});
    for body in [deleted, json!({})] {
        house.receiver.receive(request(&body, SECRET)).await;
    }
    reach::is_a_receivers(&house.proxy().calls());
    house.until_quiet().await;
    house.mails().await;
    house.close().await;
}
