//! `hrsync doctor`: each fault of the accounts is named, and no other.

use admin::Finding;
use oneflow_teamtailor::FLOW;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};

use super::console::Console;
use super::house::House;
use crate::support::findings::{shows, troubles};

/// Nobody can know by reading.
const WRITING: &str = "warning teamtailor: writing";

async fn look(house: &House) -> Vec<Finding> {
    look_as(&Console::of(house).await).await
}

async fn look_as(console: &Console<'_>) -> Vec<Finding> {
    FLOW.commands.doctor.unwrap()(console.context().reading()).await.unwrap()
}

#[tokio::test]
async fn each_fault_is_named_and_no_other() {
    let mut house = House::new().await;
    let sound = look(&house).await;
    assert_eq!(troubles(&sound), [WRITING], "{sound:?}");
    assert!(!shows(&sound, "agency.example"), "{sound:?}");

    let found = look_as(&Console::with(&house, "oneflow_token", &"hunter2-".repeat(5)).await).await;
    let behind = ["account", "users", "contracts", "workspaces", "templates"];
    let behind: Vec<String> = behind.iter().map(|right| format!("warning oneflow: {right}")).collect();
    assert_eq!(troubles(&found), [&[WRITING.to_owned(), "fault oneflow: login".to_owned()], &behind[..]].concat());
    assert!(!shows(&found, "hunter2"), "{found:?}");
    let found = look_as(&Console::with(&house, "teamtailor_api_key", "hunter2").await).await;
    let behind = ["company", "applications", "custom fields"];
    let behind: Vec<String> = behind.iter().map(|right| format!("warning teamtailor: {right}")).collect();
    assert_eq!(
        troubles(&found),
        [&["fault teamtailor: login".to_owned()], &behind[..], &[WRITING.to_owned()]].concat()
    );

    let refuses = Rule::new("GET /eu/v1/job-applications", Effect::status(500)).unwrap().times(100);
    house.twins.teamtailor().desk().set_faults(Faults::one(refuses));
    assert_eq!(troubles(&look(&house).await), ["warning teamtailor: applications", WRITING]);
    house.twins.teamtailor().desk().set_faults(Faults::default());

    house.twins.oneflow().desk().clock().advance(10 * 60);
    assert_eq!(troubles(&look(&house).await), [WRITING, "fault oneflow: clock"]);
    house.twins.oneflow().desk().clock().set(house.hands.now());

    house.set("template = \"31\"", "template = \"999\"").await;
    assert_eq!(troubles(&look(&house).await), [WRITING, "fault oneflow: template 999"]);
    house.close().await;
}
