//! Crash points of what the owner is told: each write and read of a cause that comes and goes, cut where that makes a
//! difference, each in a house of its own. Afterwards the absence is entered, one mail went out, and nothing stays open: a
//! failure that stays open would keep the next one of its cause silent.

use std::time::Duration;

use ledger::State;
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, kinds};

use super::house::{House, whole};
use crate::support::cuts::Client;

const MAPPED: &str = "\"Child sick\" = [\"Kind krank\"]\n";
/// The items that this is about, as kinds of calls name them.
const ITEMS: [&str; 4] = ["pending", "told", "open", "failure"];
/// A mail that went out and could not be noted goes out again.
const NOTE_MAIL: &str = "DynamoDB TransactWriteItems failure+unmailed";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    /// A type without a home is told; once it has one, a sweep enters the absence.
    UntilMapped,
    /// An absence in a closed month is told; an edit enters it. No sweep would.
    UntilEdited,
}

impl Story {
    async fn play(self, house: &House) -> Vec<String> {
        let kind = match self {
            Self::UntilMapped => kinds::KIND_KRANK,
            Self::UntilEdited => kinds::URLAUB,
        };
        let absence = house.create(3001, kind, house.days(10, 10)).await;
        house.told("created", absence).await;
        house.until_quiet().await;
        let mut mails = mailed(house).await;
        match self {
            Self::UntilMapped => {
                house.configure(&house.document()).await;
                house.next_sweep().await;
            }
            Self::UntilEdited => {
                house.edit(absence, Edit::span(house.days(50, 50))).await;
                house.told("updated.timerange", absence).await;
                house.until_quiet().await;
            }
        }
        mails.extend(mailed(house).await);
        mails
    }

    async fn house(self, client: Client) -> House {
        let house = House::behind_a_proxy(client.retries()).await;
        house.proxy().watch(|_, _| None);
        match self {
            Self::UntilMapped => house.configure(&house.document().replace(MAPPED, "")).await,
            Self::UntilEdited => {
                let month = house.day(10).strftime("%Y-%m").to_string();
                house.twins.hellohq().close_month(SEED_ACCOUNT, month.parse().unwrap());
            }
        }
        house
    }

    async fn check(self, house: &House, mails: &[String], cut: &str) {
        let (entry, reason) = match self {
            Self::UntilMapped => {
                (whole(11, "ChildSick", house.day(10), house.day(10)), "stands neither under an HQ type")
            }
            Self::UntilEdited => (whole(11, "Vacation", house.day(50), house.day(50)), "helloHQ refuses it"),
        };
        assert_eq!(house.held(), [entry], "{cut}");
        let most = if cut.contains(NOTE_MAIL) { 2 } else { 1 };
        assert!((1..=most).contains(&mails.len()) && mails[0].contains(reason), "{cut}: {mails:?}");
        let failures = house.ledger.failures(Some("absences")).await.unwrap().items;
        let states: Vec<State> = failures.iter().map(|record| record.triage.state).collect();
        assert_eq!(states, [State::Resolved], "{cut}");
        assert_eq!(house.ledger.remains("absences").await.unwrap().pending, 0, "{cut}");
    }
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

/// The calls that are about what is told, by their numbers.
async fn calls_to_cut(story: Story) -> Vec<String> {
    let house = story.house(Client::GivesUp).await;
    let mails = story.play(&house).await;
    let calls = house.proxy().calls();
    story.check(&house, &mails, "not cut").await;
    house.close().await;
    let calls: Vec<String> = calls.into_iter().map(|(kind, _)| kind).collect();
    assert!(calls.iter().filter(|kind| is_meant(kind)).count() > 5, "{calls:?}");
    calls
}

fn is_meant(kind: &str) -> bool {
    let items = kind.rsplit(' ').next().unwrap_or_default();
    kind.starts_with("DynamoDB") && items.split('+').any(|item| ITEMS.contains(&item))
}

async fn cut_everywhere(story: Story, client: Client) {
    let calls = calls_to_cut(story).await;
    let cuts = client.cuts(calls.iter().map(String::as_str));
    for (number, kind, trouble) in cuts.into_iter().filter(|(_, kind, _)| is_meant(kind)) {
        let cut = format!("{story:?} {number} {kind} {trouble:?} {client:?}");
        let house = story.house(client).await;
        house.proxy().watch(move |call, _| (call == number).then_some(trouble));
        let mails = story.play(&house).await;
        assert!(house.proxy().calls().iter().any(|(_, hit)| *hit == Some(trouble)), "{cut}: it was cut");
        story.check(&house, &mails, &cut).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_cause_is_told_once_and_resolved_wherever_its_items_are_cut() {
    cut_everywhere(Story::UntilMapped, Client::GivesUp).await;
}

#[tokio::test]
async fn a_cause_is_told_once_and_resolved_where_the_aws_client_repeats() {
    cut_everywhere(Story::UntilMapped, Client::Repeats).await;
}

#[tokio::test]
async fn a_refusal_is_told_once_and_resolved_by_an_edit_wherever_its_items_are_cut() {
    cut_everywhere(Story::UntilEdited, Client::GivesUp).await;
}
