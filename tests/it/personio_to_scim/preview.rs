//! The console's preview: what the next sweep would do, with nothing written.

use admin::{ChangeKind, Context};
use personio_to_scim::FLOW;
use serde_json::json;
use twins::Vendor as _;
use twins::personio::v2::Termination;

use super::house::House;

/// What the table holds, each item as its letters in order: the order of an item's attributes changes with each
/// reading.
async fn stored(house: &House) -> Vec<String> {
    let letters = |item: &String| {
        let mut letters: Vec<char> = item.chars().collect();
        letters.sort_unstable();
        letters.into_iter().collect()
    };
    let mut stored: Vec<String> = house.stored().await.iter().map(letters).collect();
    stored.sort();
    stored
}

#[tokio::test]
async fn a_preview_says_what_would_happen_and_writes_nothing() {
    let house = House::new().await;
    house.told("person.updated", 3001).await;
    house.told("person.updated", 3002).await;
    house.until_quiet().await;
    house.staff().terminate(3002, Termination::on(house.day(-1))).await.unwrap();
    house.enter(json!({"userName": "person-3003@agency.example", "externalId": "3003", "active": false}));
    house.enter(json!({"userName": "person-3004@agency.example", "active": true}));
    let (stored, held) = (stored(&house).await, house.accounts());

    let (document, secret) = (house.document(), house.secret().to_string().into());
    let context = Context {
        name: "accounts",
        document: &document,
        secret: &secret,
        local: true,
        ledger: &house.ledger,
        now: house.hands.now(),
        progress: &|_| {},
    };
    let preview = (FLOW.commands.preview.unwrap())(context).await.unwrap();
    let told: Vec<(&str, ChangeKind)> =
        preview.changes.iter().map(|change| (change.object.as_str(), change.kind)).collect();
    let expected = [
        ("3002", ChangeKind::Removed),
        ("3003", ChangeKind::Changed),
        ("3004", ChangeKind::Refused),
        ("3005", ChangeKind::Created),
    ];
    assert_eq!(told, expected, "{preview:?}");
    assert_eq!((preview.unchanged, preview.unlisted), (1, 0));
    assert!(preview.changes[0].what.contains("deactivate: the employment is over"), "{preview:?}");

    assert_eq!((self::stored(&house).await, house.accounts()), (stored, held));
    let calls = house.twins.scim().desk().calls();
    assert!(calls.iter().rev().take(5).all(|call| call.method == "GET"), "{calls:?}");
    house.close().await;
}
