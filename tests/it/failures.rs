//! What a person must see is stored, announced and mailed, whatever falls in between.

use edge::batch::Record;
use edge::{Deadline, Message};
use jiff::Timestamp;

use crate::support::house::{FLOW, House};

fn message() -> Message {
    let body = serde_json::value::RawValue::from_string("{}".to_owned()).unwrap();
    Message::new("heyflow-to-personio", "careers", edge::event_id(&[FLOW, "r1"]), Timestamp::UNIX_EPOCH, body)
        .with_id("flow", FLOW)
        .with_id("response", "r1")
}

#[tokio::test]
async fn a_dead_letter_is_stored_with_its_message_and_mailed() {
    let house = House::new().await;
    let message = message();
    let text = serde_json::to_string(&message).unwrap();
    for _ in 0..2 {
        let record = Record { message: &message, text: &text, receive: 1, deadline: Deadline(Timestamp::MAX) };
        assert_eq!(house.undertaker().bury(record).await.outcome, "dead");
    }
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("response id: r1") && mails[0].contains("given up"), "{mails:?}");
    let stored = house.ledger.failure("careers", &format!("{}-0-dead", message.event)).await.unwrap().unwrap();
    assert_eq!(stored.message.as_deref(), Some(text.as_str()), "a replay has what it needs");
    house.close().await;
}

#[tokio::test]
async fn a_failure_that_was_never_announced_is_found_by_the_schedule() {
    let house = House::new().await;
    let failure = ledger::Failure {
        id: "f".to_owned(),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause: ledger::Cause::Refused,
        ids: Vec::new(),
        reasons: Vec::new(),
        message: None,
        failed: house.hands.now(),
        mailed: None,
    };
    house.ledger.store_failure(&failure).await.unwrap();
    assert!(house.mails().await.is_empty());
    house.poll().run().await.unwrap();
    assert_eq!(house.mails().await.len(), 1);
    house.poll().run().await.unwrap();
    assert!(house.mails().await.is_empty(), "mailed once");
    house.close().await;
}
