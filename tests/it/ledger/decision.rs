//! What a person decides about a step whose end nobody can find out.

use ledger::{Decided, Decision, Subject};

use super::*;

fn adopt(id: &str) -> Decided {
    decided(Decision::Adopt { id: id.to_owned() })
}

fn create() -> Decided {
    decided(Decision::Create)
}

/// In whole milliseconds, as it is kept.
fn decided(decision: Decision) -> Decided {
    Decided {
        code: "unknowable-opening".to_owned(),
        decision,
        at: Timestamp::from_millisecond(1_772_359_200_000).unwrap(),
    }
}

#[tokio::test]
async fn the_last_decision_about_an_object_stands_until_it_is_done() {
    let (ledger, opening) = (ledger().await, Subject::new("opening", "8001"));
    assert_eq!(ledger.decision("openings", &opening).await.unwrap(), None);
    ledger.decide("openings", &opening, &adopt("9A.001")).await.unwrap();
    assert_eq!(ledger.decision("openings", &opening).await.unwrap(), Some(adopt("9A.001")));
    ledger.decide("openings", &opening, &create()).await.unwrap();
    assert_eq!(ledger.decision("openings", &opening).await.unwrap(), Some(create()));
    for _ in 0..2 {
        ledger.forget_decision("openings", &opening).await.unwrap();
        assert_eq!(ledger.decision("openings", &opening).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_decision_is_about_one_object_of_one_connection() {
    let (ledger, opening) = (ledger().await, Subject::new("opening", "8001"));
    ledger.decide("openings", &opening, &adopt("9A.001")).await.unwrap();
    assert_eq!(ledger.decision("others", &opening).await.unwrap(), None);
    assert_eq!(ledger.decision("openings", &Subject::new("opening", "8002")).await.unwrap(), None);
    ledger.forget_decision("others", &opening).await.unwrap();
    assert_eq!(ledger.decision("openings", &opening).await.unwrap(), Some(adopt("9A.001")));
}

#[tokio::test]
async fn a_removed_connection_has_no_decisions() {
    let (ledger, opening) = (ledger().await, Subject::new("opening", "8001"));
    for connection in ["openings", "others"] {
        ledger.decide(connection, &opening, &create()).await.unwrap();
    }
    ledger.forget_objects("openings").await.unwrap();
    assert_eq!(ledger.decision("openings", &opening).await.unwrap(), None);
    assert_eq!(ledger.decision("others", &opening).await.unwrap(), Some(create()));
}
