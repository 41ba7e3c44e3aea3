//! Any limit of helloHQ's calls ends: played with the clock moved, a call a minute among them.

use edge::batch::Handled;
use twins::Vendor as _;
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, Span, kinds};

use super::house::{House, whole};

async fn limited(calls_per_minute: u32) -> House {
    let house = House::new().await;
    let calls = format!("calls_per_minute = {calls_per_minute}");
    house.configure(&house.document().replace("calls_per_minute = 60000", &calls)).await;
    house
}

/// At most one receive for each call of HQ, and one for each record.
async fn until_quiet(house: &House, records: usize) -> Vec<Handled> {
    let before = house.twins.hellohq().desk().calls().len();
    let ended = house.until_quiet().await;
    let calls = house.twins.hellohq().desk().calls().len() - before;
    assert!(ended.len() <= calls + records, "{} receives for {calls} calls", ended.len());
    ended
}

#[tokio::test]
async fn one_five_and_twenty_calls_a_minute_end_with_the_right_entries() {
    for calls_per_minute in [1, 5, 20] {
        let house = limited(calls_per_minute).await;
        let mut absences = Vec::new();
        for (person, day) in [(3001, 10), (3001, 20), (3002, 10), (3002, 20), (3003, 10), (3003, 20)] {
            let absence = house.create(person, kinds::URLAUB, house.days(day, day)).await;
            house.told("created", absence).await;
            absences.push(absence);
        }
        until_quiet(&house, 6).await;
        assert_eq!(house.entries().len(), 6, "{calls_per_minute} a minute");
        house.edit(absences[0], Edit::span(house.days(11, 12))).await;
        house.edit(absences[2], Edit::type_id(kinds::KRANKHEIT)).await;
        house.edit(absences[4], Edit::type_id(kinds::HOME_OFFICE)).await;
        for edited in [0, 2, 4] {
            house.told("updated.timerange", absences[edited]).await;
        }
        house.delete(absences[5]).await;
        house.told("deleted", absences[5]).await;
        until_quiet(&house, 4).await;
        let expected = [
            whole(11, "Vacation", house.day(11), house.day(12)),
            whole(11, "Vacation", house.day(20), house.day(20)),
            whole(12, "SickLeave", house.day(10), house.day(10)),
            whole(12, "Vacation", house.day(20), house.day(20)),
        ];
        assert_eq!(house.held(), expected, "{calls_per_minute} a minute");
        assert_eq!(house.mails().await, Vec::<String>::new());
        house.close().await;
    }
}

#[tokio::test]
async fn a_removal_that_hq_refuses_turns_nothing_in_a_circle() {
    let house = limited(1).await;
    let absence = house.create(3001, kinds::URLAUB, house.days(-40, -40)).await;
    house.told("created", absence).await;
    until_quiet(&house, 1).await;
    for number in [-41, -40, -39] {
        let month = house.day(number).strftime("%Y-%m").to_string();
        house.twins.hellohq().close_month(SEED_ACCOUNT, month.parse().unwrap());
    }
    // the old entry stays in a closed month, and is tried again with each edit
    for day in [10, 11, 12] {
        house.pass(std::time::Duration::from_secs(10));
        house.edit(absence, Edit::span(Span::days(house.day(day), house.day(day)))).await;
        house.told("updated.timerange", absence).await;
        until_quiet(&house, 1).await;
        let old = whole(11, "Vacation", house.day(-40), house.day(-40));
        let mut expected = vec![old, whole(11, "Vacation", house.day(day), house.day(day))];
        expected.sort();
        assert_eq!(house.held(), expected);
    }
    assert_eq!(house.mails().await.len(), 1, "told once for the entry");
    house.close().await;
}
