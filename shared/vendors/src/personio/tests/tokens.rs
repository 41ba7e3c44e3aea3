use std::time::Duration;

use wiremock::matchers::{header, method};

use super::super::operations::GET_TOKEN;
use super::*;
use crate::Kind;

/// The numbers of requests for tokens and of other requests.
async fn counts(server: &MockServer) -> (usize, usize) {
    let (all, others) = (server.received_requests().await.unwrap().len(), requests(server).await.len());
    (all - others, others)
}

async fn giving(token: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/v2/auth/token")).respond_with(token).mount(&server).await;
    Mock::given(method("GET")).respond_with(ok(period())).mount(&server).await;
    server
}

/// What an attempt fails with whose token is answered so.
async fn refused(token: ResponseTemplate) -> Kind {
    let server = giving(token).await;
    let error = absences::read(&hr(&server), id()).await.unwrap_err();
    assert_eq!((error.operation, counts(&server).await), (GET_TOKEN, (1, 0)));
    error.kind
}

#[tokio::test]
async fn a_token_is_asked_for_with_a_form() {
    let server = stand_in().await;
    assert!(absences::read(&hr(&server), id()).await.is_err());
    let all = server.received_requests().await.unwrap();
    assert_eq!(all[0].url.path(), "/v2/auth/token");
    assert_eq!(all[0].headers.get("content-type").unwrap(), "application/x-www-form-urlencoded");
    assert_eq!(all[0].headers.get("x-personio-app-id").unwrap(), "HRSYNC");
    assert!(!all[0].headers.contains_key("authorization"));
    let form = "grant_type=client_credentials&client_id=client-1&client_secret=s%26cret%3D1+%2B";
    assert_eq!(String::from_utf8_lossy(&all[0].body), form);
}

#[tokio::test]
async fn a_token_is_used_again_until_shortly_before_its_end() {
    let (server, tokens) = (giving(granted("papi-1", 3600)).await, Tokens::default());
    for (now, fetched) in [
        ("2026-03-01T10:00:00Z", 1),
        ("2026-03-01T10:54:59Z", 1),
        ("2026-03-01T10:55:00Z", 2),
        ("2026-03-01T11:00:00Z", 2),
    ] {
        assert!(absences::read(&hr_at(&server.uri(), tokens.clone(), now), id()).await.is_ok());
        assert_eq!(counts(&server).await.0, fetched, "{now}");
    }
}

#[tokio::test]
async fn the_end_of_a_token_may_be_a_text_or_missing() {
    let token = |expires_in: Value| ok(json!({"access_token": "papi-1", "expires_in": expires_in}));
    let untold = ok(json!({"access_token": "papi-1"}));
    for answer in [token(json!("3600")), token(json!(null)), token(json!("soon")), untold] {
        let (server, tokens) = (giving(answer).await, Tokens::default());
        for (now, fetched) in [("2026-03-01T10:00:00Z", 1), ("2026-03-01T10:54:59Z", 1), ("2026-03-01T10:55:00Z", 2)] {
            assert!(absences::read(&hr_at(&server.uri(), tokens.clone(), now), id()).await.is_ok());
            assert_eq!(counts(&server).await.0, fetched, "{now}");
        }
    }
}

#[tokio::test]
async fn a_token_that_ends_at_once_is_used_once() {
    for expires_in in [300, 0, -5, i64::MAX, i64::MIN] {
        let server = giving(granted("papi-1", expires_in)).await;
        let hr = hr(&server);
        for _ in 0..2 {
            assert!(absences::read(&hr, id()).await.is_ok());
        }
        assert_eq!(counts(&server).await, (2, 2), "{expires_in}");
    }
}

#[tokio::test]
async fn accounts_share_no_token() {
    let (server, tokens) = (giving(granted("papi-1", 86400)).await, Tokens::default());
    let first = account(&server.uri());
    let other_id = Account { client_id: "client-2".to_owned(), ..first.clone() };
    let other_secret = Account { client_secret: "rotated".into(), ..first.clone() };
    let elsewhere = account(&format!("{}/eu", server.uri()));
    Mock::given(path("/eu/v2/auth/token")).respond_with(granted("papi-2", 86400)).mount(&server).await;
    for account in [first.clone(), other_id, other_secret, elsewhere, first] {
        let hr = Hr::new(Http::new().unwrap(), account, tokens.clone(), "2026-03-01T10:00:00Z".parse().unwrap());
        assert!(absences::read(&hr, id()).await.is_ok());
    }
    assert_eq!(format!("{tokens:?}"), "Tokens(4 held)");
}

