//! Groups: who is told alone, and that nobody is lost between two windows.

use std::time::Duration;

use ledger::{Group, INDIVIDUAL_MAILS, Mailing, due_digests};

use super::*;

const WINDOW: Duration = Duration::from_secs(60 * 60);

async fn stored(ledger: &Ledger, count: usize) -> (Group, Vec<Failure>) {
    let mut failures = Vec::new();
    for number in 0..count {
        let failure = failure(&format!("e-{number}"));
        ledger.store_failure(&failure).await.unwrap();
        failures.push(failure);
    }
    (Group::of(&failures[0]).unwrap(), failures)
}

async fn admit_at_once(ledger: &Ledger, storm: &Group, failures: &[Failure], now: Timestamp) -> Vec<Mailing> {
    let admit = |number: usize| {
        let (ledger, storm, failure) = (ledger.clone(), storm.clone(), failures[number].clone());
        async move {
            loop {
                // contended as it is nowhere else: the queue's next delivery tries again
                if let Ok(admission) = ledger.decide_mailing(&storm, &failure, WINDOW, now).await {
                    return admission;
                }
            }
        }
    };
    at_once(failures.len(), admit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_come_at_once_three_are_told_alone() {
    let (ledger, now) = (ledger().await, now());
    let (storm, failures) = stored(&ledger, 12).await;
    let first = admit_at_once(&ledger, &storm, &failures, now).await;
    let again = admit_at_once(&ledger, &storm, &failures, now).await;
    let alone = |admissions: &[Mailing]| -> Vec<bool> {
        admissions.iter().map(|admission| matches!(admission, Mailing::Individual { .. })).collect()
    };
    assert_eq!(alone(&first).iter().filter(|alone| **alone).count(), INDIVIDUAL_MAILS);
    assert_eq!(alone(&first), alone(&again), "whoever asks again is told the same");
    let folded = ledger.outbox().await.unwrap().items.iter().filter(|it| it.digest().is_some()).count();
    assert_eq!(folded, 12 - INDIVIDUAL_MAILS);
}

/// The summary's window ends while failures are being folded: each is in the ended window, which the summary covers, or
/// in the next one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_folded_while_a_window_ends_is_in_one_of_the_two() {
    let (ledger, now) = (ledger().await, now());
    let (storm, failures) = stored(&ledger, 24).await;
    let (early, late) = failures.split_at(8);
    admit_at_once(&ledger, &storm, early, now).await;
    let window = ledger.rounds().await.unwrap().items[0].since;
    let ending = {
        let (ledger, storm) = (ledger.clone(), storm.clone());
        tokio::spawn(async move {
            loop {
                if let Ok(present) = ledger.end_round(&storm, window, now + WINDOW).await {
                    let covered = ledger.waiting_for_digest(&storm, present.since).await.unwrap();
                    return (present.since, covered);
                }
            }
        })
    };
    let admitted = admit_at_once(&ledger, &storm, late, now + WINDOW).await;
    let (present, covered) = ending.await.unwrap();
    assert!(admitted.iter().all(|admission| *admission == Mailing::Digest), "a summary comes first: {admitted:?}");
    let after = ledger.outbox().await.unwrap().items;
    let in_ended = after.iter().filter(|it| it.digest().is_some_and(|(_, it)| it < present)).count();
    let in_next = after.iter().filter(|it| it.digest().is_some_and(|(_, it)| it == present)).count();
    assert_eq!(
        (covered.len(), in_ended + in_next),
        (in_ended, 24 - INDIVIDUAL_MAILS),
        "nobody joins what is being told"
    );
}

#[tokio::test]
async fn a_summary_that_was_noted_is_known_and_what_it_covers_is_cleared_in_chunks() {
    let (ledger, now) = (ledger().await, now());
    let (storm, failures) = stored(&ledger, 130).await;
    for failure in &failures {
        ledger.decide_mailing(&storm, failure, WINDOW, now).await.unwrap();
    }
    let later = now + WINDOW;
    let (unmailed, windows) = (ledger.outbox().await.unwrap().items, ledger.rounds().await.unwrap().items);
    assert_eq!(due_digests(&unmailed, &windows, WINDOW, now + Duration::from_secs(60)), []);
    let [due] = due_digests(&unmailed, &windows, WINDOW, later)[..] else { panic!("one storm is due") };
    assert_eq!((due.group, due.round), (&storm, now));
    let present = ledger.end_round(&storm, due.round, later).await.unwrap();
    assert_eq!(ledger.end_round(&storm, due.round, later).await.unwrap(), present, "ended once");
    let covered = ledger.waiting_for_digest(&storm, present.since).await.unwrap();
    assert_eq!(covered.len(), 130 - INDIVIDUAL_MAILS);
    ledger.digest_mailed(&storm, due.round, later).await.unwrap();
    assert_eq!(ledger.rounds().await.unwrap().items[0].told, Some(due.round));
    for _ in 0..2 {
        ledger.all_mailed(&covered, later).await.unwrap();
        assert_eq!(ledger.outbox().await.unwrap().items.len(), INDIVIDUAL_MAILS);
    }
    let told = ledger.failure("careers", &covered[0].failure).await.unwrap().unwrap();
    assert_eq!(told.mailed, Some(later));
}

/// One that has expired keeps none of its chunk from being noted, and does not come back.
#[tokio::test]
async fn a_failure_that_has_expired_keeps_no_other_unnoted() {
    let cloud = Cloud::new().await;
    let table = cloud.table().await;
    let (ledger, now) = (Ledger::new(&cloud.config, &table, Calls::default()), now());
    stored(&ledger, 5).await;
    let client = aws_sdk_dynamodb::Client::new(&cloud.config);
    let key = |value: &str| aws_sdk_dynamodb::types::AttributeValue::S(value.to_owned());
    let gone = client.delete_item().table_name(&table).key("pk", key("failure#careers")).key("sk", key("e-2"));
    gone.send().await.unwrap();
    let unmailed = ledger.outbox().await.unwrap().items;
    ledger.all_mailed(&unmailed, now).await.unwrap();
    assert_eq!(ledger.outbox().await.unwrap().items, []);
    assert_eq!(ledger.failure("careers", "e-2").await.unwrap(), None);
    assert_eq!(ledger.failure("careers", "e-3").await.unwrap().unwrap().mailed, Some(now));
}
