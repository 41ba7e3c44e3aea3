//! The ledger against the local AWS, races included.

mod cause;
mod decision;
mod replay;
mod storm;
mod waiting;

use std::time::Duration;

use jiff::Timestamp;
use ledger::{
    Applied, Apply, Breaker, Calls, Cause, Claim, Event, Failure, FailureRecord, Hidden, Ledger, Made, Opened,
    RateLimit, Receipt, ReplayClaim, Settlement, State, Triage, Triaged, UNREADABLE, Waiting,
};

use crate::support::cloud::Cloud;

async fn ledger() -> Ledger {
    let cloud = Cloud::new().await;
    let table = cloud.table().await;
    Ledger::new(&cloud.config, table, Calls::default())
}

fn now() -> Timestamp {
    Timestamp::now().round(jiff::Unit::Millisecond).unwrap()
}

fn event(id: &str) -> Event {
    Event { connection: "careers".to_owned(), id: id.to_owned(), replay: 0 }
}

fn limit(bucket: &str, spacing: Duration) -> RateLimit {
    RateLimit::new(bucket.to_owned(), spacing)
}

/// Another one each time.
fn attempt() -> String {
    uuid::Uuid::new_v4().to_string()
}

fn failure(id: &str) -> Failure {
    Failure {
        id: id.to_owned(),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause: Cause::Refused,
        key: None,
        code: None,
        thread: None,
        ids: Vec::new(),
        reasons: vec!["because".to_owned()],
        advice: Vec::new(),
        message: Some(Hidden::new("{}".to_owned())),
        failed: now(),
        mailed: None,
    }
}

/// Runs `count` calls at once and returns what they returned.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    count: usize,
    call: impl Fn(usize) -> F,
) -> Vec<T> {
    let running: Vec<_> = (0..count).map(|number| tokio::spawn(call(number))).collect();
    let mut results = Vec::new();
    for task in running {
        results.push(task.await.unwrap());
    }
    results
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn slots_taken_at_once_are_evenly_spaced() {
    let (ledger, now, spacing) = (ledger().await, now(), Duration::from_millis(3500));
    let mut slots = at_once(40, |_| {
        let ledger = ledger.clone();
        async move { limit("account", spacing).reserve(&ledger, 1, now).await.unwrap() }
    })
    .await;
    slots.sort_unstable();
    let even: Vec<Timestamp> = (0..40).map(|number| now + spacing * number).collect();
    assert_eq!(slots, even);
    // much later nobody waits, and another account never does
    let later = now + Duration::from_secs(600);
    assert_eq!(limit("account", spacing).reserve(&ledger, 1, later).await.unwrap(), later);
    assert_eq!(limit("another", spacing).reserve(&ledger, 1, now).await.unwrap(), now);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_apply_at_once_one_is_told_to_look_again() {
    let ledger = ledger().await;
    let apply = |document: &'static str, seen| {
        let ledger = ledger.clone();
        let apply = Apply { name: "careers", flow: "f", owner: "o@example.com", document };
        async move {
            match ledger.apply(apply, seen, now()).await.unwrap() {
                Applied::Written { revision } => Some(revision),
                Applied::Overtaken => None,
            }
        }
    };
    let mut first = at_once(8, |_| apply("a = 1", None)).await;
    first.sort_unstable();
    assert_eq!(first.iter().filter(|revision| **revision == Some(1)).count(), 1, "{first:?}");
    assert_eq!(apply("a = 2", Some(1)).await, Some(2));
    assert_eq!(apply("a = 3", Some(1)).await, None);
    assert_eq!(ledger.connection("careers").await.unwrap().unwrap().document, "a = 2");
    assert_eq!(ledger.connections().await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn an_intent_tells_ours_from_others() {
    let (ledger, now) = (ledger().await, now());
    let (mine, other) = (event("mine"), event("other"));
    assert_eq!(ledger.intend("thing", &mine, &attempt(), now).await.unwrap(), Claim::New);
    assert_eq!(ledger.intend("thing", &mine, &attempt(), now).await.unwrap(), Claim::OwnUnanswered);
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Claim::Foreign);
    ledger.withdraw("thing", &other).await.unwrap();
    assert_eq!(
        ledger.intend("thing", &mine, &attempt(), now).await.unwrap(),
        Claim::Contested,
        "only one's own is withdrawn, and another has set out for it"
    );
    let made = ledger.made("thing", &mine, Settlement::DoneBefore, None, now).await.unwrap();
    assert_eq!(made, Made::NotOwn, "nobody can say whose it is");
    ledger.withdraw("thing", &mine).await.unwrap();
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Claim::New);

    // a replay continues what the first attempt began
    let replay = Event { replay: 1, ..other.clone() };
    assert_eq!(ledger.intend("thing", &replay, &attempt(), now).await.unwrap(), Claim::OwnUnanswered);

    ledger.made("thing", &mine, Settlement::Done, None, now).await.unwrap();
    assert_eq!(ledger.receipt(&mine).await.unwrap(), Receipt::Settled(Settlement::Done));
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Claim::Foreign);
    ledger.withdraw("thing", &mine).await.unwrap();
    assert_eq!(
        ledger.intend("thing", &other, &attempt(), now).await.unwrap(),
        Claim::Foreign,
        "a made thing keeps its owner"
    );
}