#[tokio::test]
async fn a_401_is_tried_once_with_a_fresh_token() {
    let (server, now) = (MockServer::start().await, "2026-03-01T10:00:00Z");
    let token = || Mock::given(method("POST")).and(path("/v2/auth/token"));
    token().respond_with(granted("papi-old", 86400)).up_to_n_times(1).expect(1).mount(&server).await;
    token().respond_with(granted("papi-new", 86400)).expect(1).mount(&server).await;
    let shows =
        |token: &str| Mock::given(method("GET")).and(header("authorization", format!("Bearer {token}").as_str()));
    shows("papi-old").respond_with(ResponseTemplate::new(401)).expect(1).mount(&server).await;
    shows("papi-new").respond_with(ok(period())).expect(2).mount(&server).await;
    let tokens = Tokens::default();
    for _ in 0..2 {
        assert!(absences::read(&hr_at(&server.uri(), tokens.clone(), now), id()).await.is_ok());
    }
}

#[tokio::test]
async fn a_second_401_is_a_missing_right() {
    let body = json!({"errors": [{"title": "Unauthorized Request", "detail": "mina@example.com"}]});
    let server = answering(ResponseTemplate::new(401).set_body_json(body)).await;
    let error = persons::read(&hr(&server), "3003".parse().unwrap()).await.unwrap_err();
    assert_eq!(counts(&server).await, (2, 2));
    assert!(matches!(&error.kind, Kind::RightMissing(reasons) if reasons[0].code == "Unauthorized Request"), "{error}");
}

#[tokio::test]
async fn a_write_is_repeated_whole_after_a_401() {
    let server = stand_in().await;
    let first = Mock::given(method("POST")).and(path("/v2/webhooks/h-1/ping"));
    first.respond_with(ResponseTemplate::new(401)).up_to_n_times(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    webhooks::ping(&hr(&server), "h-1").await.unwrap();
    assert_eq!(requests(&server).await, ["POST /v2/webhooks/h-1/ping"; 2]);
}

#[tokio::test]
async fn a_refused_login_is_told_from_a_bad_day() {
    let answer = |status, code: &str| {
        let body = json!({"error": code, "error_description": "Client authentication failed (client-1)",
            "error_uri": null, "trace_id": "t-1", "meta": {}});
        ResponseTemplate::new(status).set_body_json(body)
    };
    for (status, code) in [
        (400, "invalid_client"),
        (401, "invalid_client"),
        (401, ""),
        (400, "access_denied"),
        (400, "unauthorized_client"),
    ] {
        assert_eq!(refused(answer(status, code)).await, Kind::LoginRefused, "{status} {code}");
    }
    assert_eq!(refused(answer(400, "temporarily_unavailable")).await, Kind::Unavailable { retry_after: None });
    assert!(matches!(refused(answer(403, "x")).await, Kind::RightMissing(reasons) if reasons[0].code == "t-1"));
    for code in ["invalid_request", "invalid_scope", "Client authentication failed"] {
        assert_eq!(refused(answer(400, code)).await, Kind::Unexplained { status: 400 }, "{code}");
    }
    assert_eq!(refused(ResponseTemplate::new(400)).await, Kind::Unexplained { status: 400 });
    assert_eq!(refused(ResponseTemplate::new(404)).await, Kind::WrongAddress);
    assert_eq!(refused(ResponseTemplate::new(502)).await, Kind::Unavailable { retry_after: None });
    let limited = ResponseTemplate::new(429).insert_header("Retry-After", "60");
    assert_eq!(refused(limited).await, Kind::RateLimited { retry_after: Some(Duration::from_secs(60)) });
}

#[tokio::test]
async fn an_answer_without_a_token_is_unexplained() {
    for body in [
        json!({}),
        json!({"access_token": "", "expires_in": 86400}),
        json!({"access_token": null, "expires_in": 86400}),
        json!([]),
    ] {
        assert_eq!(refused(ok(body)).await, Kind::Unexplained { status: 200 });
    }
    assert_eq!(refused(ResponseTemplate::new(200).set_body_string("<html>")).await, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn debug_shows_neither_secret_nor_token() {
    let server = giving(granted("papi-1", 86400)).await;
    let hr = hr(&server);
    assert!(absences::read(&hr, id()).await.is_ok());
    let shown = format!("{hr:?}");
    assert!(!shown.contains("s&cret") && !shown.contains("papi"), "{shown}");
}

#[tokio::test]
async fn a_client_that_only_reads_logs_in_and_changes_nothing() {
    let server = stand_in().await;
    let empty = ResponseTemplate::new(200).set_body_json(json!({"_data": [], "_meta": {}}));
    Mock::given(method("GET")).respond_with(empty).mount(&server).await;
    let now = "2026-03-01T10:00:00Z".parse().unwrap();
    let hr = Hr::new(Http::reading().unwrap(), account(&server.uri()), Tokens::default(), now);
    assert!(persons::list(&hr, None).next().await.is_ok());
    assert_eq!(webhooks::ping(&hr, "hook-1").await.unwrap_err().kind, Kind::ReadOnly);
    let sent = server.received_requests().await.unwrap();
    let sent: Vec<_> = sent.iter().map(|sent| format!("{} {}", sent.method, sent.url.path())).collect();
    assert_eq!(sent, ["POST /v2/auth/token", "GET /v2/persons"]);
}
