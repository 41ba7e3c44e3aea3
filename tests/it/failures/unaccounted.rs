//! Records that their queue does not bring back, found in the log.

use std::time::Duration;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use failures::poll::Poll;
use failures::unaccounted::Unaccounted;
use jiff::Timestamp;
use logs::{Logs, Pattern};
use serde_json::json;

use super::{HOUR, MINUTE};
use crate::support::house::House;

const FLOW: &str = "a-to-b";

/// The log of a house's stack.
struct Log {
    client: Client,
    stack: String,
}

impl Log {
    async fn of(house: &House, functions: &[&str]) -> Self {
        let log = Self { client: Client::new(&house.cloud.config), stack: house.stack.clone() };
        for function in functions {
            log.client.create_log_group().log_group_name(log.group(function)).send().await.unwrap();
            let stream = log.client.create_log_stream().log_group_name(log.group(function));
            stream.log_stream_name("s").send().await.unwrap();
        }
        log
    }

    fn group(&self, function: &str) -> String {
        format!("/aws/lambda/{}-{function}", self.stack)
    }

    async fn write(&self, function: &str, at: Timestamp, text: String) {
        let event = InputLogEvent::builder().timestamp(at.as_millisecond()).message(text).build().unwrap();
        let request = self.client.put_log_events().log_group_name(self.group(function)).log_stream_name("s");
        request.log_events(event).send().await.unwrap();
    }

    /// An attempt at the record of `event`.
    async fn attempt(&self, function: &str, at: Timestamp, event: &str, outcome: &str, again: Option<Duration>) {
        let line = json!({
            "timestamp": at.to_string(), "flow": FLOW, "connection": "careers", "object": "response=r1", "event": event,
            "replay": 0, "receive": 1, "outcome": outcome, "again_in_s": again.map(|again| again.as_secs()),
        });
        self.write(function, at, line.to_string()).await;
    }
}

/// The schedule of a stack on which `a-to-b` is on.
fn poll(house: &House) -> Poll {
    let logs = Logs::new(&house.cloud.config, &house.stack);
    Poll { unaccounted: Unaccounted { logs, flows: vec![FLOW.to_owned()] }, ..house.poll() }
}

#[tokio::test]
async fn a_record_that_does_not_come_back_is_counted_until_it_ends() {
    let house = House::new().await;
    let log = Log::of(&house, &["a-to-b-push", "failures-poll"]).await;
    let start = house.hands.now();
    let count = async || poll(&house).unaccounted.count(house.hands.now()).await.unwrap();
    assert_eq!(count().await, 0, "nothing was logged");

    log.write("a-to-b-push", start, "START RequestId: 1 Version: $LATEST".to_owned()).await;
    log.attempt("a-to-b-push", start, "lost", "halted", Some(15 * MINUTE)).await;
    log.attempt("a-to-b-push", start, "dead", "retry", Some(HOUR)).await;
    log.attempt("a-to-b-push", start, "rests", "retry", Some(4 * HOUR)).await;
    log.attempt("a-to-b-push", start, "back", "waiting", Some(MINUTE)).await;
    log.attempt("a-to-b-push", start + 2 * MINUTE, "back", "done", None).await;
    house.pass(HOUR);
    assert_eq!(count().await, 0, "each may still come");

    house.pass(HOUR + MINUTE);
    log.attempt("failures-poll", house.hands.now(), "dead", "dead", None).await;
    assert_eq!(count().await, 1, "one is past its time, one was given up");
    poll(&house).run().await.unwrap();

    log.attempt("a-to-b-push", house.hands.now(), "lost", "done", None).await;
    assert_eq!(count().await, 0, "it came after all");
    house.close().await;
}

#[tokio::test]
async fn a_log_that_cannot_be_read_leaves_the_run_unfinished() {
    let house = House::new().await;
    let error = poll(&house).run().await.unwrap_err().to_string();
    assert_eq!(error, "the log of a-to-b-push could not be read (ResourceNotFoundException)");
    house.close().await;
}

#[tokio::test]
async fn lines_come_in_their_order_and_none_of_before() {
    let house = House::new().await;
    let log = Log::of(&house, &["a-to-b-push"]).await;
    let start = house.hands.now();
    for (event, at) in [("second", start + MINUTE), ("first", start), ("before", start - HOUR)] {
        log.attempt("a-to-b-push", at, event, "done", None).await;
    }
    let logs = Logs::new(&house.cloud.config, &house.stack);
    let lines = logs.read("a-to-b-push", &Pattern::of_connection("careers"), start).await.unwrap();
    let events: Vec<_> = lines.iter().filter_map(|line| line.event.as_deref()).collect();
    assert_eq!(events, ["first", "second"]);
    house.close().await;
}
