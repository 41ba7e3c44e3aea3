//! What people do in the HQ, what the twin remembers of it, and answers that get lost.

use reqwest::Method;
use serde_json::{Value, json};
use twins::hellohq::{Act, Entry, Origin};

use crate::hellohq_stage::{AGENCY, Hq, ids, told, vacation, vacation_with};

async fn act(hq: &Hq, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
    let request = hq.0.client.request(method, hq.0.url(&format!("/hellohq/people{path}")));
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    told(request.send().await.unwrap()).await
}

#[tokio::test]
async fn what_is_entered_by_hand_is_told_apart_from_what_callers_write() {
    let hq = Hq::new();
    let entry = json!({
        "user_id": 12, "type": "SickLeave", "start": "2026-03-02T00:00:00", "end": "2026-03-03T00:00:00", "note": "flu",
    });
    assert_eq!(act(&hq, Method::POST, "/agency/absences", Some(entry)).await, (200, json!({"id": 50001})));
    let ours = hq.posted(&vacation()).await;
    let by_hand = hq.by_hand(Entry::new(11, "Vacation", "2026-03-02T00:00:00", "2026-03-03T00:00:00"));
    let standing = hq.twin().absences(AGENCY);
    let told: Vec<_> = standing.iter().map(|absence| (i64::from(absence.id), absence.entered_by)).collect();
    assert_eq!(told, [(50_001, Origin::Hand), (ours, Origin::Api), (by_hand, Origin::Hand)]);
    let (_, list) = hq.get("/v2/Absences?orderby=id").await;
    let by: Vec<_> = list.as_array().unwrap().iter().map(|row| (&row["createdBy"], &row["isApproved"])).collect();
    assert_eq!(json!(by), json!([[12, true], [0, false], [11, true]]), "callers can tell them apart only by createdBy");
    let calls = hq.0.state("hellohq").await["calls"].clone();
    assert_eq!(calls.as_array().unwrap().len(), 2, "what people do is no call");
}

#[tokio::test]
async fn what_callers_wrote_can_be_deleted_by_hand() {
    let hq = Hq::new();
    let (first, second) = (hq.posted(&vacation()).await, hq.posted(&vacation()).await);
    assert_eq!(act(&hq, Method::DELETE, &format!("/agency/absences/{first}"), None).await, (204, Value::Null));
    assert_eq!(act(&hq, Method::DELETE, &format!("/agency/absences/{first}"), None).await.0, 409);
    assert!(hq.twin().remove(AGENCY, i32::try_from(second).unwrap()));
    assert_eq!(hq.delete(first).await.0, 404);
    let history = hq.twin().history();
    let acts: Vec<_> = history.iter().map(|event| (event.act, event.by)).collect();
    assert_eq!(
        acts,
        [
            (Act::Created, Origin::Api),
            (Act::Created, Origin::Api),
            (Act::Deleted, Origin::Hand),
            (Act::Deleted, Origin::Hand),
        ]
    );
}

#[tokio::test]
async fn months_are_closed_and_opened() {
    let hq = Hq::new();
    let post = async || hq.post(&vacation()).await.0;
    assert_eq!(act(&hq, Method::PUT, "/agency/closed-months/2026-03", None).await.0, 204);
    assert_eq!(post().await, 400);
    let march = Entry::new(11, "Vacation", "2026-03-02T00:00:00", "2026-03-03T00:00:00");
    hq.by_hand(march);
    assert_eq!(hq.0.state("hellohq").await["accounts"]["agency"]["closed_months"], json!(["2026-03"]));
    assert_eq!(act(&hq, Method::DELETE, "/agency/closed-months/2026-03", None).await.0, 204);
    assert_eq!(post().await, 200);
    assert!(hq.twin().close_month(AGENCY, "2026-03".parse().unwrap()));
    assert_eq!(post().await, 400);
    assert!(hq.twin().open_month(AGENCY, "2026-03".parse().unwrap()));
    assert_eq!(post().await, 200);
    let (status, body) = act(&hq, Method::PUT, "/agency/closed-months/March", None).await;
    assert_eq!(status, 400);
    assert!(body["error"].as_str().unwrap().contains("a month is written 2026-03"), "{body}");
}

