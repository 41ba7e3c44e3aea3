//! What failed calls become.

use std::time::Duration;

use super::super::positions::{self, PositionFilter};
use super::*;
use crate::{Error, Kind};

async fn error(template: ResponseTemplate) -> Error {
    let server = answering(template).await;
    let searched = positions::search(&hibob(&server), &PositionFilter::All, &position_fields()).await;
    assert_eq!(server.received_requests().await.unwrap().len(), 1, "nothing is tried again");
    searched.unwrap_err()
}

async fn kind(template: ResponseTemplate) -> Kind {
    error(template).await.kind
}

fn refused(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

#[tokio::test]
async fn each_status_has_its_cause() {
    let bare = ResponseTemplate::new;
    assert_eq!(kind(bare(400)).await, Kind::Invalid(Vec::new()));
    assert_eq!(kind(bare(401)).await, Kind::LoginRefused);
    for status in [404, 405] {
        assert_eq!(kind(bare(status)).await, Kind::WrongAddress, "{status}");
    }
    for status in [500, 502, 503] {
        let page = bare(status).set_body_string("<html>Bad gateway</html>");
        assert_eq!(kind(page).await, Kind::Unavailable { retry_after: None }, "{status}");
    }
    for status in [204, 302, 418] {
        assert_eq!(kind(bare(status)).await, Kind::Unexplained { status });
    }
    let page = bare(200).set_body_raw("<html>Log in</html>", "text/html");
    assert_eq!(kind(page).await, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn a_rate_limit_ends_when_hibob_says() {
    let limited = |seconds: Option<u64>| Kind::RateLimited { retry_after: seconds.map(Duration::from_secs) };
    let bare = || ResponseTemplate::new(429);
    assert_eq!(kind(bare()).await, limited(None));
    // 42 seconds from now
    let reset = || bare().insert_header("X-RateLimit-Reset", "1768469442");
    assert_eq!(kind(reset()).await, limited(Some(42)));
    assert_eq!(kind(reset().insert_header("Retry-After", "7")).await, limited(Some(7)));
    for past in ["1768469399", "soon", ""] {
        assert_eq!(kind(bare().insert_header("X-RateLimit-Reset", past)).await, limited(None), "{past}");
    }
}

#[tokio::test]
async fn a_missing_right_is_told_from_a_refused_login() {
    let text = "No permissions to position budget";
    for body in
        [json!({"errorMessage": text}), json!({"key": "x", "error": text}), json!({"message": text}), json!(text)]
    {
        for status in [401, 403] {
            let error = error(refused(status, body.clone())).await;
            assert!(matches!(&error.kind, Kind::RightMissing(reasons) if reasons[0].code == text), "{status} {body}");
            assert!(error.to_string().contains("Manage positions"), "{error}");
        }
    }
    for body in [json!({"key": "unauthorized", "error": "Wrong token"}), json!({})] {
        let error = error(refused(401, body)).await;
        assert_eq!(error.kind, Kind::LoginRefused);
        assert!(error.to_string().contains("hrsync secrets set"), "{error}");
    }
}

#[tokio::test]
async fn a_403_halts_whatever_its_body() {
    let code = |kind| match kind {
        Kind::RightMissing(reasons) => reasons[0].code.clone(),
        other => panic!("{other}"),
    };
    assert_eq!(code(kind(ResponseTemplate::new(403)).await), "refused");
    assert_eq!(code(kind(ResponseTemplate::new(403).set_body_string("<html>")).await), "refused");
    assert_eq!(code(kind(refused(403, json!({"key": "forbidden", "error": "for Dora"}))).await), "forbidden");
}

#[tokio::test]
async fn a_permission_is_named_within_bounds() {
    let text = format!("Permission <b>{}</b>\n for dora@example.com", "x".repeat(500));
    let Kind::RightMissing(reasons) = kind(refused(403, json!({"error": text}))).await else { panic!("a right") };
    assert_eq!(reasons[0].code.chars().count(), 120);
    assert!(reasons[0].code.starts_with("Permission ?b>xxx"), "{}", reasons[0].code);
}

#[tokio::test]
async fn refused_content_is_told_by_code_and_field() {
    let shown = |error: &Error| error.kind.reasons().iter().map(ToString::to_string).collect::<Vec<_>>();
    for (body, wanted) in [
        (json!({"key": "validation.failed", "error": "Dora is odd"}), "validation.failed"),
        (json!({"errorMessage": "Cannot filter by '/position/site'."}), "/position/site: refused"),
        (json!({"message": "Dora is odd"}), "refused"),
        (
            json!({"errors": {"/position/fte": {"error": "MISSING_MANDATORY_FIELD", "message": "Dora"}, "x": 1}}),
            "/position/fte: MISSING_MANDATORY_FIELD",
        ),
        (json!({"errors": {"/position/fte": {"error": "Dora is odd"}}}), "/position/fte: refused"),
    ] {
        let error = error(refused(400, body.clone())).await;
        assert_eq!(shown(&error), [wanted], "{body}");
        assert!(matches!(error.kind, Kind::Invalid(_)) && error.shows_good_login());
    }
    assert!(!error(ResponseTemplate::new(400)).await.shows_good_login());
}

#[tokio::test]
async fn a_call_that_never_left_is_told_from_one_without_an_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client_at(&format!("http://{}", listener.local_addr().unwrap()));
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let error = positions::search(&client, &PositionFilter::All, &position_fields()).await.unwrap_err();
    closing.await.unwrap();
    assert_eq!(error.kind, Kind::Unanswered);
    let error = positions::search(&client, &PositionFilter::All, &position_fields()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Network);
}
