//! Crash points: every outbound call of a creation, a change, a deactivation and an erasure, cut before it is sent and
//! after it was answered where that makes a difference, by functions that remember nothing. Afterwards the partner
//! holds exactly what it should.

use std::time::Duration;

use twins::personio::v2::{PersonEdit, Termination};

use super::house::House;
use crate::support::cuts::Client;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    Create,
    Change,
    Deactivate,
    Erase,
}

/// A person of whom Personio is about to tell what happened at this time.
struct Begun {
    person: u64,
    login: String,
    at: String,
}

impl Story {
    fn event(self) -> &'static str {
        match self {
            Self::Create => "person.created",
            Self::Change => "person.updated",
            Self::Deactivate => "employment.updated",
            Self::Erase => "person.deleted",
        }
    }

    /// Somebody of their own at the point where the story begins.
    async fn begin(self, house: &House, number: usize) -> Begun {
        house.proxy().watch(|_, _| None);
        let login = format!("dora-{number}@agency.example");
        let person = house.hire(&login, -100).await;
        if self != Self::Create {
            house.told("person.created", person).await;
            house.until_quiet().await;
        }
        house.pass(Duration::from_secs(60));
        match self {
            Self::Create => {}
            Self::Change => {
                let edit = PersonEdit { last_name: Some("Klein".to_owned()), ..PersonEdit::default() };
                house.staff().edit(person, edit).await.unwrap();
            }
            Self::Deactivate => {
                house.staff().terminate(person, Termination::on(house.day(-1))).await.unwrap();
            }
            Self::Erase => {
                house.staff().erase(person).await.unwrap();
            }
        }
        Begun { person, login, at: house.hands.now().to_string() }
    }

    async fn play(self, house: &House, begun: &Begun) {
        let answer = house.told_at(self.event(), begun.person, &begun.at).await;
        if answer.status != 200 {
            assert_eq!(answer.status, 503, "never a 4xx where something of ours fails");
            house.pass(Duration::from_secs(60));
            assert_eq!(house.told_at(self.event(), begun.person, &begun.at).await.status, 200);
        }
        house.until_quiet().await;
    }

    /// One account of the person, as it should be.
    fn check(self, house: &House, begun: &Begun, after: &str) {
        let spelt =
            format!("{} {}", begun.login, if matches!(self, Self::Create | Self::Change) { "on" } else { "off" });
        let theirs: Vec<String> =
            house.accounts().into_iter().filter(|account| account.starts_with(&begun.login)).collect();
        assert_eq!(theirs, [spelt], "{after}");
        if self == Self::Change {
            assert_eq!(house.user(&begun.login).text("/name/familyName"), Some("Klein"), "{after}");
        }
    }
}

async fn cut_everywhere(story: Story, client: Client) {
    let mut house = House::behind_a_proxy(client.retries()).await;
    let document = house.document().replace("number = 5", "number = 5000").replace("number = 20", "number = 5000");
    house.configure(&document).await;
    let begun = story.begin(&house, 0).await;
    house.cold();
    house.proxy().watch(|_, _| None);
    story.play(&house, &begun).await;
    let calls = house.proxy().calls();
    story.check(&house, &begun, "uncut");
    let cuts = client.cuts(calls.iter().map(|(kind, _)| kind.as_str()));
    assert!(!cuts.is_empty());
    for (place, (number, kind, trouble)) in cuts.into_iter().enumerate() {
        let begun = story.begin(&house, place + 1).await;
        house.cold();
        house.proxy().watch(move |call, _| (call == number).then_some(trouble));
        story.play(&house, &begun).await;
        story.check(&house, &begun, &format!("{number} {kind} {trouble:?}"));
    }
    house.proxy().watch(|_, _| None);
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
async fn a_deactivation_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Deactivate, Client::GivesUp).await;
}

#[tokio::test]
async fn an_erasure_ends_well_wherever_it_is_cut() {
    cut_everywhere(Story::Erase, Client::GivesUp).await;
}
