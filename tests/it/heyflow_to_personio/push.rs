//! The six situations every flow is tested in, under every vendor character, and what else may happen on the way.

use std::time::Duration;

use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Answer, Effect, Faults, Rule};

use super::answers;
use super::characters::play;
use crate::support::characters::Scenario;
use crate::support::cloud::local_client;
use crate::support::house::{FLOW, House, rest};

const CREATE: &str = "POST /v1/recruiting/applications";

fn effect(effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new(CREATE, effect).unwrap().times(times))
}

fn outcomes(ended: &[edge::batch::Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
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
async fn an_attempt_rests_twice_as_long_as_the_one_before() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::status(503), 3));
    house.deliver("r1", answers("sample@applicant.example")).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["retry", "retry", "retry", "done"]);
    let rests: Vec<u64> = ended.iter().filter_map(rest).map(|rest| rest.as_secs()).collect();
    assert_eq!(rests, [30, 60, 120]);
    house.close().await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::status(429), 1));
    house.deliver("r1", answers("sample@applicant.example")).await;
    let ended = house.until_quiet().await;

    assert_eq!(outcomes(&ended), ["retry", "done"]);
    assert_eq!(rest(&ended[0]), Some(Duration::from_secs(60)), "Personio documents a minute");
    house.close().await;
}

#[tokio::test]
async fn many_responses_of_two_connections_at_once_keep_the_accounts_limit() {
    let house = House::new().await;
    house.apply_as("interns", &house.document().replace("\"careers\"", "\"interns\"")).await;
    house.set_secret_of("interns", &house.secret("twin-recruiting-token")).await;
    for number in 0..100 {
        let connection = if number % 2 == 0 { "careers" } else { "interns" };
        let email = format!("sample-{number}@applicant.example");
        assert_eq!(house.deliver_to(connection, &format!("r{number}"), answers(&email)).await.status, 200);
    }
    house.until_quiet().await;

    assert_eq!(house.twins.personio().applications().len(), 100);
    let calls = house.twins.personio().desk().calls();
    assert_eq!(calls.len(), 100, "one call each: none was refused for coming too early");
    house.close().await;
}

#[tokio::test]
async fn bad_record() {
    play(Scenario::BadRecord).await;
}

#[tokio::test]
async fn an_optional_value_that_cannot_be_used_is_left_out_and_told() {
    let house = House::new().await;
    let born = "[application.attributes]\nbirthday = { input = \"Born\" }\n";
    house.configure(&house.document().replace("[application.attributes]\n", born)).await;
    let mut answers = answers("sample@applicant.example");
    answers["Born"] = json!("24.12.1990");
    house.deliver("r1", answers).await;
    house.until_quiet().await;
    assert_eq!(house.twins.personio().applications().len(), 1);
    let mails = house.mails().await;
    let what = "`application.attributes.birthday`: the input `Born` holds a text that is not a date (YYYY-MM-DD)";
    assert!(mails.len() == 1 && mails[0].contains(what) && !mails[0].contains("1990"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn a_response_of_a_flow_that_is_not_listed_is_told_not_lost() {
    let house = House::new().await;
    house.configure(&house.document().replace(FLOW, "AnotherFlowIdOf20Char")).await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("`heyflow.flows`"), "{mails:?}");
    assert_eq!(house.twins.personio().desk().calls().len(), 0);
    house.close().await;
}

#[tokio::test]
async fn a_refusal_of_the_vendor_is_told_in_its_words() {
    let house = House::new().await;
    house.configure(&house.document().replace("\"1834171\"", "\"1834199\"")).await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("the job is not published"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn lost_answer() {
    play(Scenario::LostAnswer).await;
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::DropRequest, 2));
    house.deliver("r1", answers("sample@applicant.example")).await;
    let ended = house.until_quiet().await;

    assert_eq!(outcomes(&ended), ["retry", "retry", "done"]);
    assert_eq!(ended[2].reason, "created an application");
    assert_eq!(house.twins.personio().applications().len(), 1);
    house.close().await;
}

/// The first response's request is lost on the way; before it is repeated, a second one with the same address gets in.
/// The repeated first must not take the second's application for its own.
#[tokio::test]
async fn another_responses_application_is_not_taken_for_a_lost_answer() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::DropRequest, 1));
    house.deliver("first", answers("sample@applicant.example")).await;
    let first = house.take().await;
    assert_eq!(outcomes(&house.push(&first).await), ["retry"]);
    let first = house.take().await;
    house.pass(Duration::from_secs(60));
    house.deliver("second", answers("sample@applicant.example")).await;
    let second = house.take().await;
    assert_eq!(outcomes(&house.push(&second).await), ["done"]);
    house.pass(Duration::from_secs(10));
    assert_eq!(outcomes(&house.push(&first).await), ["rejected"]);

    assert_eq!(house.twins.personio().applications().len(), 1);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("response id: first"), "{mails:?}");
    house.close().await;
}

