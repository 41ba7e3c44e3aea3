//! The six situations every flow is tested in. More of lost answers stands in `lost_answers`.

use std::time::Duration;

use serde_json::json;
use twins::Vendor as _;
use twins::faults::Effect;
use twins::hibob::{Cell, Made};

use super::house::{House, MINUTE};
use super::stage::{cells, on, opening_cells, outcomes, position, signed};

const START: &str = "/positionOpening/expectedStartDate";
const TYPE: &str = "/position/positionType";
const PROFILE: &str = "/position/jobProfile";

#[tokio::test]
async fn happy() {
    let house = House::new().await;
    let made = house.position(1).await;
    assert_eq!(house.told_of_position("created", made.id).await.status, 200);
    assert_eq!(house.told_of_opening("created", made.opening_ids[0]).await.status, 200);
    // the opening is forwarded to its position's turn
    assert_eq!(outcomes(&house.until_quiet().await), ["done", "done", "done"]);
    assert_eq!(house.held().len(), 2, "one position with one opening, and no default one: {:?}", house.held());
    assert!(house.held()[0].starts_with("Engineer open"), "{:?}", house.held());
    let opening = &house.openings()[0];
    assert_eq!(opening.time_expected_hire.as_deref(), Some("2026-06-01T00:00:00Z"));
    assert_eq!(opening.reason, "New");

    house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.updated(made.opening_ids[0]).await;
    assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));

    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    assert!(house.held()[1].contains("Canceled"), "{:?}", house.held());
    assert_eq!(house.openings()[0].custom_fields["Note"], json!("the position was cancelled in HiBob"));
    house.close().await;
}

#[tokio::test]
async fn twice() {
    let house = House::new().await;
    let made = house.position(1).await;
    house.told_of_opening("created", made.opening_ids[0]).await;
    let forwarded = house.take().await;
    assert_eq!(outcomes(&house.push(&forwarded).await), ["done"]);
    let in_turn = house.take().await;
    assert_eq!(outcomes(&house.push(&in_turn).await), ["done"]);
    let (held, calls) = (house.held(), house.twins.recruit().desk().calls().len());
    // SQS hands the same records out again, as it may: after a while, for HiBob may show an edit late
    house.pass(4 * MINUTE);
    house.push(&forwarded).await;
    house.push(&in_turn).await;
    // HiBob tells again, by the same event and by another one
    house.told_of_opening("created", made.opening_ids[0]).await;
    house.until_quiet().await;
    let ended = house.updated(made.opening_ids[0]).await;
    assert_eq!(ended.last().unwrap().outcome.word(), "skipped", "{ended:?}");
    assert_eq!(house.held(), held);
    assert_eq!(house.twins.recruit().desk().calls().len(), calls, "unchanged: no call of Recruit at all");
    house.close().await;
}

/// HiBob tells of one change by two events. The second shows just what the first has brought, and rests for no minute.
#[tokio::test]
async fn one_change_is_told_by_two_events() {
    let house = House::new().await;
    let made = house.entered(1).await;
    house.pass(MINUTE);
    house.office().cancel(made.id, false).await.unwrap();
    house.told_of_position("updated", made.id).await;
    house.told_of_opening("updated", made.opening_ids[0]).await;
    house.pass(Duration::from_secs(2));
    let ended = outcomes(&house.until_quiet().await);
    assert!(!ended.contains(&"retry") && ended.ends_with(&["skipped"]), "{ended:?}");
    assert!(house.held()[1].contains("Canceled"), "{:?}", house.held());
    house.close().await;
}

/// In which order HiBob tells of a new position with two openings.
const ORDERS: [[&str; 3]; 3] =
    [["position", "first", "second"], ["second", "position", "first"], ["second", "first", "position"]];

async fn told_in(house: &House, order: [&str; 3], made: &Made) {
    for told in order {
        match told {
            "position" => house.told_of_position("created", made.id).await,
            "first" => house.told_of_opening("created", made.opening_ids[0]).await,
            _ => house.told_of_opening("created", made.opening_ids[1]).await,
        };
        house.until_quiet().await;
    }
}

#[tokio::test]
async fn out_of_order() {
    for answers_openings in [true, false] {
        for is_documented_only in [true, false] {
            every_order_ends_alike(answers_openings, is_documented_only).await;
        }
    }
}

async fn every_order_ends_alike(answers_openings: bool, is_documented_only: bool) {
    let mut house = House::new().await;
    house.quirks(|quirks| quirks.answers_openings = answers_openings);
    if is_documented_only {
        house.documented_only().await;
    }
    for (number, order) in ORDERS.into_iter().enumerate() {
        let made = house.position(2).await;
        told_in(&house, order, &made).await;
        let held = house.held();
        let case = format!("{order:?} {answers_openings} {is_documented_only}");
        let names = made.opening_ids.iter().map(|id| house.office().opening(*id).unwrap());
        for name in names.map(|row| row.text("/positionOpening/positionOpeningName")) {
            assert!(held.contains(&format!("  {name} Open Api")), "{case}: {held:?}");
        }
        assert_eq!(held.len(), 3 * (number + 1), "{case}: {held:?}");
    }
    house.close().await;
}

