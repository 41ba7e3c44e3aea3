//! Positions of Recruit: made, cloned, changed, read.

use reqwest::Method;
use serde_json::{Value, json};
use twins::recruit::{CustomId, Origin, PositionStatus, SEED_ACCOUNT, SEED_TEMPLATE, Visible};

use crate::recruit_stage::{Desk, opening, opening_with, position, position_with};

#[tokio::test]
async fn a_position_without_openings_gets_one() {
    let desk = Desk::new();
    let uid = desk.made(&position()).await;
    let openings = desk.openings_of(&uid);
    assert_eq!((openings.len(), openings[0].entered_by), (1, Origin::Recruit));
    assert_eq!((openings[0].name.as_str(), openings[0].time_expected_hire.clone()), ("Account manager", None));
    let uid = desk.made(&position_with(json!({"openings": [opening(), opening_with(json!({"name": "O-2"}))]}))).await;
    let names: Vec<_> = desk.openings_of(&uid).into_iter().map(|opening| (opening.name, opening.entered_by)).collect();
    assert_eq!(names, [("O-1".to_owned(), Origin::Api), ("O-2".to_owned(), Origin::Api)]);
    let empty = position_with(json!({"openings": []}));
    assert_eq!(desk.openings_of(&desk.made(&empty).await).len(), 1);
    desk.quirks(|quirks| quirks.empty_openings_make_none = true);
    assert!(desk.openings_of(&desk.made(&empty).await).is_empty());
}

#[tokio::test]
async fn the_answer_may_show_the_openings() {
    let desk = Desk::new();
    let (_, answer) = desk.send(Method::POST, "/positions/", &position()).await;
    assert!(answer.get("openings").is_none(), "{answer}");
    desk.quirks(|quirks| quirks.answers_openings = true);
    let (_, answer) = desk.send(Method::POST, "/positions/", &position()).await;
    let held = desk.openings_of(answer["uid"].as_str().unwrap());
    assert_eq!(answer["openings"][0]["uid"], held[0].uid);
    assert_eq!(answer["openings"][0]["status"], "Open");
}

