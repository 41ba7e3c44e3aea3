//! A connection is removed: what is remembered of its objects goes, what still waits for it is skipped.

use ledger::Remains;
use twins::personio::v2::kinds;

use super::house::{House, outcomes};

#[tokio::test]
async fn a_removed_connection_is_forgotten_and_its_signals_are_skipped() {
    let house = House::new().await;
    let unmapped = house.document().replace("\"Child sick\" = [\"Kind krank\"]\n", "");
    house.configure(&unmapped).await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.create(3002, kinds::KIND_KRANK, house.days(12, 12)).await;
    house.next_sweep().await;
    assert_eq!((house.entries().len(), house.mails().await.len()), (1, 1));
    let remains = Remains { links: 2, claims: 1, pending: 1 };
    assert_eq!(house.ledger.remains("absences").await.unwrap(), remains);

    house.told("updated", absence).await;
    let applied = house.ledger.connection("absences").await.unwrap().unwrap();
    assert!(house.ledger.remove_connection(&applied, house.hands.now()).await.unwrap());
    assert!(!house.ledger.remove_connection(&applied, house.hands.now()).await.unwrap(), "it is gone already");
    house.pass(std::time::Duration::from_secs(65));
    assert_eq!(house.told("updated", absence).await.status, 404);
    assert_eq!(outcomes(&house.until_quiet().await), ["skipped"]);

    assert_eq!(house.ledger.forget_objects("absences").await.unwrap(), remains);
    assert!(house.ledger.remains("absences").await.unwrap().is_empty());
    assert_eq!(house.ledger.forget_objects("absences").await.unwrap(), Remains::default());
    assert_eq!(house.entries().len(), 1, "what stands in helloHQ stays");
    house.poll.run().await.unwrap();
    assert_eq!(house.sweep_until_quiet().await, []);
    house.close().await;
}
