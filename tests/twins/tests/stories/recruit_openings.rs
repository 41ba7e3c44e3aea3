//! Openings of Recruit, what recruiters do with them, and the careers feed.

use reqwest::Method;
use serde_json::{Value, json};
use twins::recruit::{Act, Object, Origin, SEED_ACCOUNT, Status};

use crate::recruit_stage::{Desk, opening_with, position, position_with};
use crate::scim_stage::told;

#[tokio::test]
async fn an_opening_is_made_for_a_position() {
    let desk = Desk::new();
    let uid = desk.made(&position()).await;
    let body = opening_with(
        json!({"position_uid": uid, "approval_status": "APPROVED", "time_approved": "2026-02-28T09:00:00Z",
        "time_expected_hire": "2026-05-01", "custom_fields": {"Note": "x"}}),
    );
    let (status, answer) = desk.send(Method::POST, "/openings/", &body).await;
    assert_eq!((status, answer["status"].as_str(), answer["headcount"].as_u64()), (201, Some("Open"), Some(1)));
    assert_eq!(answer["approval_process"]["status"], "APPROVED");
    assert_eq!(answer["time_opened"], "2026-03-01T10:00:00Z");
    assert_eq!(desk.openings_of(&uid).len(), 2, "the default one and this");
    let missing = opening_with(json!({"position_uid": "3A.999"}));
    let missing = desk.request(Method::POST, "/openings/").json(&missing).send().await.unwrap();
    assert_eq!((missing.status().as_u16(), missing.text().await.unwrap().as_str()), (404, "Position not found"));
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let desk = Desk::new();
    let uid = desk.made(&position()).await;
    for members in [
        json!({"name": null}),
        json!({"time_expected_hire": null}),
        json!({"time_expected_hire": "May"}),
        json!({"time_expected_hire": "2026-05-01T00:00:00+02:00"}),
        json!({"reason": null}),
        json!({"reason": "new"}),
        json!({"status": null}),
        json!({"status": "Open"}),
        json!({"approval_status": "APPROVED"}),
        json!({"approval_status": "NA"}),
        json!({"custom_fields": {"Unknown": "x"}}),
        json!({"headcount": 2}),
        json!({"position_uid": null}),
    ] {
        let mut body = opening_with(json!({"position_uid": uid}));
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let (status, answer) = desk.send(Method::POST, "/openings/", &body).await;
        assert_eq!(status, 400, "{members}: {answer}");
    }
    assert_eq!(desk.openings_of(&uid).len(), 1);
}

#[tokio::test]
async fn without_an_approval_an_opening_may_wait() {
    let desk = Desk::with(json!({"approval_mandatory": true})).await;
    let uid = desk.made(&position()).await;
    assert_eq!(desk.openings_of(&uid)[0].status, Status::Pending);
    let waits = opening_with(json!({"position_uid": uid}));
    assert_eq!(desk.send(Method::POST, "/openings/", &waits).await.1["status"], "Pending");
    let approved = opening_with(
        json!({"position_uid": uid, "approval_status": "APPROVED", "time_approved": "2026-02-28T09:00:00Z"}),
    );
    assert_eq!(desk.send(Method::POST, "/openings/", &approved).await.1["status"], "Open");
}

#[tokio::test]
async fn openings_are_not_read_or_changed_unless_a_switch_says_so() {
    let desk = Desk::new();
    let uid = desk.made(&position()).await;
    let opening = desk.openings_of(&uid).remove(0).uid;
    let (list, one) = (format!("/openings?position_uid={uid}"), format!("/openings/{opening}"));
    for (method, path) in [(Method::GET, &list), (Method::GET, &one), (Method::PATCH, &one), (Method::DELETE, &one)] {
        let (status, page) = desk.text(method.clone(), path).await;
        assert!(status == 404 && page.contains("<html>"), "{method} {path}: {page}");
    }
    desk.quirks(|quirks| quirks.openings_api = true);
    assert_eq!(desk.get(&list).await.1["openings"][0]["uid"], opening);
    assert_eq!(desk.get(&one).await.0, 200);
    let change = json!({"name": "O-7", "time_expected_hire": "2026-06-01", "status": "CANCELED", "custom_fields": {"Note": "gone"}});
    let (status, answer) = desk.send(Method::PATCH, &one, &change).await;
    assert_eq!((status, answer["status"].as_str(), answer["name"].as_str()), (200, Some("Canceled"), Some("O-7")));
    assert_eq!(
        desk.send(Method::PATCH, &one, &json!({"reason": "Temporary replacement"})).await.1["custom_fields"]["Note"],
        "gone"
    );
    for wrong in [json!({"status": "Canceled"}), json!({"position_uid": uid}), json!({"custom_fields": {"Unknown": 1}})]
    {
        assert_eq!(desk.send(Method::PATCH, &one, &wrong).await.0, 400, "{wrong}");
    }
    assert_eq!(desk.text(Method::DELETE, &one).await.0, 204);
    assert_eq!(desk.text(Method::DELETE, &one).await, (404, "Opening not found".to_owned()));
    assert!(desk.openings_of(&uid).is_empty());
    assert_eq!(desk.get("/openings").await.0, 400, "position_uid is required");
}

