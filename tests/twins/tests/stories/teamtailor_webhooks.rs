//! Company webhooks, and the people whose acts they tell.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};
use twins::teamtailor::{Edit, SignatureScheme, Webhook};

use crate::receiver::Receiver;
use crate::teamtailor_stage::{AGENCY, Teamtailor, mia};

const EVENTS: [&str; 6] = [
    "candidate.create",
    "candidate.update",
    "candidate.destroy",
    "job_application.create",
    "job_application.update",
    "job_application.destroy",
];

fn hook(url: &str, scheme: SignatureScheme) -> Webhook {
    Webhook {
        url: url.to_owned(),
        key: "test-secret".to_owned(),
        scheme,
        events: EVENTS.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// With a webhook that is told everything.
async fn hooked(receiver: &Receiver, answers: &[u16], scheme: SignatureScheme) -> Teamtailor {
    let url = receiver.start(answers).await;
    Teamtailor::with(|account| account.webhooks = vec![hook(&url, scheme)])
}

fn names(receiver: &Receiver) -> Vec<String> {
    receiver.bodies().iter().map(|body| body["payload"]["event_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn people_apply_move_and_go_and_nothing_is_tried_again() {
    let receiver = Receiver::default();
    let teamtailor = hooked(&receiver, &[500], SignatureScheme::V2).await;
    let office = teamtailor.office();
    let applied = teamtailor.applied().await;
    office.move_to(applied.application, 52).await.unwrap();
    assert!(office.move_to(applied.application, 99).await.is_err());
    office.fill(applied.candidate, "oneflow-city", &json!(["Berlin"])).await.unwrap();
    office.reject(applied.application).await.unwrap();
    office.remove(applied.candidate).await.unwrap();
    let told = [
        "candidate.create",
        "job_application.create",
        "job_application.update",
        "candidate.update",
        "job_application.update",
        "job_application.destroy",
        "candidate.destroy",
    ];
    assert_eq!(names(&receiver), told, "the first one was answered 500 and is not sent again");
    let moved = &receiver.bodies()[2]["payload"]["data"];
    assert_eq!(
        (&moved["id"], &moved["attributes"]["stage_name"]),
        (&json!(applied.application.to_string()), &json!("Offer"))
    );
    assert!(moved["attributes"]["candidate_id"].is_null() && moved["attributes"]["stage_id"].is_null());
    assert_eq!(teamtailor.get(&format!("/candidates/{}", applied.candidate)).await.0, 404);
}

#[tokio::test]
async fn both_schemes_sign_as_documented() {
    let receiver = Receiver::default();
    let teamtailor = hooked(&receiver, &[], SignatureScheme::V2).await;
    let applied = teamtailor.applied().await;
    let (_, headers, body) = receiver.last();
    let decoded = STANDARD.decode(headers["tt-signature"].as_bytes()).unwrap();
    assert!(String::from_utf8(decoded).unwrap().starts_with("t=1772359200,v2="));
    assert!(!body.contains("signature"));
    teamtailor.change(|account| account.webhooks[0].scheme = SignatureScheme::V1);
    teamtailor.office().edit(applied.candidate, Edit { phone: Some(String::new()), ..Edit::default() }).await.unwrap();
    let (_, headers, body) = receiver.last();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["signature"].as_str().unwrap(), headers["tt-signature"]);
    assert_eq!(STANDARD.decode(headers["tt-signature"].as_bytes()).unwrap().len(), 64);
}

#[tokio::test]
async fn a_callers_own_write_echoes() {
    let receiver = Receiver::default();
    let teamtailor = hooked(&receiver, &[], SignatureScheme::V2).await;
    let applied = teamtailor.applied().await;
    teamtailor.change(|account| account.modes.hold = true);
    teamtailor.value(applied.candidate, 72, json!(["901"])).await;
    let letters = teamtailor.twin().take_due(AGENCY);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].body.contains("candidate.update") && letters[0].headers[0].0 == "TT-Signature");
    assert!(teamtailor.twin().take_due(AGENCY).is_empty());
    teamtailor.change(|account| (account.modes.hold, account.modes.lost) = (false, true));
    teamtailor.office().move_to(applied.application, 52).await.unwrap();
    assert_eq!(names(&receiver).len(), 2, "held letters were taken, lost ones never were");
}

#[tokio::test]
async fn the_doors_do_the_same() {
    let receiver = Receiver::default();
    let teamtailor = hooked(&receiver, &[], SignatureScheme::V2).await;
    teamtailor.change(|account| account.modes.hold = true);
    let who = json!({"first_name": "Mia", "last_name": "Berg", "email": "mia@people.example", "phone": "1"});
    let (status, applied) = teamtailor.act(Method::POST, "/applications", &json!({"job": 41, "candidate": who})).await;
    assert_eq!(status, 200, "{applied}");
    let (candidate, application) = (&applied["candidate"], &applied["application"]);
    for (method, path, body) in [
        (Method::PUT, format!("/applications/{application}/stage"), json!({"stage": 52})),
        (Method::PATCH, format!("/candidates/{candidate}"), json!({"last_name": "Holm"})),
        (Method::PUT, format!("/candidates/{candidate}/fields/oneflow-city"), json!({"value": ["Berlin"]})),
        (Method::POST, "/deliveries/release".to_owned(), json!({"order": [3, 1]})),
        (Method::POST, format!("/applications/{application}/reject"), Value::Null),
        (Method::DELETE, format!("/applications/{application}"), Value::Null),
        (Method::DELETE, format!("/candidates/{candidate}"), Value::Null),
    ] {
        let answer = teamtailor.act(method, &path, &body).await;
        assert_eq!(answer.0, 204, "{path}: {}", answer.1);
    }
    assert_eq!(names(&receiver), ["job_application.update", "candidate.create"]);
    assert_eq!(teamtailor.act(Method::DELETE, &format!("/candidates/{candidate}"), &Value::Null).await.0, 409);
    let text = teamtailor.0.state("teamtailor").await.to_string();
    assert!(!text.contains("twin-teamtailor-key") && !text.contains("test-secret"));
}

#[tokio::test]
async fn recruiters_are_bound_too() {
    let teamtailor = Teamtailor::new();
    let (office, applied) = (teamtailor.office(), teamtailor.applied().await);
    let again = office.apply(41, mia()).await.unwrap();
    assert_eq!(again.candidate, applied.candidate, "known by the address");
    assert!(office.apply(99, mia()).await.is_err());
    assert!(office.fill(applied.candidate, "oneflow-city", &json!(["Oslo"])).await.is_err());
    assert!(office.fill(applied.candidate, "oneflow-start-date", &json!("soon")).await.is_err());
    office.fill(applied.candidate, "oneflow-city", &json!(["Berlin"])).await.unwrap();
    assert_eq!(teamtailor.twin().value(AGENCY, applied.candidate, "oneflow-city"), json!(["Berlin"]));
    office.fill(applied.candidate, "oneflow-city", &Value::Null).await.unwrap();
    assert_eq!(teamtailor.twin().value(AGENCY, applied.candidate, "oneflow-city"), Value::Null);
}