#[tokio::test]
async fn everything_that_is_documented_is_taken_and_told() {
    let desk = Desk::new();
    let body = position_with(json!({
        "department": "Sales", "employment_type": "Permanent", "experience_level": "Senior", "is_talent_pool": false,
        "location": {"uid": "11.A01"}, "salary_range": {"min": 1, "max": 2, "currency_code": "EUR", "period": "monthly"},
        "categories": [{"name": "Cost code", "value": "A1"}], "details": [{"name": "Description", "value": "<p>x</p>"}],
        "users": {"hiring_manager": {"email": "OMER@planning.example"}}, "openings": [opening()],
    }));
    let uid = desk.made(&body).await;
    let (status, told) = desk.get(&format!("/positions/{uid}")).await;
    assert_eq!((status, told["location"]["city"].as_str()), (200, Some("Berlin")));
    assert_eq!(told["users"]["hiring_manager"]["name"], "Omer Sample");
    assert_eq!(told["time_created"], "2026-03-01T10:00:00Z");
    for member in ["department", "employment_type", "salary_range", "categories", "details"] {
        assert_eq!(told[member], body[member], "{member}");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let desk = Desk::new();
    for members in [
        json!({"name": null}),
        json!({"name": " "}),
        json!({"status": null}),
        json!({"status": "Open"}),
        json!({"is_discreet": null}),
        json!({"is_discreet": "false"}),
        json!({"title": "x"}),
        json!({"location": {"uid": "99.999"}}),
        json!({"location": {"name": "Berlin"}}),
        json!({"salary_range": {"period": "monhtly"}}),
        json!({"categories": [{"name": "Unknown", "value": "x"}]}),
        json!({"details": [{"name": "Description"}]}),
        json!({"users": {"recruiter": {"email": "omer@planning.example"}}}),
        json!({"users": {"hiring_manager": {"email": "nobody@planning.example"}}}),
        json!({"internal_use_custom_id": "P-1"}),
        json!({"openings": [opening_with(json!({"position_uid": "3A.901"}))]}),
        json!({"openings": [opening_with(json!({"reason": null}))]}),
        json!({"openings": opening()}),
    ] {
        let (status, answer) = desk.send(Method::POST, "/positions/", &position_with(members.clone())).await;
        assert_eq!(status, 400, "{members}: {answer}");
    }
    assert_eq!(desk.twin().positions(SEED_ACCOUNT).len(), 1, "the template alone");
    let text = desk.request(Method::POST, "/positions/").header("content-type", "text/plain").body("{}");
    assert_eq!(text.send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn the_earliest_owner_takes_a_role_as_fallback() {
    let desk = Desk::new();
    let unknown = json!({"users": {"hiring_manager": {"email": "nobody@planning.example"}}, "allow_fallback": true});
    let uid = desk.made(&position_with(unknown)).await;
    let manager = |uid: &str| {
        desk.twin().position(SEED_ACCOUNT, uid).unwrap().members["users"]["hiring_manager"]["email"].clone()
    };
    assert_eq!(manager(&uid), "owner@planning.example");
    desk.quirks(|quirks| quirks.manager_required = true);
    assert_eq!(desk.send(Method::POST, "/positions/", &position()).await.0, 400);
    let uid = desk.made(&position_with(json!({"allow_fallback": true}))).await;
    assert_eq!(manager(&uid), "owner@planning.example");
}

#[tokio::test]
async fn a_template_is_cloned() {
    let desk = Desk::new();
    let body = position_with(json!({"copy_assignees": true, "openings": [opening()]}));
    let (status, answer) = desk.send(Method::POST, &format!("/positions/{SEED_TEMPLATE}/clone"), &body).await;
    assert_eq!(
        (status, answer["name"].as_str(), answer["is_template"].as_bool()),
        (201, Some("Account manager"), Some(false))
    );
    assert_eq!(answer["details"][0]["name"], "Description");
    let uid = answer["uid"].as_str().unwrap();
    let held = desk.twin().position(SEED_ACCOUNT, uid).unwrap();
    assert_eq!((held.cloned_from.as_deref(), desk.openings_of(uid).len()), (Some(SEED_TEMPLATE), 1));
    assert_eq!(desk.send(Method::POST, &format!("/positions/{uid}/clone"), &body).await.0, 400, "no template");
    let without = desk.send(Method::POST, &format!("/positions/{SEED_TEMPLATE}/clone"), &position()).await;
    assert_eq!(without.0, 400, "copy_assignees is required");
    let body = body.to_string();
    let missing =
        desk.request(Method::POST, "/positions/3A.999/clone").header("content-type", "application/json").body(body);
    assert_eq!(missing.send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn an_update_changes_what_it_names() {
    let desk = Desk::new();
    let uid = desk.made(&position_with(json!({"department": "Sales"}))).await;
    let path = format!("/position/{uid}");
    let (status, answer) = desk.send(Method::PATCH, &path, &json!({"name": "Lead"})).await;
    assert_eq!((status, answer["name"].as_str(), answer["department"].as_str()), (200, Some("Lead"), Some("Sales")));
    assert_eq!(desk.send(Method::PATCH, &path, &json!({"status": "closed"})).await.0, 400);
    assert_eq!(desk.send(Method::PATCH, &path, &json!({"openings": []})).await.0, 400);
    desk.quirks(|quirks| quirks.position_status = PositionStatus::Taken);
    assert_eq!(desk.send(Method::PATCH, &path, &json!({"status": "closed"})).await.1["status"], "closed");
    let (status, page) = desk.text(Method::PATCH, &format!("/positions/{uid}")).await;
    assert!(status == 405 && page.contains("<html>"), "the path of an update is singular");
}

#[tokio::test]
async fn a_custom_id_is_refused_kept_or_forgotten() {
    let desk = Desk::new();
    let body = position_with(json!({"internal_use_custom_id": "P-1"}));
    desk.quirks(|quirks| quirks.custom_id = CustomId::Kept);
    let kept = desk.made(&body).await;
    assert_eq!(desk.get(&format!("/positions/{kept}")).await.1["internal_use_custom_id"], "P-1");
    desk.quirks(|quirks| quirks.custom_id = CustomId::Ignored);
    let forgotten = desk.made(&body).await;
    assert_eq!(desk.get(&format!("/positions/{forgotten}")).await.1["internal_use_custom_id"], Value::Null);
}

#[tokio::test]
async fn positions_come_in_pages() {
    let desk = Desk::new();
    for number in 0..4 {
        desk.made(&position_with(json!({"name": format!("P{number}")}))).await;
    }
    desk.made(&position_with(json!({"name": "Shut", "status": "closed"}))).await;
    let (mut path, mut names) = (format!("{}?status=open&limit=2", desk.0.url("/recruit/positions")), Vec::new());
    let bearer = crate::recruit_stage::token("twin-recruit-secret", "twin-recruit-key", crate::recruit_stage::NOW + 1);
    loop {
        let page = desk.0.client.get(&path).bearer_auth(&bearer).send().await.unwrap().json::<Value>().await.unwrap();
        names.extend(page["positions"].as_array().unwrap().iter().map(|position| position["name"].clone()));
        match page.get("next_page") {
            Some(next) => path = next.as_str().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(json!(names), json!(["Template", "P0", "P1", "P2", "P3"]));
    desk.quirks(|quirks| (quirks.page_cap, quirks.last_page) = (3, twins::recruit::LastPage::Null));
    let (_, page) = desk.get("/positions").await;
    assert_eq!(page["positions"].as_array().unwrap().len(), 3);
    let (_, page) = desk.get("/positions?page=3").await;
    assert_eq!(page.get("next_page"), Some(&Value::Null));
    for query in ["limit=0", "limit=501", "page=x", "offset=1"] {
        assert_eq!(desk.get(&format!("/positions?{query}")).await.0, 400, "{query}");
    }
}

#[tokio::test]
async fn the_app_may_not_see_what_it_made() {
    let desk = Desk::new();
    desk.change(|account| account.visible = Visible::Published);
    let uid = desk.made(&position()).await;
    let path = format!("/positions/{uid}");
    assert_eq!(desk.text(Method::GET, &path).await, (404, "Position not found".to_owned()));
    assert_eq!(desk.get("/positions").await.1["positions"], json!([]));
    assert_eq!(desk.act(Method::PATCH, &path, json!({"is_published": true})).await.0, 204);
    assert_eq!(desk.get(&path).await.0, 200);
    desk.change(|account| account.visible = Visible::NonDiscreet);
    let discreet = desk.made(&position_with(json!({"is_discreet": true}))).await;
    assert_eq!(desk.text(Method::GET, &format!("/positions/{discreet}")).await.0, 404);
}
