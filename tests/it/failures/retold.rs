//! What is told later, and what is not told any more.

use ledger::{Cause, State, Triaged};

use super::{MINUTE, fail, failure, is_about, later};
use crate::support::house::House;

#[tokio::test]
async fn a_failure_that_was_never_announced_is_found_by_the_schedule() {
    let house = House::new().await;
    let lost = failure(&house, 1, Cause::Refused, "why");
    house.ledger.store_failure(&lost).await.unwrap();
    assert!(house.mails().await.is_empty());
    let mails = later(&house, 15 * MINUTE).await;
    assert!(mails.len() == 1 && is_about(&mails[0], &lost), "{mails:?}");
    assert!(later(&house, 15 * MINUTE).await.is_empty(), "mailed once");
    house.close().await;
}

/// Its announcement is on its way already.
#[tokio::test]
async fn a_discarded_failure_is_not_mailed_any_more() {
    let house = House::new().await;
    let (set_aside, other) = (failure(&house, 1, Cause::Refused, "why"), failure(&house, 2, Cause::Refused, "why"));
    for failure in [&set_aside, &other] {
        fail(&house, failure).await;
    }
    let case = house.ledger.failure_record("careers", &set_aside.id).await.unwrap().unwrap();
    assert_eq!(house.ledger.discard(&case, house.hands.now()).await.unwrap(), Triaged::Written);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && is_about(&mails[0], &other), "{mails:?}");
    let case = house.ledger.failure_record("careers", &set_aside.id).await.unwrap().unwrap();
    assert_eq!((case.triage.state, case.failure.mailed), (State::Discarded, None));
    assert!(later(&house, 15 * MINUTE).await.is_empty());
    house.close().await;
}
