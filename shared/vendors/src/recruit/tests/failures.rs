//! What failed calls become.

use std::time::Duration;

use super::super::{openings, positions};
use super::*;
use crate::{Error, Kind};

async fn error(template: ResponseTemplate) -> Error {
    positions::page(&recruit(&answering(template).await), None).await.unwrap_err()
}

async fn kind(template: ResponseTemplate) -> Kind {
    error(template).await.kind
}

#[tokio::test]
async fn each_status_has_its_cause() {
    let bare = ResponseTemplate::new;
    let seven = Some(Duration::from_secs(7));
    for status in [302, 500, 502, 503, 504] {
        assert_eq!(kind(bare(status)).await, Kind::Unavailable { retry_after: None }, "{status}");
        assert_eq!(kind(page_of_html(status)).await, Kind::Unavailable { retry_after: None }, "{status}");
    }
    assert_eq!(kind(bare(503).insert_header("Retry-After", "7")).await, Kind::Unavailable { retry_after: seven });
    assert_eq!(kind(bare(429).insert_header("Retry-After", "7")).await, Kind::RateLimited { retry_after: seven });
    for status in [404, 405, 410] {
        assert_eq!(kind(bare(status)).await, Kind::WrongAddress, "{status}");
    }
    assert!(matches!(kind(bare(400)).await, Kind::Invalid(_)));
    assert!(matches!(kind(bare(409)).await, Kind::Conflict(_)));
    for status in [301, 307, 418] {
        assert_eq!(kind(bare(status)).await, Kind::Unexplained { status });
    }
    assert_eq!(kind(bare(200)).await, Kind::Unexplained { status: 200 });
}

/// A redirect would carry the token to another host.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = answering(ok(json!({"positions": []}))).await;
    let redirect = ResponseTemplate::new(302).insert_header("Location", elsewhere.uri());
    assert_eq!(kind(redirect).await, Kind::Unavailable { retry_after: None });
    assert_eq!(requests(&elsewhere).await.len(), 0);
}

#[tokio::test]
async fn a_quota_is_known_by_its_words_whatever_the_status() {
    for status in [200, 400, 403, 404] {
        for words in ["Bandwidth quota exceeded", "The rate of data transfer is too high"] {
            let answer = ResponseTemplate::new(status).set_body_string(words);
            assert_eq!(kind(answer).await, Kind::Unavailable { retry_after: None }, "{status}");
        }
    }
}

#[tokio::test]
async fn a_web_page_is_a_wrong_path() {
    for status in [200, 400, 404, 405] {
        let error = error(page_of_html(status)).await;
        assert_eq!(error.kind, Kind::WrongAddress, "{status}");
        assert!(error.to_string().contains("web page"), "{error}");
    }
    let created = positions::create(&recruit(&answering(page_of_html(404)).await), &new_position()).await;
    assert_eq!(created.unwrap_err().kind, Kind::WrongAddress);
}

#[tokio::test]
async fn a_missing_right_is_told_unless_a_gateway_refuses() {
    for body in ["{\"message\": \"Forbidden\"}", "Forbidden", ""] {
        let error = error(ResponseTemplate::new(403).set_body_string(body)).await;
        assert!(matches!(&error.kind, Kind::RightMissing(reasons) if reasons.len() == 1), "{body}");
        assert!(error.to_string().contains("disabled and enabled again"), "{error}");
    }
    assert_eq!(kind(page_of_html(403)).await, Kind::Unexplained { status: 403 });
}

#[tokio::test]
async fn refused_content_shows_the_login_to_be_good() {
    assert!(error(ResponseTemplate::new(400).set_body_string("no")).await.shows_good_login());
    assert!(!error(ResponseTemplate::new(401)).await.shows_good_login());
}

#[tokio::test]
async fn a_creation_that_was_refused_is_told_from_one_that_is_open() {
    let created = |template| async move {
        let position = "3A.93C".parse().unwrap();
        openings::create(&recruit(&answering(template).await), &position, &new_opening()).await.unwrap_err().kind
    };
    for status in [302, 500, 502, 504] {
        assert!(!created(ResponseTemplate::new(status)).await.certainly_not_done(), "{status}");
    }
    for status in [401, 403, 404, 405, 429] {
        assert!(created(ResponseTemplate::new(status)).await.certainly_not_done(), "{status}");
    }
}

#[tokio::test]
async fn a_call_that_never_left_is_told_from_one_without_an_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let account = account_at(&format!("http://{}", listener.local_addr().unwrap()));
    let client = Recruit::new(Http::new().unwrap(), account, Tokens::default(), Ways::default(), now());
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let error = positions::create(&client, &new_position()).await.unwrap_err();
    closing.await.unwrap();
    assert_eq!(error.kind, Kind::Unanswered);
    let error = positions::create(&client, &new_position()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Network);
}
