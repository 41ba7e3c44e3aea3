//! The ledger against the local AWS, races included.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{
    Apply, Breaker, Calls, Case, Cause, Event, Failure, Handling, Ledger, Opened, Outcome, Receipt, Standing, State,
    UNREADABLE, Waiting,
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
    Event { connection: "careers".to_owned(), id: id.to_owned(), generation: 0 }
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
        ids: Vec::new(),
        reasons: vec!["because".to_owned()],
        message: Some("{}".to_owned()),
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
        async move { ledger.take_slot("account", spacing, now).await.unwrap() }
    })
    .await;
    slots.sort_unstable();
    let even: Vec<Timestamp> = (0..40).map(|number| now + spacing * number).collect();
    assert_eq!(slots, even);
    // much later nobody waits, and another account never does
    let later = now + Duration::from_secs(600);
    assert_eq!(ledger.take_slot("account", spacing, later).await.unwrap(), later);
    assert_eq!(ledger.take_slot("another", spacing, now).await.unwrap(), now);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_apply_at_once_one_is_told_to_look_again() {
    let ledger = ledger().await;
    let apply = |document: &'static str, seen| {
        let ledger = ledger.clone();
        let apply = Apply { name: "careers", flow: "f", owner: "o@example.com", document };
        async move { ledger.apply(apply, seen, now()).await.unwrap().map(|connection| connection.revision) }
    };
    let mut first = at_once(8, |_| apply("a = 1", None)).await;
    first.sort_unstable();
    assert_eq!(first.iter().filter(|revision| **revision == Some(1)).count(), 1, "{first:?}");
    assert_eq!(apply("a = 2", Some(1)).await, Some(2));
    assert_eq!(apply("a = 3", Some(1)).await, None);
    assert_eq!(ledger.connection("careers").await.unwrap().unwrap().document, "a = 2");
    assert_eq!(ledger.connections().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_intent_tells_ours_from_others() {
    let (ledger, now) = (ledger().await, now());
    let (mine, other) = (event("mine"), event("other"));
    assert_eq!(ledger.intend("thing", &mine, &attempt(), now).await.unwrap(), Standing::Fresh);
    assert_eq!(ledger.intend("thing", &mine, &attempt(), now).await.unwrap(), Standing::Unanswered);
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Standing::Others);
    ledger.withdraw("thing", &other).await.unwrap();
    assert_eq!(
        ledger.intend("thing", &mine, &attempt(), now).await.unwrap(),
        Standing::Contested,
        "only one's own is withdrawn, and another has set out for it"
    );
    assert!(!ledger.made("thing", &mine, Outcome::DoneBefore, None, now).await.unwrap(), "nobody can say whose it is");
    ledger.withdraw("thing", &mine).await.unwrap();
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Standing::Fresh);

    // a replay continues what the first attempt began
    let replay = Event { generation: 1, ..other.clone() };
    assert_eq!(ledger.intend("thing", &replay, &attempt(), now).await.unwrap(), Standing::Unanswered);

    ledger.made("thing", &mine, Outcome::Done, None, now).await.unwrap();
    assert_eq!(ledger.receipt(&mine).await.unwrap(), Receipt::Settled(Outcome::Done));
    assert_eq!(ledger.intend("thing", &other, &attempt(), now).await.unwrap(), Standing::Others);
    ledger.withdraw("thing", &mine).await.unwrap();
    assert_eq!(
        ledger.intend("thing", &other, &attempt(), now).await.unwrap(),
        Standing::Others,
        "a made thing keeps its owner"
    );
}

