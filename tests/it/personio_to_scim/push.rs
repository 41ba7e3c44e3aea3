//! The six situations every flow is tested in.

use std::time::Duration;

use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{PersonEdit, Terms};

use super::house::{House, outcomes};

const CREATE: &str = "POST /partner/Users";

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

fn named(last_name: &str) -> PersonEdit {
    PersonEdit { last_name: Some(last_name.to_owned()), ..PersonEdit::default() }
}

#[tokio::test]
async fn happy() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    assert_eq!(house.told("person.created", dora).await.status, 200);
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    let user = house.user("dora@agency.example");
    assert_eq!(user.external_id(), Some(dora.to_string().as_str()));
    assert_eq!((user.text("/title"), user.text("/name/givenName")), (Some("Designer"), Some("Dora")));

    house.pass(Duration::from_secs(60));
    house.staff().edit(dora, named("Klein")).await.unwrap();
    house.told("person.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.user("dora@agency.example").text("/name/familyName"), Some("Klein"));
    house.close().await;
}

#[tokio::test]
async fn twice() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    let records = house.take().await;
    assert_eq!(outcomes(&house.push(&records).await), ["done"]);
    let calls = house.twins.scim().desk().calls().len();
    // SQS hands the same record out again, as it may; and Personio tells once more, by another event
    assert_eq!(outcomes(&house.push(&records).await), ["skipped"]);
    house.told("person.updated", dora).await;
    house.until_quiet().await;
    assert_eq!(house.twins.scim().desk().calls().len(), calls, "unchanged: no call of the partner at all");
    assert_eq!(house.accounts().len(), 1);
    house.close().await;
}

#[tokio::test]
async fn out_of_order() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    let created = house.hands.now();
    house.pass(Duration::from_secs(60));
    house.staff().edit(dora, named("Klein")).await.unwrap();
    // what was told later overtakes what was told first
    house.told("person.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.told_at("person.created", dora, &created.to_string()).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["skipped"]);
    assert_eq!(house.user("dora@agency.example").text("/name/familyName"), Some("Klein"));

    house.staff().erase(dora).await.unwrap();
    house.told("person.deleted", dora).await;
    house.told_at("person.updated", dora, &created.to_string()).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    house.close().await;
}

/// The first event of two in quick succession finds what the second tells of. The second must not rest until patience ends.
#[tokio::test]
async fn what_an_earlier_event_has_found_keeps_nobody_waiting() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    house.pass(Duration::from_secs(60));
    house.staff().edit(dora, named("Klein")).await.unwrap();
    let renamed = house.hands.now();
    house.pass(Duration::from_secs(1));
    let position = |terms: &mut Terms| {
        terms.position = Some("Lead".to_owned());
        Ok(())
    };
    house.staff().change_terms(dora, position).await.unwrap();
    house.told_at("person.updated", dora, &renamed.to_string()).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.told("employment.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["skipped"]);
    let user = house.user("dora@agency.example");
    assert_eq!((user.text("/name/familyName"), user.text("/title")), (Some("Klein"), Some("Lead")));
    house.close().await;
}

#[tokio::test]
async fn vendor_down() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.twins.personio().desk().set_faults(on("GET /v2/persons/*", Effect::status(502), 2));
    house.twins.scim().desk().set_faults(on("GET /partner/Users", Effect::status(503), 1));
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "retry", "retry", "done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}

#[tokio::test]
async fn bad_record() {
    let house = House::new().await;
    // a department that Personio does not name
    let dora = house.hire("dora@agency.example", 0).await;
    house
        .staff()
        .change_terms(dora, |terms| {
            terms.department = Some(999);
            Ok(())
        })
        .await
        .unwrap();
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.accounts(), Vec::<String>::new());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("department") && mails[0].contains(&dora.to_string()), "{mails:?}");
    assert!(!mails[0].contains("dora@"), "{mails:?}");

    // an event that names nobody is accepted: the next sweep reads everybody
    let payload = json!({"employment": {"id": "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1"}});
    let answer = house.delivered("employment.updated", payload, &house.hands.now().to_string()).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "`employment.updated` names no person"));
    house.close().await;
}

#[tokio::test]
async fn lost_answer() {
    let house = House::new().await;
    house.twins.scim().desk().set_faults(on(CREATE, Effect::DropAnswer, 1));
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"], "what had arrived is found, not made again");

    // the same where the partner finds nobody by our id
    house.partner(|account| account.filter_misses_external_id = true);
    house.twins.scim().desk().set_faults(on(CREATE, Effect::DropAnswer, 1));
    let emil = house.hire("emil@agency.example", 0).await;
    house.told("person.created", emil).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"]);
    assert_eq!(house.accounts().len(), 2);

    // a request that never arrived is sent again after a look
    house.twins.scim().desk().set_faults(on(CREATE, Effect::DropRequest, 1));
    let fritz = house.hire("fritz@agency.example", 0).await;
    house.told("person.created", fritz).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "waiting", "done"]);
    assert_eq!(house.accounts().len(), 3);

    // a deactivation whose answer is lost is carried out again, which is harmless
    house.twins.scim().desk().set_faults(on("PATCH /partner/Users/*", Effect::DropAnswer, 1));
    house.staff().erase(fritz).await.unwrap();
    house.told("person.deleted", fritz).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"]);
    assert!(!house.user("fritz@agency.example").is_active());
    house.close().await;
}