#[tokio::test]
async fn users_are_deactivated() {
    let hq = Hq::new();
    assert_eq!(act(&hq, Method::POST, "/agency/users/12/deactivate", None).await.0, 204);
    assert!(hq.twin().deactivate(AGENCY, 13));
    assert_eq!(hq.ids("/v2/Users", &[("filter", "isDeactivated eq true"), ("orderby", "id")]).await, [12, 13, 17]);
    assert_eq!(hq.get("/v2/Users/12").await.1["updatedOn"], "2026-03-01T10:00:00Z");
    assert_eq!(act(&hq, Method::POST, "/agency/users/99/deactivate", None).await.0, 409);
}

#[tokio::test]
async fn acts_that_make_no_sense_are_refused() {
    let hq = Hq::new();
    let entry = |kind: &str| Entry::new(11, kind, "2026-03-02T00:00:00", "2026-03-03T00:00:00");
    assert_eq!(hq.twin().enter("nobody", entry("Vacation")).unwrap_err(), "there is no account nobody");
    assert_eq!(hq.twin().enter(AGENCY, entry("Holiday")).unwrap_err(), "type: The value 'Holiday' is not valid.");
    assert!(!hq.twin().close_month("nobody", "2026-03".parse().unwrap()));
    assert!(!hq.twin().remove("nobody", 50_001) && !hq.twin().deactivate(AGENCY, 99));
    let wrong = json!({"userId": 11, "type": "Vacation", "start": "2026-03-02T00:00:00", "end": "2026-03-03T00:00:00"});
    assert_eq!(act(&hq, Method::POST, "/agency/absences", Some(wrong)).await.0, 400);
    let nobody =
        json!({"user_id": 99, "type": "Vacation", "start": "2026-03-02T00:00:00", "end": "2026-03-03T00:00:00"});
    assert_eq!(act(&hq, Method::POST, "/agency/absences", Some(nobody)).await.0, 409);
    assert!(hq.twin().history().is_empty());
}

#[tokio::test]
async fn the_state_shows_everything_but_tokens() {
    let hq = Hq::new();
    let id = hq.posted(&vacation_with(json!({"note": "n"}))).await;
    hq.later(60);
    hq.delete(id).await;
    let state = hq.0.state("hellohq").await;
    assert!(!state.to_string().contains("twin-hq-token"), "the token is never shown");
    assert_eq!(state["users"]["agency"]["16"]["e_mail_private"], "person-3006@home.example");
    assert_eq!(state["accounts"]["agency"]["page_cap"], 1000);
    let absence = json!({
        "account": "agency", "id": id, "user_id": 11, "type": "Vacation", "start": "2026-03-02T00:00:00",
        "end": "2026-03-03T00:00:00", "note": "n", "is_approved": false, "missed_days": 1.0, "entered_by": "api",
        "created_on": "2026-03-01T10:00:00Z", "deleted_on": "2026-03-01T10:01:00Z", "deleted": true,
    });
    assert_eq!(state["absences"], json!([absence]));
    let history = &state["history"];
    assert_eq!([&history[0]["act"], &history[1]["act"]], ["created", "deleted"]);
    assert_eq!((&history[0]["standing"][0]["id"], &history[1]["standing"]), (&json!(id), &json!([])));
    assert_eq!((&history[1]["at"], &history[1]["by"]), (&json!("2026-03-01T10:01:00Z"), &json!("api")));
}

