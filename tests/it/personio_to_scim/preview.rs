//! The console's preview: what the next sweep would do, with nothing written.

use std::collections::BTreeMap;

use admin::{ChangeKind, Context, Explanation, Preview, PreviewCommands, ReadingContext};
use personio_to_scim::FLOW;
use secrecy::SecretString;
use serde_json::json;
use twins::Vendor as _;
use twins::personio::v2::Termination;

use super::house::House;

const COMMANDS: PreviewCommands = FLOW.commands.preview.unwrap();

/// Two with an account, of whom one has left; one of whom the partner has one, one whose login is somebody else's, one
/// who is new; and a leaver whom the partner knows by our id.
async fn everything_at_once() -> House {
    let house = House::new().await;
    house.told("person.updated", 3001).await;
    house.told("person.updated", 3002).await;
    house.until_quiet().await;
    house.staff().terminate(3002, Termination::on(house.day(-1))).await.unwrap();
    house.enter(json!({"userName": "person-3003@agency.example", "externalId": "3003", "active": false}));
    house.enter(json!({"userName": "person-3004@agency.example", "active": true}));
    let left = house.hire("left@agency.example", -100).await;
    house.staff().terminate(left, Termination::on(house.day(-1))).await.unwrap();
    house.enter(json!({"userName": "left@agency.example", "externalId": left.to_string(), "active": true}));
    house
}

fn context<'a>(house: &'a House, document: &'a str, secret: &'a SecretString) -> ReadingContext<'a> {
    let (ledger, now) = (&house.ledger, house.hands.now());
    Context { name: "accounts", document, secret, local: true, ledger, now, progress: &|_| {} }.reading()
}

async fn preview(house: &House, document: &str) -> Preview {
    let secret = house.secret().to_string().into();
    (COMMANDS.everything)(context(house, document, &secret)).await.unwrap()
}

fn kinds(preview: &Preview) -> Vec<(&str, ChangeKind)> {
    preview.changes.iter().map(|change| (change.object.as_str(), change.kind)).collect()
}

#[tokio::test]
async fn a_preview_says_what_would_happen_and_writes_nothing() {
    let house = everything_at_once().await;
    let (stored, held) = (house.contents().await, house.accounts());
    let calls = house.twins.scim().desk().calls().len();
    let preview = preview(&house, &house.document()).await;
    let expected = [
        ("3002", ChangeKind::Deactivated),
        ("3003", ChangeKind::Adopted),
        ("3004", ChangeKind::Refused),
        ("3005", ChangeKind::Created),
        ("3101", ChangeKind::Deactivated),
    ];
    assert_eq!(kinds(&preview), expected, "{preview:?}");
    assert_eq!((preview.unchanged, preview.unlisted), (1, 0));
    assert!(preview.changes[0].what.contains("deactivate: the employment is over"), "{preview:?}");

    assert_eq!((house.contents().await, house.accounts()), (stored, held));
    let made = house.twins.scim().desk().calls().split_off(calls);
    assert!(!made.is_empty() && made.iter().all(|call| call.method == "GET"), "{made:?}");

    // what it says is what a sweep does
    house.sweep_everybody().await;
    let accounts = [
        "left@agency.example off",
        "person-3001@agency.example on",
        "person-3002@agency.example off",
        "person-3003@agency.example on",
        "person-3005@agency.example on",
    ];
    assert_eq!(house.accounts(), accounts);
    assert_eq!(house.mails().await.len(), 1, "of the one whose login is somebody else's");
    house.close().await;
}

#[tokio::test]
async fn a_preview_says_who_would_be_held() {
    let house = everything_at_once().await;
    let one = house
        .document()
        .replace("deactivations = { percent = 10, number = 5 }", "deactivations = { percent = 0, number = 1 }");
    let preview = preview(&house, &one).await;
    let off: Vec<_> = kinds(&preview).into_iter().filter(|(person, _)| ["3002", "3101"].contains(person)).collect();
    assert_eq!(off, [("3002", ChangeKind::Deactivated), ("3101", ChangeKind::Held)], "{preview:?}");
    let last = preview.changes.last().unwrap();
    assert!(last.what.ends_with("1 of 1 deactivations are taken today"), "{last:?}");
    house.close().await;
}

#[tokio::test]
async fn one_person_is_explained_step_by_step() {
    let house = everything_at_once().await;
    let (document, secret) = (house.document(), house.secret().to_string().into());
    let explain = COMMANDS.object.unwrap();
    let explained = async |person: &str| {
        let Explanation { steps } = explain(context(&house, &document, &secret), person).await.unwrap();
        steps.into_iter().map(|step| (step.what, step.seen)).collect::<BTreeMap<_, _>>()
    };
    let leaver = explained("3002").await;
    assert!(
        leaver["wanted today"].starts_with("no account that the person can use: the employment is over"),
        "{leaver:?}"
    );
    assert!(leaver["account at hand"].starts_with("made by hrsync, active"), "{leaver:?}");
    assert_eq!(
        (leaver["steps"].as_str(), leaver["budget"].as_str()),
        ("deactivate", "0 of 5 deactivations are taken today: they go")
    );
    let named = explained("3004").await;
    assert_eq!(named["users with the person's login"], "one");
    assert!(named["stands in the way"].contains("policies.adoption"), "{named:?}");
    assert_eq!(explained("9999").await["Personio"], "shows no such person");
    let refused = explain(context(&house, &document, &secret), "no-number").await.unwrap_err();
    assert_eq!(refused.to_string(), "`no-number` is no id of a person in Personio");
    house.close().await;
}