/// AWS's client may send the same write twice when its answer is late.
#[tokio::test]
async fn an_intent_that_is_sent_twice_is_still_fresh() {
    let (ledger, now, mine) = (ledger().await, now(), event("mine"));
    for _ in 0..2 {
        assert_eq!(ledger.intend("thing", &mine, "1", now).await.unwrap(), Claim::New);
    }
    assert_eq!(ledger.intend("thing", &mine, "2", now).await.unwrap(), Claim::OwnUnanswered);
}

#[tokio::test]
async fn a_receipt_goes_from_new_over_waiting_to_settled() {
    let (ledger, now) = (ledger().await, now());
    let event = event("e");
    assert_eq!(ledger.receipt(&event).await.unwrap(), Receipt::New);
    ledger.wait_for_slot(&event, "create", now).await.unwrap();
    assert_eq!(
        ledger.receipt(&event).await.unwrap(),
        Receipt::Waiting(Waiting { step: "create".to_owned(), slot: now })
    );
    ledger.reject(&event, &failure("e-0")).await.unwrap();
    assert_eq!(ledger.receipt(&event).await.unwrap(), Receipt::Settled(Settlement::Rejected));
    let replay = Event { replay: 1, ..event };
    assert_eq!(ledger.receipt(&replay).await.unwrap(), Receipt::New);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_halt_is_opened_once_and_probed_by_one() {
    let (ledger, now) = (ledger().await, now());
    let breaker = Breaker::open("login refused", now);
    assert_eq!(ledger.open_breaker("careers", &breaker).await.unwrap(), Opened::Before, "there is no connection");
    let apply = Apply { name: "careers", flow: "f", owner: "o@example.com", document: "" };
    ledger.apply(apply, None, now).await.unwrap();

    let opened = at_once(8, |_| {
        let (ledger, breaker) = (ledger.clone(), breaker.clone());
        async move { ledger.open_breaker("careers", &breaker).await.unwrap() }
    })
    .await;
    assert_eq!(opened.iter().filter(|opened| **opened == Opened::Now).count(), 1);
    let seen = ledger.connection("careers").await.unwrap().unwrap().breaker.unwrap();
    assert_eq!(seen, breaker);

    let claimed = at_once(8, |_| {
        let (ledger, seen) = (ledger.clone(), seen.clone());
        async move { ledger.claim_probe("careers", &seen, now).await.unwrap() }
    })
    .await;
    assert_eq!(claimed.iter().filter(|claimed| **claimed).count(), 1);

    assert!(ledger.close_breaker("careers", &seen).await.unwrap());
    assert!(!ledger.close_breaker("careers", &seen).await.unwrap());
    assert!(!ledger.probe_now("careers", now).await.unwrap());
}

#[tokio::test]
async fn a_failure_is_stored_once_and_unmailed_until_it_is_mailed() {
    let (ledger, now) = (ledger().await, now());
    let stored = failure("f");
    ledger.store_failure(&stored).await.unwrap();
    let again = Failure { reasons: vec!["another".to_owned()], ..stored.clone() };
    ledger.store_failure(&again).await.unwrap();
    assert_eq!(ledger.failure("careers", "f").await.unwrap(), Some(stored.clone()));
    let outbox = ledger.outbox().await.unwrap().items;
    assert_eq!(outbox.len(), 1);
    assert_eq!((outbox[0].failure.as_str(), outbox[0].notified), ("f", None));
    ledger.notified(&outbox[0], now).await.unwrap();
    assert_eq!(ledger.outbox().await.unwrap().items[0].notified, Some(now));

    ledger.mailed("careers", "f", now).await.unwrap();
    assert_eq!(ledger.failure("careers", "f").await.unwrap().unwrap().mailed, Some(now));
    assert_eq!(ledger.outbox().await.unwrap().items, []);
    ledger.notified(&outbox[0], now).await.unwrap();
    assert_eq!(ledger.outbox().await.unwrap().items, [], "a mailed failure is not announced again");
}
