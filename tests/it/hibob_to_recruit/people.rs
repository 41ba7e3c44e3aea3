//! The hiring manager of a position, by whoever fills its manager position in HiBob.

use twins::hibob::{Cell, PeopleForm, Right, SEED_COMPANY, SEED_SERVICE_USER};
use twins::recruit::SEED_ACCOUNT;

use super::house::House;
use super::stage::{opening_cells, position};

const MANAGER: &str = "# hiring_manager = \"manager-position\"";
const FILLED_BY: &str = "/position/managerPositionFilledBy";

/// A position whose manager is this employee; who its hiring manager is in Recruit.
async fn manager_of(house: &House, employee: &str) -> serde_json::Value {
    let mut new = position();
    new.fields.insert("/position/managerPositionId".to_owned(), Cell::new(2_251_800_820_000_001_u64));
    new.fields.insert(FILLED_BY.to_owned(), Cell::new(employee));
    new.openings = vec![opening_cells()];
    let made = house.office().create(new).await.unwrap();
    house.announce(&made).await;
    house.twins.recruit().positions(SEED_ACCOUNT).pop().unwrap().members["users"].clone()
}

#[tokio::test]
async fn the_manager_is_named_by_address_however_hibob_shows_people() {
    for people in [PeopleForm::Cells, PeopleForm::Plain] {
        let mut house = House::new().await;
        house.hibob(|quirks| quirks.people = people);
        house.set(MANAGER, &MANAGER[2..]).await;
        // Recruit knows omer
        let users = manager_of(&house, "3332883884017713939").await.to_string();
        assert!(users.contains("omer@planning.example"), "{people:?}: {users}");
        house.close().await;
    }
}

#[tokio::test]
async fn whom_nobody_knows_is_left_to_recruits_owner() {
    let mut house = House::new().await;
    house.quirks(|quirks| quirks.manager_required = true);
    house.set(MANAGER, &MANAGER[2..]).await;
    manager_of(&house, "3332883884017713938").await;
    assert_eq!(house.held().len(), 2, "an address that Recruit does not know: {:?}", house.held());
    house.twins.hibob().adjust(SEED_COMPANY, |company| {
        company.service_users.get_mut(SEED_SERVICE_USER).unwrap().rights.remove(&Right::People);
    });
    manager_of(&house, "3332883884017713939").await;
    assert_eq!(house.held().len(), 4, "without the right to read people: {:?}", house.held());
    house.mails().await;
    house.close().await;
}
