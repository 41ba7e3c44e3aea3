//! What a person must see is stored, announced and mailed, whatever falls in between.

mod dead;
mod kept;
mod late;
mod retold;
mod ses;
mod storms;
mod unaccounted;
mod unreadable;

use std::time::Duration;

use edge::Deadline;
use edge::batch::Record;
use edge::notify::{notification, notify};
use failures::push::Pusher;
use jiff::Timestamp;
use ledger::{Calls, Cause, Failure, Id};
use mail::Mailer;

use crate::support::house::House;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A failure that is about the response `number`.
fn failure(house: &House, number: usize, cause: Cause, reason: &str) -> Failure {
    Failure {
        id: format!("e{number:02}-0"),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause,
        key: None,
        code: Some(reason.to_owned()),
        thread: None,
        ids: vec![Id { name: "response".to_owned(), value: format!("r{number:02}"), url: None }],
        reasons: vec![reason.to_owned()],
        advice: Vec::new(),
        message: None,
        failed: house.hands.now(),
        mailed: None,
    }
}

/// Stores and announces a failure, as a pusher does.
async fn fail(house: &House, failure: &Failure) {
    house.ledger.store_failure(failure).await.unwrap();
    notify(&house.dead_letters().failures, failure, house.hands.now()).await;
}

/// Hands the announcement of a failure to a mailing function of its own; how that ended.
async fn push_with(house: &House, failure: &Failure, calls: Calls, summary_minutes: u64) -> &'static str {
    let pusher = Pusher {
        ledger: house.ledger.clone(),
        mailer: Mailer::new(&house.cloud.config, "hrsync@example.com", calls),
        stack: house.stack.clone(),
        zone: jiff::tz::TimeZone::UTC,
        clock: house.hands.clock(),
        first_retry: Duration::from_secs(30),
        kept_days: 30,
        digest_minutes: summary_minutes,
    };
    let message = notification("careers", &failure.id, house.hands.now());
    let text = serde_json::to_string(&message).unwrap();
    let record = Record { message: &message, text: &text, receive: 1, deadline: Deadline(Timestamp::MAX) };
    pusher.push(record).await.outcome.word()
}

/// A mail of its own about this failure.
fn is_about(mail: &str, failure: &Failure) -> bool {
    mail.lines().any(|line| line == format!("  failure: {}", failure.id))
}

/// A summary that names this failure.
fn names(mail: &str, failure: &Failure) -> bool {
    mail.lines().any(|line| line.starts_with(&format!("  failure: {}, response id: ", failure.id)))
}

/// Time passes, and the schedule runs; the mails that follow.
async fn later(house: &House, time: Duration) -> Vec<String> {
    house.pass(time);
    house.poll().run().await.unwrap();
    house.mails().await
}
