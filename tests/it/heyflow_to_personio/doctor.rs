//! `hrsync doctor`: the inputs of the file, compared with the responses that are stored.

use admin::{Context, Finding};
use heyflow_to_personio::FLOW;
use secrecy::SecretString;

use super::answers;
use crate::support::findings::troubles;
use crate::support::house::House;

async fn look(house: &House, document: &str) -> Vec<Finding> {
    let secret: SecretString = house.secret("twin-recruiting-token").to_string().into();
    let (ledger, now) = (&house.ledger, house.hands.now());
    let context = Context { name: "careers", document, secret: &secret, local: true, ledger, now, progress: &|_| {} };
    FLOW.commands.doctor.unwrap()(context.reading()).await.unwrap()
}

#[tokio::test]
async fn an_input_that_no_stored_response_has_is_named() {
    let house = House::new().await;
    let document = house.document();
    let nothing_stored = look(&house, &document).await;
    assert_eq!(troubles(&nothing_stored), ["warning personio: login", "warning heyflow: inputs"]);
    // an address that is none: the response is stored as a failure
    house.deliver("r1", answers("no-address")).await;
    house.round().await;
    let found = look(&house, &document).await;
    let seen = &found.iter().find(|finding| finding.about == "heyflow: inputs").unwrap().seen;
    assert!(!seen.contains("`E-mail`") && seen.contains("stored responses"), "{seen}");
    let renamed = document.replace("email = { input = \"E-mail\" }", "email = { input = \"E-Post\" }");
    assert_ne!(renamed, document);
    let found = look(&house, &renamed).await;
    let seen = &found.iter().find(|finding| finding.about == "heyflow: inputs").unwrap().seen;
    assert!(seen.contains("the input `E-Post`") && !format!("{found:?}").contains("no-address"), "{seen}");
    house.mails().await;
    house.close().await;
}
