//! What people do in HQ about entries of ours, and what the owner is told to do about them: to the letter.

use std::time::Duration;

use twins::Vendor as _;
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, NewAbsence, kinds};

use super::house::{House, outcomes, whole};

/// The same connection with another setting.
async fn when_removed(house: &House, setting: &str) {
    let setting = format!("when_removed_by_hand = \"{setting}\"");
    house.configure(&house.document().replace("when_removed_by_hand = \"tell\"", &setting)).await;
}

/// Calls of HQ's list of entries.
fn lists(house: &House) -> usize {
    let calls = house.twins.hellohq().desk().calls();
    calls.iter().filter(|call| call.method == "GET" && call.path == "/v2/Absences").count()
}

#[tokio::test]
async fn entries_of_a_person_who_is_another_user_now_are_removed_as_told_and_entered_for_that_user() {
    let house = House::new().await;
    let edited = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.create(3001, kinds::URLAUB, house.days(20, 20)).await;
    house.next_sweep().await;
    house.office().change_email(3002, "elsewhere@agency.example").await.unwrap();
    house.office().change_email(3001, "person-3002@agency.example").await.unwrap();
    house.edit(edited, Edit::span(house.days(12, 12))).await;
    house.next_sweep().await;
    let before =
        [whole(11, "Vacation", house.day(10), house.day(10)), whole(11, "Vacation", house.day(20), house.day(20))];
    assert_eq!(house.held(), before, "as it was");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("Remove by hand those that are wrong"), "{mails:?}");

    assert_eq!(house.remove_by_hand(11), 2);
    house.sweep_everything().await;
    let now =
        [whole(12, "Vacation", house.day(12), house.day(12)), whole(12, "Vacation", house.day(20), house.day(20))];
    assert_eq!(house.held(), now);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn a_removed_entry_is_told_once_stays_removed_and_comes_back_by_a_retry_or_an_edit() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    let other = house.create(3002, kinds::URLAUB, house.days(10, 10)).await;
    house.next_sweep().await;
    let held = house.held();
    house.remove_by_hand(11);
    assert_eq!(outcomes(&house.sweep_everything().await), ["rejected"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("sync.when_removed_by_hand"), "{mails:?}");
    when_removed(&house, "tell").await;
    house.sweep_everything().await;
    house.next_sweep().await;
    assert_eq!((house.entries().len(), house.mails().await.len()), (1, 0), "it stays removed, whatever else is set");

    let told = house.ledger.failures(Some("absences")).await.unwrap().items.pop().unwrap();
    house.retry(&told.failure.id).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.held(), held);
    house.pass(Duration::from_secs(10 * 60));
    house.remove_by_hand(12);
    house.edit(other, Edit::span(house.days(11, 11))).await;
    house.next_sweep().await;
    let moved = whole(12, "Vacation", house.day(11), house.day(11));
    assert_eq!(house.held(), [held[0].clone(), moved]);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn a_removed_entry_is_restored_or_left_as_the_setting_has_it() {
    let house = House::new().await;
    house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.next_sweep().await;
    let held = house.held();
    when_removed(&house, "leave").await;
    house.remove_by_hand(11);
    // a signal of the time before the setting
    assert_eq!(outcomes(&house.sweep_everything().await), ["skipped"]);
    house.next_sweep().await;
    assert_eq!(house.held(), Vec::<String>::new());
    when_removed(&house, "restore").await;
    house.next_sweep().await;
    assert_eq!(house.held(), held, "the present setting has it so");
    house.pass(Duration::from_secs(10 * 60));
    house.remove_by_hand(11);
    assert_eq!(outcomes(&house.sweep_everything().await), ["done"]);
    assert_eq!(house.held(), held);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn too_many_removed_entries_are_a_question_and_a_retry_answers_it() {
    let house = House::new().await;
    when_removed(&house, "restore").await;
    for (person, count) in [(3001, 12), (3002, 28)] {
        let absence = |number: i64| NewAbsence::new(person, kinds::URLAUB, house.days(10 + number, 10 + number));
        house.office().seed_absences((0..count).map(absence)).unwrap();
    }
    house.next_sweep().await;
    assert_eq!((house.entries().len(), house.remove_by_hand(11)), (40, 12));
    assert_eq!(house.sweep_everything().await.len(), 0, "it may be another account");
    let mails = house.mails().await;
    let told = mails.iter().all(|mail| mail.contains("12 of 40") && mail.contains("hrsync failures retry"));
    assert!(mails.len() == 1 && told, "{mails:?}");

    let mut task = house.whole_sweep().pop().unwrap();
    task.replay = 1;
    house.poll.sweeps.send(&task).await.unwrap();
    house.sweep_until_quiet().await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 40);
    house.close().await;
}

#[tokio::test]
async fn hqs_list_is_read_by_whole_sweeps_alone_in_pages_and_for_nothing_else() {
    let house = House::new().await;
    let absence = |number| NewAbsence::new(3001, kinds::URLAUB, house.days(number, number));
    house.office().seed_absences((10..35).map(absence)).unwrap();
    house.enter_by_hand(12, 10, 12);
    house.next_sweep().await;
    let mut account = house.twins.hellohq().account(SEED_ACCOUNT).unwrap();
    account.page_cap = 10;
    house.twins.hellohq().seed(SEED_ACCOUNT, account);
    house.pass(Duration::from_secs(10 * 60));
    for (calls_per_minute, left) in [(60_000, 60), (60_000, 20), (1, 60)] {
        let calls = format!("calls_per_minute = {calls_per_minute}");
        house.configure(&house.document().replace("calls_per_minute = 60000", &calls)).await;
        let (before, all) = (lists(&house), house.twins.hellohq().desk().calls().len());
        house.pass(Duration::from_secs(10 * 60));
        house.poll.sweeps.send_all(&house.whole_sweep()).await.unwrap();
        for _ in 0..20 {
            let ended = house.sweep_once(Duration::from_secs(left)).await;
            house.pass(ended.iter().filter_map(crate::support::lambda::rest).max().unwrap_or_default());
        }
        assert_eq!(house.take().await.len(), 0, "nothing has changed");
        assert_eq!(lists(&house) - before, 3, "{calls_per_minute} a minute, {left} s");
        assert_eq!(house.twins.hellohq().desk().calls().len() - all, 3);
    }
    house.close().await;
}

#[tokio::test]
async fn what_hq_shows_late_is_not_removed() {
    let house = House::new().await;
    let mut account = house.twins.hellohq().account(SEED_ACCOUNT).unwrap();
    account.read_lag_seconds = 60;
    house.twins.hellohq().seed(SEED_ACCOUNT, account);
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 10)).await;
    house.told("created", absence).await;
    house.until_quiet().await;
    assert_eq!(outcomes(&house.look_again(absence).await), ["skipped"]);
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(10))]);
    house.close().await;
}
