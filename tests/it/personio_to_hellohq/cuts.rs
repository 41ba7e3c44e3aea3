//! Crash points: every outbound call of a creation, a change and a removal, cut before it is sent and after it was
//! answered where that makes a difference, by functions that remember nothing.
//!
//! A cut AWS call fails as a whole (the client's own repeats are switched off), or only at its first attempt (the client
//! repeats it by itself). A cut call of a vendor is never repeated by a client. Afterwards helloHQ holds exactly what it
//! should, and what somebody entered there by hand.

use std::collections::BTreeSet;
use std::time::Duration;

use twins::personio::v2::{Edit, kinds};
use uuid::Uuid;

use super::house::{House, whole};
use crate::support::cuts::Client;
use crate::support::proxy::count;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    Create,
    Change,
    Remove,
}

/// What every signal needs.
const BEGIN: [&str; 7] = [
    "DynamoDB GetItem connection",
    "SecretsManager GetSecretValue",
    "SQS SendMessage",
    "DynamoDB GetItem link",
    "POST /v2/auth/token",
    "GET /v2/absence-periods/*",
    "DynamoDB UpdateItem slot",
];
/// What it takes to know what should be there.
const WANTED: [&str; 4] =
    ["GET /v2/absence-types", "GET /v2/absence-periods/*/breakdowns", "GET /v2/persons/*", "GET /v2/Users"];

/// An absence of which Personio is about to tell what happened at this time.
struct Begun {
    absence: Uuid,
    at: String,
}

impl Story {
    fn kinds(self) -> BTreeSet<&'static str> {
        let own: &[&str] = match self {
            Self::Create => &["DynamoDB PutItem link", "DynamoDB TransactWriteItems link+claim", "POST /v2/Absences"],
            Self::Change => &[
                "DynamoDB PutItem link",
                "DynamoDB TransactWriteItems link+claim",
                "POST /v2/Absences",
                "GET /v2/Absences/*",
                "DELETE /v2/Absences/*",
            ],
            Self::Remove => &[
                "DynamoDB UpdateItem guard",
                "DynamoDB PutItem link",
                "GET /v2/Absences/*",
                "DELETE /v2/Absences/*",
                "GET /v2/absence-periods",
                "DynamoDB GetItem pending",
                "DynamoDB TransactWriteItems link+claim",
            ],
        };
        let wanted: &[&str] = if self == Self::Remove { &[] } else { &WANTED };
        BEGIN.iter().chain(own).chain(wanted).copied().collect()
    }

    fn event(self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Change => "updated.timerange",
            Self::Remove => "deleted",
        }
    }

    /// An absence at the point where the story begins.
    async fn begin(self, house: &House) -> Begun {
        house.proxy().watch(|_, _| None);
        let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
        if self != Self::Create {
            house.told("created", absence).await;
            house.until_quiet().await;
            assert_eq!(house.entries().len(), 1);
        }
        match self {
            Self::Create => {}
            Self::Change => house.edit(absence, Edit::span(house.days(20, 21))).await,
            Self::Remove => house.delete(absence).await,
        }
        let at = house.hands.now().to_string();
        // helloHQ's next slot is free again, so that each telling makes the same calls
        house.pass(Duration::from_secs(60));
        Begun { absence, at }
    }

    /// Personio tells, again where the door did not take it; the pusher works until the queue is empty.
    async fn play(self, house: &House, Begun { absence, at }: &Begun) {
        let answer = house.told_at(self.event(), *absence, at).await;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "never a 4xx where something of ours fails");
            house.pass(Duration::from_secs(60));
            assert_eq!(house.told_at(self.event(), *absence, at).await.status, 200);
        }
        house.until_quiet().await;
    }

    fn held(self, house: &House) -> Vec<String> {
        match self {
            Self::Create => vec![whole(11, "Vacation", house.day(10), house.day(12))],
            Self::Change => vec![whole(11, "Vacation", house.day(20), house.day(21))],
            Self::Remove => Vec::new(),
        }
    }
}

/// Back to a house in which nothing is entered by hrsync.
async fn clear(house: &mut House, Begun { absence, .. }: Begun) {
    house.proxy().watch(|_, _| None);
    house.cold();
    if house.office().delete(absence).await.is_ok() {
        house.told("deleted", absence).await;
        house.until_quiet().await;
    }
    assert_eq!(house.held(), Vec::<String>::new());
}

async fn cut_everywhere(story: Story, client: Client) {
    let mut house = House::behind_a_proxy(client.retries()).await;
    // the same days as the absence's
    let hand = house.enter_by_hand(11, 10, 12);
    let begun = story.begin(&house).await;
    house.cold();
    house.proxy().watch(|_, _| None);
    story.play(&house, &begun).await;
    let calls = house.proxy().calls();
    let counts = count(&calls);
    eprintln!("{story:?}: {} calls, {counts:#?}", calls.len());
    assert_eq!(counts.keys().copied().collect::<BTreeSet<_>>(), story.kinds(), "each kind at least once");
    assert_eq!(house.held(), story.held(&house));
    clear(&mut house, begun).await;

    for (number, kind, trouble) in client.cuts(calls.iter().map(|(kind, _)| kind.as_str())) {
        let begun = story.begin(&house).await;
        house.cold();
        house.proxy().watch(move |call, _| (call == number).then_some(trouble));
        story.play(&house, &begun).await;
        let hit = house.proxy().calls().into_iter().nth(number);
        assert_eq!(hit, Some((kind.to_owned(), Some(trouble))), "the call came and was cut");
        assert_eq!(house.held(), story.held(&house), "{number} {kind} {trouble:?}");
        assert_eq!(house.by_hand(), std::slice::from_ref(&hand), "{number} {kind} {trouble:?}");
        clear(&mut house, begun).await;
    }
    assert_eq!(house.mails().await, Vec::<String>::new(), "nothing of this is a person's business");
    house.close().await;
}

#[tokio::test]
async fn a_creation_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Create, Client::GivesUp).await;
}

#[tokio::test]
async fn a_creation_ends_well_where_the_aws_client_repeats() {
    cut_everywhere(Story::Create, Client::Repeats).await;
}

#[tokio::test]
async fn a_change_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Change, Client::GivesUp).await;
}

#[tokio::test]
async fn a_change_ends_well_where_the_aws_client_repeats() {
    cut_everywhere(Story::Change, Client::Repeats).await;
}

#[tokio::test]
async fn a_removal_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Remove, Client::GivesUp).await;
}

#[tokio::test]
async fn a_removal_ends_well_where_the_aws_client_repeats() {
    cut_everywhere(Story::Remove, Client::Repeats).await;
}
