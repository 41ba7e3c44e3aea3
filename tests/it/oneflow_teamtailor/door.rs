//! Who may deliver, and what follows from a delivery.

use http::HeaderMap;
use twins::teamtailor::SignatureScheme;

use super::house::{DORA, House, OFFER};
use crate::support::lambda::Sqs;

#[tokio::test]
async fn an_event_of_an_unknown_type_is_taken_and_nothing_follows() {
    let house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for(dora, DORA).await;
    house.until_quiet().await;
    house.desk().announce(contract, "product:create").await.unwrap();
    // Oneflow repeats whatever is answered with anything but 200
    assert_eq!(house.deliver().await, 1);
    assert_eq!(house.take().await, Vec::<Sqs>::new());
    house.close().await;
}

#[tokio::test]
async fn both_of_teamtailors_signatures_are_taken() {
    for scheme in [SignatureScheme::V1, SignatureScheme::V2] {
        let house = House::new().await;
        house.teamtailor(|account| account.webhooks[0].scheme = scheme);
        let dora = house.dora().await;
        house.recruiters().move_to(dora.application, OFFER).await.unwrap();
        house.until_quiet().await;
        assert_eq!(house.contracts().len(), 1, "{scheme:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn whoever_does_not_know_the_key_is_turned_away() {
    let house = House::new().await;
    let of_oneflow =
        r#"{"contract":{"id":101},"callback_id":"c-1","events":[{"type":"contract:sign"}],"signature":"00"}"#;
    let of_teamtailor = r#"{"payload":{"event_name":"candidate.update","data":{"id":"2"}},"signature":"MDA="}"#;
    for (segment, body, status) in [
        ("oneflow", of_oneflow, 401),
        ("teamtailor", of_teamtailor, 401),
        ("teamtailor", of_oneflow, 401),
        ("results", of_teamtailor, 404),
    ] {
        assert_eq!(house.ask(segment, HeaderMap::new(), body).await.status, status, "{segment} {body}");
    }
    assert_eq!(house.take().await, Vec::<Sqs>::new());
    house.close().await;
}

#[tokio::test]
async fn a_contract_that_names_nobody_is_left_alone_unless_its_address_may_say_whose_it_is() {
    let mut house = House::new().await;
    let dora = house.dora().await.candidate;
    let contract = house.contract_for("", DORA).await;
    house.desk().sign(contract, None).await.unwrap();
    house.until_quiet().await;
    assert_eq!(house.files(dora), Vec::<String>::new());
    house.set("match_email = false", "match_email = true").await;
    house.sweep_all().await;
    assert_eq!(house.files(dora), [format!("Offer ({contract}).pdf")]);
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}
