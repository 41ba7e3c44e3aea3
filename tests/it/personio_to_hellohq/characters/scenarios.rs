//! The six situations. They assert outcomes: what stands in helloHQ, and which mails went out.

use std::time::Duration;

use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, Span, Status, kinds};

use super::super::house::{House, outcomes, whole};
use super::scene::Scene;

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

/// Whole days of vacation of the user that person 3001 is.
fn vacation(house: &House, first: i64, last: i64) -> Vec<String> {
    vec![whole(11, "Vacation", house.day(first), house.day(last))]
}

pub(super) async fn happy(scene: &Scene) {
    let house = &scene.house;
    let absence = scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.until_quiet().await;
    assert_eq!(house.held(), vacation(house, 10, 12));
    let entry = &house.entries()[0];
    assert!(entry.is_approved);
    assert!(entry.note.as_deref().is_some_and(|note| note.starts_with("Urlaub [hrsync ")), "{entry:?}");

    scene.edit(absence, Edit::span(house.days(10, 11).from_midday().until_midday())).await;
    house.until_quiet().await;
    let noon_of = if scene.row.differs("half_day_end") { 12 } else { 11 };
    assert_eq!(house.held(), [format!("11 Vacation {}T12:00:00..{}T12:00:00", house.day(10), house.day(noon_of))]);
    let stood = if scene.row.differs("replace") { [1, 0, 1] } else { [1, 2, 1] };
    assert_eq!(house.twins.hellohq().stood(SEED_ACCOUNT, 11, "hrsync"), stood);

    scene.delete(absence).await;
    house.until_quiet().await;
    assert_eq!(house.held(), Vec::<String>::new());
}

pub(super) async fn twice(scene: &Scene) {
    let house = &scene.house;
    let absence = scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    let records = house.take().await;
    house.push(&records).await;
    house.until_quiet().await;
    // SQS hands the same record out again, as it may; and Personio tells once more, by another event
    let calls = house.twins.hellohq().desk().calls().len();
    assert!(outcomes(&house.push(&records).await).iter().all(|outcome| *outcome == "skipped"));
    house.told("updated.status", absence).await;
    house.until_quiet().await;
    assert_eq!(house.twins.hellohq().desk().calls().len(), calls, "unchanged: no call of HQ at all");
    scene.edit(absence, Edit::status(Status::Approved)).await;
    house.until_quiet().await;
    assert_eq!(house.twins.hellohq().stood(SEED_ACCOUNT, 11, "hrsync"), [1], "edited and the same: no write");
    assert_eq!(house.held(), vacation(house, 10, 12));

    // a sweep reads all, changes nothing that was told, and finds what never was: an entry, and in some accounts another type
    house.create(3002, kinds::KRANKHEIT, house.days(15, 15)).await;
    scene.edit(absence, Edit::type_id(kinds::KRANKHEIT)).await;
    house.sweep_everything().await;
    let sick = |user, first, last| whole(user, "SickLeave", house.day(first), house.day(last));
    assert_eq!(house.held(), [sick(11, 10, 12), sick(12, 15, 15)]);
}

pub(super) async fn out_of_order(scene: &Scene) {
    let house = &scene.house;
    scene.hold();
    let absence = scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.pass(Duration::from_secs(60));
    scene.edit(absence, Edit::span(house.days(20, 21))).await;
    scene.released_backwards().await;
    assert_eq!(house.held(), vacation(house, 20, 21));

    house.pass(Duration::from_secs(60));
    scene.edit(absence, Edit::span(house.days(22, 22))).await;
    scene.delete(absence).await;
    scene.released_backwards().await;
    assert_eq!(house.held(), Vec::<String>::new());
}

pub(super) async fn vendor_down(scene: &Scene) {
    let house = &scene.house;
    house.twins.personio().desk().set_faults(on("GET /v2/absence-periods/*", Effect::status(502), 2));
    house.twins.hellohq().desk().set_faults(on("GET /v2/Users", Effect::status(503), 1));
    scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    let ended = house.until_quiet().await;
    assert!(ended.len() > 3 && outcomes(&ended).last() == Some(&"done"), "{ended:?}");
    assert_eq!(house.held(), vacation(house, 10, 12));
}

pub(super) async fn bad_record(scene: &Scene) {
    let house = &scene.house;
    // Home Office is ignored; Elternzeit loses its home, and Arzttermin, in hours, gets one in days
    let document = scene.document().replace("\"Parental leave\" = [\"Elternzeit\"]\n", "");
    let document = document.replace("\"Personal reasons\" = [\"Arzttermin\"]\n", "");
    house.configure(&document.replace("[\"Urlaub\"]", "[\"Urlaub\", \"Arzttermin\"]")).await;
    scene.create(3001, kinds::HOME_OFFICE, house.days(10, 10)).await;
    for person in [3001, 3002] {
        scene.create(person, kinds::ELTERNZEIT, house.days(20, 40)).await;
    }
    house.until_quiet().await;
    assert_eq!(house.held(), Vec::<String>::new());
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1, "told once for the type, not for each absence: {mails:?}");
    for told in ["`mapping`", &kinds::ELTERNZEIT.to_string(), "hrsync check --live", "What to do"] {
        assert!(mails[0].contains(told), "{told} is not in {}", mails[0]);
    }
    assert!(!mails[0].contains("Elternzeit") && !mails[0].contains("agency.example"));

    let day = house.day(15);
    scene.create(3001, kinds::ARZTTERMIN, Span::hours(day.at(9, 0, 0, 0), day.at(11, 0, 0, 0))).await;
    house.until_quiet().await;
    let mails = house.mails().await;
    if scene.row.differs("hours_as") {
        assert_eq!((house.held(), mails.len()), (vacation(house, 15, 15), 0));
    } else {
        assert_eq!((house.held(), mails.len()), (Vec::new(), 1));
        assert!(mails[0].contains("`hellohq.hours_as = \"days\"`"), "{}", mails[0]);
    }
}

pub(super) async fn lost_answer(scene: &Scene) {
    let house = &scene.house;
    house.twins.hellohq().desk().set_faults(on("POST /v2/Absences", Effect::DropAnswer, 1));
    scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.until_quiet().await;
    assert_eq!(house.held(), vacation(house, 10, 12), "what had arrived is found, not entered again");

    // it shows late: it is waited for
    let mut account = house.twins.hellohq().account(SEED_ACCOUNT).unwrap();
    account.read_lag_seconds = 60;
    house.twins.hellohq().seed(SEED_ACCOUNT, account);
    house.twins.hellohq().desk().set_faults(on("POST /v2/Absences", Effect::DropAnswer, 1));
    scene.create(3002, kinds::URLAUB, house.days(10, 12)).await;
    house.until_quiet().await;
    let late = whole(12, "Vacation", house.day(10), house.day(12));
    assert_eq!(house.held(), [vacation(house, 10, 12), vec![late]].concat());
}
