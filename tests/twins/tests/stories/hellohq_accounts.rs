//! Accounts: tokens, and every switch of how an account behaves.

use reqwest::Method;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::hellohq::{Account, Limit, ProblemForm, User};

use crate::hellohq_stage::{AGENCY, Hq, errand, fields, ids, told, vacation, vacation_with};

#[tokio::test]
async fn a_call_without_a_known_token_is_refused() {
    let hq = Hq::new();
    hq.twin().seed("empty", Account::new(""));
    let call = |path: &str| hq.0.client.get(hq.0.url(&format!("/hellohq{path}")));
    for path in ["/v2/Users", "/v2/Users/11", "/v2/Absences", "/v2/Absences/1"] {
        let basic = call(path).header("authorization", "Basic twin-hq-token");
        for request in [call(path), call(path).bearer_auth("wrong"), call(path).bearer_auth(""), basic] {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.headers()["www-authenticate"], "Bearer");
            assert_eq!(told(answer).await, (401, Value::Null), "{path}");
        }
    }
    let post = hq.0.client.post(hq.0.url("/hellohq/v2/Absences")).bearer_auth("wrong").json(&json!({}));
    assert_eq!(post.send().await.unwrap().status(), 401, "the login comes before the body");
}

#[tokio::test]
async fn accounts_see_nothing_of_each_other() {
    let hq = Hq::new();
    let users = json!({"11": {"e_mail_work": "somebody@other.example"}});
    assert_eq!(hq.seed("other", &json!({"token": "other-token", "users": users})).await.status(), 204);
    let id = hq.posted(&vacation()).await;
    let call = |method: Method, path: &str| {
        let request = hq.0.client.request(method, hq.0.url(&format!("/hellohq{path}"))).bearer_auth("other-token");
        async move { told(request.send().await.unwrap()).await }
    };
    assert_eq!(call(Method::GET, "/v2/Absences").await, (200, json!([])));
    assert_eq!(call(Method::GET, &format!("/v2/Absences/{id}")).await.0, 404);
    assert_eq!(call(Method::DELETE, &format!("/v2/Absences/{id}")).await.0, 404);
    assert_eq!(ids(&call(Method::GET, "/v2/Users").await.1), [11]);
    assert_eq!((hq.twin().absences(AGENCY).len(), hq.twin().absences("other").len()), (1, 0));
}

#[tokio::test]
async fn a_replaced_token_lets_the_old_one_in_no_more() {
    let hq = Hq::new();
    hq.posted(&vacation()).await;
    hq.change(|account| account.token = "new-token".to_owned());
    assert_eq!(hq.get("/v2/Users").await.0, 401);
    assert_eq!(hq.twin().absences(AGENCY).len(), 1, "the absences stay");
}

#[tokio::test]
async fn a_misspelt_seed_is_refused() {
    let hq = Hq::new();
    for (wrong, told) in [
        (json!({"token": "t", "closed": []}), "unknown field `closed`"),
        (json!({"users": {}}), "missing field `token`"),
        (json!({"token": "t", "closed_months": ["2026-13"]}), "a month is written 2026-03"),
        (json!({"token": "t", "limit": {"per_hour": 1}}), "unknown field `per_hour`"),
        (json!({"token": "t", "users": {"11": {"email": "x"}}}), "unknown field `email`"),
    ] {
        let answer = hq.seed("other", &wrong).await;
        assert_eq!(answer.status(), 400);
        let body = answer.text().await.unwrap();
        assert!(body.contains(told), "{body}");
    }
}

#[tokio::test]
async fn a_closed_month_takes_and_loses_nothing() {
    let hq = Hq::new();
    let id = hq.posted(&vacation()).await;
    hq.change(|account| account.closed_months = ["2026-03".parse().unwrap()].into());
    for (start, end, wanted) in [
        ("2026-03-31T00:00:00", "2026-04-01T00:00:00", 400),
        ("2026-02-27T00:00:00", "2026-03-02T00:00:00", 400),
        ("2026-02-02T00:00:00", "2026-04-02T00:00:00", 400),
        ("2026-02-27T00:00:00", "2026-03-01T00:00:00", 200),
        ("2026-04-01T00:00:00", "2026-04-02T00:00:00", 200),
    ] {
        let (status, body) = hq.post(&vacation_with(json!({"start": start, "end": end}))).await;
        assert_eq!(status, wanted, "{start} to {end}: {body}");
        assert!(status == 200 || fields(&body) == ["start"]);
    }
    assert_eq!(hq.post(&errand()).await.0, 400, "hours, too");
    let (status, body) = hq.delete(id).await;
    assert_eq!((status, fields(&body)), (400, vec!["id"]));
}

#[tokio::test]
async fn full_day_types_take_no_half_days() {
    let half = vacation_with(json!({"type": "OvertimeCompensation", "end": "2026-03-02T12:00:00"}));
    let hq = Hq::new();
    assert_eq!(fields(&hq.post(&half).await.1), ["end"]);
}

#[tokio::test]
async fn answers_may_be_empty_although_the_work_is_done() {
    let hq = Hq::with(json!({"empty_answers": true})).await;
    assert_eq!(hq.post(&vacation()).await, (200, Value::Null));
    let standing = hq.twin().absences(AGENCY);
    assert_eq!(standing.len(), 1);
    assert_eq!(hq.delete(standing[0].id.into()).await, (200, Value::Null));
    assert_eq!(hq.post(&json!({})).await.0, 400, "refusals speak");
}