/// AWS's client may send the same write twice when its answer is late.
#[tokio::test]
async fn an_intent_that_is_sent_twice_is_still_fresh() {
    let (ledger, now, mine) = (ledger().await, now(), event("mine"));
    for _ in 0..2 {
        assert_eq!(ledger.intend("thing", &mine, "1", now).await.unwrap(), Standing::Fresh);
    }
    assert_eq!(ledger.intend("thing", &mine, "2", now).await.unwrap(), Standing::Unanswered);
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
    assert_eq!(ledger.receipt(&event).await.unwrap(), Receipt::Settled(Outcome::Rejected));
    let replay = Event { generation: 1, ..event };
    assert_eq!(ledger.receipt(&replay).await.unwrap(), Receipt::New);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_halt_is_opened_once_and_probed_by_one() {
    let (ledger, now) = (ledger().await, now());
    let breaker = Breaker::open("login refused", now);
    assert_eq!(ledger.open_breaker("careers", &breaker).await.unwrap(), Opened::Before, "there is no connection");
    let apply = Apply { name: "careers", flow: "f", owner: "o@example.com", document: "" };
    ledger.apply(apply, None, now).await.unwrap().unwrap();

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
    let unmailed = ledger.unmailed().await.unwrap();
    assert_eq!(unmailed.len(), 1);
    assert_eq!((unmailed[0].failure.as_str(), unmailed[0].announced), ("f", None));
    ledger.announced(&unmailed[0], now).await.unwrap();
    assert_eq!(ledger.unmailed().await.unwrap()[0].announced, Some(now));

    ledger.mailed(&stored, now).await.unwrap();
    assert_eq!(ledger.failure("careers", "f").await.unwrap().unwrap().mailed, Some(now));
    assert_eq!(ledger.unmailed().await.unwrap(), []);
    ledger.announced(&unmailed[0], now).await.unwrap();
    assert_eq!(ledger.unmailed().await.unwrap(), [], "a mailed failure is not announced again");
}

/// Stores a failure and gives its case as an operator reads it.
async fn stored(ledger: &Ledger, id: &str) -> Case {
    ledger.store_failure(&failure(id)).await.unwrap();
    ledger.case("careers", id).await.unwrap().unwrap()
}

async fn handling(ledger: &Ledger, id: &str) -> Handling {
    ledger.case("careers", id).await.unwrap().unwrap().handling
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_retry_at_once_one_gets_the_next_generation() {
    let (ledger, now) = (ledger().await, now());
    let mut seen = stored(&ledger, "e-0").await;
    for (round, again) in [(1, false), (2, true), (3, true)] {
        let claims =
            at_once(8, |number| {
                let (ledger, seen) = (ledger.clone(), seen.clone());
                async move {
                    ledger.claim_replay(&seen, &event("e"), again, &format!("{round}-{number}"), now).await.unwrap()
                }
            })
            .await;
        let won: Vec<_> = claims.iter().flatten().collect();
        assert_eq!(won, [&round], "one of them, and the next generation");
        let standing = handling(&ledger, "e-0").await;
        assert_eq!((standing.state, standing.replays, standing.replayed), (State::Replaying, round, Some(now)));
        let claimant = standing.attempt.unwrap();
        assert!(ledger.replay_sent(&seen, &claimant, round).await.unwrap());
        assert!(ledger.replay_sent(&seen, &claimant, round).await.unwrap(), "AWS's client may send it twice");
        seen = ledger.case("careers", "e-0").await.unwrap().unwrap();
        assert_eq!((seen.handling.state, seen.handling.generation), (State::Replayed, Some(round)));
    }
    assert_eq!(seen.failure, ledger.failure("careers", "e-0").await.unwrap().unwrap(), "functions read it as before");
}

#[tokio::test]
async fn a_claim_stands_until_it_is_sent_released_or_overridden() {
    let (ledger, now) = (ledger().await, now());
    let open = stored(&ledger, "e-0").await;
    assert_eq!(ledger.claim_replay(&open, &event("e"), false, "a", now).await.unwrap(), Some(1));
    // AWS's client may send the claim twice, and must not lose against itself
    assert_eq!(ledger.claim_replay(&open, &event("e"), false, "a", now).await.unwrap(), Some(2));
    let standing = ledger.case("careers", "e-0").await.unwrap().unwrap();
    assert_eq!(ledger.claim_replay(&standing, &event("e"), false, "b", now).await.unwrap(), None);
    assert_eq!(ledger.claim_replay(&open, &event("e"), true, "b", now).await.unwrap(), None, "it was read before");
    assert!(!ledger.discard(&open, now).await.unwrap(), "it was read before");

    assert_eq!(ledger.claim_replay(&standing, &event("e"), true, "c", now).await.unwrap(), Some(3));
    assert!(!ledger.replay_sent(&open, "a", 1).await.unwrap(), "overridden");
    assert!(!ledger.release_replay(&open, "a").await.unwrap(), "overridden");
    assert_eq!(handling(&ledger, "e-0").await.attempt.as_deref(), Some("c"));

    let fresh = stored(&ledger, "f-0").await;
    assert_eq!(ledger.claim_replay(&fresh, &event("f"), false, "d", now).await.unwrap(), Some(1));
    assert!(ledger.release_replay(&fresh, "d").await.unwrap());
    let released = ledger.case("careers", "f-0").await.unwrap().unwrap();
    assert_eq!((released.handling.state, released.handling.replayed), (State::Open, None));
    assert_eq!(ledger.claim_replay(&released, &event("f"), false, "e", now).await.unwrap(), Some(2));
    assert!(ledger.replay_sent(&released, "e", 2).await.unwrap());
    // a replay of what was replayed is released to just that
    let replayed = ledger.case("careers", "f-0").await.unwrap().unwrap();
    let later = now + Duration::from_secs(60);
    assert_eq!(ledger.claim_replay(&replayed, &event("f"), true, "g", later).await.unwrap(), Some(3));
    assert!(ledger.release_replay(&replayed, "g").await.unwrap());
    let standing = handling(&ledger, "f-0").await;
    assert_eq!((standing.state, standing.replayed, standing.generation), (State::Replayed, Some(now), Some(2)));
}

/// Or the receipt of one would swallow the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn failures_of_one_event_never_get_the_same_generation() {
    let (ledger, now) = (ledger().await, now());
    let mut cases = Vec::new();
    for number in 0..8 {
        cases.push(stored(&ledger, &format!("e-{number}")).await);
    }
    // the message of a failed replay carries the generation it failed in
    let event = |number| Event { generation: number, ..event("e") };
    assert_eq!(ledger.claim_replay(&cases[0], &event(0), false, "first", now).await.unwrap(), Some(1));
    let mut generations = at_once(7, |number| {
        let (ledger, case, event) = (ledger.clone(), cases[number + 1].clone(), event(u32::from(number > 3)));
        async move { ledger.claim_replay(&case, &event, false, "another", now).await.unwrap().unwrap() }
    })
    .await;
    generations.sort_unstable();
    assert_eq!(generations, (2..9).collect::<Vec<_>>());
    // one whose counter has expired goes on from its message
    let case = stored(&ledger, "late-4").await;
    let late = Event { id: "late".to_owned(), ..event(4) };
    assert_eq!(ledger.claim_replay(&case, &late, false, "late", now).await.unwrap(), Some(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_discarded_failure_is_kept_and_not_mailed() {
    let (ledger, now) = (ledger().await, now());
    let seen = stored(&ledger, "e-0").await;
    stored(&ledger, "f-0").await;
    assert_eq!(ledger.unmailed().await.unwrap().len(), 2);
    assert!(ledger.discard(&seen, now).await.unwrap());
    assert!(!ledger.discard(&seen, now).await.unwrap(), "somebody has done it");
    let standing = ledger.case("careers", "e-0").await.unwrap().unwrap();
    assert_eq!((standing.handling.state, standing.handling.discarded), (State::Discarded, Some(now)));
    assert_eq!(standing.failure, seen.failure, "nothing of it is lost");
    let unmailed = ledger.unmailed().await.unwrap();
    assert_eq!(unmailed.iter().map(|it| it.failure.as_str()).collect::<Vec<_>>(), ["f-0"]);
    ledger.store_failure(&seen.failure).await.unwrap();
    assert_eq!(ledger.unmailed().await.unwrap().len(), 1, "the same failure again is no news");

    assert_eq!(ledger.claim_replay(&standing, &event("e"), false, "a", now).await.unwrap(), None);
    assert_eq!(ledger.claim_replay(&standing, &event("e"), true, "a", now).await.unwrap(), Some(1));
    let nowhere = Case { failure: failure("nowhere"), ..seen };
    assert!(!ledger.discard(&nowhere, now).await.unwrap());
    assert_eq!(ledger.claim_replay(&nowhere, &event("n"), false, "a", now).await.unwrap(), None);
    assert_eq!(ledger.failure("careers", "nowhere").await.unwrap(), None, "what has expired does not come back");
}

/// A discard and a retry at once: one of them holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_failure_is_not_both_discarded_and_replayed() {
    let (ledger, now) = (ledger().await, now());
    for round in 0..8 {
        let id = format!("e-{round}");
        let seen = stored(&ledger, &id).await;
        let did = at_once(2, |number| {
            let (ledger, seen) = (ledger.clone(), seen.clone());
            async move {
                match number {
                    0 => ledger.discard(&seen, now).await.unwrap(),
                    _ => ledger.claim_replay(&seen, &event("e"), false, "a", now).await.unwrap().is_some(),
                }
            }
        })
        .await;
        assert!(did[0] != did[1], "{did:?}");
        let expected = if did[0] { State::Discarded } else { State::Replaying };
        assert_eq!(handling(&ledger, &id).await.state, expected);
    }
}

#[tokio::test]
async fn failures_are_listed_newest_first_and_without_their_messages() {
    let (ledger, now) = (ledger().await, now());
    for name in ["careers", "interns"] {
        let apply = Apply { name, flow: "f", owner: "o@example.com", document: "" };
        ledger.apply(apply, None, now).await.unwrap().unwrap();
    }
    let places =
        [("careers", "a", 2), ("interns", "b", 3), (UNREADABLE, "c", 1), ("gone", "d", 4), ("careers", "e", 4)];
    for (connection, id, minute) in places {
        let failed = now + Duration::from_secs(60 * minute);
        let failure = Failure { connection: connection.to_owned(), failed, ..failure(id) };
        ledger.store_failure(&failure).await.unwrap();
    }
    let listed = async |connection| {
        let cases = ledger.failures(connection).await.unwrap();
        assert!(cases.iter().all(|case| case.failure.message.is_none() && case.handling == Handling::default()));
        cases.into_iter().map(|case| case.failure.id).collect::<String>()
    };
    assert_eq!(listed(None).await, "ebac");
    assert_eq!(listed(Some("careers")).await, "ea");
    assert_eq!(listed(Some("gone")).await, "d");
    assert_eq!(listed(Some("nobody")).await, "");
    let whole = ledger.case("careers", "a").await.unwrap().unwrap();
    assert_eq!(whole.failure.message.as_deref(), Some("{}"));
    let listed = ledger.failures(Some("careers")).await.unwrap();
    assert_eq!(listed[1].failure, Failure { message: None, ..whole.failure });
}
