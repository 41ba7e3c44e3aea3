//! What is stored of a failure, and for how long.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use edge::Message;
use edge::batch::Malformed;
use edge::http::LARGEST_BODY;
use ledger::{Calls, Cause, Ledger};
use serde_json::json;

use super::failure;
use crate::support::cloud::Cloud;
use crate::support::house::{FLOW, House, SECRET, request};

/// A response as large as the door takes.
fn largest() -> Vec<u8> {
    let body = |filler: &str| json!({"flowID": FLOW, "id": "r1", "fields": {"Message": filler}}).to_string();
    let filler = "ä".repeat((LARGEST_BODY - body("").len()) / 2);
    let body = body(&filler).into_bytes();
    assert!(LARGEST_BODY - body.len() < 2);
    body
}

#[tokio::test]
async fn the_largest_response_is_kept_whole() {
    let house = House::new().await;
    assert_eq!(house.receiver.receive(request(&largest(), SECRET)).await.status, 200);
    let records = house.take().await;
    let text = records[0]["body"].as_str().unwrap().to_owned();
    assert_eq!(house.push(&records).await[0].outcome.word(), "rejected");
    let event = Message::read(&text).unwrap().event;
    let stored = house.ledger.failure("careers", &format!("{event}-0")).await.unwrap().unwrap();
    assert_eq!(stored.message.unwrap().reveal(), &text, "a replay has what it needs");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains(&format!("failures retry 'careers' {event}-0")), "{mails:?}");
    house.close().await;
}

/// The largest message that a queue can hold is larger than the table's items.
#[tokio::test]
async fn what_is_too_large_for_the_table_is_stored_all_the_same_and_said_to_be_cut() {
    let house = House::new().await;
    let text = "ä".repeat(512 * 1024);
    let error = Message::read(&text).unwrap_err();
    assert_eq!(
        house.dead_letters().store_unreadable(Malformed { id: "m-large", text: &text, error }).await.outcome.word(),
        "dead"
    );
    let stored = house.ledger.failure("(unreadable)", "m-large").await.unwrap().unwrap();
    let kept = stored.message.unwrap().reveal().clone();
    assert!(kept.len() > 300 * 1024 && text.starts_with(&kept), "{} bytes are kept", kept.len());
    let said = format!("its message of {} bytes is too large to be kept whole: the first {}", text.len(), kept.len());
    assert!(stored.reasons[1].starts_with(&said), "{:?}", stored.reasons);
    house.mails().await;
    let mails = house.cloud.mails_to(&house.stack).await;
    assert!(mails.len() == 1 && mails[0].contains(&said), "{mails:?}");
    assert!(!mails[0].contains("failures retry") && mails[0].contains("cannot be handed over again"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn failures_are_kept_for_as_long_as_is_set() {
    let house = House::new().await;
    let cloud = Cloud::new().await;
    let table = cloud.table().await;
    let plain = Ledger::new(&cloud.config, &table, Calls::default());
    let week = plain.clone().keeping_failures(Duration::from_secs(7 * 24 * 60 * 60));
    plain.store_failure(&failure(&house, 1, Cause::Refused, "why")).await.unwrap();
    week.store_failure(&failure(&house, 2, Cause::Refused, "why")).await.unwrap();
    let client = aws_sdk_dynamodb::Client::new(&cloud.config);
    let items = client.scan().table_name(&table).send().await.unwrap().items.unwrap();
    let days = |id: &str| {
        let of_it = items.iter().filter(|item| item["sk"].as_s().unwrap().ends_with(id));
        let expiry = of_it.map(|item| match &item["expires_at"] {
            AttributeValue::N(seconds) => seconds.parse::<i64>().unwrap(),
            other => panic!("{other:?}"),
        });
        expiry.map(|expiry| (expiry - house.hands.now().as_second()) / (24 * 60 * 60)).collect::<Vec<_>>()
    };
    assert_eq!((days("e01-0"), days("e02-0")), (vec![30, 30], vec![7, 7]), "each failure and its outbox entry");
    house.close().await;
}
