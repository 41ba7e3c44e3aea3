//! Many failures of one cause: a few mails, then a summary that covers the others; nothing lost, nothing silent.

use aws_config::retry::RetryConfig;
use ledger::{Calls, Cause, Failure, Triaged};

use super::{HOUR, MINUTE, fail, failure, is_about, later, names, push_with};
use crate::support::house::House;
use crate::support::proxy::Trouble;

const MAIL: &str = "SES SendRawEmail";
const NOTE_SUMMARY: &str = "DynamoDB UpdateItem storm";

async fn storm(house: &House, numbers: std::ops::Range<usize>, cause: Cause, reason: &str) -> Vec<Failure> {
    let failures: Vec<_> = numbers.map(|number| failure(house, number, cause, reason)).collect();
    for failure in &failures {
        fail(house, failure).await;
    }
    failures
}

/// How many of the failures are noted as mailed.
async fn mailed(house: &House, failures: &[Failure]) -> usize {
    let mut mailed = 0;
    for failure in failures {
        let stored = house.ledger.failure("careers", &failure.id).await.unwrap().unwrap();
        mailed += usize::from(stored.mailed.is_some());
    }
    mailed
}

/// How many calls were cut.
fn troubled(house: &House) -> usize {
    house.proxy().calls().iter().filter(|(_, trouble)| trouble.is_some()).count()
}

