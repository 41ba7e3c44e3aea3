//! A person whom the console forgets.

use admin::Context;
use ledger::Traces;
use personio_to_scim::FLOW;

use super::house::{House, outcomes};

/// All that the console asks of the flow to find the person.
async fn traces(house: &House, who: &str) -> Traces {
    let (document, secret) = (house.document(), house.secret().to_string().into());
    let (ledger, now) = (&house.ledger, house.hands.now());
    let context =
        Context { name: "accounts", document: &document, secret: &secret, local: true, ledger, now, progress: &|_| {} };
    (FLOW.commands.forget.unwrap().traces)(context.reading(), who).await.unwrap()
}

async fn mentions(house: &House, person: u64) -> Vec<String> {
    let id = format!("\"{person}\"");
    let is_theirs =
        |item: &String| item.contains(&format!("person/{person}")) || item.contains("dora@") || item.contains(&id);
    house.stored().await.into_iter().filter(is_theirs).collect()
}

#[tokio::test]
async fn nothing_of_who_was_forgotten_is_left_and_what_was_queued_is_dropped() {
    let mut house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    let other = house.hire("other@agency.example", 0).await;
    for person in [dora, other] {
        house.told("person.created", person).await;
    }
    house.until_quiet().await;
    assert!(!mentions(&house, dora).await.is_empty());
    // still queued when the person is forgotten
    house.told("person.updated", dora).await;
    house.told("person.updated", other).await;

    let names_of = FLOW.commands.forget.unwrap().names_of;
    let mut known = traces(&house, "Dora@agency.example").await;
    let found = house.ledger.find_person("accounts", &mut known, names_of, &|_| {}).await.unwrap();
    assert_eq!((found.items.get("link"), found.items.get("claim")), (Some(&1), Some(&1)), "{found:?}");
    house.ledger.bury("accounts", &known.names(), house.hands.now()).await.unwrap();
    house.cold();
    let erased = house.ledger.erase_person("accounts", &mut known, names_of, &|_| {}).await.unwrap();
    assert_eq!(erased, found);
    let left = mentions(&house, dora).await;
    assert!(left.is_empty(), "tombstones among them: {left:?}");

    let ended = house.until_quiet().await;
    let dropped = ended.iter().filter(|ended| ended.reason == "its person was forgotten").count();
    assert_eq!((dropped, outcomes(&ended).len()), (1, 2), "{ended:?}");
    assert!(mentions(&house, dora).await.is_empty(), "what was queued has written nothing");
    assert!(house.user("dora@agency.example").is_active(), "nothing was removed at the vendor");
    assert!(!mentions(&house, other).await.is_empty(), "the other one is remembered");

    // still in Personio: what comes later is no more than before
    house.pass(std::time::Duration::from_secs(1));
    house.told("person.updated", dora).await;
    let ended = house.until_quiet().await;
    assert!(ended.iter().all(|ended| ended.reason != "its person was forgotten"), "{ended:?}");
    assert!(!mentions(&house, dora).await.is_empty(), "the person comes back");
    house.close().await;
}
