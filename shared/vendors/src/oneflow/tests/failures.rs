//! What every status becomes.

use std::time::Duration;

use super::super::client::Oneflow;
use super::super::ping;
use super::*;
use crate::{Error, Kind};

async fn error(template: ResponseTemplate) -> Error {
    ping::ping(&oneflow(&answering(template).await)).await.unwrap_err()
}

async fn kind(template: ResponseTemplate) -> Kind {
    error(template).await.kind
}

#[tokio::test]
async fn each_status_has_its_cause() {
    assert!(matches!(kind(refusal(400, 4_000_000)).await, Kind::Invalid(reasons) if reasons.len() == 1));
    assert_eq!(kind(ResponseTemplate::new(401)).await, Kind::LoginRefused);
    assert!(matches!(kind(refusal(403, 4_030_000)).await, Kind::RightMissing(_)));
    assert_eq!(kind(ResponseTemplate::new(403).set_body_string("<html>")).await, Kind::Unexplained { status: 403 });
    assert_eq!(kind(ResponseTemplate::new(404)).await, Kind::WrongAddress);
    assert!(matches!(kind(refusal(409, 4_090_000)).await, Kind::Conflict(_)));
    assert_eq!(kind(ResponseTemplate::new(500)).await, Kind::Unavailable { retry_after: None });
    assert_eq!(kind(ResponseTemplate::new(302)).await, Kind::Unexplained { status: 302 });
}

/// The vendor's body for too many calls has `info` where others have `type`, and no id of the request.
#[tokio::test]
async fn too_many_calls_wait_as_long_as_is_said() {
    let limited = refusal(429, 4_290_000);
    assert_eq!(kind(limited.clone()).await, Kind::RateLimited { retry_after: None });
    let seven = Some(Duration::from_secs(7));
    assert_eq!(kind(limited.insert_header("Retry-After", "7")).await, Kind::RateLimited { retry_after: seven });
}

#[tokio::test]
async fn a_refused_login_says_what_mends_it() {
    let error = error(refusal(401, 4_010_000)).await;
    assert!(error.to_string().contains("Marketplace > API tokens") && !error.shows_good_login());
}

#[tokio::test]
async fn a_refusal_in_oneflows_words_shows_the_login_to_be_good() {
    for template in [refusal(400, 4_000_000), refusal(404, 4_040_000), refusal(409, 4_090_000)] {
        assert!(error(template).await.shows_good_login());
    }
    assert!(!error(ResponseTemplate::new(400).set_body_string("<html>")).await.shows_good_login());
}

#[tokio::test]
async fn a_call_that_never_left_is_told_from_one_without_an_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client: Oneflow = client_at(&format!("http://{}", listener.local_addr().unwrap()));
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    assert_eq!(ping::ping(&client).await.unwrap_err().kind, Kind::Unanswered);
    closing.await.unwrap();
    assert_eq!(ping::ping(&client).await.unwrap_err().kind, Kind::Network);
}
