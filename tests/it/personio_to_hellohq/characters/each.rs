//! Each setting on its own: an account that wants the other value is served by it, and not by the example's.

use std::time::Duration;

use edge::batch::Handled;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::hellohq::{Account, SEED_ACCOUNT, User};
use twins::personio::v2::{Edit, Span, kinds};
use uuid::Uuid;

use super::super::house::{outcomes, whole};
use super::scene::Scene;
use super::table::Row;
use crate::support::characters::Scenario;

/// An account that wants the other value of this setting, and a connection that has it.
async fn fitting(setting: &'static [&'static str]) -> Scene {
    Scene::new(Row::of(Scenario::Happy, setting)).await
}

/// The same account, and a connection that is the example.
async fn as_the_example(setting: &'static [&'static str]) -> Scene {
    let scene = fitting(setting).await;
    scene.house.configure(&scene.house.document()).await;
    scene
}

fn change_account(scene: &Scene, change: impl FnOnce(&mut Account)) {
    let hellohq = scene.house.twins.hellohq();
    let mut account = hellohq.account(SEED_ACCOUNT).unwrap();
    change(&mut account);
    hellohq.seed(SEED_ACCOUNT, account);
}

async fn entered(scene: &Scene) -> (Uuid, Vec<Handled>) {
    let absence = scene.create(3001, kinds::URLAUB, scene.house.days(10, 12)).await;
    (absence, scene.house.until_quiet().await)
}

/// It is entered.
async fn is_served(scene: Scene) {
    let (_, ended) = entered(&scene).await;
    assert_eq!(outcomes(&ended), ["done"]);
    assert_eq!(scene.house.held(), [whole(11, "Vacation", scene.house.day(10), scene.house.day(12))]);
    scene.house.close().await;
}

/// It is not entered, and the one mail says this.
async fn is_told(scene: Scene, told: &str) {
    entered(&scene).await;
    assert_eq!(scene.house.held(), Vec::<String>::new());
    let mails = scene.house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains(told), "{told}: {mails:?}");
    scene.house.close().await;
}

#[tokio::test]
async fn replace_serves_an_account_that_refuses_overlaps() {
    let scene = fitting(&["replace"]).await;
    let (house, (absence, _)) = (&scene.house, entered(&scene).await);
    scene.edit(absence, Edit::span(house.days(11, 13))).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(11), house.day(13))]);
    assert_eq!(house.twins.hellohq().stood(SEED_ACCOUNT, 11, "hrsync"), [1, 0, 1]);
    scene.house.close().await;

    let scene = as_the_example(&["replace"]).await;
    let (house, (absence, _)) = (&scene.house, entered(&scene).await);
    scene.edit(absence, Edit::span(house.days(11, 13))).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(12))], "the old one is left");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("hellohq: start: refused"), "{mails:?}");
    scene.house.close().await;
}

#[tokio::test]
async fn query_options_serves_an_account_that_knows_one_spelling() {
    is_served(fitting(&["query_options"]).await).await;

    let scene = as_the_example(&["query_options"]).await;
    let house = &scene.house;
    scene.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    assert_eq!(outcomes(&house.push(&house.take().await).await), ["halted"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("`hellohq.query_options`"), "{mails:?}");
    house.configure(&scene.document()).await;
    house.pass(Duration::from_secs(15 * 60));
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("works again"), "{mails:?}");
    scene.house.close().await;
}

#[tokio::test]
async fn query_options_that_are_passed_over_double_nothing() {
    let scene = as_the_example(&["query_options"]).await;
    let house = &scene.house;
    change_account(&scene, |account| account.ignores_unknown_options = true);
    house.enter_by_hand(12, 10, 12);
    let lost = Rule::new("POST /v2/Absences", Effect::DropAnswer).unwrap();
    house.twins.hellohq().desk().set_faults(Faults::one(lost));
    entered(&scene).await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(12))], "found among all that stand");
    scene.house.close().await;
}

#[tokio::test]
async fn half_day_end_says_where_the_last_half_day_ends() {
    for (setting, noon_of) in [(fitting(&["half_day_end"]).await, 13), (fitting(&[]).await, 12)] {
        let house = &setting.house;
        setting.create(3001, kinds::URLAUB, house.days(10, 12).until_midday()).await;
        assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
        let end = house.day(noon_of);
        assert_eq!(house.held(), [format!("11 Vacation {}T00:00:00..{end}T12:00:00", house.day(10))]);
        setting.house.close().await;
    }
}

#[tokio::test]
async fn match_by_finds_users_without_an_address_at_work() {
    is_served(fitting(&["match_by"]).await).await;
    is_told(as_the_example(&["match_by"]).await, "no helloHQ user has the e-mail address of person 3001").await;
}

#[tokio::test]
async fn skip_deactivated_decides_on_users_who_have_left() {
    let (served, told) = (fitting(&["skip_deactivated"]).await, as_the_example(&["skip_deactivated"]).await);
    for scene in [&served, &told] {
        change_account(scene, |account| account.hides_deactivated = false);
    }
    is_served(served).await;
    is_told(told, "no helloHQ user has the e-mail address of person 3001").await;

    // somebody who has left has the same address
    let (served, told) = (fitting(&[]).await, fitting(&["skip_deactivated"]).await);
    for scene in [&served, &told] {
        change_account(scene, |account| {
            account.hides_deactivated = false;
            account.users.insert(111, User { is_deactivated: true, ..account.users[&11].clone() });
            account.users.entry(11).and_modify(|user| user.is_deactivated = false);
        });
    }
    is_served(served).await;
    is_told(told, "2 helloHQ users have the e-mail address of person 3001").await;
}

#[tokio::test]
async fn hours_as_enters_hours_where_the_type_is_kept_in_days() {
    for (scene, served) in [(fitting(&["hours_as"]).await, true), (fitting(&[]).await, false)] {
        let house = &scene.house;
        let document = scene.document().replace("\"Personal reasons\" = [\"Arzttermin\"]\n", "");
        house.configure(&document.replace("[\"Urlaub\"]", "[\"Urlaub\", \"Arzttermin\"]")).await;
        let (first, last) = (house.day(10).at(15, 0, 0, 0), house.day(11).at(9, 0, 0, 0));
        scene.create(3001, kinds::ARZTTERMIN, Span::hours(first, last)).await;
        house.until_quiet().await;
        let mails = house.mails().await;
        if served {
            assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(11))], "the days it touches");
            assert_eq!(mails, Vec::<String>::new());
        } else {
            assert_eq!((house.held(), mails.len()), (Vec::new(), 1));
            assert!(mails[0].contains("`hellohq.hours_as = \"days\"`"), "{}", mails[0]);
        }
        scene.house.close().await;
    }
}
