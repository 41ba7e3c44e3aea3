//! Sweeps find what no event has told of, and cost the vendors nothing where nothing has changed.

use serde_json::{Map, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::hibob::{ApprovalFires, Cell, NewPosition};
use twins::recruit::{OpeningEdit, SEED_ACCOUNT, SEED_TEMPLATE, Status};

use super::house::House;
use super::stage::{cells, opening_cells, outcomes, position, secret};
use crate::support::base::Base;

const START: &str = "/positionOpening/expectedStartDate";
const OPENINGS: &str = "POST /v1/positions/position-openings/search";
const POSITIONS: &str = "POST /v1/objects/position/search";

/// The calls that HiBob got, from this one on.
fn hibob_calls(house: &House, from: usize) -> Vec<String> {
    let calls = house.twins.hibob().desk().calls();
    calls[from..].iter().map(|call| format!("{} {}", call.method, call.path)).collect()
}

fn statuses(house: &House) -> Vec<Status> {
    house.openings().iter().map(|opening| opening.status).collect()
}

#[tokio::test]
async fn what_no_event_has_told_of_is_found_within_the_hour() {
    let house = House::new().await;
    let made = house.position(3).await;
    house.sweep_all().await;
    assert_eq!(house.held().len(), 4, "{:?}", house.held());

    let office = house.office();
    office.edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    office.cancel_opening(made.opening_ids[1], false).await.unwrap();
    office.delete_opening(made.opening_ids[2]).await.unwrap();
    office.add_opening(made.id, opening_cells()).await.unwrap();
    house.sweep_all().await;
    let openings = house.openings();
    let july = openings.iter().filter(|opening| opening.time_expected_hire.as_deref() == Some("2026-07-01T00:00:00Z"));
    assert_eq!((openings.len(), july.count()), (4, 1), "{:?}", house.held());
    assert_eq!(openings.iter().filter(|opening| opening.status == Status::Canceled).count(), 1);
    // what is missing is believed once two sweeps have missed it
    house.sweep_all().await;
    assert_eq!(statuses(&house).iter().filter(|status| **status == Status::Open).count(), 2, "{:?}", house.held());
    house.close().await;
}

/// No event tells of an approval, or only the request's has come.
#[tokio::test]
async fn an_approval_is_found_whatever_it_fires() {
    for fires in [ApprovalFires::Updated, ApprovalFires::Created, ApprovalFires::Nothing] {
        let mut house = House::new().await;
        house.hibob(|quirks| (quirks.approval_fires, quirks.requests_visible) = (fires, true));
        house.set("no_open_requests = false", "no_open_requests = true").await;
        let request = NewPosition { approved: false, openings: vec![opening_cells()], ..position() };
        let made = house.office().create(request).await.unwrap();
        house.announce(&made).await;
        house.sweep_all().await;
        assert_eq!(house.held(), Vec::<String>::new(), "{fires:?}");
        house.office().approve(made.id).await.unwrap();
        if fires == ApprovalFires::Nothing {
            house.sweep_all().await;
        } else {
            house.position_updated(made.id).await;
        }
        assert_eq!(house.held().len(), 2, "{fires:?}: {:?}", house.held());
        house.close().await;
    }
}

#[tokio::test]
async fn positions_without_known_openings_wait_for_one_reading_of_the_list() {
    let house = House::new().await;
    let mut made = Vec::new();
    for _ in 0..4 {
        made.push(house.position(2).await);
    }
    let from = house.twins.hibob().desk().calls().len();
    // with the three events of the vendors' article alone
    for position in &made {
        house.told_of_position("created", position.id).await;
    }
    house.until_quiet().await;
    assert_eq!(hibob_calls(&house, from), Vec::<String>::new(), "nothing is read for each");
    house.schedule().await;
    assert_eq!(hibob_calls(&house, from), [OPENINGS], "once for all");
    house.until_quiet().await;
    assert_eq!(house.held().len(), 12, "{:?}", house.held());
    house.close().await;
}

#[tokio::test]
async fn a_reading_of_the_list_that_breaks_off_goes_on_where_it_was() {
    let house = House::new().await;
    let first = house.position(1).await;
    // more than a page of others, which nobody waits for
    house.position(110).await;
    let second = house.position(1).await;
    for made in [&first, &second] {
        house.told_of_position("created", made.id).await;
    }
    house.until_quiet().await;
    let from = house.twins.hibob().desk().calls().len();
    let breaks = Rule::new(OPENINGS, Effect::status(503)).unwrap().skip(1);
    house.twins.hibob().desk().set_faults(Faults::one(breaks));
    assert_eq!(outcomes(&house.schedule().await), ["retry", "done"]);
    assert_eq!(hibob_calls(&house, from), [OPENINGS; 3], "the second page twice, and the first one once");
    house.until_quiet().await;
    assert_eq!(house.held().len(), 4, "what was found on either page: {:?}", house.held());
    // nothing waits any more
    let from = house.twins.hibob().desk().calls().len();
    house.schedule().await;
    assert_eq!(hibob_calls(&house, from), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn where_nothing_has_changed_a_sweep_reads_hibob_and_does_nothing_else() {
    let house = House::new().await;
    for _ in 0..3 {
        house.entered(1).await;
    }
    house.sweep_all().await;
    let from = house.twins.hibob().desk().calls().len();
    let calls = house.twins.recruit().desk().calls().len();
    assert_eq!(outcomes(&house.sweep_all().await), Vec::<&str>::new(), "no signal");
    assert_eq!(hibob_calls(&house, from), [POSITIONS, OPENINGS]);
    assert_eq!(house.twins.recruit().desk().calls().len(), calls);
    house.close().await;
}

#[tokio::test]
async fn a_sweep_that_misses_too_many_concludes_nothing() {
    let mut house = House::new().await;
    let low =
        house.document().replace("hold_above_percent = 20\nhold_above = 10", "hold_above_percent = 20\nhold_above = 1");
    house.configure(&low).await;
    let made = [house.entered(1).await, house.entered(1).await, house.entered(1).await];
    for position in &made[..2] {
        house.office().delete(position.id).await.unwrap();
    }
    house.sweep_all().await;
    house.sweep_all().await;
    assert_eq!(statuses(&house), [Status::Open; 3]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("--confirm-deletions"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn what_recruiters_do_stays() {
    let house = House::new().await;
    let twin = house.twins.recruit();
    let theirs = twin.enter_position(SEED_ACCOUNT, "Engineer", Map::new()).unwrap();
    let made = house.entered(1).await;
    let ours = house.openings().last().unwrap().clone();
    let edit = OpeningEdit { name: Some("By hand".to_owned()), ..OpeningEdit::default() };
    twin.edit_opening(SEED_ACCOUNT, &ours.uid, edit).unwrap();
    twin.add_opening(SEED_ACCOUNT, &ours.position_uid, OpeningEdit::default()).unwrap();
    let members = Map::from_iter([("name".to_owned(), json!("Senior engineer"))]);
    twin.edit_position(SEED_ACCOUNT, &ours.position_uid, members).unwrap();

    let department = Cell::labelled(6, "Research");
    house.office().edit(made.id, cells("/position/department", department)).await.unwrap();
    house.office().edit_opening(made.opening_ids[0], cells(START, Cell::new("2026-07-01"))).await.unwrap();
    house.sweep_all().await;
    let position = twin.position(SEED_ACCOUNT, &ours.position_uid).unwrap();
    assert_eq!((position.name(), position.text("department")), ("Senior engineer", "Product"));
    let opening = house.openings().into_iter().find(|opening| opening.uid == ours.uid).unwrap();
    assert_eq!(
        (opening.name.as_str(), opening.time_expected_hire.as_deref()),
        ("By hand", Some("2026-07-01T00:00:00Z"))
    );

    house.office().cancel(made.id, false).await.unwrap();
    house.sweep_all().await;
    let by_hand = house.openings().into_iter().filter(|opening| opening.uid != ours.uid);
    assert_eq!(by_hand.map(|opening| opening.status).collect::<Vec<_>>(), [Status::Open; 2]);
    assert_eq!(twin.openings_of(SEED_ACCOUNT, &theirs).len(), 1);
    house.close().await;
}

#[tokio::test]
async fn what_recruiters_have_added_does_not_keep_a_position_open_and_is_told() {
    let mut house = House::new().await;
    house.quirks(|quirks| quirks.position_status = twins::recruit::PositionStatus::Taken);
    house.set("last_opening_gone = \"leave\"", "last_opening_gone = \"close\"").await;
    let made = house.entered(1).await;
    let ours = house.openings()[0].clone();
    let twin = house.twins.recruit();
    let added = twin.add_opening(SEED_ACCOUNT, &ours.position_uid, OpeningEdit::default()).unwrap();
    house.office().cancel(made.id, false).await.unwrap();
    house.position_updated(made.id).await;
    assert_eq!(twin.position(SEED_ACCOUNT, &ours.position_uid).unwrap().status(), "closed");
    assert_eq!(statuses(&house), [Status::Canceled, Status::Open]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains(&added) && !mails[0].contains(&ours.uid), "{mails:?}");
    house.sweep_all().await;
    assert_eq!(house.mails().await, Vec::<String>::new(), "told once");
    house.close().await;
}

#[tokio::test]
async fn a_position_is_cloned_from_the_template_of_its_job() {
    let mut house = House::new().await;
    let line = "# template = { field = \"/position/jobProfile\", words = { \"Engineer\" = \"0F.96B\" } }";
    house.set(line, &format!("template = {{ field = \"/position/jobProfile\", words = {{ \"Engineer\" = \"{SEED_TEMPLATE}\" }}, until = \" (\" }}")).await;
    house.entered(2).await;
    assert_eq!(house.held().len(), 3, "{:?}", house.held());
    let position = house.twins.recruit().positions(SEED_ACCOUNT).pop().unwrap();
    assert_eq!(position.cloned_from.as_deref(), Some(SEED_TEMPLATE));
    assert!(position.members.contains_key("details"), "the template's description");
    house.close().await;
}

#[tokio::test]
async fn a_connection_without_its_secret_is_not_swept_and_nobody_is_mailed() {
    let mut house = House::without_secret(Base::new().await).await;
    let swept = house.schedule().await;
    assert!(swept.iter().all(|ended| ended.outcome.word() == "skipped"), "{swept:?}");
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.give_secret(&secret()).await;
    house.cold();
    house.sweep_all().await;
    house.entered(1).await;
    assert_eq!(house.held().len(), 2);
    house.close().await;
}
