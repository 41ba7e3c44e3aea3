//! Crash points of what the owner is told: each write and read of a cause that comes and goes, cut where that makes a
//! difference, each in a house of its own. Afterwards the absence is entered, one mail went out, and nothing stays open.

use std::time::Duration;

use ledger::State;
use twins::personio::v2::kinds;

use super::house::{House, whole};
use crate::support::cuts::Client;

const MAPPED: &str = "\"Child sick\" = [\"Kind krank\"]\n";
/// The items that this is about, as kinds of calls name them.
const ITEMS: [&str; 4] = ["pending", "told", "open", "failure"];

/// A type without a home is told, and resolved once it has one.
async fn play(house: &House) -> Vec<String> {
    let absence = house.create(3001, kinds::KIND_KRANK, house.days(10, 10)).await;
    house.told("created", absence).await;
    house.until_quiet().await;
    let mut mails = mailed(house).await;
    house.configure(&house.document()).await;
    house.next_sweep().await;
    mails.extend(mailed(house).await);
    mails
}

/// What goes out by itself, and with the schedule, which comes again where it was cut.
async fn mailed(house: &House) -> Vec<String> {
    let mut mails = house.mails().await;
    house.pass(Duration::from_secs(15 * 60));
    if house.poll().run().await.is_err() {
        house.poll().run().await.expect("the schedule comes again");
    }
    mails.extend(house.mails().await);
    mails
}

async fn house(client: Client) -> House {
    let house = House::behind_a_proxy(client.retries()).await;
    house.proxy().watch(|_, _| None);
    house.configure(&house.document().replace(MAPPED, "")).await;
    house
}

async fn check(house: &House, mails: &[String], cut: &str) {
    assert_eq!(house.held(), [whole(11, "ChildSick", house.day(10), house.day(10))], "{cut}");
    assert!(mails.len() == 1 && mails[0].contains("stands neither under an HQ type"), "{cut}: {mails:?}");
    let failures = house.ledger.failures(Some("absences")).await.unwrap().items;
    let states: Vec<State> = failures.iter().map(|record| record.triage.state).collect();
    assert_eq!(states, [State::Resolved], "{cut}");
    assert!(house.ledger.remains("absences").await.unwrap().pending == 0, "{cut}");
}

#[tokio::test]
async fn a_cause_is_told_once_and_resolved_wherever_its_items_are_cut() {
    let whole = house(Client::GivesUp).await;
    let mails = play(&whole).await;
    let calls = whole.proxy().calls();
    check(&whole, &mails, "not cut").await;
    whole.close().await;
    let is_meant = |kind: &str| {
        let items = kind.rsplit(' ').next().unwrap_or_default();
        kind.starts_with("DynamoDB") && items.split('+').any(|item| ITEMS.contains(&item))
    };
    let meant: Vec<(usize, &str)> = calls
        .iter()
        .enumerate()
        .map(|(number, (kind, _))| (number, kind.as_str()))
        .filter(|it| is_meant(it.1))
        .collect();
    assert!(meant.len() > 5, "{calls:?}");
    for client in [Client::GivesUp, Client::Repeats] {
        for (number, kind) in &meant {
            for trouble in client.cuts(kind).iter().copied() {
                let cut = format!("{number} {kind} {trouble:?} {client:?}");
                let house = house(client).await;
                let number = *number;
                house.proxy().watch(move |call, _| (call == number).then_some(trouble));
                let mails = play(&house).await;
                assert!(house.proxy().calls().iter().any(|(_, hit)| *hit == Some(trouble)), "{cut}: it was cut");
                check(&house, &mails, &cut).await;
                house.close().await;
            }
        }
    }
}