#[tokio::test]
async fn recruiters_do_as_they_like() {
    let desk = Desk::new();
    let (status, made) = desk.act(Method::POST, "/positions", json!({"name": "By hand", "department": "Sales"})).await;
    let position = made["uid"].as_str().unwrap();
    assert_eq!((status, desk.openings_of(position)[0].entered_by), (200, Origin::Hand));
    let (_, added) = desk.act(Method::POST, &format!("/positions/{position}/openings"), json!({"name": "Extra"})).await;
    let path = format!("/openings/{}", added["uid"].as_str().unwrap());
    assert_eq!(
        desk.act(Method::PATCH, &path, json!({"time_expected_hire": "2026-07-01", "status": "Pending"})).await.0,
        204
    );
    assert_eq!(desk.act(Method::POST, &format!("{path}/hire"), json!({"candidate_uid": "C1.001"})).await.0, 204);
    let hired = desk.openings_of(position).remove(1);
    assert_eq!(
        (hired.status, hired.hired_candidate_uid.as_deref(), hired.name.as_str()),
        (Status::Hired, Some("C1.001"), "Extra")
    );
    assert_eq!(desk.act(Method::PATCH, &format!("/positions/{position}"), json!({"status": "on hold"})).await.0, 204);
    let held = desk.twin().position(SEED_ACCOUNT, position).unwrap();
    assert_eq!((held.status(), held.changed_by), ("on hold", Origin::Hand));
    assert_eq!(desk.act(Method::DELETE, &path, Value::Null).await.0, 204);
    assert_eq!(desk.act(Method::DELETE, &format!("/positions/{position}"), Value::Null).await.0, 204);
    for (method, path) in [(Method::DELETE, path.as_str()), (Method::DELETE, "/positions/3A.999")] {
        assert_eq!(desk.act(method, path, Value::Null).await.0, 409, "{path}");
    }
    assert_eq!(desk.act(Method::PATCH, &path, json!({"title": "x"})).await.0, 400);
    let history = desk.twin().history(SEED_ACCOUNT);
    let deleted = history.iter().filter(|event| event.act == Act::Deleted && event.object == Object::Opening);
    assert_eq!(deleted.count(), 2);
    assert_eq!(desk.0.state("recruit").await["calls"], json!([]), "what people do is no call");
}

#[tokio::test]
async fn the_careers_feed_shows_what_is_published() {
    let desk = Desk::new();
    desk.made(&position()).await;
    let published = json!({"name": "Host", "is_published": true, "location": {"uid": "11.A02"}});
    desk.act(Method::POST, "/positions", published).await;
    let feed = async |company: &str, token: &str| {
        let url = desk.0.url(&format!("/recruit/careers-api/2.0/company/{company}/positions?token={token}"));
        told(desk.0.client.get(url).send().await.unwrap()).await
    };
    let (status, positions) = feed("30.005", "twin-careers-token").await;
    assert_eq!((status, positions.as_array().unwrap().len()), (200, 1));
    assert_eq!(positions[0]["location"]["location_uid"], "11.A02");
    assert_eq!(feed("30.005", "guessed").await.0, 401);
    assert_eq!(feed("30.005", "").await.0, 401);
    assert_eq!(feed("30.006", "twin-careers-token").await.0, 401);
    let uid = desk.made(&position_with(json!({"location": {"uid": "11.A01"}}))).await;
    desk.act(Method::PATCH, &format!("/positions/{uid}"), json!({"is_published": true, "status": "closed"})).await;
    assert_eq!(feed("30.005", "twin-careers-token").await.1.as_array().unwrap().len(), 1);
}
