//! The six situations every flow is tested in, under every vendor character, and what else events bring about.

use std::time::Duration;

use twins::Vendor as _;
use twins::faults::{Answer, Effect, Faults, Rule};
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Edit, Status, kinds};

use super::characters::play;
use super::house::{House, outcomes, spelt, whole};
use crate::support::characters::Scenario;
use crate::support::lambda::rest;

const CREATE: &str = "POST /v2/Absences";

fn on(call: &str, effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(call, effect).unwrap().times(times))
}

#[tokio::test]
async fn happy() {
    play(Scenario::Happy).await;
}

#[tokio::test]
async fn twice() {
    play(Scenario::Twice).await;
}

#[tokio::test]
async fn out_of_order() {
    play(Scenario::OutOfOrder).await;
}

#[tokio::test]
async fn vendor_down() {
    play(Scenario::VendorDown).await;
}

#[tokio::test]
async fn bad_record() {
    play(Scenario::BadRecord).await;
}

#[tokio::test]
async fn lost_answer() {
    play(Scenario::LostAnswer).await;
}

#[tokio::test]
async fn an_attempt_rests_twice_as_long_as_the_one_before() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.twins.personio().desk().set_faults(on("GET /v2/absence-periods/*", Effect::status(502), 2));
    house.twins.hellohq().desk().set_faults(on("GET /v2/Users", Effect::status(503), 1));
    house.told("created", absence).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["retry", "retry", "retry", "done"]);
    let rests: Vec<u64> = ended.iter().filter_map(rest).map(|rest| rest.as_secs()).collect();
    assert_eq!(rests, [30, 60, 120]);
    house.close().await;
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again_after_a_look() {
    let house = House::new().await;
    house.twins.hellohq().desk().set_faults(on(CREATE, Effect::DropRequest, 1));
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.told("created", absence).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["retry", "waiting", "done"]);
    assert_eq!(house.entries().len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_source_that_lags_is_asked_again_before_it_is_believed() {
    let house = House::new().await;
    let quirks = twins::personio::v2::Quirks { read_lag_seconds: 20, ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.told("created", absence).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"], "not there yet");
    house.edit(absence, Edit::span(house.days(15, 15))).await;
    let edited = house.hands.now().to_string();
    house.pass(Duration::from_secs(6));
    house.told_at("updated.timerange", absence, &edited).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"], "still as it was");
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(15), house.day(15))]);
    house.delete(absence).await;
    house.told("deleted", absence).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["retry", "done"], "still there");
    assert_eq!(house.held(), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn only_what_is_approved_is_there() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    for (status, stands) in [
        (Status::Pending, 0),
        (Status::Approved, 1),
        (Status::DeletionPending, 1),
        (Status::SubstituteRequested, 0),
        (Status::Approved, 1),
        (Status::Other("ON_THE_MOON".to_owned()), 1),
        (Status::Other("REJECTED".to_owned()), 0),
    ] {
        house.pass(Duration::from_secs(10));
        house.edit(absence, Edit::status(status.clone())).await;
        house.told("updated.status", absence).await;
        house.until_quiet().await;
        assert_eq!(house.entries().len(), stands, "{status:?}");
    }
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("`ON_THE_MOON` is not known"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn what_hq_refuses_leaves_the_old_entry_and_is_told() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(-40, -40)).await;
    house.told("created", absence).await;
    house.until_quiet().await;
    let before = house.held();
    let (from, month) = (house.day(-70), house.day(-70).strftime("%Y-%m").to_string());
    house.twins.hellohq().close_month(SEED_ACCOUNT, month.parse().unwrap());
    house.edit(absence, Edit::span(twins::personio::v2::Span::days(from, from))).await;
    house.told("updated.timerange", absence).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.held(), before);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains(&absence.to_string()), "{mails:?}");

    // the month is opened, and it is edited once more
    house.pass(Duration::from_secs(10));
    house.twins.hellohq().open_month(SEED_ACCOUNT, month.parse().unwrap());
    house.edit(absence, Edit::span(twins::personio::v2::Span::days(from, from))).await;
    house.told("updated.timerange", absence).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.held(), [whole(11, "Vacation", from, from)]);
    house.close().await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    let limited =
        Answer { status: 429, headers: [("Retry-After".to_owned(), "70".to_owned())].into(), body: ().into() };
    house.twins.hellohq().desk().set_faults(on(CREATE, Effect::Status(limited), 1));
    house.told("created", absence).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["retry", "done"], "a clear refusal needs no look");
    assert_eq!(rest(&ended[0]), Some(Duration::from_secs(70)));
    house.close().await;
}

#[tokio::test]
async fn what_people_enter_by_hand_is_never_touched() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.told("created", absence).await;
    house.until_quiet().await;
    let by_hand = house.enter_by_hand(11, 10, 12);
    house.edit(absence, Edit::span(house.days(13, 13))).await;
    house.told("updated.timerange", absence).await;
    house.delete(absence).await;
    house.told("deleted", absence).await;
    house.until_quiet().await;
    let left = house.twins.hellohq().absences(SEED_ACCOUNT);
    assert_eq!(left.iter().map(spelt).collect::<Vec<_>>(), [by_hand]);
    house.close().await;
}

#[tokio::test]
async fn a_probe_refused_for_its_content_ends_the_halt_of_a_login_that_is_good_again() {
    let house = House::new().await;
    let mut revoked = house.secret();
    revoked["hellohq_token"] = serde_json::json!("a-token-that-was-revoked");
    house.set_secret(personio_to_hellohq::NAME, "absences", &revoked).await;
    let absence = house.create(3001, kinds::URLAUB, house.days(-40, -40)).await;
    house.told("created", absence).await;
    let records = house.take().await;
    assert_eq!(outcomes(&house.push(&records).await), ["halted"]);
    assert_eq!(house.mails().await.len(), 1);

    let month = house.day(-40).strftime("%Y-%m").to_string();
    house.twins.hellohq().close_month(SEED_ACCOUNT, month.parse().unwrap());
    house.set_secret(personio_to_hellohq::NAME, "absences", &house.secret()).await;
    house.pass(Duration::from_secs(15 * 60));
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    let mails = house.mails().await;
    assert!(mails.len() == 2 && mails.iter().any(|mail| mail.contains("works again")), "{mails:?}");
    assert_eq!(house.ledger.connection("absences").await.unwrap().unwrap().breaker, None);
    house.close().await;
}
