//! An applicant whom the console forgets.

use admin::Context;
use heyflow_to_personio::FLOW as CONSOLE;
use serde_json::json;

use super::answers;
use crate::support::house::House;

const ADDRESS: &str = "sample@applicant.example";

/// Items that are about records, and what they are about.
async fn remembered(house: &House) -> Vec<String> {
    let about = ["receipt#", "intent#", "upload#", "replays#", "failure#", "unmailed", ADDRESS];
    house.stored().await.into_iter().filter(|item| about.iter().any(|it| item.contains(it))).collect()
}

#[tokio::test]
async fn nothing_of_an_applicant_is_left_and_what_was_queued_is_dropped() {
    let house = House::new().await;
    house.deliver("r1", answers(ADDRESS)).await;
    let mut without_name = answers(ADDRESS);
    without_name["Last name"] = json!("");
    house.deliver("r2", without_name).await;
    house.until_quiet().await;
    assert!(remembered(&house).await.len() >= 5, "receipts, an intent, a failure with its mail");
    // still queued when the applicant is forgotten
    house.deliver("r3", answers("SAMPLE@applicant.example")).await;

    let (document, secret) = (house.document(), house.secret("twin-recruiting-token").to_string().into());
    let (ledger, now) = (&house.ledger, house.hands.now());
    let context =
        Context { name: "careers", document: &document, secret: &secret, local: true, ledger, now, progress: &|_| {} };
    let forget = CONSOLE.commands.forget.unwrap();
    let mut known = (forget.traces)(context.reading(), ADDRESS).await.unwrap();
    ledger.find_person("careers", &mut known, forget.names_of, &|_| {}).await.unwrap();
    ledger.bury("careers", &known.names(), now).await.unwrap();
    ledger.erase_person("careers", &mut known, forget.names_of, &|_| {}).await.unwrap();
    let left = remembered(&house).await;
    assert!(left.is_empty(), "{left:?}");

    // by then every function knows
    house.pass(std::time::Duration::from_secs(61));
    let ended = house.until_quiet().await;
    let reasons: Vec<&str> = ended.iter().map(|ended| ended.reason.as_str()).collect();
    assert_eq!(reasons, ["its person was forgotten"]);
    assert_eq!(house.twins.personio().applications().len(), 1, "what is at the vendor stays");
    assert!(remembered(&house).await.is_empty());
    house.close().await;
}
