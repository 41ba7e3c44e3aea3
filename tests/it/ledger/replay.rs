//! What operators do about failures, and what happens when two of them do it at once.

use std::time::Duration;

use super::*;

/// Stores a failure and gives its case as an operator reads it.
async fn stored(ledger: &Ledger, id: &str) -> FailureRecord {
    ledger.store_failure(&failure(id)).await.unwrap();
    ledger.failure_record("careers", id).await.unwrap().unwrap()
}

/// The number of a claimed replay.
fn claimed(claim: &ReplayClaim) -> Option<u32> {
    match claim {
        ReplayClaim::Claimed(replay) => Some(*replay),
        ReplayClaim::Handled | ReplayClaim::Overtaken => None,
    }
}

async fn triage(ledger: &Ledger, id: &str) -> Triage {
    ledger.failure_record("careers", id).await.unwrap().unwrap().triage
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
        let won: Vec<_> = claims.iter().filter_map(claimed).collect();
        assert_eq!(won, [round], "one of them, and the next replay");
        let standing = triage(&ledger, "e-0").await;
        assert_eq!((standing.state, standing.replays, standing.replayed), (State::Replaying, round, Some(now)));
        let claimant = standing.attempt.unwrap();
        assert_eq!(ledger.replay_sent(&seen, &claimant, round).await.unwrap(), Triaged::Written);
        assert_eq!(
            ledger.replay_sent(&seen, &claimant, round).await.unwrap(),
            Triaged::Written,
            "AWS's client may send it twice"
        );
        seen = ledger.failure_record("careers", "e-0").await.unwrap().unwrap();
        assert_eq!((seen.triage.state, seen.triage.last_replay), (State::Replayed, Some(round)));
    }
    assert_eq!(seen.failure, ledger.failure("careers", "e-0").await.unwrap().unwrap(), "functions read it as before");
}