/// An opening that HiBob shows later than it tells of it, and one that is deleted before it was told as made.
#[tokio::test]
async fn out_of_order_and_late() {
    let house = House::new().await;
    house.hibob(|quirks| quirks.search_lag_seconds = 45);
    let made = house.position(2).await;
    house.told_of_opening("created", made.opening_ids[1]).await;
    let ended = outcomes(&house.until_quiet().await);
    assert!(ended.starts_with(&["retry"]) && ended.ends_with(&["done"]), "{ended:?}");
    assert_eq!(house.held().len(), 2);

    house.office().delete_opening(made.opening_ids[0]).await.unwrap();
    house.pass(MINUTE);
    house.told_of_opening("deleted", made.opening_ids[0]).await;
    house.until_quiet().await;
    house.told_of_opening("created", made.opening_ids[0]).await;
    house.told_of_position("created", made.id).await;
    house.until_quiet().await;
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    house.schedule().await;
    house.until_quiet().await;
    house.close().await;
}

#[tokio::test]
async fn vendor_down() {
    let house = House::new().await;
    let made = house.position(1).await;
    let search = "POST /v1/positions/position-openings/search";
    house.twins.hibob().desk().set_faults(on(search, Effect::status(502), 2));
    house.recruit_fails("POST /positions/", Effect::status(503), 1);
    house.told_of_opening("created", made.opening_ids[0]).await;
    let ended = outcomes(&house.until_quiet().await);
    assert!(ended.starts_with(&["retry", "retry", "done"]) && ended.ends_with(&["done"]), "{ended:?}");
    assert_eq!(house.held().len(), 2, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn bad_record() {
    let mut house = House::new().await;
    house.set("on_unknown = \"default\", default = \"New\"", "on_unknown = \"problem\"").await;
    // a word that the file does not name
    let mut new = position();
    new.fields.insert(TYPE.to_owned(), Cell::labelled("odd", "Odd"));
    new.openings = vec![opening_cells()];
    let odd = house.office().create(new).await.unwrap();
    // a required field that is empty
    let mut new = position();
    new.fields.remove(PROFILE);
    new.openings = vec![opening_cells()];
    let nameless = house.office().create(new).await.unwrap();
    let good = house.position(1).await;
    for made in [&odd, &nameless, &good] {
        house.announce(made).await;
    }
    assert_eq!(house.held().len(), 2, "the others go on: {:?}", house.held());
    let mails = house.mails().await;
    let tells =
        |what: &str, opening: u64| mails.iter().any(|mail| mail.contains(what) && mail.contains(&opening.to_string()));
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert!(tells("opening.reason", odd.opening_ids[0]), "{mails:?}");
    assert!(tells("position.name", nameless.opening_ids[0]), "{mails:?}");

    house.office().edit(odd.id, cells(TYPE, Cell::labelled("replacement", "Replacement"))).await.unwrap();
    house.position_updated(odd.id).await;
    assert_eq!(house.openings().last().unwrap().reason, "Replacement hire", "an edit mends it");
    house.close().await;
}

#[tokio::test]
async fn bad_record_of_an_event() {
    let house = House::new().await;
    let body = r#"{"type": "workforcePlanning.position.created", "data": {"positionId": "  "}}"#;
    let answer = house.receiver.receive(signed(body)).await;
    assert_eq!(answer.status, 200, "HiBob would repeat it for three days");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("data.positionId"), "{mails:?}");
    assert_eq!(outcomes(&house.until_quiet().await), Vec::<&str>::new());
    house.close().await;
}

/// The position itself: more in `lost_answers`.
#[tokio::test]
async fn lost_answer() {
    for effect in [Effect::DropAnswer, Effect::DropRequest] {
        let mut house = House::new().await;
        house.set("custom_id = false", "custom_id = true").await;
        house.quirks(|quirks| quirks.custom_id = twins::recruit::CustomId::Kept);
        house.recruit_fails("POST /positions/", effect, 1);
        let made = house.position(1).await;
        house.announce(&made).await;
        assert_eq!(house.held().len(), 2, "found, or made once more: {:?}", house.held());

        // its opening is known
        house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
        house.updated(made.opening_ids[0]).await;
        assert_eq!(house.openings()[0].time_expected_hire.as_deref(), Some("2026-07-01T00:00:00Z"));
        house.close().await;
    }
}