#[tokio::test]
async fn the_history_tells_how_many_stood_during_a_replacement() {
    let hq = Hq::new();
    let noted = |end: &str| vacation_with(json!({"note": "Vacation [1a2b]", "end": end}));
    hq.by_hand(Entry::new(11, "Vacation", "2026-03-02T00:00:00", "2026-03-03T00:00:00"));
    let old = hq.posted(&noted("2026-03-03T00:00:00")).await;
    let new = hq.posted(&noted("2026-03-04T00:00:00")).await;
    hq.delete(old).await;
    hq.posted(&vacation_with(json!({"userId": 12, "note": "Vacation [1a2b]"}))).await;
    assert_eq!(hq.twin().stood(AGENCY, 11, "Vacation [1a2b]"), [1, 2, 1]);
    assert_eq!(hq.twin().stood(AGENCY, 11, "[1a2b]"), [1, 2, 1], "a part of the note will do");
    assert_eq!(hq.twin().stood(AGENCY, 11, ""), [1, 2, 3, 2], "all of the user's, entered by hand or not");
    hq.delete(new).await;
    hq.posted(&noted("2026-03-05T00:00:00")).await;
    assert_eq!(hq.twin().stood(AGENCY, 11, "[1a2b]"), [1, 2, 1, 0, 1], "deleted first: for a while there was none");
    assert_eq!(hq.twin().stood(AGENCY, 12, "[1a2b]"), [1]);
}

#[tokio::test]
async fn a_lost_answer_leaves_an_absence_that_can_be_found() {
    let hq = Hq::new();
    hq.faults(json!({"rules": [{"on": "POST /v2/Absences", "effect": {"drop_answer": true}}]})).await;
    let body = vacation_with(json!({"note": "Vacation [1a2b]"}));
    let lost = hq.call(Method::POST, "/v2/Absences").json(&body).send().await;
    assert!(!lost.unwrap_err().is_connect(), "it was sent, and the connection ended");
    let found = hq.ids("/v2/Absences", &[("filter", "userId eq 11 and note eq 'Vacation [1a2b]'")]).await;
    assert_eq!(found, [50_001]);
    hq.posted(&body).await;
    assert_eq!(hq.twin().absences(AGENCY).len(), 2, "nothing keeps a caller from writing it again");
}

#[tokio::test]
async fn a_lost_answer_to_a_deletion_reads_404_the_second_time() {
    let hq = Hq::new();
    let id = hq.posted(&vacation()).await;
    hq.faults(json!({"rules": [{"on": "DELETE /v2/Absences/*", "effect": {"drop_answer": true}}]})).await;
    assert!(hq.call(Method::DELETE, &format!("/v2/Absences/{id}")).send().await.is_err());
    assert_eq!(hq.delete(id).await.0, 404);
    assert_eq!(hq.twin().stood(AGENCY, 11, ""), [1, 0]);
}

#[tokio::test]
async fn requests_that_never_arrived_and_failing_servers_change_nothing() {
    let hq = Hq::new();
    hq.faults(json!({"rules": [
        {"on": "POST /v2/Absences", "effect": {"drop_request": true}},
        {"on": "POST /v2/Absences", "effect": {"status": 500}},
        {"on": "POST /v2/Absences", "effect": {"status": 502, "body": "<html>bad gateway</html>"}},
        {"on": "POST /v2/Absences", "effect": {"status": 503, "headers": {"retry-after": "7"}}},
    ]}))
    .await;
    assert!(hq.call(Method::POST, "/v2/Absences").json(&vacation()).send().await.is_err());
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(hq.post(&vacation()).await.0);
    }
    assert_eq!(seen, [500, 502, 503, 200]);
    assert_eq!(hq.twin().absences(AGENCY).len(), 1);
}

#[tokio::test]
async fn a_lost_answer_under_lag_is_found_only_later() {
    let hq = Hq::with(json!({"read_lag_seconds": 30})).await;
    hq.faults(json!({"rules": [{"on": "POST /v2/Absences", "effect": {"drop_answer": true}}]})).await;
    assert!(hq.call(Method::POST, "/v2/Absences").json(&vacation()).send().await.is_err());
    assert_eq!(hq.get("/v2/Absences").await.1, json!([]));
    hq.later(30);
    assert_eq!(ids(&hq.get("/v2/Absences").await.1), [50_001]);
}
