//! Whose contract counts, what is told of one, what a new one needs, what a signed one is called.

use jiff::Timestamp;
use vendors::oneflow::model::{Contract, ContractId, ContractState, DeliveryStatus, Participant, Party, SignState};
use vendors::teamtailor::model::Candidate;
use vendors::value::Personal;

use crate::oneflow_teamtailor::{Contender, Ending, Missing, Person, Status, is_pdf_of, pdf_name, winner};

fn id(id: &str) -> ContractId {
    id.parse().unwrap()
}

fn contender(number: &str, is_signed: bool, since: Option<&str>) -> Contender {
    let since = since.map(|day| format!("{day}T10:00:00Z").parse().unwrap());
    Contender { id: id(number), is_signed, since }
}

#[test]
fn the_newest_signed_contract_counts_then_the_newest() {
    let old = contender("7", true, Some("2026-03-01"));
    let new = contender("3", true, Some("2026-03-02"));
    let open = contender("9", false, Some("2026-04-01"));
    let timeless = contender("8", false, None);
    for (contenders, wanted) in [
        (vec![old, new, open], Some("3")),
        (vec![open, old], Some("7")),
        (vec![timeless, open], Some("9")),
        (vec![timeless, contender("6", false, None)], Some("8")),
        (vec![], None),
    ] {
        assert_eq!(winner(&contenders), wanted.map(id), "{contenders:?}");
    }
}

fn participant(is_signatory: Option<bool>, sign: Option<SignState>, delivery: Option<DeliveryStatus>) -> Participant {
    Participant {
        id: "1".parse().unwrap(),
        name: None,
        email: None,
        phone: None,
        is_signatory,
        delivery,
        sign_state: sign,
        sign_state_updated: None,
        first_visit: None,
    }
}

fn contract(state: ContractState, people: Vec<Participant>) -> Contract {
    Contract {
        id: id("101"),
        name: None,
        state,
        state_updated: None,
        is_cancelled: None,
        updated: None,
        created: None,
        published: None,
        workspace: None,
        template: None,
        template_type: None,
        parties: vec![Party { id: "1".parse().unwrap(), is_ours: false, participants: people }],
        data_fields: None,
    }
}

#[test]
fn a_status_is_told_in_a_few_words() {
    let waiting = || participant(None, Some(SignState::Undecided), Some(DeliveryStatus::Success));
    let opened = || Participant { first_visit: Some(Timestamp::UNIX_EPOCH), ..waiting() };
    let signed = || participant(Some(true), Some(SignState::Signed), None);
    let viewer = || participant(Some(false), None, Some(DeliveryStatus::Success));
    let bounced = || participant(Some(true), None, Some(DeliveryStatus::Bounce));
    let pending = |people| contract(ContractState::Pending, people);
    let cancelled = Contract { is_cancelled: Some(true), ..contract(ContractState::Signed, vec![signed()]) };
    for (contract, wanted) in [
        (contract(ContractState::Draft, vec![waiting()]), "draft"),
        (pending(vec![waiting()]), "sent"),
        (pending(vec![opened(), waiting()]), "opened"),
        (pending(vec![signed(), waiting(), viewer()]), "signed by 1 of 2"),
        (pending(vec![bounced(), waiting()]), "delivery failed"),
        (contract(ContractState::Signed, vec![signed()]), "signed"),
        (contract(ContractState::Overdue, vec![signed()]), "expired"),
        (contract(ContractState::Declined, vec![]), "declined"),
        (contract(ContractState::Other("frozen".to_owned()), vec![]), "unknown"),
        (cancelled, "cancelled"),
    ] {
        assert_eq!(Status::of(&contract).to_string(), wanted);
    }
}

#[test]
fn a_reason_is_told_where_oneflow_shows_one() {
    let undecided = || participant(Some(true), Some(SignState::Undecided), None);
    let declined = || participant(Some(true), Some(SignState::Declined), None);
    let delivery = |status| participant(None, None, Some(status));
    let ours = |contract: Contract| {
        let parties = contract.parties.into_iter().map(|party| Party { is_ours: true, ..party }).collect();
        Contract { parties, ..contract }
    };
    for (contract, wanted) in [
        (contract(ContractState::Declined, vec![undecided(), declined()]), Some("by the candidate")),
        (ours(contract(ContractState::Declined, vec![declined()])), Some("by the company")),
        (contract(ContractState::Declined, vec![undecided()]), None),
        (contract(ContractState::Pending, vec![delivery(DeliveryStatus::Bounce)]), Some("the invitation came back")),
        (
            contract(ContractState::Pending, vec![delivery(DeliveryStatus::Failure)]),
            Some("the invitation could not be sent"),
        ),
        (contract(ContractState::Pending, vec![delivery(DeliveryStatus::Success)]), None),
        (contract(ContractState::Signed, vec![delivery(DeliveryStatus::Bounce)]), None),
    ] {
        assert_eq!(Ending::of(&contract).map(|ending| ending.to_string()).as_deref(), wanted, "{:?}", contract.state);
    }
}

#[test]
fn a_new_contract_needs_name_address_and_number() {
    let text = |text: &str| Some(Personal::new(text.to_owned()));
    let candidate = Candidate {
        id: "5".parse().unwrap(),
        first_name: text(" Dora "),
        last_name: text("Berg"),
        email: Some("dora@example.com".parse().unwrap()),
        phone: text("+46 70"),
        updated: None,
        values: None,
    };
    let person = Person::of(&candidate).unwrap();
    assert_eq!((person.name.reveal().as_str(), person.phone.reveal().as_str()), ("Dora Berg", "+46 70"));
    let lacking = Candidate { last_name: text(" "), phone: None, email: None, ..candidate };
    assert_eq!(Person::of(&lacking).unwrap_err(), [Missing::LastName, Missing::Email, Missing::Phone]);
}

#[test]
fn a_pdf_is_found_again_by_the_contract_in_its_name() {
    let name = pdf_name(Some(&Personal::new("Offer: Dora/Berg".to_owned())), id("101"));
    assert_eq!(name.reveal(), "Offer  Dora Berg (101).pdf");
    assert!(is_pdf_of(name.reveal(), id("101")));
    assert_eq!(pdf_name(None, id("101")).reveal(), "Contract (101).pdf");
    assert!(pdf_name(Some(&Personal::new("x".repeat(500))), id("101")).reveal().len() < 140);
    for other in ["Offer (1101).pdf", "Offer (101).docx", "(101).pdf"] {
        assert!(!is_pdf_of(other, id("101")), "{other}");
    }
}
