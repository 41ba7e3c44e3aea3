//! `hrsync preview`.

use std::cell::RefCell;

use admin::{Change, ChangeKind, Preview};
use jiff::ToSpan;
use twins::Vendor as _;
use twins::personio::v2::kinds;
use uuid::Uuid;

use super::super::house::House;
use super::{COMMANDS, Desk};

/// Another mapping of everything but business trips.
fn changed(document: &str) -> String {
    document
        .replace("\"Holiday\" = [\"Urlaub\"]", "\"Special leave\" = [\"Urlaub\"]")
        .replace("\"Sickness\" = [\"Krankheit\"]\n", "\"Remote work\" = [\"Home Office\"]\n")
        .replace("\"Child sick\" = [\"Kind krank\"]\n", "")
        .replace("ignore = [\"Home Office\"]", "ignore = [\"Krankheit\"]")
}

fn of(preview: &Preview, absence: Uuid) -> Option<(ChangeKind, &str)> {
    let found = preview.changes.iter().find(|it| it.object == absence.to_string());
    found.map(|it| (it.kind, it.what.as_str()))
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
    let links = async || house.ledger.link_summaries("absences", None).await.unwrap().0;
    let before = (house.held(), links().await, writes(&house), house.contents().await);

    let (said, desk) = (RefCell::new(Vec::new()), Desk::with(&house, changed(&house.document()), &house.secret()));
    let tell = |line: &str| said.borrow_mut().push(line.to_owned());
    let preview = (COMMANDS.preview.unwrap().everything)(desk.telling(&tell).reading()).await.unwrap();
    let days = format!("{} 00:00 to {} 00:00, user 11", house.day(10), house.day(10).saturating_add(1.day()));
    let moved = format!("Holiday, {days} -> Special leave, {days}");
    assert_eq!(of(&preview, holiday), Some((ChangeKind::Changed, moved.as_str())));
    let ignored = format!("Sickness, {days}: its type is ignored");
    assert_eq!(of(&preview, sick), Some((ChangeKind::Removed, ignored.as_str())));
    let (change, why) = of(&preview, child).unwrap();
    assert!(change == ChangeKind::Refused && why.contains(&kinds::KIND_KRANK.to_string()), "{why}");
    let remote = format!("Remote work, {days}");
    assert_eq!(of(&preview, office), Some((ChangeKind::Created, remote.as_str())));
    assert_eq!((of(&preview, trip), preview.changes.len(), preview.unchanged, preview.unlisted), (None, 4, 1, 1));

    assert_eq!((house.held(), links().await, writes(&house), house.contents().await), before);
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
    let preview = (COMMANDS.preview.unwrap().everything)(desk.context().reading()).await.unwrap();
    assert_eq!(preview, Preview { changes: Vec::new(), unchanged: 2, unlisted: 0 });
    house.close().await;
}

#[tokio::test]
async fn a_person_without_a_user_is_told_by_ids_alone() {
    let house = House::new().await;
    let absence = house.create(3004, kinds::URLAUB, house.days(10, 10)).await;
    house.create(3004, kinds::URLAUB, house.days(12, 12)).await;
    house.office().change_email(3004, "nobody@agency.example").await.unwrap();
    let desk = Desk::of(&house);
    let preview = (COMMANDS.preview.unwrap().everything)(desk.context().reading()).await.unwrap();
    assert_eq!((of(&preview, absence), preview.changes.len()), (None, 1), "{preview:?}");
    let Change { object, kind, what, .. } = &preview.changes[0];
    assert_eq!((object.as_str(), *kind), ("person 3004", ChangeKind::Unmatched));
    assert!(what.contains("no helloHQ user has") && what.ends_with("2 wait."), "{what}");
    assert!(!what.contains("agency.example"), "{what}");
    house.close().await;
}

#[tokio::test]
async fn a_preview_from_a_day_on_leaves_earlier_absences_out() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(3, 4)).await;
    let later = house.create(3001, kinds::URLAUB, house.days(20, 21)).await;
    let desk = Desk::of(&house);
    let since = COMMANDS.preview.unwrap().since.unwrap();
    let preview = since(desk.context().reading(), house.day(10)).await.unwrap();
    let seen: Vec<_> = preview.changes.iter().map(|change| (change.object.clone(), change.kind)).collect();
    assert_eq!(seen, [(later.to_string(), ChangeKind::Created)]);
    house.close().await;
}

fn writes(house: &House) -> usize {
    house.twins.hellohq().desk().calls().iter().filter(|call| call.method != "GET").count()
}
