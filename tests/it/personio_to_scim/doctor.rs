//! `hrsync doctor`: each fault of the accounts is named, and no other.

use admin::Finding;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::personio::v2::{EmploymentField, Quirks};

use super::console::{COMMANDS, Desk};
use super::house::House;
use crate::support::findings::{shows, troubles};

/// Nobody can know by reading.
const WRITING: &str = "warning scim: writing";

async fn look(house: &House, document: String, secret: &Value) -> Vec<Finding> {
    let desk = Desk::with(house, document, secret);
    COMMANDS.doctor.unwrap()(desk.context().reading()).await.unwrap()
}

#[tokio::test]
async fn each_fault_is_named_and_no_other() {
    let house = House::new().await;
    let as_it_is = async || look(&house, house.document(), &house.secret()).await;
    let sound = as_it_is().await;
    assert_eq!(troubles(&sound), [WRITING], "{sound:?}");
    assert!(!shows(&sound, "agency.example"), "{sound:?}");

    let scopes = house.office().scopes();
    let without = |scope: &str| scopes.iter().filter(|it| *it != scope).cloned().collect();
    let behind = ["warning personio: employments", "warning personio: mapping", WRITING];
    house.office().set_scopes(without("personio:persons:read")).unwrap();
    assert_eq!(troubles(&as_it_is().await), [&["fault personio: persons"], &behind[..]].concat());
    // the example takes departments' names
    house.office().set_scopes(without("personio:org-units:read")).unwrap();
    let found = as_it_is().await;
    assert_eq!(
        troubles(&found),
        ["fault personio: departments and teams", "warning personio: mapping", WRITING],
        "{found:?}"
    );
    house.office().set_scopes(scopes.clone()).unwrap();

    let quirks = house.office().quirks();
    let odd = Quirks { unreadable_employment: EmploymentField::all(), ..quirks.clone() };
    house.office().set_quirks(odd).unwrap();
    let found = troubles(&as_it_is().await);
    assert!(found.len() > 1 && found.iter().all(|it| it == "fault personio: mapping" || it == WRITING), "{found:?}");
    house.office().set_quirks(quirks).unwrap();

    let mut secret = house.secret();
    secret["scim_token"] = json!("hunter2");
    let found = look(&house, house.document(), &secret).await;
    assert_eq!(troubles(&found), ["fault scim: login", "warning scim: users", WRITING]);
    assert!(!shows(&found, "hunter2"), "{found:?}");

    house.twins.scim().desk().clock().advance(2 * 60);
    assert_eq!(troubles(&as_it_is().await), [WRITING, "warning scim: clock"]);
    house.close().await;
}
