//! `hrsync plan --remap`.

use std::cell::RefCell;

use edge::{Change, Remap};
use jiff::ToSpan;
use twins::Vendor as _;
use twins::personio::v2::kinds;
use uuid::Uuid;

use super::super::house::House;
use super::{ACTS, Desk};

/// Another mapping of everything but business trips.
fn changed(document: &str) -> String {
    document
        .replace("\"Holiday\" = [\"Urlaub\"]", "\"Special leave\" = [\"Urlaub\"]")
        .replace("\"Sickness\" = [\"Krankheit\"]\n", "\"Remote work\" = [\"Home Office\"]\n")
        .replace("\"Child sick\" = [\"Kind krank\"]\n", "")
        .replace("ignore = [\"Home Office\"]", "ignore = [\"Krankheit\"]")
}

fn of(remap: &Remap, absence: Uuid) -> Option<(Change, &str)> {
    let found = remap.changes.iter().find(|it| it.object == absence.to_string());
    found.map(|it| (it.change, it.what.as_str()))
}

#[tokio::test]
async fn a_changed_mapping_is_shown_and_nothing_is_written() {
    let house = House::new().await;
    let create = async |kind| house.create(3001, kind, house.days(10, 10)).await;
    let (holiday, sick, child) =
        (create(kinds::URLAUB).await, create(kinds::KRANKHEIT).await, create(kinds::KIND_KRANK).await);
    let (office, trip) = (create(kinds::HOME_OFFICE).await, create(kinds::DIENSTREISE).await);
    let deleted = house.create(3002, kinds::URLAUB, house.days(12, 12)).await;
    house.next_sweep().await;
    house.delete(deleted).await;
    let glances = async || house.ledger.glances("absences", None).await.unwrap().0;
    let before = (house.held(), glances().await, writes(&house));

    let (said, desk) = (RefCell::new(Vec::new()), Desk::with(&house, changed(&house.document()), &house.secret()));
    let remap = ACTS.remap.unwrap()(desk.telling(&|line| said.borrow_mut().push(line.to_owned()))).await.unwrap();
    let days = format!("{} 00:00 to {} 00:00, user 11", house.day(10), house.day(10).saturating_add(1.day()));
    let moved = format!("Holiday, {days} -> Special leave, {days}");
    assert_eq!(of(&remap, holiday), Some((Change::Changed, moved.as_str())));
    let ignored = format!("Sickness, {days}: its type is ignored");
    assert_eq!(of(&remap, sick), Some((Change::Removed, ignored.as_str())));
    let (change, why) = of(&remap, child).unwrap();
    assert!(change == Change::Refused && why.contains(&kinds::KIND_KRANK.to_string()), "{why}");
    let remote = format!("Remote work, {days}");
    assert_eq!(of(&remap, office), Some((Change::Created, remote.as_str())));
    assert_eq!((of(&remap, trip), remap.changes.len(), remap.unchanged, remap.unlisted), (None, 4, 1, 1));

    assert_eq!((house.held(), glances().await, writes(&house)), before);
    assert_eq!(*said.borrow(), ["5 absences read"]);
    house.close().await;
}

#[tokio::test]
async fn the_mapping_that_is_applied_changes_nothing() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 12).from_midday()).await;
    house.create(3002, kinds::HOME_OFFICE, house.days(10, 10)).await;
    house.next_sweep().await;
    let desk = Desk::of(&house);
    let remap = ACTS.remap.unwrap()(desk.asked()).await.unwrap();
    assert_eq!(remap, Remap { changes: Vec::new(), unchanged: 2, unlisted: 0 });
    house.close().await;
}

#[tokio::test]
async fn a_person_without_a_user_is_told_by_ids_alone() {
    let house = House::new().await;
    let absence = house.create(3004, kinds::URLAUB, house.days(10, 10)).await;
    house.office().change_email(3004, "nobody@agency.example").await.unwrap();
    let desk = Desk::of(&house);
    let remap = ACTS.remap.unwrap()(desk.asked()).await.unwrap();
    let (change, why) = of(&remap, absence).unwrap();
    assert!(change == Change::Refused && why.contains("person 3004") && !why.contains("agency.example"), "{why}");
    house.close().await;
}

fn writes(house: &House) -> usize {
    house.twins.hellohq().desk().calls().iter().filter(|call| call.method != "GET").count()
}
