//! Dead letters.

use edge::batch::{Malformed, Record};
use edge::{Deadline, Message};
use failures::dead::DeadLetters;
use failures::poll::{Poll, Unfinished};
use jiff::Timestamp;

use aws_sdk_sqs::types::QueueAttributeName;

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
    // the second time it is settled: stored and told once
    for outcome in ["dead", "skipped"] {
        let record = Record { message: &message, text: &text, receive: 1, deadline: Deadline(Timestamp::MAX) };
        assert_eq!(house.dead_letters().store(record).await.outcome.word(), outcome);
    }
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("response id: r1") && mails[0].contains("given up"), "{mails:?}");
    let retry = format!("failures retry 'careers' {}-0-dead", message.event);
    assert!(mails[0].contains(&retry), "{mails:?}");
    let stored = house.ledger.failure("careers", &format!("{}-0-dead", message.event)).await.unwrap().unwrap();
    assert_eq!(stored.message.unwrap().reveal(), &text, "a replay has what it needs");
    house.close().await;
}

#[tokio::test]
async fn a_dead_letter_is_stored_though_its_connection_cannot_be_read() {
    let house = House::new().await;
    house.spoil("connection", "careers").await;
    let message = message();
    let text = serde_json::to_string(&message).unwrap();
    let record = Record { message: &message, text: &text, receive: 1, deadline: Deadline(Timestamp::MAX) };
    assert_eq!(house.dead_letters().store(record).await.outcome.word(), "dead");
    house.ledger.failure("careers", &format!("{}-0-dead", message.event)).await.unwrap().unwrap();
    house.mails().await;
    house.close().await;
}

/// The function ended after its work was done and before it could say so, until the message came to the dead letters.
#[tokio::test]
async fn a_dead_letter_whose_work_is_done_is_no_failure() {
    let house = House::new().await;
    let message = message();
    house.ledger.made("thing", &message.identity(), ledger::Settlement::Done, None, house.hands.now()).await.unwrap();
    let record = Record { message: &message, text: "", receive: 1, deadline: Deadline(Timestamp::MAX) };
    assert_eq!(house.dead_letters().store(record).await.outcome.word(), "skipped");
    assert!(house.mails().await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_dead_letter_that_cannot_be_read_is_kept_and_told() {
    let house = House::new().await;
    let text = r#"{"v":7,"something":"of another version"}"#;
    let error = Message::read(text).unwrap_err();
    assert_eq!(
        house.dead_letters().store_unreadable(Malformed { id: "m-1", text, error }).await.outcome.word(),
        "dead"
    );
    let stored = house.ledger.failure("(unreadable)", "m-1").await.unwrap().unwrap();
    assert_eq!(stored.message.as_ref().unwrap().reveal(), text);
    assert!(stored.reasons[0].contains("version 7"), "{stored:?}");
    // nobody owns it, so its mail goes to the stack's own sender
    assert!(house.mails().await.is_empty());
    assert_eq!(house.ledger.failure("(unreadable)", "m-1").await.unwrap().unwrap().mailed, Some(house.hands.now()));
    house.close().await;
}

/// What the schedule does where these are the dead-letter queues.
fn poll(house: &House, queues: &[&str]) -> Poll {
    let queues = queues.iter().map(|url| house.queue(url)).collect();
    Poll { dead_letters: DeadLetters { queues, ..house.dead_letters() }, ..house.poll() }
}

#[tokio::test]
async fn the_schedule_empties_every_dead_letter_queue() {
    let house = House::new().await;
    let (one, other) = (house.cloud.queue().await, house.cloud.queue().await);
    house.queue(&one).send(&message()).await.unwrap();
    let client = aws_sdk_sqs::Client::new(&house.cloud.config);
    let odd = client.send_message().queue_url(&other).message_body("of another version");
    odd.message_group_id("g").message_deduplication_id("d").send().await.unwrap();

    poll(&house, &[&one, &other]).run().await.unwrap();

    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("response id: r1") && mails[0].contains("given up"), "{mails:?}");
    assert!(house.ledger.failure("careers", &format!("{}-0-dead", message().event)).await.unwrap().is_some());
    for url in [&one, &other] {
        let left = client.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::All);
        let left = left.send().await.unwrap().attributes.unwrap();
        let count = |name| left[&name].as_str();
        assert_eq!(count(QueueAttributeName::ApproximateNumberOfMessages), "0");
        assert_eq!(count(QueueAttributeName::ApproximateNumberOfMessagesNotVisible), "0");
    }
    house.close().await;
}

/// An alarm goes off where runs are not finished.
#[tokio::test]
async fn a_dead_letter_that_cannot_be_stored_stays_and_the_run_says_so() {
    let house = House::new().await;
    let url = house.cloud.queue().await;
    house.queue(&url).send(&message()).await.unwrap();
    let whole = poll(&house, &[&url]);
    let dead_letters = DeadLetters { ledger: house.missing_ledger(), ..whole.dead_letters.clone() };
    let error = Poll { dead_letters, ..whole }.run().await.unwrap_err();
    assert!(matches!(error, Unfinished::Unstored(1)), "{error}");
    assert!(house.mails().await.is_empty());

    let client = aws_sdk_sqs::Client::new(&house.cloud.config);
    let left = client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All);
    let left = left.send().await.unwrap().attributes.unwrap();
    assert_eq!(left[&QueueAttributeName::ApproximateNumberOfMessagesNotVisible], "1", "it comes back");
    house.close().await;
}
