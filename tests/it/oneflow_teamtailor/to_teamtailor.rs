//! The six situations every flow is tested in, from contracts to candidates.

use http::HeaderMap;
use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};

use super::house::{DORA, House, MINUTE};

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

const START: &str = "oneflow-start-date";
const CITY: &str = "oneflow-city";

#[tokio::test]
async fn happy() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.enter(contract, START, "2026-04-03").await;
    house.enter(contract, CITY, " berlin").await;
    house.until_quiet().await;
    assert_eq!((house.held(dora, START), house.held(dora, CITY)), (json!("2026-04-03"), json!(["Berlin"])));
    assert_eq!(house.files(dora), Vec::<String>::new());

    house.pass(MINUTE);
    house.enter(contract, CITY, "Stockholm").await;
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.held(dora, CITY), json!(["Stockholm"]));
    assert_eq!(house.files(dora), [format!("Offer ({contract}).pdf")]);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn twice() {
    let house = House::new().await;
    house.oneflow(|account| account.modes.deliveries = 2);
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.enter(contract, START, "2026-04-03").await;
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    house.sweep_all().await;
    assert_eq!(house.held(dora, START), json!("2026-04-03"));
    assert_eq!(house.files(dora).len(), 1, "{:?}", house.files(dora));
    let written = house.twins.teamtailor().desk().calls().len();
    house.sweep_all().await;
    let again = house.twins.teamtailor().desk().calls();
    assert!(again[written..].iter().all(|call| call.method == "GET"), "a sweep that finds nothing new writes nothing");
    house.close().await;
}

#[tokio::test]
async fn out_of_order() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.until_quiet().await;
    // Oneflow shows its own events late
    house.oneflow(|account| account.read_lag_seconds = 20);
    house.pass(MINUTE);
    house.enter(contract, START, "2026-04-03").await;
    house.until_quiet().await;
    assert_eq!(house.held(dora, START), json!("2026-04-03"));
    house.oneflow(|account| account.pdf_after_seconds = 90);
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.files(dora).len(), 1);
    house.close().await;
}

#[tokio::test]
async fn vendor_down() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.twins.teamtailor().desk().set_faults(on("POST /eu/v1/custom-field-values", Effect::status(503), 2));
    house.twins.oneflow().desk().set_faults(on("GET /v1/contracts/*", Effect::status(503), 2));
    house.enter(contract, START, "2026-04-03").await;
    house.until_quiet().await;
    assert_eq!(house.held(dora, START), json!("2026-04-03"));
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn bad_record() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.enter(contract, START, "03/04/2026").await;
    house.enter(contract, CITY, "Berlin").await;
    house.until_quiet().await;
    assert_eq!((house.held(dora, START), house.held(dora, CITY)), (json!(null), json!(["Berlin"])));
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(mails[0].contains(START) && !mails[0].contains(DORA) && !mails[0].contains("03/04/2026"), "{mails:?}");
    house.pass(MINUTE);
    house.enter(contract, START, "2026-04-03").await;
    house.until_quiet().await;
    assert_eq!(house.held(dora, START), json!("2026-04-03"));
    assert_eq!(house.ask("oneflow", HeaderMap::new(), "{}").await.status, 401);
    assert_eq!(house.ask("elsewhere", HeaderMap::new(), "{}").await.status, 404);
    house.close().await;
}

#[tokio::test]
async fn lost_answer() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.twins.teamtailor().desk().set_faults(on("POST /eu/v1/uploads", Effect::DropAnswer, 1));
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.files(dora), [format!("Offer ({contract}).pdf")]);
    house.close().await;
}
