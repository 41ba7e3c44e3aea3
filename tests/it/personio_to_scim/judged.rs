//! The flow against independent servers: what is created, changed, repeated, cut and ended stands there as it should, and
//! every payload is one that the standard knows.

use std::time::Duration;

use twins::personio::v2::{PersonEdit, Termination};

use super::house::{House, outcomes};
use super::judge::{DJANGO, JUDGES, Judge};
use super::random::live_at;
use crate::support::proxy::Trouble;
use crate::support::rows;

async fn at_each<F: Future<Output = ()>>(story: impl Fn(&'static str) -> F) {
    // boxed: three stories side by side are too large for a test's stack
    rows::play(JUDGES.map(|judge| (judge.to_owned(), Box::pin(story(judge))))).await;
}

async fn start(name: &str) -> (House, Judge) {
    let judge = Judge::new(name).await;
    (House::at(&judge).await, judge)
}

async fn rename(house: &House, person: u64) {
    house.pass(Duration::from_secs(60));
    let edit = PersonEdit { last_name: Some("Klein".to_owned()), ..PersonEdit::default() };
    house.staff().edit(person, edit).await.unwrap();
    house.told("person.updated", person).await;
}

/// All of the change has arrived, or all but what the judge does not take, which is told.
async fn renamed(house: &House, name: &str) {
    let ended = house.until_quiet().await;
    if name == DJANGO {
        assert_eq!(outcomes(&ended), ["rejected"]);
        let mails = house.mails().await;
        assert!(mails.len() == 1 && mails[0].contains("displayName"), "{mails:?}");
    } else {
        assert_eq!(outcomes(&ended), ["done"]);
    }
}

async fn happy_at(name: &'static str) {
    let (house, judge) = start(name).await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(judge.accounts().await, ["dora@agency.example on"]);

    rename(&house, dora).await;
    renamed(&house, name).await;
    let user = judge.user("dora@agency.example").await;
    assert_eq!((&user["name"]["givenName"], &user["name"]["familyName"]), (&"Dora".into(), &"Klein".into()));
    assert_eq!(user["externalId"], dora.to_string());
    if name != DJANGO {
        assert_eq!(user["title"], "Designer");
    }

    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(judge.accounts().await, ["dora@agency.example off"]);
    house.close().await;
    judge.close().await;
}

#[tokio::test]
async fn happy() {
    at_each(happy_at).await;
}

async fn twice_at(name: &'static str) {
    let (house, judge) = start(name).await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    let records = house.take().await;
    assert_eq!(outcomes(&house.push(&records).await), ["done"]);
    let calls = judge.calls().len();
    assert_eq!(outcomes(&house.push(&records).await), ["skipped"]);
    house.told("person.updated", dora).await;
    house.until_quiet().await;
    assert_eq!(judge.calls().len(), calls, "unchanged: no call of the partner at all");
    house.sweep_everybody().await;
    let accounts = judge.accounts().await;
    let writes = judge.writes();
    house.sweep_everybody().await;
    assert_eq!((judge.accounts().await, judge.writes()), (accounts, writes), "a second sweep writes nothing");
    house.close().await;
    judge.close().await;
}

#[tokio::test]
async fn twice() {
    at_each(twice_at).await;
}

async fn out_of_order_at(name: &'static str) {
    let (house, judge) = start(name).await;
    let dora = house.hire("dora@agency.example", 0).await;
    let created = house.hands.now().to_string();
    rename(&house, dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.told_at("person.created", dora, &created).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["skipped"]);
    assert_eq!(judge.user("dora@agency.example").await["name"]["familyName"], "Klein");

    house.staff().erase(dora).await.unwrap();
    house.told("person.deleted", dora).await;
    house.told_at("person.updated", dora, &created).await;
    house.until_quiet().await;
    assert_eq!(judge.accounts().await, ["dora@agency.example off"]);
    house.close().await;
    judge.close().await;
}

#[tokio::test]
async fn out_of_order() {
    at_each(out_of_order_at).await;
}

async fn lost_answer_at(name: &'static str) {
    let (house, judge) = start(name).await;
    judge.trouble_once("POST", Trouble::CutAfter);
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"]);
    assert_eq!(judge.accounts().await, ["dora@agency.example on"], "what had arrived is found, not made again");

    judge.trouble_once("POST", Trouble::CutBefore);
    let emil = house.hire("emil@agency.example", 0).await;
    house.told("person.created", emil).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "waiting", "done"]);
    assert_eq!(judge.accounts().await.len(), 2, "what had not arrived is sent again after a look");

    // by PUT where there is no PATCH
    judge.trouble_once("P", Trouble::CutAfter);
    house.staff().erase(emil).await.unwrap();
    house.told("person.deleted", emil).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"]);
    assert_eq!(judge.accounts().await, ["dora@agency.example on", "emil@agency.example off"]);
    house.close().await;
    judge.close().await;
}

#[tokio::test]
async fn lost_answer() {
    at_each(lost_answer_at).await;
}

#[tokio::test]
async fn whatever_happens_each_holds_whom_it_should() {
    at_each(live_at).await;
}
