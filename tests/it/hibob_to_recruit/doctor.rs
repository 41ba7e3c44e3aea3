//! `hrsync doctor`: each fault of the accounts is named, and no other.

use admin::Finding;
use hibob_to_recruit::FLOW;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::hibob::{Right, SEED_COMPANY, SEED_SERVICE_USER};
use twins::recruit;

use super::console::Desk;
use super::house::House;
use super::stage::secret;
use crate::support::findings::{mend_of, shows, troubles};

/// Nobody can know by reading.
const WRITING: &str = "warning recruit: writing";
const MANAGER: &str = "# hiring_manager = \"manager-position\"";

async fn look(desk: &Desk<'_>) -> Vec<Finding> {
    FLOW.commands.doctor.unwrap()(desk.context(&|_| {}).reading()).await.unwrap()
}

async fn look_with(house: &House, key: &str, value: &str) -> Vec<Finding> {
    let mut secret: Value = secret();
    secret[key] = json!(value);
    look(&Desk::of(house).secret(&secret)).await
}

fn grant(house: &House, right: Right, granted: bool) {
    house.twins.hibob().adjust(SEED_COMPANY, |company| {
        let user = company.service_users.get_mut(SEED_SERVICE_USER).unwrap();
        if granted {
            user.rights.insert(right)
        } else {
            user.rights.remove(&right)
        };
    });
}

#[tokio::test]
async fn each_fault_is_named_and_no_other() {
    let house = House::new().await;
    house.entered(1).await;
    // with the manager's address
    let desk = Desk::of(&house).with(MANAGER, &MANAGER[2..]);
    let sound = look(&desk).await;
    assert_eq!(troubles(&sound), [WRITING], "{sound:?}");

    grant(&house, Right::People, false);
    assert_eq!(troubles(&look(&desk).await), ["fault hibob: people", WRITING]);
    grant(&house, Right::People, true);
    grant(&house, Right::ManagePositions, false);
    let found = look(&desk).await;
    let rights = ["fields of positions", "fields of openings", "positions", "openings"];
    let faults: Vec<String> = rights.iter().map(|right| format!("fault hibob: {right}")).collect();
    assert_eq!(troubles(&found), [&faults[..], &[WRITING.to_owned()]].concat());
    assert!(shows(&found, "Position management > Manage positions"), "{found:?}");
    assert!(mend_of(&found, "hibob: positions").contains("Permission groups"), "{found:?}");
    grant(&house, Right::ManagePositions, true);

    let unknown = "strip_job_code = true\nexperience_level = { field = \"/position/field_9\" }";
    let found = look(&Desk::of(&house).with("strip_job_code = true", unknown)).await;
    assert_eq!(troubles(&found), ["fault hibob: each field of positions", WRITING]);

    house.recruit(|account| _ = account.rights.remove(&recruit::Right::OpeningsRetrieve));
    assert_eq!(troubles(&look(&desk).await), ["fault recruit: openings", WRITING]);
    house.recruit(|account| _ = account.rights.remove(&recruit::Right::PositionsRetrieve));
    let found = look(&desk).await;
    assert_eq!(troubles(&found), ["fault recruit: positions", "warning recruit: openings", WRITING]);
    house.recruit(|account| account.rights = recruit::Right::all());

    let found = look_with(&house, "hibob_token", "hunter2").await;
    let behind: Vec<String> = rights.iter().map(|right| format!("warning hibob: {right}")).collect();
    assert_eq!(troubles(&found), [&["fault hibob: login".to_owned()], &behind[..], &[WRITING.to_owned()]].concat());
    assert!(!shows(&found, "hunter2"), "{found:?}");
    let found = look_with(&house, "recruit_secret", "hunter2").await;
    let behind = ["warning recruit: positions", "warning recruit: openings", WRITING];
    assert_eq!(troubles(&found), [&["fault recruit: login"], &behind[..]].concat());

    house.twins.hibob().desk().clock().advance(10 * 60);
    assert_eq!(troubles(&look(&desk).await), ["fault hibob: clock", WRITING]);
    house.close().await;
}
