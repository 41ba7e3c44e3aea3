//! Causes: of many who meet one at once, one opens its failure.

use ledger::{Opening, Pending, Subject, Told, WokenBy};

use super::*;

fn id(opening: &Opening) -> String {
    match opening {
        Opening::New(failure) => failure.id.clone(),
        Opening::Standing(id) => id.clone(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_those_who_meet_a_cause_at_once_one_opens_its_failure() {
    let ledger = ledger().await;
    let opened = at_once(8, |_| {
        let ledger = ledger.clone();
        async move { ledger.open_failure(failure(""), "no-home-7", None).await.unwrap() }
    })
    .await;
    let new: Vec<_> = opened.iter().filter(|opening| matches!(opening, Opening::New(_))).collect();
    assert_eq!(new.len(), 1, "{opened:?}");
    assert!(opened.iter().all(|opening| id(opening) == id(new[0])), "{opened:?}");
    assert_eq!(ledger.failures(Some("careers")).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_failure_is_resolved_when_the_last_one_that_it_tells_of_waits_no_more() {
    let (ledger, now) = (ledger().await, now());
    let template = Failure { failed: now, ..failure("") };
    let first = id(&ledger.open_failure(template.clone(), "no-home-7", None).await.unwrap());
    let pending = |number: u8| {
        let told = Told { key: "no-home-7".to_owned(), failure: first.clone() };
        Pending { subject: Subject::new("thing", number), failures: vec![told], woken_by: WokenBy::Sweeps }
    };
    for number in [1, 2] {
        ledger.put_pending("careers", &pending(number), &[], now).await.unwrap();
    }
    ledger.remove_pending("careers", &pending(1).subject, now).await.unwrap();
    assert_eq!(ledger.failure_record("careers", &first).await.unwrap().unwrap().triage.state, State::Open);
    ledger.remove_pending("careers", &pending(2).subject, now).await.unwrap();
    let triage = ledger.failure_record("careers", &first).await.unwrap().unwrap().triage;
    assert_eq!((triage.state, triage.resolved), (State::Resolved, Some(now)));

    // the same instant, and another failure all the same
    let second = id(&ledger.open_failure(template.clone(), "no-home-7", None).await.unwrap());
    assert_ne!(second, first);
    // one that was closed takes nothing from the one that is open
    ledger.resolve_failure("careers", "no-home-7", &first, now).await.unwrap();
    assert_eq!(ledger.open_failure_of("careers", "no-home-7").await.unwrap(), Some(second.clone()));
    let third = ledger.open_failure(template, "no-home-7", Some(&second)).await.unwrap();
    assert!(matches!(&third, Opening::New(failure) if failure.id != second), "{third:?}");
}

#[tokio::test]
async fn what_waits_for_an_edit_is_not_woken_by_sweeps() {
    let (ledger, now) = (ledger().await, now());
    for (number, woken_by) in [(1, WokenBy::Sweeps), (2, WokenBy::Edit)] {
        let pending = Pending { subject: Subject::new("thing", number), failures: Vec::new(), woken_by };
        ledger.put_pending("careers", &pending, &[], now).await.unwrap();
    }
    assert_eq!(ledger.pending("careers").await.unwrap().items, [Subject::new("thing", 1)]);
    let blocked = ledger.blocked("careers").await.unwrap().items;
    assert_eq!(blocked.len(), 2, "a person sees both: {blocked:?}");
}
