//! Who may call Recruit, what wrong paths look like, and how a refusal is told.

use reqwest::Method;
use serde_json::{Value, json};
use twins::recruit::{Account, Limit, LimitForm, Right, SEED_API_KEY, SEED_SECRET};

use crate::recruit_stage::{Desk, NOW, position, token};
use crate::scim_stage::told;

async fn status(desk: &Desk, authorization: &str) -> u16 {
    let request = desk.0.client.get(desk.0.url("/recruit/positions")).header("authorization", authorization);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_token_is_checked_in_every_part() {
    let desk = Desk::new();
    let bearer = |secret: &str, issuer: &str, expiry: i64| format!("Bearer {}", token(secret, issuer, expiry));
    assert_eq!(status(&desk, &bearer(SEED_SECRET, SEED_API_KEY, NOW + 1)).await, 200);
    let good = bearer(SEED_SECRET, SEED_API_KEY, NOW + 600);
    let other_claims = bearer("guessed", SEED_API_KEY, NOW + 900);
    let mixed = format!("{}.{}", other_claims.rsplit_once('.').unwrap().0, good.rsplit_once('.').unwrap().1);
    for wrong in [
        bearer("guessed", SEED_API_KEY, NOW + 600),
        bearer(SEED_SECRET, "guessed", NOW + 600),
        bearer(SEED_SECRET, SEED_API_KEY, NOW),
        bearer(SEED_SECRET, SEED_API_KEY, NOW + 86_400),
        good.replace("Bearer ", "Basic "),
        "Bearer nonsense".to_owned(),
        mixed,
    ] {
        assert_eq!(status(&desk, &wrong).await, 401, "{wrong}");
    }
}

#[tokio::test]
async fn the_worked_example_is_let_in() {
    let desk = Desk::new();
    let account = json!({"secret": "test-secret", "api_key": "test-key", "company_uid": "30.006"});
    let url = desk.0.url("/_twin/recruit/accounts/other");
    assert_eq!(desk.0.client.put(url).json(&account).send().await.unwrap().status(), 204);
    twins::Vendor::desk(desk.twin()).clock().set("2025-12-31T23:59:59Z".parse().unwrap());
    let example = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0ZXN0LWtleSIsImV4cCI6MTc2NzIyNTYwMH0.Ig4SR4SWAvx66WTwTrobwisz1gv1NcksqmEIdMA-V6A";
    assert_eq!(status(&desk, example).await, 200);
    assert!(!desk.0.state("recruit").await["accounts"].to_string().contains("test-secret"));
}

#[tokio::test]
async fn a_wrong_path_is_a_page() {
    let desk = Desk::new();
    for (method, path, expected) in [
        (Method::GET, "/jobs", 404),
        (Method::GET, "/positions/3A.901/", 404),
        (Method::POST, "/openings/3A.901/cancel", 404),
        (Method::GET, "/positions/", 405),
        (Method::GET, "/openings/", 405),
        (Method::POST, "/positions", 405),
        (Method::GET, "/position/3A.901", 405),
    ] {
        let answer = desk.request(method.clone(), path).send().await.unwrap();
        assert_eq!(answer.status(), expected, "{method} {path}");
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/html"), "{method} {path}");
    }
    assert_eq!(desk.text(Method::GET, "/positions/3A.999").await, (404, "Position not found".to_owned()));
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let desk = Desk::new();
    desk.change(|account| account.rights = [Right::PositionsRetrieve, Right::PositionsCreate].into());
    let (status, answer) = desk.send(Method::POST, "/openings/", &json!({})).await;
    assert_eq!((status, answer), (403, json!({"message": "The app has no permission for Openings: create"})));
    let mut body = position();
    body["salary_range"] = json!({"min": 1});
    assert_eq!(desk.send(Method::POST, "/positions/", &body).await.0, 403);
    assert_eq!(desk.send(Method::PATCH, "/position/3A.901", &json!({})).await.0, 403);
}

#[tokio::test]
async fn a_limit_is_told_by_status_or_by_text() {
    let desk = Desk::new();
    desk.quirks(|quirks| quirks.limit = Some(Limit { per_minute: 1, told: LimitForm::TooMany, retry_after: true }));
    assert_eq!(desk.get("/positions").await.0, 200);
    let refused = desk.request(Method::GET, "/positions").send().await.unwrap();
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"60".parse().unwrap()));
    desk.quirks(|quirks| quirks.limit = Some(Limit { per_minute: 1, told: LimitForm::Bandwidth, retry_after: false }));
    assert_eq!(desk.text(Method::GET, "/positions").await, (403, "Bandwidth quota exceeded".to_owned()));
}

#[tokio::test]
async fn a_refusal_has_five_forms() {
    for (form, expected) in [
        ("message", json!({"message": "name is required"}).to_string()),
        ("error", json!({"error": "name is required"}).to_string()),
        ("detail", json!({"detail": "name is required"}).to_string()),
        ("errors", json!({"errors": ["name is required"]}).to_string()),
        ("text", "name is required".to_owned()),
    ] {
        let desk = Desk::with(json!({"error_form": form})).await;
        let answer = desk.request(Method::POST, "/positions/").json(&json!({})).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (400, expected), "{form}");
    }
}

#[tokio::test]
async fn a_bounce_and_a_lost_answer_are_faults() {
    let desk = Desk::new();
    let faults = json!({"rules": [
        {"on": "POST /positions/", "effect": {"drop_answer": true}},
        {"on": "GET /positions", "effect": {"status": 302, "headers": {"location": "/login"}}},
    ]});
    let url = desk.0.url("/_twin/recruit/faults");
    assert_eq!(desk.0.client.post(url).json(&faults).send().await.unwrap().status(), 200);
    assert!(desk.request(Method::POST, "/positions/").json(&position()).send().await.is_err());
    assert_eq!(desk.twin().positions("planning").len(), 2);
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let bounced = client.get(desk.0.url("/recruit/positions")).send().await.unwrap();
    assert_eq!(bounced.status(), 302);
}

#[tokio::test]
async fn an_account_is_replaced_and_its_positions_stay() {
    let desk = Desk::new();
    let uid = desk.made(&position()).await;
    let put = async |path: &str, body: Value| {
        told(desk.0.client.put(desk.0.url(path)).json(&body).send().await.unwrap()).await.0
    };
    let account = json!({"secret": "twin-recruit-secret", "api_key": "twin-recruit-key", "company_uid": "30.005"});
    assert_eq!(put("/_twin/recruit/accounts/planning", account.clone()).await, 204);
    assert_eq!(desk.get(&format!("/positions/{uid}")).await.0, 200);
    assert_eq!(put("/_twin/recruit/accounts/planning", json!({"secret": "x"})).await, 400);
    assert_eq!(put("/_twin/recruit/accounts/nobody/quirks", json!({})).await, 409);
    assert_eq!(put("/_twin/recruit/accounts/planning/quirks", json!({"speed": 1})).await, 400);
    let account: Account = serde_json::from_value(account).unwrap();
    assert_eq!(account.rights, Right::all());
}
