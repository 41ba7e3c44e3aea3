//! What people do in Oneflow, in process and through the doors.

use reqwest::Method;
use serde_json::{Value, json};
use twins::oneflow::{Edit, SignState, State};

use crate::oneflow_stage::{AGENCY, CANDIDATE, Oneflow, draft, draft_with};

const RECRUITER: &str = "recruiter@agency.example";

#[tokio::test]
async fn one_signature_is_not_all() {
    let oneflow = Oneflow::new();
    let (id, office) = (oneflow.published().await, oneflow.office());
    assert!(office.sign(id, Some("x@people.example")).await.is_err());
    office.open(id, CANDIDATE).await.unwrap();
    office.edit_field(id, "oneflow-city", "Malmö", Some(CANDIDATE)).await.unwrap();
    office.sign(id, Some(CANDIDATE)).await.unwrap();
    let held = oneflow.twin().contract(AGENCY, id).unwrap();
    assert_eq!(held.participant(CANDIDATE).unwrap().sign_state, SignState::Signed);
    assert_eq!((held.state, held.value("oneflow-city")), (State::Pending, Some("Malmö")));
    assert!(office.sign(id, Some(CANDIDATE)).await.is_err(), "nobody signs twice");
    office.sign(id, Some(RECRUITER)).await.unwrap();
    assert_eq!(oneflow.contract(id).await["state"], "signed");
    assert!(office.decline(id, CANDIDATE).await.is_err());
    assert!(office.edit_field(id, "oneflow-city", "Lund", None).await.is_err());
}

#[tokio::test]
async fn whoever_is_no_signatory_can_read_but_not_sign() {
    let oneflow = Oneflow::new();
    let reader = json!([{"type": "individual", "participant": {"name": "Mia Berg", "email": CANDIDATE}}]);
    let (_, made) = oneflow.send(Method::POST, "/contracts/create", &draft_with(json!({"parties": reader}))).await;
    let id = made["id"].as_i64().unwrap();
    oneflow.publish(id).await;
    let office = oneflow.office();
    assert!(office.sign(id, Some(CANDIDATE)).await.is_err());
    assert!(office.edit_field(id, "oneflow-city", "Lund", Some(CANDIDATE)).await.is_err());
    let party = &made["parties"][1];
    let path = format!("/contracts/{id}/parties/{}/participants/{}", party["id"], party["participant"]["id"]);
    let (status, mended) = oneflow.send(Method::PUT, &path, &json!({"signatory": true})).await;
    assert_eq!((status, &mended["_permissions"]["contract:update"]), (200, &json!(true)));
    office.sign(id, Some(CANDIDATE)).await.unwrap();
}

#[tokio::test]
async fn contracts_are_declined_expire_bounce_and_go() {
    let oneflow = Oneflow::new();
    let office = oneflow.office();
    let ends = [oneflow.published().await, oneflow.published().await, oneflow.published().await];
    office.decline(ends[0], CANDIDATE).await.unwrap();
    office.expire(ends[1]).await.unwrap();
    office.bounce(ends[2], CANDIDATE).await.unwrap();
    office.delete(ends[2]).await.unwrap();
    assert_eq!(oneflow.contract(ends[0]).await["state"], "declined");
    let overdue = oneflow.contract(ends[1]).await;
    assert_eq!(overdue["state"], "overdue");
    assert!(office.sign(ends[1], None).await.is_err());
    assert_eq!(oneflow.get(&format!("/contracts/{}", ends[2])).await.0, 404);
}

#[tokio::test]
async fn the_doors_do_the_same() {
    let oneflow = Oneflow::new();
    let by_hand = json!({"by": RECRUITER, "contract": draft(), "publish": true});
    let (status, made) = oneflow.act(Method::POST, "/contracts", &by_hand).await;
    let id = made["id"].as_i64().unwrap();
    assert_eq!((status, oneflow.twin().invitations(AGENCY, id, CANDIDATE)), (200, 1));
    assert!(!oneflow.twin().contract(AGENCY, id).unwrap().by_api);
    let path = |act: &str| format!("/contracts/{id}{act}");
    let by = json!({"by": CANDIDATE});
    for (method, act, body) in [
        (Method::POST, "/open", by.clone()),
        (Method::PUT, "/fields/oneflow-city", json!({"value": "Lund", "by": CANDIDATE})),
        (Method::PATCH, "/participants/mia@people.example", json!({"name": "Mia Holm"})),
        (Method::POST, "/bounce", json!({"to": CANDIDATE})),
        (Method::POST, "/announce", json!({"type": "product:create"})),
        (Method::POST, "/sign", by),
        (Method::POST, "/sign", json!({"by": null})),
    ] {
        let answer = oneflow.act(method, &path(act), &body).await;
        assert_eq!(answer.0, 204, "{act}: {}", answer.1);
    }
    let held = oneflow.twin().contract(AGENCY, id).unwrap();
    assert_eq!((held.state, held.participant(CANDIDATE).unwrap().name.as_str()), (State::Signed, "Mia Holm"));
    assert_eq!(oneflow.act(Method::POST, &path("/expire"), &Value::Null).await.0, 409);
    assert_eq!(oneflow.act(Method::POST, &path("/decline"), &json!({"who": "x"})).await.0, 400);
    assert_eq!(oneflow.act(Method::POST, &path("/publish"), &Value::Null).await.0, 409);
    assert_eq!(oneflow.act(Method::DELETE, &path(""), &Value::Null).await.0, 204);
    let state = oneflow.0.state("oneflow").await;
    assert!(!state.to_string().contains("twin-oneflow-token"));
    assert_eq!(state["mails"][AGENCY].as_array().unwrap().len(), 2);
    assert_eq!(state["calls"].as_array().unwrap().len(), 0, "what people do is no call");
}

#[tokio::test]
async fn an_edited_participant_keeps_what_is_left_out() {
    let oneflow = Oneflow::new();
    let id = oneflow.drafted().await;
    let edit = Edit { phone_number: Some("+46 70 765 43 21".to_owned()), ..Edit::default() };
    oneflow.office().edit_participant(id, CANDIDATE, &edit).await.unwrap();
    let held = oneflow.twin().contract(AGENCY, id).unwrap();
    let one = held.participant(CANDIDATE).unwrap();
    assert_eq!((one.name.as_str(), one.phone_number.as_str(), one.signatory), ("Mia Berg", "+46 70 765 43 21", true));
    let wrong = Edit { phone_number: Some("070".to_owned()), ..Edit::default() };
    assert!(oneflow.office().edit_participant(id, CANDIDATE, &wrong).await.is_err());
}
