//! Items of the table that cannot be read stop nothing but themselves, and are named.

use ledger::Cause;

use super::{failure, is_about};
use crate::support::house::House;

#[tokio::test]
async fn the_schedule_goes_on_and_names_them() {
    let house = House::new().await;
    let lost = failure(&house, 1, Cause::Refused, "why");
    house.ledger.store_failure(&lost).await.unwrap();
    let halt = ledger::Breaker::open("login refused", house.hands.now());
    house.ledger.open_breaker("careers", &halt).await.unwrap();
    for (pk, sk) in [("connection", "broken"), ("unmailed", "broken/e1"), ("failure#careers", "e0")] {
        house.spoil(pk, sk).await;
    }
    let error = house.poll().run().await.unwrap_err();
    assert!(error.to_string().contains("unmailed broken/e1"), "{error}");
    let mails = house.mails().await;
    assert!(mails.iter().any(|mail| is_about(mail, &lost)), "{mails:?}");
    assert!(mails.iter().any(|mail| mail.contains("stands still")), "the owner is reminded: {mails:?}");

    let listing = house.ledger.failures(None).await.unwrap();
    assert_eq!(listing.items.len(), 2);
    assert_eq!(listing.unreadable, ["failure#careers e0", "connection broken"]);
    house.ledger.close_breaker("careers", &halt).await.unwrap();
    house.close().await;
}

/// Nobody can say who owns the connection: its failure is told to the stack's sender.
#[tokio::test]
async fn a_failure_of_a_connection_that_cannot_be_read_is_mailed_to_the_stacks_sender() {
    let house = House::new().await;
    let orphan = ledger::Failure { connection: "broken".to_owned(), ..failure(&house, 1, Cause::Refused, "why") };
    house.ledger.store_failure(&orphan).await.unwrap();
    house.spoil("connection", "broken").await;
    house.poll().run().await.unwrap_err();
    assert!(house.mails().await.is_empty());
    let stored = house.ledger.failure("broken", &orphan.id).await.unwrap().unwrap();
    assert_eq!(stored.mailed, Some(house.hands.now()));
    house.close().await;
}
