//! `hrsync doctor`: each fault of the accounts is named, and no other.

use std::time::Duration;

use admin::Finding;
use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{PersonField, SEED_CLIENT, Tenant};

use super::super::house::House;
use super::{COMMANDS, Desk};
use crate::support::findings::{mend_of, shows, troubles};

/// Nobody can know by reading.
const WRITING: &str = "warning hellohq: writing";

async fn look(desk: &Desk<'_>) -> Vec<Finding> {
    COMMANDS.doctor.unwrap()(desk.context().reading()).await.unwrap()
}

/// The account's seed, but for this.
fn account(house: &House, change: impl FnOnce(&mut Tenant)) {
    let mut tenant = Tenant::seed();
    change(&mut tenant);
    house.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
}

#[tokio::test]
async fn each_fault_of_personio_is_named_and_no_other() {
    let house = House::new().await;
    let sound = look(&Desk::of(&house)).await;
    assert_eq!(troubles(&sound), [WRITING], "{sound:?}");
    assert!(!shows(&sound, "agency.example"), "{sound:?}");

    account(&house, |tenant| _ = tenant.scopes.remove("personio:absences:read"));
    let found = look(&Desk::of(&house)).await;
    assert_eq!(troubles(&found), ["fault personio: absence types", "fault personio: absences", WRITING]);
    assert!(mend_of(&found, "personio: absences").starts_with("Personio > Settings > API credentials"), "{found:?}");
    assert!(shows(&found, "scope personio:absences:read"), "{found:?}");

    account(&house, |tenant| _ = tenant.scopes.remove("personio:persons:read"));
    assert_eq!(troubles(&look(&Desk::of(&house)).await), ["fault personio: persons", WRITING]);

    account(&house, |tenant| _ = tenant.quirks.unreadable.insert(PersonField::Email));
    assert_eq!(troubles(&look(&Desk::of(&house)).await), ["fault personio: e-mail addresses", WRITING]);

    account(&house, |_| {});
    let document = house.document().replace("[\"Urlaub\"]", "[\"Urlaup\"]");
    let found = look(&Desk::with(&house, document, &house.secret())).await;
    // the name that is none, and the type that has no home now
    assert_eq!(troubles(&found), ["fault personio: mapping", "fault personio: mapping", WRITING]);

    let fails = Rule::new("GET /v2/persons", Effect::status(503)).unwrap().times(100);
    house.twins.personio().desk().set_faults(Faults::one(fails));
    assert_eq!(troubles(&look(&Desk::of(&house)).await), ["warning personio: persons", WRITING]);
    house.twins.personio().desk().set_faults(Faults::default());

    house.twins.personio().desk().clock().advance(10 * 60);
    let found = look(&Desk::of(&house)).await;
    assert_eq!(troubles(&found), ["fault personio: clock", WRITING]);
    assert!(shows(&found, "behind the vendor"), "{found:?}");
    house.close().await;
}

#[tokio::test]
async fn a_refused_login_is_the_only_fault_and_hides_nothing_of_the_other_account() {
    let house = House::new().await;
    let mut secret = house.secret();
    secret["personio_client_secret"] = json!("hunter2");
    let found = look(&Desk::with(&house, house.document(), &secret)).await;
    let behind = ["warning personio: absence types", "warning personio: absences", "warning personio: persons"];
    assert_eq!(troubles(&found), [&["fault personio: login"], &behind[..], &[WRITING]].concat());
    assert!(mend_of(&found, "personio: login").contains("hrsync secrets set"), "{found:?}");
    assert!(!shows(&found, "hunter2"), "{found:?}");
    assert_eq!(house.twins.personio().desk().calls().len(), 1, "what lies behind the door is not tried");

    let mut secret = house.secret();
    secret["hellohq_token"] = json!("hunter2");
    let found = look(&Desk::with(&house, house.document(), &secret)).await;
    assert_eq!(
        troubles(&found),
        ["fault hellohq: login", "warning hellohq: users", "warning hellohq: entries", WRITING]
    );

    let document = house.document().replace("/hellohq\"", "\"").replace(&house.twins.url(), "http://127.0.0.1:9");
    let found = look(&Desk::with(&house, document, &house.secret())).await;
    let addresses = troubles(&found).into_iter().filter(|it| it.starts_with("fault")).collect::<Vec<_>>();
    assert_eq!(addresses, ["fault personio: address", "fault hellohq: address"], "{found:?}");
    house.close().await;
}

#[tokio::test]
async fn a_look_writes_nothing_and_halts_nothing() {
    let house = House::new().await;
    let stored = async || (house.stored().await.len(), house.ledger.connection("absences").await.unwrap());
    let before = stored().await;
    let mut secret = house.secret();
    secret["hellohq_token"] = json!("hunter2");
    look(&Desk::with(&house, house.document(), &secret)).await;
    look(&Desk::of(&house)).await;
    assert_eq!(stored().await, before);
    let calls = house.twins.hellohq().desk().calls();
    assert!(calls.iter().all(|call| call.method == "GET"), "{calls:?}");
    house.close().await;
}

#[tokio::test]
async fn the_last_event_that_personio_was_to_tell_is_known() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let webhooks = COMMANDS.webhooks.unwrap();
    // nobody answers there
    let url = "http://127.0.0.1:9/webhooks/personio-to-hellohq/absences";
    let since = house.hands.now();
    let last = async || (webhooks.last_told)(desk.context().reading(), url, since).await.unwrap();
    (webhooks.register)(desk.context(), url).await.unwrap();
    assert_eq!(last().await, None);
    house.pass(Duration::from_secs(60));
    house.create(3001, twins::personio::v2::kinds::URLAUB, house.days(10, 10)).await;
    assert_eq!(last().await.unwrap().as_second(), house.hands.now().as_second());

    account(&house, |tenant| _ = tenant.scopes.remove("personio:webhooks:read"));
    let refused = (webhooks.list)(desk.context().reading(), url).await.unwrap_err();
    assert!(refused.to_string().contains("right-missing"), "{refused}");
    assert_eq!(webhooks.right.name, "scope personio:webhooks:read");
    house.close().await;
}
