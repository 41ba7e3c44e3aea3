//! What the credential may not read is never taken for "none".

use std::collections::BTreeSet;

use serde_json::json;
use twins::personio::v2::{EmploymentField, Quirks, Termination};

use super::house::{House, outcomes};

#[tokio::test]
async fn a_missing_right_halts_and_is_named() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    let quirks = Quirks { unreadable_employment: EmploymentField::all(), ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    let records = house.take().await;
    assert_eq!(outcomes(&house.push(&records).await), ["halted"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("employment_start_date"), "{mails:?}");
    assert_eq!(house.accounts(), ["dora@agency.example on"]);

    let quirks = Quirks { unreadable_employment: BTreeSet::new(), ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    house.pass(std::time::Duration::from_secs(15 * 60));
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    house.mails().await;
    house.close().await;
}

#[tokio::test]
async fn an_attribute_that_decides_who_takes_part_and_may_not_be_read_is_no_no() {
    let mut house = House::new().await;
    let dora = house.hire("dora@agency.example", -100).await;
    let takes_part = json!({"id": "dynamic_305", "type": "boolean", "value": true});
    house.staff().set_attribute(dora, takes_part).await.unwrap();
    house.set("[people]\n", "[people]\nattribute = { custom_id = \"dynamic_305\" }\n").await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);

    house.pass(std::time::Duration::from_secs(60));
    let quirks = Quirks { unreadable_custom: ["dynamic_305".to_owned()].into(), ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    house.told("person.updated", dora).await;
    let records = house.take().await;
    let ended = outcomes(&house.push(&records).await);
    assert_eq!(house.accounts(), ["dora@agency.example on"], "{ended:?}");
    assert_ne!(ended, ["done"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("dynamic_305"), "{mails:?}");

    let quirks = Quirks { unreadable_custom: BTreeSet::new(), ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    house.pass(std::time::Duration::from_secs(15 * 60));
    house.until_quiet().await;
    house.mails().await;
    house.close().await;
}