#[tokio::test]
async fn a_claim_stands_until_it_is_sent_released_or_overridden() {
    let (ledger, now) = (ledger().await, now());
    let open = stored(&ledger, "e-0").await;
    assert_eq!(ledger.claim_replay(&open, &event("e"), false, "a", now).await.unwrap(), ReplayClaim::Claimed(1));
    // AWS's client may send the claim twice, and must not lose against itself
    assert_eq!(ledger.claim_replay(&open, &event("e"), false, "a", now).await.unwrap(), ReplayClaim::Claimed(2));
    let standing = ledger.failure_record("careers", "e-0").await.unwrap().unwrap();
    assert_eq!(ledger.claim_replay(&standing, &event("e"), false, "b", now).await.unwrap(), ReplayClaim::Handled);
    assert_eq!(
        ledger.claim_replay(&open, &event("e"), true, "b", now).await.unwrap(),
        ReplayClaim::Overtaken,
        "it was read before"
    );
    assert_eq!(ledger.discard(&open, now).await.unwrap(), Triaged::Overtaken, "it was read before");

    assert_eq!(ledger.claim_replay(&standing, &event("e"), true, "c", now).await.unwrap(), ReplayClaim::Claimed(3));
    assert_eq!(ledger.replay_sent(&open, "a", 1).await.unwrap(), Triaged::Overtaken, "overridden");
    assert_eq!(ledger.release_replay(&open, "a").await.unwrap(), Triaged::Overtaken, "overridden");
    assert_eq!(triage(&ledger, "e-0").await.attempt.as_deref(), Some("c"));

    let fresh = stored(&ledger, "f-0").await;
    assert_eq!(ledger.claim_replay(&fresh, &event("f"), false, "d", now).await.unwrap(), ReplayClaim::Claimed(1));
    assert_eq!(ledger.release_replay(&fresh, "d").await.unwrap(), Triaged::Written);
    let released = ledger.failure_record("careers", "f-0").await.unwrap().unwrap();
    assert_eq!((released.triage.state, released.triage.replayed), (State::Open, None));
    assert_eq!(ledger.claim_replay(&released, &event("f"), false, "e", now).await.unwrap(), ReplayClaim::Claimed(2));
    assert_eq!(ledger.replay_sent(&released, "e", 2).await.unwrap(), Triaged::Written);
    // a replay of what was replayed is released to just that
    let replayed = ledger.failure_record("careers", "f-0").await.unwrap().unwrap();
    let later = now + Duration::from_secs(60);
    assert_eq!(ledger.claim_replay(&replayed, &event("f"), true, "g", later).await.unwrap(), ReplayClaim::Claimed(3));
    assert_eq!(ledger.release_replay(&replayed, "g").await.unwrap(), Triaged::Written);
    let standing = triage(&ledger, "f-0").await;
    assert_eq!((standing.state, standing.replayed, standing.last_replay), (State::Replayed, Some(now), Some(2)));
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
    let event = |number| Event { replay: number, ..event("e") };
    assert_eq!(ledger.claim_replay(&cases[0], &event(0), false, "first", now).await.unwrap(), ReplayClaim::Claimed(1));
    let mut generations = at_once(7, |number| {
        let (ledger, case, event) = (ledger.clone(), cases[number + 1].clone(), event(u32::from(number > 3)));
        async move { claimed(&ledger.claim_replay(&case, &event, false, "another", now).await.unwrap()).unwrap() }
    })
    .await;
    generations.sort_unstable();
    assert_eq!(generations, (2..9).collect::<Vec<_>>());
    // one whose counter has expired goes on from its message
    let case = stored(&ledger, "late-4").await;
    let late = Event { id: "late".to_owned(), ..event(4) };
    assert_eq!(ledger.claim_replay(&case, &late, false, "late", now).await.unwrap(), ReplayClaim::Claimed(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_discarded_failure_is_kept_and_not_mailed() {
    let (ledger, now) = (ledger().await, now());
    let seen = stored(&ledger, "e-0").await;
    stored(&ledger, "f-0").await;
    assert_eq!(ledger.outbox().await.unwrap().items.len(), 2);
    assert_eq!(ledger.discard(&seen, now).await.unwrap(), Triaged::Written);
    assert_eq!(ledger.discard(&seen, now).await.unwrap(), Triaged::Overtaken, "somebody has done it");
    let standing = ledger.failure_record("careers", "e-0").await.unwrap().unwrap();
    assert_eq!((standing.triage.state, standing.triage.discarded), (State::Discarded, Some(now)));
    assert_eq!(standing.failure, seen.failure, "nothing of it is lost");
    let unmailed = ledger.outbox().await.unwrap().items;
    assert_eq!(unmailed.iter().map(|it| it.failure.as_str()).collect::<Vec<_>>(), ["f-0"]);
    ledger.store_failure(&seen.failure).await.unwrap();
    assert_eq!(ledger.outbox().await.unwrap().items.len(), 1, "the same failure again is no news");

    assert_eq!(ledger.claim_replay(&standing, &event("e"), false, "a", now).await.unwrap(), ReplayClaim::Handled);
    assert_eq!(ledger.claim_replay(&standing, &event("e"), true, "a", now).await.unwrap(), ReplayClaim::Claimed(1));
    let nowhere = FailureRecord { failure: failure("nowhere"), ..seen };
    assert_eq!(ledger.discard(&nowhere, now).await.unwrap(), Triaged::Overtaken);
    assert_eq!(ledger.claim_replay(&nowhere, &event("n"), false, "a", now).await.unwrap(), ReplayClaim::Overtaken);
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
                    0 => ledger.discard(&seen, now).await.unwrap() == Triaged::Written,
                    _ => {
                        let claim = ledger.claim_replay(&seen, &event("e"), false, "a", now).await.unwrap();
                        claimed(&claim).is_some()
                    }
                }
            }
        })
        .await;
        assert!(did[0] != did[1], "{did:?}");
        let expected = if did[0] { State::Discarded } else { State::Replaying };
        assert_eq!(triage(&ledger, &id).await.state, expected);
    }
}

#[tokio::test]
async fn failures_are_listed_newest_first_and_without_their_messages() {
    let (ledger, now) = (ledger().await, now());
    for name in ["careers", "interns"] {
        let apply = Apply { name, flow: "f", owner: "o@example.com", document: "" };
        ledger.apply(apply, None, now).await.unwrap();
    }
    let places =
        [("careers", "a", 2), ("interns", "b", 3), (UNREADABLE, "c", 1), ("gone", "d", 4), ("careers", "e", 4)];
    for (connection, id, minute) in places {
        let failed = now + Duration::from_secs(60 * minute);
        let failure = Failure { connection: connection.to_owned(), failed, ..failure(id) };
        ledger.store_failure(&failure).await.unwrap();
    }
    let listed = async |connection| {
        let cases = ledger.failures(connection).await.unwrap().items;
        assert!(cases.iter().all(|case| case.failure.message.is_none() && case.triage == Triage::default()));
        cases.into_iter().map(|case| case.failure.id).collect::<String>()
    };
    assert_eq!(listed(None).await, "ebac");
    assert_eq!(listed(Some("careers")).await, "ea");
    assert_eq!(listed(Some("gone")).await, "d");
    assert_eq!(listed(Some("nobody")).await, "");
    let whole = ledger.failure_record("careers", "a").await.unwrap().unwrap();
    assert_eq!(whole.failure.message.as_ref().unwrap().reveal(), "{}");
    let listed = ledger.failures(Some("careers")).await.unwrap().items;
    assert_eq!(listed[1].failure, Failure { message: None, ..whole.failure });
}