#[tokio::test]
async fn fifty_of_one_cause_are_three_mails_and_a_summary() {
    let house = House::new().await;
    let failures = storm(&house, 0..50, Cause::Refused, "personio: errors.job-position.not-published").await;
    let mails = house.mails().await;
    let alone: Vec<_> = failures.iter().filter(|failure| mails.iter().any(|mail| is_about(mail, failure))).collect();
    assert_eq!((mails.len(), alone.len()), (3, 3), "{mails:?}");
    let announcing = mails.iter().filter(|mail| mail.contains("told together from now on")).count();
    assert_eq!(announcing, 1, "the last one says so");
    assert_eq!(mailed(&house, &failures).await, 3, "the others are still to be told");

    assert!(later(&house, 45 * MINUTE).await.is_empty(), "not yet");
    let mails = later(&house, 15 * MINUTE).await;
    let [summary] = mails.as_slice() else { panic!("one summary: {mails:?}") };
    assert!(summary.starts_with("[hrsync] careers: 47 more responses, refused by Personio\n"), "{summary}");
    assert!(summary.contains("failures list 'careers'") && summary.contains("--all-of 'careers' --cause refused"));
    let named = failures.iter().filter(|failure| names(summary, failure)).count();
    assert!(named == 20 && summary.contains("and 27 more"), "{summary}");
    assert!(alone.iter().all(|failure| !names(summary, failure)), "no failure is told twice");
    assert_eq!(mailed(&house, &failures).await, 50);
    assert!(later(&house, 2 * HOUR).await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_storm_that_goes_on_is_told_hourly_and_its_end_as_well() {
    let house = House::new().await;
    storm(&house, 0..5, Cause::Unmappable, "why").await;
    assert_eq!(house.mails().await.len(), 3);
    let mut told = Vec::new();
    for quarter in 1..=12 {
        // one each quarter of an hour for two hours, then none
        if quarter <= 8 {
            storm(&house, quarter * 10..quarter * 10 + 1, Cause::Unmappable, "why").await;
        }
        for mail in later(&house, 15 * MINUTE).await {
            let count = mail.split_once("careers: ").unwrap().1.split(' ').next().unwrap().to_owned();
            told.push((quarter, count));
        }
    }
    let expected = [(4, "6"), (8, "4")].map(|(quarter, count)| (quarter, count.to_owned()));
    assert_eq!(told, expected, "13 failures: 3 mails, and two summaries");
    // calm again: the next one is told at once
    let next = storm(&house, 99..100, Cause::Unmappable, "why").await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && is_about(&mails[0], &next[0]), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn two_causes_are_told_apart_and_halts_are_never_folded() {
    let house = House::new().await;
    let jobs = storm(&house, 0..6, Cause::Refused, "personio: errors.job-position.not-published").await;
    let mails = storm(&house, 10..16, Cause::Refused, "personio: email: errors.x").await;
    storm(&house, 20..26, Cause::Halted, "personio create application: login-refused").await;
    let told = house.mails().await;
    assert_eq!(told.iter().filter(|mail| mail.contains("stands still")).count(), 6, "{told:?}");
    assert_eq!(told.len(), 3 + 3 + 6, "{told:?}");
    let summaries = later(&house, 61 * MINUTE).await;
    assert_eq!(summaries.len(), 2, "{summaries:?}");
    for storm in [&jobs, &mails] {
        let of_it = summaries.iter().filter(|summary| storm.iter().any(|failure| names(summary, failure)));
        let of_it: Vec<_> = of_it.collect();
        assert!(of_it.len() == 1 && of_it[0].contains("careers: 3 more responses"), "{of_it:?}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_storm_while_ses_is_down_is_told_whole_once_it_is_back() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    house.proxy().watch(|_, kind| (kind == MAIL).then_some(Trouble::CutBefore));
    let first = storm(&house, 0..8, Cause::Refused, "why").await;
    house.mail().await;
    house.pass(61 * MINUTE);
    house.poll().run().await.unwrap();
    house.mail().await;
    let second = storm(&house, 10..15, Cause::Refused, "why").await;
    house.mail().await;
    house.pass(61 * MINUTE);
    house.poll().run().await.unwrap();
    house.mail().await;
    let failures = [first, second].concat();
    assert_eq!(mailed(&house, &failures).await, 0);
    assert!(troubled(&house) > 5, "the singles and the summary were tried");

    house.proxy().change(|_, _| None);
    let mut mails = house.mails().await;
    for _ in 0..3 {
        mails.extend(later(&house, 61 * MINUTE).await);
    }
    for failure in &failures {
        let told = mails.iter().filter(|mail| is_about(mail, failure) || names(mail, failure)).count();
        assert_eq!(told, 1, "{}: {mails:?}", failure.id);
    }
    assert_eq!(mailed(&house, &failures).await, failures.len());
    house.close().await;
}

/// The mail went out, and the function ended before it could note that.
#[tokio::test]
async fn a_summary_that_was_not_noted_goes_out_once_more_the_same() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    let failures = storm(&house, 0..10, Cause::Refused, "why").await;
    assert_eq!(house.mails().await.len(), 3);
    let mut notes = 0;
    house.proxy().watch(move |_, kind| {
        notes += u32::from(kind == NOTE_SUMMARY);
        (kind == NOTE_SUMMARY && notes == 1).then_some(Trouble::CutBefore)
    });
    let mails = later(&house, 61 * MINUTE).await;
    assert_eq!(troubled(&house), 1);
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert_eq!(mails[0], mails[1]);
    assert_eq!(failures.iter().filter(|failure| names(&mails[0], failure)).count(), 7);
    assert_eq!(mailed(&house, &failures).await, 10);
    house.close().await;
}

/// The mail went out and was noted, and the function ended before its failures were.
#[tokio::test]
async fn a_summary_that_was_noted_is_not_repeated_whatever_becomes_of_its_failures() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    let failures = storm(&house, 0..10, Cause::Refused, "why").await;
    assert_eq!(house.mails().await.len(), 3);
    let mut marks = 0;
    house.proxy().watch(move |_, kind| {
        let is_mark = kind.starts_with("DynamoDB TransactWriteItems failure+unmailed");
        marks += u32::from(is_mark);
        // the chunk, and the first of its failures alone
        (is_mark && marks <= 2).then_some(Trouble::CutBefore)
    });
    let mails = later(&house, 61 * MINUTE).await;
    assert_eq!(troubled(&house), 2);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mailed(&house, &failures).await, 10);
    house.close().await;
}

/// Folded, and set aside before the summary: then it is not in it.
#[tokio::test]
async fn what_is_discarded_meanwhile_is_not_summed_up() {
    let house = House::new().await;
    let failures = storm(&house, 0..6, Cause::Refused, "why").await;
    let mails = house.mails().await;
    let folded: Vec<_> = failures.iter().filter(|failure| !mails.iter().any(|mail| is_about(mail, failure))).collect();
    assert_eq!(folded.len(), 3);
    let case = house.ledger.failure_record("careers", &folded[0].id).await.unwrap().unwrap();
    assert_eq!(house.ledger.discard(&case, house.hands.now()).await.unwrap(), Triaged::Written);
    let mails = later(&house, 61 * MINUTE).await;
    assert!(mails.len() == 1 && mails[0].contains("careers: 2 more responses"), "{mails:?}");
    assert!(!names(&mails[0], folded[0]) && names(&mails[0], folded[1]) && names(&mails[0], folded[2]));
    house.close().await;
}

/// All that were folded are set aside: then there is nothing to tell, and no storm any more.
#[tokio::test]
async fn a_storm_of_which_nothing_is_left_ends_in_silence() {
    let house = House::new().await;
    let failures = storm(&house, 0..5, Cause::Refused, "why").await;
    house.mails().await;
    for failure in &failures {
        let case = house.ledger.failure_record("careers", &failure.id).await.unwrap().unwrap();
        assert_eq!(house.ledger.discard(&case, house.hands.now()).await.unwrap(), Triaged::Written);
    }
    assert!(later(&house, 61 * MINUTE).await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn where_no_minutes_are_set_each_is_told_alone() {
    let house = House::new().await;
    for number in 0..6 {
        let failure = failure(&house, number, Cause::Refused, "why");
        house.ledger.store_failure(&failure).await.unwrap();
        assert_eq!(push_with(&house, &failure, Calls::default(), 0).await, "done");
    }
    let mails = house.mails().await;
    assert!(mails.len() == 6 && !mails.iter().any(|mail| mail.contains("told together")), "{mails:?}");
    house.close().await;
}
