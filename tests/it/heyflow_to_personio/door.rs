//! The receiver at its door.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use edge::http::{Body, LARGEST_BODY, Request};
use http::{HeaderMap, Method};
use ledger::{Cause, Failure, State};
use serde_json::json;
use twins::Vendor as _;

use super::answers;
use crate::support::house::{House, SECRET, request};
use crate::support::reach;

const BODY: &[u8] = br#"{"flowID":"Vho2vAPoENipbDaRusGU","id":"r1","createdAt":"2026-03-01T10:00:00Z","fields":{}}"#;

#[tokio::test]
async fn the_test_button_is_answered_with_200_and_pushed_nowhere() {
    let house = House::new().await;
    let body = json!({"flowID": "Vho2vAPoENipbDaRusGU", "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z",
        "fields": {"Demo Field 1": "a", "Demo Field 2": "b"}});
    let answer = house.receiver.receive(request(body.to_string().as_bytes(), SECRET)).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"));
    assert!(house.take().await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn a_test_of_a_flow_that_is_not_listed_says_so() {
    let house = House::new().await;
    let body =
        json!({"flowID": "another", "id": "demo-response-id", "createdAt": "2026-03-01T10:00:00Z", "fields": {}});
    let answer = house.receiver.receive(request(body.to_string().as_bytes(), SECRET)).await;
    assert_eq!((answer.status.as_u16(), answer.received.word()), (200, "ignored"));
    assert!(answer.text.contains("`heyflow.flows` does not list"), "{}", answer.text);
    house.close().await;
}

#[tokio::test]
async fn strangers_are_turned_away_before_anything_is_read() {
    let house = House::new().await;
    let refused = |body: &'static [u8], secret: &'static str| house.receiver.receive(request(body, secret));
    assert_eq!(refused(BODY, "wrong").await.status, 401);
    assert_eq!(refused(b"not json", "wrong").await.status, 401, "the body is not looked at");
    let nameless = Request { headers: HeaderMap::new(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(nameless).await.status, 401);
    let elsewhere = Request { connection: "carers".to_owned(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(elsewhere).await.status, 404);
    let odd = Request { connection: "../careers".to_owned(), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(odd).await.status, 404);
    let large = Request { body: Body::TooLarge(vec![b' '; LARGEST_BODY + 1]), ..request(BODY, "wrong") };
    assert_eq!(house.receiver.receive(large).await.status, 401, "nor is its size");
    for method in [Method::GET, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let other = Request { method, ..request(BODY, "wrong") };
        let answer = house.receiver.receive(other).await;
        assert_eq!((answer.status.as_u16(), answer.received.word()), (405, "refused"));
    }
    assert!(house.take().await.is_empty());
    assert_eq!(failures(&house).await, []);
    house.close().await;
}

#[tokio::test]
async fn every_way_of_showing_the_secret_opens_for_post_and_put() {
    let house = House::new().await;
    let none = || Request { headers: HeaderMap::new(), ..request(BODY, SECRET) };
    let ways = [
        Request { method: Method::PUT, ..request(BODY, SECRET) },
        Request { query: format!("a=b&secret={SECRET}"), ..none() },
        Request { segment: Some(SECRET.to_owned()), ..none() },
    ];
    for way in ways {
        assert_eq!(house.receiver.receive(way).await.status, 200);
    }
    purge(&house).await;
    house.close().await;
}

/// What is stored of the connection's failures.
async fn failures(house: &House) -> Vec<Failure> {
    let all = house.ledger.failures(Some("careers")).await.unwrap();
    all.items.into_iter().filter(|case| case.triage.state == State::Open).map(|case| case.failure).collect()
}

/// The only failure, what was kept of its delivery, and its mail.
async fn told(house: &House) -> (Failure, String, String) {
    let [listed] = failures(house).await.try_into().unwrap();
    let failure = house.ledger.failure("careers", &listed.id).await.unwrap().unwrap();
    assert_eq!(failure.cause, Cause::Unreadable);
    let kept = failure.message.as_ref().unwrap().reveal().clone();
    let [mail] = house.mails().await.try_into().unwrap();
    (failure, kept, mail)
}

fn ids(failure: &Failure) -> Vec<(&str, &str)> {
    failure.ids.iter().map(|id| (id.name.as_str(), id.value.as_str())).collect()
}

#[tokio::test]
async fn an_unreadable_body_is_answered_with_the_place_and_told() {
    let house = House::new().await;
    let cut = br#"{"flowID":"Vho2vAPoENipbDaRusGU","id":"r1","fields":{"E-mail":"one@applicant.example"#;
    for _ in 0..2 {
        let answer = house.receiver.receive(request(cut, SECRET)).await;
        assert_eq!((answer.status.as_u16(), answer.received.word()), (400, "rejected"));
        assert_eq!(answer.text, "unreadable at line 1, column 84: the body is not JSON");
        assert_eq!(answer.object.as_deref(), Some("flow=Vho2vAPoENipbDaRusGU response=r1"));
    }
    let (failure, kept, mail) = told(&house).await;
    assert_eq!(ids(&failure), [("flow", "Vho2vAPoENipbDaRusGU"), ("response", "r1")]);
    assert_eq!(kept.as_bytes(), cut);
    assert!(mail.contains("unreadable at line 1, column 84") && !mail.contains("applicant.example"), "{mail}");
    assert!(mail.contains(&format!("failures show 'careers' {} --message", failure.id)), "{mail}");
    assert!(!mail.contains("failures retry"), "{mail}");

    // as the mail says: what was kept, mended and sent again
    let mended = answers("one@applicant.example");
    let mended = json!({"flowID": "Vho2vAPoENipbDaRusGU", "id": "r1", "fields": mended}).to_string();
    assert_eq!(house.receiver.receive(request(mended.as_bytes(), SECRET)).await.status, 200);
    assert_eq!(house.until_quiet().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_delivery_that_is_too_large_is_kept_as_far_as_it_fits() {
    let house = House::new().await;
    let fields = "x".repeat(400 * 1024);
    let body = json!({"flowID": "F", "id": "r1", "fields": {"Message": fields}}).to_string();
    let large = Request { body: Body::TooLarge(body.clone().into_bytes()), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(large).await.status, 413);
    let (failure, kept, _) = told(&house).await;
    assert_eq!(ids(&failure), [("flow", "F"), ("response", "r1")]);
    assert!(kept.len() > LARGEST_BODY && body.starts_with(&kept));
    assert!(failure.reasons[0].ends_with("bytes, 262144 are the most"), "{:?}", failure.reasons);
    house.close().await;
}

#[tokio::test]
async fn a_delivery_that_grows_too_large_by_its_escapes_is_kept_as_well() {
    let house = House::new().await;
    let body = format!(r#"{{"flowID":"F","id":"r1","fields":{{"Message":"{}"}}}}"#, "\u{1}".repeat(60 * 1024));
    assert!(body.len() < LARGEST_BODY);
    let grown = Request { body: Body::Whole(body.clone().into_bytes()), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(grown).await.status, 413);
    let (failure, kept, _) = told(&house).await;
    assert_eq!(ids(&failure), [("flow", "F"), ("response", "r1")]);
    assert_eq!(kept, body);
    house.close().await;
}

#[tokio::test]
async fn broken_base64_is_kept_as_it_came() {
    let house = House::new().await;
    let broken = Request { body: Body::BrokenBase64(b"%%%".to_vec()), ..request(BODY, SECRET) };
    assert_eq!(house.receiver.receive(broken).await.status, 400);
    assert_eq!(told(&house).await.1, "%%%");
    house.close().await;
}

#[tokio::test]
async fn a_hook_with_another_method_is_told_and_what_it_sent_is_kept_without_the_secret() {
    let house = House::new().await;
    let query = format!("flowID=F&secret={SECRET}&E-mail=one%40applicant.example&again={SECRET}");
    let nothing = Body::Whole(Vec::new());
    let get = Request { method: Method::GET, headers: HeaderMap::new(), query, body: nothing, ..request(BODY, SECRET) };
    let answer = house.receiver.receive(get).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (405, "only POST or PUT is taken here"));
    let (_, kept, mail) = told(&house).await;
    assert_eq!(kept, "flowID=F&E-mail=one%40applicant.example");
    assert!(mail.contains("only POST or PUT is taken here"), "{mail}");
    house.close().await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_answered_with_503() {
    let mut house = House::new().await;
    house.receiver.rejections.ledger = house.missing_ledger();
    assert_eq!(house.receiver.receive(request(b"{", SECRET)).await.status, 503);
    house.close().await;
}

#[tokio::test]
async fn one_odd_character_costs_no_response() {
    let house = House::new().await;
    let mut odd = answers("half@applicant.example");
    odd["Nachricht"] = json!("bis bald @@");
    odd["Betrag"] = json!("##");
    let body = json!({"flowID": "Vho2vAPoENipbDaRusGU", "id": 17, "fields": odd}).to_string();
    let body = format!("\u{feff}{}", body.replace("@@", "\\ud83d").replace("\"##\"", "1e999"));
    let answer = house.receiver.receive(request(body.as_bytes(), SECRET)).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "queued"));
    let ended = house.until_quiet().await;
    assert_eq!(ended.iter().map(|ended| ended.outcome.word()).collect::<Vec<_>>(), ["done"]);
    house.close().await;
}

#[tokio::test]
async fn a_new_secret_counts_at_once_and_an_ended_one_within_a_minute() {
    let house = House::new().await;
    assert_eq!(house.deliver("r1", answers("one@applicant.example")).await.status, 200);
    house.pass(Duration::from_secs(10));
    house
        .set_secret(&json!({"webhook_secrets": [{"value": "a-new-secret-value"}], "personio_recruiting_token": "t"}))
        .await;

    let new = |body: &'static [u8]| house.receiver.receive(request(body, "a-new-secret-value"));
    assert_eq!(new(BODY).await.status, 200, "settings are read again before a 401");
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 401);
    house.take().await;
    house.set_secret(&house.secret("twin-recruiting-token")).await;
    house.pass(Duration::from_secs(60));
    purge(&house).await;
    house.close().await;
}

#[tokio::test]
async fn a_guesser_costs_no_reads() {
    let house = House::new().await;
    assert_eq!(house.receiver.receive(request(BODY, "guess-number-one")).await.status, 401);
    let before = house.reads();
    for _ in 0..20 {
        assert_eq!(house.receiver.receive(request(BODY, "guess-number-two")).await.status, 401);
    }
    assert_eq!(house.reads(), before);
    house.close().await;
}

#[tokio::test]
async fn a_queue_that_refuses_is_answered_with_503() {
    let mut house = House::new().await;
    house.receiver.queue = house.missing_queue();
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 503);
    house.close().await;
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_answered_with_503() {
    let house = House::new().await;
    house.configure("flow = 3").await;
    assert_eq!(house.receiver.receive(request(BODY, SECRET)).await.status, 503);
    house.close().await;
}

/// What the role of the receiver lets it reach is all that it reaches: the local AWS does not hold it to that.
#[tokio::test]
async fn it_reaches_only_its_part_of_the_table() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    house.proxy().watch(|_, _| None);
    for body in [BODY, b"{"] {
        house.receiver.receive(request(body, SECRET)).await;
    }
    reach::is_a_receivers(&house.proxy().calls());
    purge(&house).await;
    house.close().await;
}

/// Responses of this file are delivered to see the answer; what they would cause is another file's subject.
async fn purge(house: &House) {
    house.twins.personio().desk().reset();
    house.until_quiet().await;
    house.mails().await;
}
