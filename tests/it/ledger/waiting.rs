//! Objects that wait until a list of the source is read.

use ledger::Subject;

use super::*;

const HALF_AN_HOUR: Duration = Duration::from_secs(30 * 60);

fn position(id: &str) -> Subject {
    Subject::new("position", id)
}

#[tokio::test]
async fn an_object_waits_until_it_waits_no_more() {
    let (ledger, now) = (ledger().await, now());
    assert_eq!(ledger.waiting_for_list("openings", now).await.unwrap(), []);
    for id in ["7001", "7002", "7001"] {
        ledger.wait_for_list("openings", &position(id), now).await.unwrap();
    }
    assert_eq!(ledger.waiting_for_list("openings", now).await.unwrap(), [position("7001"), position("7002")]);
    assert_eq!(ledger.waiting_for_list("others", now).await.unwrap(), []);
    for _ in 0..2 {
        ledger.wait_for_no_list("openings", &position("7001")).await.unwrap();
        assert_eq!(ledger.waiting_for_list("openings", now).await.unwrap(), [position("7002")]);
    }
}

#[tokio::test]
async fn an_object_waits_for_half_an_hour_and_anew_whenever_it_is_told_to() {
    let (ledger, now) = (ledger().await, now());
    ledger.wait_for_list("openings", &position("7001"), now).await.unwrap();
    let soon = now + HALF_AN_HOUR - Duration::from_secs(1);
    assert_eq!(ledger.waiting_for_list("openings", soon).await.unwrap(), [position("7001")]);
    assert_eq!(ledger.waiting_for_list("openings", now + HALF_AN_HOUR).await.unwrap(), []);
    ledger.wait_for_list("openings", &position("7001"), soon).await.unwrap();
    assert_eq!(ledger.waiting_for_list("openings", now + HALF_AN_HOUR).await.unwrap(), [position("7001")]);
}

#[tokio::test]
async fn a_removed_connection_waits_for_nothing() {
    let (ledger, now) = (ledger().await, now());
    for connection in ["openings", "others"] {
        ledger.wait_for_list(connection, &position("7001"), now).await.unwrap();
    }
    ledger.forget_objects("openings").await.unwrap();
    assert_eq!(ledger.waiting_for_list("openings", now).await.unwrap(), []);
    assert_eq!(ledger.waiting_for_list("others", now).await.unwrap(), [position("7001")]);
}
