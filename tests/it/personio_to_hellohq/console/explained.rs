//! `hrsync preview --object`.

use jiff::ToSpan;
use twins::Vendor as _;
use twins::personio::v2::kinds;
use uuid::Uuid;

use super::super::house::House;
use super::{COMMANDS, Desk};

/// One line for each step, with the absence's and the type's ids left out.
async fn explained(desk: &Desk<'_>, absence: Uuid) -> String {
    let explain = COMMANDS.preview.unwrap().object.unwrap();
    let told = explain(desk.context().reading(), &absence.to_string()).await.unwrap();
    let lines: Vec<String> = told.steps.iter().map(|step| format!("{}: {}", step.what, step.seen)).collect();
    lines.join("\n").replace(&kinds::URLAUB.to_string(), "URLAUB")
}

fn writes(house: &House) -> usize {
    let calls = house.twins.hellohq().desk().calls();
    calls.iter().filter(|call| call.method != "GET").count()
}

#[tokio::test]
async fn an_absence_is_explained_step_by_step_and_nothing_is_written() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let desk = Desk::of(&house);
    let from = house.day(10);
    let to = from.saturating_add(1.day());
    let entry = format!("Holiday, {from} 00:00 to {to} 00:00, user 11");
    let told = explained(&desk, absence).await;
    let expected = format!("entered: nothing\nwanted: {entry}\nsteps: create an entry of user 11");
    assert!(told.starts_with("Personio: type URLAUB") && told.ends_with(&expected), "{told}");
    assert_eq!((house.entries().len(), writes(&house)), (0, 0));

    house.next_sweep().await;
    let other = house.document().replace("\"Holiday\" = [\"Urlaub\"]", "\"Special leave\" = [\"Urlaub\"]");
    let told = explained(&Desk::with(&house, other, &house.secret()), absence).await;
    assert!(told.contains(&format!("entered: {entry}, as entry ")), "{told}");
    assert!(told.contains("edited since it was entered: no"), "{told}");
    assert!(told.ends_with("steps: nothing to do"), "the mapping leaves alone what is not edited: {told}");

    house.delete(absence).await;
    let told = explained(&desk, absence).await;
    assert!(told.starts_with("Personio: has no such absence\nentered: Holiday"), "{told}");
    assert!(told.ends_with("budget: 0 of 200 removals are taken today: it goes"), "{told}");
    let before = writes(&house);
    house.next_sweep().await;
    assert_eq!((house.entries().len(), writes(&house)), (0, before + 1));
    house.close().await;
}

#[tokio::test]
async fn what_is_no_id_of_an_absence_is_refused() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let explain = COMMANDS.preview.unwrap().object.unwrap();
    let refused = explain(desk.context().reading(), "urlaub").await.unwrap_err();
    assert!(refused.to_string().contains("no id of an absence"), "{refused}");
    house.close().await;
}
