//! A cause is told once while it lasts, and again when it comes back.

use std::time::Duration;

use ledger::{State, Triaged};
use twins::personio::v2::kinds;

use super::house::{House, outcomes};

const MAPPED: &str = "\"Child sick\" = [\"Kind krank\"]\n";

/// The connection without a home for one type.
fn unmapped(house: &House) -> String {
    let document = house.document();
    assert!(document.contains(MAPPED));
    document.replace(MAPPED, "")
}

/// The failures of the connection with their states, the oldest first.
async fn failures(house: &House) -> Vec<(String, State)> {
    let listing = house.ledger.failures(Some("absences")).await.unwrap();
    listing.items.into_iter().rev().map(|record| (record.failure.id, record.triage.state)).collect()
}

fn states(failures: &[(String, State)]) -> Vec<State> {
    failures.iter().map(|(_, state)| *state).collect()
}

#[tokio::test]
async fn a_cause_that_comes_back_is_told_again() {
    let house = House::new().await;
    house.configure(&unmapped(&house)).await;
    for person in [3001, 3002] {
        house.create(person, kinds::KIND_KRANK, house.days(10, 10)).await;
    }
    house.next_sweep().await;
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 1, "once for both, and while it lasts");
    assert_eq!(states(&failures(&house).await), [State::Open]);

    house.configure(&house.document()).await;
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 2);
    assert_eq!(states(&failures(&house).await), [State::Resolved], "nothing waits for it any more");

    house.configure(&unmapped(&house)).await;
    house.pass(Duration::from_secs(60));
    let next = house.create(3003, kinds::KIND_KRANK, house.days(20, 20)).await;
    house.told("created", next).await;
    house.until_quiet().await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("stands neither under an HQ type"), "{mails:?}");
    assert_eq!(states(&failures(&house).await), [State::Resolved, State::Open]);
    house.close().await;
}

/// The absence itself does not change, so each retry meets the same.
#[tokio::test]
async fn a_retry_that_is_refused_again_is_told_again_and_once() {
    let house = House::new().await;
    house.configure(&unmapped(&house)).await;
    for day in [10, 20] {
        house.create(3001, kinds::KIND_KRANK, house.days(day, day)).await;
    }
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 1);
    for retries in 1..=2 {
        house.pass(Duration::from_secs(60));
        let (id, _) = failures(&house).await.pop().unwrap();
        house.retry(&id).await;
        let records = house.take().await;
        // a record may be handed out twice
        for _ in 0..2 {
            assert_eq!(outcomes(&house.push(&records).await), ["rejected"]);
        }
        assert_eq!(house.mails().await.len(), 1, "each retry is answered once");
        assert_eq!(failures(&house).await.len(), retries + 1);
    }
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 0, "nobody else is told for that");
    house.configure(&house.document()).await;
    house.next_sweep().await;
    assert!(failures(&house).await.iter().all(|(_, state)| *state != State::Open), "{:?}", failures(&house).await);
    house.close().await;
}

#[tokio::test]
async fn a_discard_closes_what_waits_and_the_next_one_is_told() {
    let house = House::new().await;
    house.configure(&unmapped(&house)).await;
    house.create(3001, kinds::KIND_KRANK, house.days(10, 10)).await;
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 1);
    let (id, _) = failures(&house).await.pop().unwrap();
    let record = house.ledger.failure_record("absences", &id).await.unwrap().unwrap();
    assert_eq!(house.ledger.discard(&record, house.hands.now()).await.unwrap(), Triaged::Written);
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 0, "what the discard was about stays quiet");

    house.create(3002, kinds::KIND_KRANK, house.days(10, 10)).await;
    house.next_sweep().await;
    assert_eq!(house.mails().await.len(), 1, "what comes after is told");
    assert_eq!(states(&failures(&house).await), [State::Discarded, State::Open]);
    house.close().await;
}

/// An item without its fields, of every kind that sweeps read: the others are dealt with, and the bad ones are named.
#[tokio::test]
async fn one_unreadable_item_stops_nothing_but_itself() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.next_sweep().await;
    house.spoil("connection", "broken").await;
    house.spoil("pending#absences", "no-subject").await;
    house.spoil("link#absences", "absence/00000000-0000-4000-8000-000000000001").await;
    house.delete(absence).await;
    house.create(3002, kinds::URLAUB, house.days(12, 12)).await;
    house.pass(Duration::from_secs(2 * 60 * 60));
    let error = house.poll.run().await.unwrap_err();
    assert_eq!(error.to_string(), "items of the table cannot be read: connection broken");
    house.sweep_until_quiet().await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 1, "removed and entered");
    assert_eq!(house.twins.hellohq().absences(twins::hellohq::SEED_ACCOUNT).len(), 1);
    let connections = house.ledger.connections().await.unwrap();
    assert_eq!((connections.items.len(), connections.unreadable), (1, vec!["connection broken".to_owned()]));
    house.close().await;
}
