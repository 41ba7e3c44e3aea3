//! `hrsync init`: the absence types of the account, each with a home or left out.

use admin::{Certainty, People};
use personio_to_hellohq::FLOW;
use twins::Vendor as _;
use twins::personio::v2::{NewPerson, SEED_CLIENT};

use super::super::house::House;
use super::{COMMANDS, Desk};
use crate::support::init::{asked, file, ids};

#[tokio::test]
async fn what_a_person_agrees_to_fits_the_accounts_and_nobody_is_written_to() {
    let house = House::new().await;
    let document = house.document();
    let desk = Desk::with(&house, document.clone(), &house.secret());
    let findings = asked(&FLOW, desk.context(), People::Ids).await;
    let text = file(&document, "other", &findings, true);
    assert!(text.contains("name = \"other\"") && text.contains("\"Holiday\" = [\"Urlaub\"]"), "{text}");
    assert!(text.contains("# How helloHQ spells the options of a query"), "comments stay");
    assert!(text.contains(&format!("start_date = \"{}\"", house.day(0))), "{text}");
    (FLOW.check)(&text, true).unwrap();
    let live = COMMANDS.verify.unwrap()(Desk::with(&house, text, &house.secret()).context()).await.unwrap();
    assert_eq!(live.problems, Vec::<String>::new());

    let nothing = file(&document, "absences", &findings, false);
    assert!(nothing.contains("# Holiday = [\"Urlaub\"]"), "{nothing}");
    assert!(findings.proposals.iter().any(|proposal| proposal.certainty == Certainty::Likely));
    let ignored = nothing.lines().find(|line| line.starts_with("ignore = ")).unwrap();
    assert!(ignored.contains("\"Urlaub\"") && !nothing.contains("\n\"Holiday\" = "), "{nothing}");
    let written = house.twins.hellohq().desk().calls().iter().any(|call| call.method != "GET");
    assert!(!written, "nothing is written");
    house.close().await;
}

#[tokio::test]
async fn persons_without_a_user_are_told_by_id_and_by_address_only_where_that_is_asked_for() {
    let house = House::new().await;
    let hired = NewPerson::new("lone@elsewhere.example", house.day(0));
    house.twins.personio().staff(SEED_CLIENT).hire(hired).await.unwrap();
    let desk = Desk::of(&house);
    let findings = asked(&FLOW, desk.context(), People::Ids).await;
    assert_eq!(ids(&findings, "without a user").len(), 1);
    assert!(!file(&house.document(), "absences", &findings, true).contains("elsewhere.example"));
    let findings = asked(&FLOW, desk.context(), People::Addresses).await;
    let text = file(&house.document(), "absences", &findings, true);
    assert!(text.contains("lone@elsewhere.example"), "{text}");
    house.close().await;
}