/// After a clear refusal (here: rate limited) a later duplicate is somebody else's, not ours.
#[tokio::test]
async fn a_clear_refusal_leaves_no_intent_behind() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::status(429), 1));
    house.deliver("r1", answers("sample@applicant.example")).await;
    assert_eq!(outcomes(&house.round().await), ["retry"]);
    // meanwhile the applicant applies by Personio's own career page
    let own = json!({"first_name": "Sample", "last_name": "Applicant", "email": "sample@applicant.example",
        "job_position_id": 1_834_171});
    let answer = local_client()
        .post(format!("{}/personio/v1/recruiting/applications", house.twins.url()))
        .bearer_auth("twin-recruiting-token")
        .header("x-company-id", "48151")
        .json(&own)
        .send();
    assert_eq!(answer.await.unwrap().status(), 201);
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

/// One tenant's vendor hangs: its other records rest without a call, so that other tenants' records get their turn.
#[tokio::test]
async fn a_vendor_that_is_away_is_asked_once_not_by_every_record() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::status(503), 100));
    for number in 0..8 {
        house.deliver(&format!("r{number}"), answers(&format!("sample-{number}@applicant.example"))).await;
    }
    let ended = house.push(&house.take().await).await;
    assert_eq!(outcomes(&ended)[0], "retry");
    assert!(outcomes(&ended)[1..].iter().all(|outcome| *outcome == "waiting"), "{ended:?}");
    assert_eq!(house.twins.personio().desk().calls().len(), 1);

    house.twins.personio().desk().set_faults(Faults::default());
    house.pass(Duration::from_secs(60));
    house.until_quiet().await;
    assert_eq!(house.twins.personio().applications().len(), 8);
    house.close().await;
}

/// A record that would outlive its queue is stored and told before the queue deletes it.
#[tokio::test]
async fn a_record_is_given_up_before_its_queue_forgets_it() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(effect(Effect::status(503), 100));
    house.deliver("r1", answers("sample@applicant.example")).await;
    assert_eq!(outcomes(&house.round().await), ["retry"]);
    house.pass(Duration::from_secs(13 * 24 * 60 * 60));
    assert_eq!(outcomes(&house.round().await), ["dead"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("given up") && mails[0].contains("unavailable"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn a_retry_after_is_obeyed_up_to_what_the_queue_can_hold() {
    let house = House::new().await;
    let answer = |seconds: &str| {
        let headers = [("Retry-After".to_owned(), seconds.to_owned())].into();
        Effect::Status(Answer { status: 429, headers, body: serde_json::Value::Null })
    };
    house.twins.personio().desk().set_faults(effect(answer("700"), 1));
    house.deliver("r1", answers("sample@applicant.example")).await;
    assert_eq!(rest(&house.round().await[0]), Some(Duration::from_secs(700)));
    house.twins.personio().desk().set_faults(effect(answer("999999"), 1));
    assert_eq!(rest(&house.round().await[0]), Some(Duration::from_secs(6 * 60 * 60)));
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.close().await;
}

#[tokio::test]
async fn no_write_starts_without_time_for_its_answer() {
    let house = House::new().await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    let records = house.take().await;
    let ended = house.push_with(&records, Duration::from_secs(5)).await;
    assert_eq!(outcomes(&ended), ["waiting"]);
    assert_eq!(house.twins.personio().desk().calls().len(), 0);
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    house.close().await;
}
