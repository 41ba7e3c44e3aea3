//! Crash points: every outbound call from an offer to a published contract, and from a signature to the PDF on the card, cut
//! before it is sent and after it was answered where that makes a difference, by functions that remember nothing. What Teamtailor
//! has told in vain the next sweep finds. Afterwards there is one contract with one invitation, and one PDF.

use std::collections::BTreeSet;

use serde_json::json;

use super::house::{House, MINUTE, OFFER};
use crate::support::cuts::Client;

const START: &str = "oneflow-start-date";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    /// An application comes into the stage that starts a contract.
    Offer,
    /// A contract gets a value and is signed.
    Signature,
}

/// A candidate at the point where a story begins.
struct Begun {
    candidate: u64,
    email: String,
    contract: Option<i64>,
}

impl Story {
    /// The calls without which the story would not be told.
    fn needs(self) -> BTreeSet<&'static str> {
        let own: &[&str] = match self {
            Self::Offer => &["POST /v1/contracts/create", "POST /v1/contracts/*/publish"],
            Self::Signature => &[
                "POST /eu/v1/custom-field-values",
                "GET /v1/contracts/*/files/",
                "POST /eu/v1/files",
                "POST /eu/v1/uploads",
            ],
        };
        let both = ["SQS SendMessage", "GET /eu/v1/candidates/*", "DynamoDB TransactWriteItems link+claim"];
        own.iter().copied().chain(both).collect()
    }

    /// A new candidate, of whom both vendors are about to tell.
    async fn begin(self, house: &House, number: usize) -> Begun {
        house.proxy().watch(|_, _| None);
        let email = format!("candidate-{number}@people.example");
        let applied = house.applies(&email).await;
        house.until_quiet().await;
        // the vendors' next turns are free again, so that each telling makes the same calls
        house.pass(MINUTE);
        let contract = match self {
            Self::Offer => {
                house.recruiters().move_to(applied.application, OFFER).await.unwrap();
                None
            }
            Self::Signature => {
                let contract = house.contract_for(applied.candidate, &email).await;
                house.desk().edit_field(contract, START, "2026-04-03", Some(&email)).await.unwrap();
                house.desk().sign(contract, None).await.unwrap();
                Some(contract)
            }
        };
        Begun { candidate: applied.candidate, email, contract }
    }

    /// What the story came to, in words.
    fn told(self, house: &House, Begun { candidate, email, contract }: &Begun) -> String {
        match self {
            Self::Offer => {
                let contracts = house.contracts();
                let theirs = contracts.iter().filter(|contract| contract.participant(email).is_some());
                let invited = theirs.map(|contract| house.invitations_to(contract.id, email)).collect::<Vec<_>>();
                format!("{invited:?}")
            }
            Self::Signature => {
                let files = house.files(*candidate);
                let is_theirs = files == [format!("Offer ({}).pdf", contract.unwrap())];
                format!("{} {} {is_theirs}", house.held(*candidate, START), files.len())
            }
        }
    }

    fn wanted(self) -> String {
        match self {
            Self::Offer => "[1]".to_owned(),
            Self::Signature => format!("{} 1 true", json!("2026-04-03")),
        }
    }
}

/// The candidate is erased, and nothing is kept of them: otherwise every sweep would read all open contracts of the stories before.
async fn clear(house: &House, begun: &Begun) {
    house.recruiters().remove(begun.candidate).await.unwrap();
    house.until_quiet().await;
}

async fn cut_everywhere(story: Story, client: Client) {
    let mut house = House::behind_a_proxy(client.retries()).await;
    house.sweep_all().await;
    let begun = story.begin(&house, 0).await;
    house.cold();
    house.proxy().watch(|_, _| None);
    house.until_quiet().await;
    let calls = house.proxy().calls();
    let kinds: BTreeSet<&str> = calls.iter().map(|(kind, _)| kind.as_str()).collect();
    assert!(story.needs().iter().all(|kind| kinds.contains(kind)), "{kinds:#?}");
    assert_eq!(story.told(&house, &begun), story.wanted());
    clear(&house, &begun).await;

    let cuts = client.cuts(calls.iter().map(|(kind, _)| kind.as_str()));
    for (place, (number, kind, trouble)) in cuts.into_iter().enumerate() {
        let begun = story.begin(&house, place + 1).await;
        house.cold();
        house.proxy().watch(move |call, _| (call == number).then_some(trouble));
        house.until_quiet().await;
        house.proxy().watch(|_, _| None);
        if story.told(&house, &begun) != story.wanted() {
            house.sweep_all().await;
        }
        assert_eq!(story.told(&house, &begun), story.wanted(), "{number} {kind} {trouble:?}");
        clear(&house, &begun).await;
    }
    assert_eq!(house.mails().await, Vec::<String>::new(), "nothing of this is a person's business");
    house.close().await;
}

#[tokio::test]
async fn an_offer_ends_in_one_contract_wherever_it_is_cut() {
    cut_everywhere(Story::Offer, Client::GivesUp).await;
}

#[tokio::test]
async fn an_offer_ends_in_one_contract_where_the_aws_client_repeats() {
    cut_everywhere(Story::Offer, Client::Repeats).await;
}

#[tokio::test]
async fn a_signature_ends_in_one_pdf_wherever_it_is_cut() {
    cut_everywhere(Story::Signature, Client::GivesUp).await;
}

#[tokio::test]
async fn a_signature_ends_in_one_pdf_where_the_aws_client_repeats() {
    cut_everywhere(Story::Signature, Client::Repeats).await;
}
