//! The common part of pushers and sweepers: what becomes of records whose connection has no secret yet.

use std::time::Duration;

use edge::batch::{Handled, Record};
use edge::worker::Worker;
use edge::{Message, Outcome, Processed};
use secrecy::SecretString;
use serde_json::json;

use crate::support::base::Base;
use crate::support::lambda::Source;

const FLOW: &str = "hibob-to-recruit";

/// The settings of this test's flow: none.
fn read(_: &str, _: &SecretString, _: bool) -> Result<(), Vec<String>> {
    Ok(())
}

/// What becomes of one record of the connection.
async fn handle(base: &Base, worker: &Worker<()>, event: &str) -> Handled {
    let queue = base.cloud.queue().await;
    let source: Source = base.source(&queue);
    let body = serde_json::value::RawValue::from_string("{}".to_owned()).unwrap();
    let message = Message::new(FLOW, "openings", event.to_owned(), base.hands.now(), body);
    base.queue(&queue).send(&message).await.unwrap();
    let records = source.take().await;
    let process = async |record: Record<'_>| worker.handle(record, async |_, _| Ok(Processed::done([]))).await;
    source.run(&records, Duration::from_secs(60), &process).await.remove(0)
}

#[tokio::test]
async fn a_schedules_record_is_skipped_and_mails_nobody_until_the_connection_has_its_first_secret() {
    let base = Base::new().await;
    base.apply("openings", FLOW, "").await;
    let worker = base.worker(FLOW, read).for_signals().waiting_for_secrets();
    let handled = handle(&base, &worker, "one").await;
    assert_eq!((handled.outcome, handled.reason.as_str()), (Outcome::Skipped, "the connection has no secret yet"));
    assert_eq!(base.ledger.connection("openings").await.unwrap().unwrap().breaker, None);
    assert_eq!(base.mails().await, Vec::<String>::new());

    base.set_secret(FLOW, "openings", &json!({})).await;
    base.pass(Duration::from_secs(65));
    assert_eq!(handle(&base, &worker, "two").await.outcome, Outcome::Done);
    base.close().await;
}

#[tokio::test]
async fn another_record_halts_a_connection_without_a_secret_and_its_owner_is_told() {
    let base = Base::new().await;
    base.apply("openings", FLOW, "").await;
    let handled = handle(&base, &base.worker(FLOW, read).for_signals(), "one").await;
    assert_eq!(handled.outcome, Outcome::Halted, "{handled:?}");
    let mails = base.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("hrsync secrets set"), "{mails:?}");
    base.close().await;
}

#[tokio::test]
async fn the_records_of_a_paused_connection_wait_until_it_is_resumed() {
    let base = Base::new().await;
    base.apply("openings", FLOW, "").await;
    base.set_secret(FLOW, "openings", &json!({})).await;
    let worker = base.worker(FLOW, read).for_signals();
    assert!(base.ledger.pause("openings", base.hands.now()).await.unwrap());
    assert!(!base.ledger.pause("openings", base.hands.now()).await.unwrap(), "it stands still already");
    let handled = handle(&base, &worker, "one").await;
    assert_eq!((handled.outcome, handled.reason.as_str()), (Outcome::Waiting, "the connection is paused"));
    assert!(handled.again.is_some(), "it comes again");

    base.apply("openings", FLOW, "# another file").await;
    base.pass(Duration::from_secs(65));
    assert_eq!(handle(&base, &worker, "two").await.outcome, Outcome::Waiting, "an apply resumes nothing");

    assert!(base.ledger.resume("openings").await.unwrap());
    assert!(!base.ledger.resume("openings").await.unwrap());
    base.pass(Duration::from_secs(65));
    assert_eq!(handle(&base, &worker, "three").await.outcome, Outcome::Done);
    assert!(!base.ledger.pause("nobody", base.hands.now()).await.unwrap());
    assert_eq!(base.mails().await, Vec::<String>::new());
    base.close().await;
}