#[tokio::test]
async fn reads_may_lag_behind_writes() {
    let hq = Hq::with(json!({"read_lag_seconds": 30})).await;
    let id = hq.posted(&vacation()).await;
    let seen = async || (hq.ids("/v2/Absences", &[]).await.len(), hq.get(&format!("/v2/Absences/{id}")).await.0);
    assert_eq!(seen().await, (0, 404));
    hq.later(29);
    assert_eq!(seen().await, (0, 404));
    hq.later(1);
    assert_eq!(seen().await, (1, 200));
    assert_eq!(hq.delete(id).await.0, 200);
    assert_eq!(seen().await, (1, 200), "still shown");
    assert_eq!(hq.delete(id).await.0, 404, "writes know better");
    hq.later(30);
    assert_eq!(seen().await, (0, 404));
}

#[tokio::test]
async fn what_is_not_shown_yet_can_be_deleted() {
    let hq = Hq::with(json!({"read_lag_seconds": 30})).await;
    let id = hq.posted(&vacation()).await;
    hq.later(10);
    assert_eq!(hq.delete(id).await.0, 200);
    hq.later(20);
    assert_eq!(hq.ids("/v2/Absences", &[]).await, [id], "twenty seconds ago it stood");
    hq.later(10);
    assert!(hq.ids("/v2/Absences", &[]).await.is_empty());
}

#[tokio::test]
async fn without_a_limit_a_clock_that_stands_still_fills_nothing_up() {
    let hq = Hq::new();
    for _ in 0..1100 {
        assert_eq!(hq.get("/v2/Users/11").await.0, 200);
    }
}

#[tokio::test]
async fn too_many_calls_a_minute_are_refused() {
    let hq = Hq::with(json!({"limit": {"per_minute": 2}})).await;
    assert_eq!([hq.get("/v2/Users").await.0, hq.delete(1).await.0], [200, 404], "refused calls count");
    let answer = hq.call(Method::GET, "/v2/Users").send().await.unwrap();
    assert!(answer.headers().get("retry-after").is_none());
    assert_eq!(told(answer).await, (429, Value::Null));
    let unknown = hq.0.client.get(hq.0.url("/hellohq/v2/Users")).bearer_auth("wrong");
    assert_eq!(unknown.send().await.unwrap().status(), 401, "a token that nobody has has no limit");
    hq.later(60);
    assert_eq!(hq.get("/v2/Users").await.0, 200);
}

#[tokio::test]
async fn a_limit_may_say_how_long_to_wait() {
    let hq = Hq::with(json!({"limit": {"per_minute": 2, "retry_after": true}})).await;
    hq.get("/v2/Users").await;
    hq.later(20);
    hq.get("/v2/Users").await;
    hq.later(5);
    let answer = hq.call(Method::POST, "/v2/Absences").json(&vacation()).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "55"));
    assert!(hq.twin().absences(AGENCY).is_empty());
    hq.later(54);
    assert_eq!(hq.get("/v2/Users").await.0, 429, "a second early");
    hq.later(60);
    assert_eq!(hq.get("/v2/Users").await.0, 200);
}

#[tokio::test]
async fn who_waits_as_told_gets_in() {
    let hq = Hq::with(json!({"limit": {"per_minute": 2, "retry_after": true}})).await;
    for _ in 0..5 {
        hq.get("/v2/Users").await;
    }
    let answer = hq.call(Method::GET, "/v2/Users").send().await.unwrap();
    let wait: u32 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    hq.later(wait);
    assert_eq!((wait, hq.get("/v2/Users").await.0), (60, 200));
}

#[tokio::test]
async fn the_limit_is_a_thousand_unless_set_and_its_own_for_each_account() {
    let hq = Hq::with(json!({"limit": {}})).await;
    assert_eq!(hq.twin().account(AGENCY).unwrap().limit, Some(Limit { per_minute: 1000, retry_after: false }));
    hq.twin()
        .seed("other", Account { limit: Some(Limit { per_minute: 0, retry_after: true }), ..Account::new("other") });
    let other = hq.0.client.get(hq.0.url("/hellohq/v2/Users")).bearer_auth("other").send().await.unwrap();
    assert_eq!((other.status().as_u16(), other.headers()["retry-after"].to_str().unwrap()), (429, "60"));
    assert_eq!(hq.get("/v2/Users").await.0, 200);
}

#[tokio::test]
async fn refusals_come_in_three_forms() {
    let hq = Hq::new();
    hq.change(|account| account.problem_form = ProblemForm::Errors);
    let (status, body) = hq.post(&vacation_with(json!({"userId": 99}))).await;
    assert_eq!((status, body), (400, json!({"errors": {"userId": ["The user does not exist."]}})));
    assert_eq!(hq.delete(1).await, (404, Value::Null));
    hq.change(|account| account.problem_form = ProblemForm::Text);
    let (status, body) = hq.post(&vacation_with(json!({"userId": 99}))).await;
    assert_eq!((status, body), (400, json!("userId: The user does not exist.")));
    assert_eq!(hq.delete(1).await, (404, json!("Not Found")));
}

#[tokio::test]
async fn a_reset_goes_back_to_the_seed() {
    let hq = Hq::new();
    hq.posted(&vacation()).await;
    hq.twin().seed("other", Account { users: [(1, User::default())].into(), ..Account::new("t") });
    hq.change(|account| account.empty_answers = true);
    assert_eq!(hq.0.client.post(hq.0.url("/_twin/reset")).send().await.unwrap().status(), 204);
    let state = hq.0.state("hellohq").await;
    assert_eq!((&state["absences"], &state["history"], &state["calls"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(state["accounts"].as_object().unwrap().keys().collect::<Vec<_>>(), [AGENCY]);
    assert!(!hq.twin().desk().clock().is_fixed());
    assert_eq!(hq.posted(&vacation()).await, 50_001);
}
