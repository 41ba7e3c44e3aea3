//! The six situations every flow is tested in, from candidates to contracts.

use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::oneflow::{CustomIds, State};
use twins::teamtailor::{Applied, Edit};

use super::house::{House, MINUTE, OFFER};

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

const START: &str = "oneflow-start-date";

/// Dora gets an offer.
async fn offered(house: &House) -> Applied {
    let applied = house.dora().await;
    house.recruiters().fill(applied.candidate, START, &json!("2026-04-03")).await.unwrap();
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    applied
}

/// The only contract: its id.
fn only(house: &House) -> i64 {
    let contracts = house.contracts();
    assert_eq!(contracts.len(), 1, "{contracts:?}");
    contracts[0].id
}

#[tokio::test]
async fn happy() {
    let house = House::new().await;
    let dora = offered(&house).await.candidate;
    house.until_quiet().await;
    let contract = only(&house);
    let made = &house.contracts()[0];
    assert_eq!((made.state, house.invitations(contract)), (State::Pending, 1));
    assert_eq!((made.value(START), made.value("phone")), (Some("2026-04-03"), Some("+46 70 123")));

    house.pass(MINUTE);
    house.recruiters().fill(dora, START, &json!("2026-05-01")).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.contracts()[0].value(START), Some("2026-05-01"));

    house.pass(MINUTE);
    house.enter(contract, START, "2026-06-01").await;
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.held(dora, START), json!("2026-06-01"));
    assert_eq!(house.files(dora).len(), 1);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn twice() {
    let house = House::new().await;
    house.teamtailor(|account| account.modes.deliveries = 2);
    let applied = offered(&house).await;
    house.until_quiet().await;
    house.sweep_all().await;
    let contract = only(&house);
    // back and forth: one contract for an application
    house.recruiters().move_to(applied.application, 51).await.unwrap();
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!((only(&house), house.invitations(contract)), (contract, 1));
    house.close().await;
}

#[tokio::test]
async fn out_of_order() {
    let house = House::new().await;
    offered(&house).await;
    house.lose();
    house.sweep_all().await;
    let contract = only(&house);
    house.sweep_all().await;
    assert_eq!((only(&house), house.invitations(contract)), (contract, 1), "a lost trigger is healed once");
    house.close().await;
}

#[tokio::test]
async fn vendor_down() {
    let house = House::new().await;
    house.twins.oneflow().desk().set_faults(on("POST /v1/contracts/create", Effect::status(503), 2));
    house.twins.teamtailor().desk().set_faults(on("GET /eu/v1/candidates/*", Effect::status(503), 1));
    offered(&house).await;
    house.until_quiet().await;
    assert_eq!(house.invitations(only(&house)), 1);
    house.close().await;
}

#[tokio::test]
async fn bad_record() {
    let mut house = House::new().await;
    let applied = house.dora().await;
    house.recruiters().edit(applied.candidate, Edit { phone: Some(String::new()), ..Edit::default() }).await.unwrap();
    house.recruiters().move_to(applied.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.contracts(), []);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("telephone number"), "{mails:?}");
    let phone = Edit { phone: Some("+46 70 123".to_owned()), ..Edit::default() };
    house.recruiters().edit(applied.candidate, phone).await.unwrap();
    house.until_quiet().await;
    house.sweep_all().await;
    assert_eq!(house.invitations(only(&house)), 1, "once it is entered, the contract is made");
    house.set("start_date = \"2020-01-01\"", "start_date = \"2100-01-01\"").await;
    let old = Edit { email: Some("jan@people.example".to_owned()), ..Edit::default() };
    let old = house.recruiters().apply(41, old).await.unwrap();
    house.recruiters().move_to(old.application, OFFER).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.contracts().len(), 1, "who moved before the start date is not mailed");
    house.close().await;
}

#[tokio::test]
async fn lost_answer() {
    for call in ["POST /v1/contracts/create", "POST /v1/contracts/*/publish"] {
        for effect in [Effect::DropAnswer, Effect::DropRequest] {
            let house = House::new().await;
            house.twins.oneflow().desk().set_faults(on(call, effect, 1));
            offered(&house).await;
            house.until_quiet().await;
            house.sweep_all().await;
            assert_eq!(house.invitations(only(&house)), 1, "{call}");
            house.close().await;
        }
    }
}

/// Contracts that were made by API may show their data fields without custom ids.
#[tokio::test]
async fn a_contract_without_custom_ids_is_kept_in_step() {
    let house = House::new().await;
    house.oneflow(|account| account.custom_ids = CustomIds::Absent);
    house.twins.oneflow().desk().set_faults(on("POST /v1/contracts/create", Effect::DropAnswer, 1));
    let dora = offered(&house).await.candidate;
    house.until_quiet().await;
    let contract = only(&house);
    house.pass(MINUTE);
    house.enter(contract, START, "2026-06-01").await;
    house.until_quiet().await;
    assert_eq!(house.held(dora, START), json!("2026-06-01"));
    house.close().await;
}
