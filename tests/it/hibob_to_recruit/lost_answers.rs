//! Calls of Recruit whose answer was lost, by what the settings let hrsync find out. Nothing is made twice, and what nobody
//! can find out waits for a person.

use ledger::Decision;
use serde_json::Map;
use twins::faults::Effect;
use twins::hibob::{Cell, Made};
use twins::recruit::{CustomId, SEED_ACCOUNT, Visible};

use super::by_hand::{adopt, decide, failures};
use super::house::House;
use super::stage::{cells, opening_cells};

const CREATE_POSITION: &str = "POST /positions/";
const CREATE_OPENING: &str = "POST /openings/";
const START: &str = "/positionOpening/expectedStartDate";
const JULY: Option<&str> = Some("2026-07-01T00:00:00Z");

/// The opening's date changes in HiBob, and Recruit follows: hrsync knows which opening is which.
async fn follows(house: &House, opening: u64) {
    let name = house.office().opening(opening).unwrap().text("/positionOpening/positionOpeningName");
    house.office().edit_opening(opening, cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.updated(opening).await;
    let found = house.openings().into_iter().find(|opening| opening.name == name).unwrap();
    assert_eq!(found.time_expected_hire.as_deref(), JULY, "{:?}", house.held());
}

/// A position with one opening, of whose creation no answer comes.
async fn lost(house: &House, effect: Effect) -> Made {
    house.recruit_fails(CREATE_POSITION, effect, 1);
    let made = house.position(1).await;
    house.announce(&made).await;
    made
}

#[tokio::test]
async fn a_position_is_found_by_a_category_that_bears_its_id() {
    for effect in [Effect::DropAnswer, Effect::DropRequest] {
        let mut house = House::new().await;
        let category = "# categories = { \"HiBob position ID\" = { field = \"/position/id\" } }";
        house.set(category, &category[2..]).await;
        let made = lost(&house, effect).await;
        assert_eq!(house.held().len(), 2, "{:?}", house.held());
        follows(&house, made.opening_ids[0]).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_position_that_bears_nothing_waits_for_a_person_who_adopts_it() {
    let house = House::new().await;
    let made = lost(&house, Effect::DropAnswer).await;
    assert_eq!(house.held().len(), 2, "it is not made again: {:?}", house.held());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("--adopt"), "{mails:?}");
    house.sweep_all().await;
    assert_eq!((house.held().len(), house.mails().await.len()), (2, 0), "told once, and waits");

    let position = house.openings()[0].position_uid.clone();
    decide(&house, adopt(&position)).await;
    house.until_quiet().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    assert_eq!(failures(&house).await.len(), 0);
    follows(&house, made.opening_ids[0]).await;
    house.close().await;
}

#[tokio::test]
async fn a_position_that_a_person_does_not_find_is_made() {
    let mut house = House::new().await;
    house.set("sees_new_positions = true", "sees_new_positions = false").await;
    let made = lost(&house, Effect::DropRequest).await;
    assert_eq!((house.held().len(), house.mails().await.len()), (0, 1), "nobody can know that it never arrived");
    decide(&house, Decision::Create).await;
    house.until_quiet().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    assert_eq!(failures(&house).await.len(), 0);
    follows(&house, made.opening_ids[0]).await;
    house.close().await;
}

#[tokio::test]
async fn a_position_of_that_name_made_by_hand_is_not_taken_for_ours() {
    let house = House::new().await;
    house.twins.recruit().enter_position(SEED_ACCOUNT, "Engineer", Map::new()).unwrap();
    lost(&house, Effect::DropRequest).await;
    assert_eq!((house.held().len(), house.mails().await.len()), (2, 1), "one of two, and nobody can say which");
    decide(&house, Decision::Create).await;
    house.until_quiet().await;
    assert_eq!(house.held().len(), 4, "{:?}", house.held());
    house.close().await;
}

/// All openings of the position wait for the decision that is about one of them.
#[tokio::test]
async fn one_decision_about_a_position_lets_all_of_its_openings_go() {
    let house = House::new().await;
    house.recruit_fails(CREATE_POSITION, Effect::DropAnswer, 1);
    let made = house.position(3).await;
    house.announce(&made).await;
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1, "one creation, one mail: {mails:?}");
    let position = house.openings()[0].position_uid.clone();
    decide(&house, adopt(&position)).await;
    house.until_quiet().await;
    house.sweep_all().await;
    assert_eq!(house.held().len(), 4, "{:?}", house.held());
    assert_eq!(failures(&house).await.len(), 0);
    house.close().await;
}

/// A position with one opening, and a second one of whose creation no answer comes.
async fn lost_opening(house: &House, effect: Effect) -> u64 {
    let made = house.position(1).await;
    house.announce(&made).await;
    house.recruit_fails(CREATE_OPENING, effect, 1);
    let second = house.office().add_opening(made.id, opening_cells()).await.unwrap();
    house.updated(second).await;
    second
}

#[tokio::test]
async fn an_opening_is_found_in_the_list_of_its_position() {
    for effect in [Effect::DropAnswer, Effect::DropRequest] {
        let house = House::new().await;
        let second = lost_opening(&house, effect).await;
        assert_eq!(house.held().len(), 3, "{:?}", house.held());
        follows(&house, second).await;
        house.close().await;
    }
}

#[tokio::test]
async fn an_opening_that_cannot_be_listed_waits_for_a_person() {
    for (effect, is_there) in [(Effect::DropAnswer, true), (Effect::DropRequest, false)] {
        let mut house = House::new().await;
        house.documented_only().await;
        lost_opening(&house, effect).await;
        assert_eq!(house.held().len(), if is_there { 3 } else { 2 });
        let mails = house.mails().await;
        assert!(mails.len() == 1 && mails[0].contains("--create"), "{mails:?}");
        house.sweep_all().await;
        assert_eq!(house.mails().await.len(), 0, "told once");
        let uid = house.openings().last().unwrap().uid.clone();
        decide(&house, if is_there { adopt(&uid) } else { Decision::Create }).await;
        house.until_quiet().await;
        assert_eq!(house.held().len(), 3, "{:?}", house.held());
        assert_eq!(failures(&house).await.len(), 0);
        house.close().await;
    }
}

#[tokio::test]
async fn a_change_and_a_cancellation_are_carried_out_again() {
    for effect in [Effect::DropAnswer, Effect::DropRequest] {
        let house = House::new().await;
        let made = house.position(1).await;
        house.announce(&made).await;
        house.recruit_fails("PATCH /openings/*", effect.clone(), 1);
        follows(&house, made.opening_ids[0]).await;
        house.recruit_fails("PATCH /openings/*", effect, 1);
        house.office().cancel_opening(made.opening_ids[0], false).await.unwrap();
        house.updated(made.opening_ids[0]).await;
        assert!(house.held()[1].contains("Canceled"), "{:?}", house.held());
        house.close().await;
    }
}

/// The app does not see what it makes, so its list would show nothing of it.
#[tokio::test]
async fn a_position_that_the_app_does_not_see_is_never_made_twice() {
    for visible in [Visible::Published, Visible::NonDiscreet] {
        let mut house = House::new().await;
        let document = house.document().replace("is_discreet = false", "is_discreet = true");
        house.configure(&document.replace("sees_new_positions = true", "sees_new_positions = false")).await;
        house.recruit(|account| account.visible = visible);
        let made = lost(&house, Effect::DropAnswer).await;
        house.sweep_all().await;
        house.sweep_all().await;
        assert_eq!((house.held().len(), house.mails().await.len()), (2, 1), "{visible:?}: {:?}", house.held());
        let position = house.openings()[0].position_uid.clone();
        decide(&house, adopt(&position)).await;
        house.until_quiet().await;
        follows(&house, made.opening_ids[0]).await;
        house.close().await;
    }
}

/// The answer to the position is there, and Recruit has forgotten the id that it was sent.
#[tokio::test]
async fn a_custom_id_that_recruit_forgets_finds_nothing_and_a_person_decides() {
    let mut house = House::new().await;
    house.set("custom_id = false", "custom_id = true").await;
    house.quirks(|quirks| quirks.custom_id = CustomId::Ignored);
    let made = lost(&house, Effect::DropAnswer).await;
    assert_eq!((house.held().len(), house.mails().await.len()), (2, 1));
    let position = house.openings()[0].position_uid.clone();
    decide(&house, adopt(&position)).await;
    house.until_quiet().await;
    follows(&house, made.opening_ids[0]).await;
    house.close().await;
}
