//! What every status becomes.

use std::time::Duration;

use super::super::company;
use super::*;
use crate::{Error, Kind};

async fn error(template: ResponseTemplate) -> Error {
    company::read(&teamtailor(&answering(template).await)).await.unwrap_err()
}

async fn kind(template: ResponseTemplate) -> Kind {
    error(template).await.kind
}

#[tokio::test]
async fn each_status_has_its_cause() {
    assert!(matches!(kind(refusal(422, "is invalid")).await, Kind::Invalid(reasons) if reasons.len() == 1));
    assert!(matches!(kind(refusal(403, "Forbidden")).await, Kind::RightMissing(_)));
    assert_eq!(kind(ResponseTemplate::new(403)).await, Kind::Unexplained { status: 403 });
    assert_eq!(kind(ResponseTemplate::new(404)).await, Kind::WrongAddress);
    assert!(matches!(kind(refusal(409, "x")).await, Kind::Conflict(_)));
    assert_eq!(kind(ResponseTemplate::new(500)).await, Kind::Unavailable { retry_after: None });
    assert_eq!(kind(ResponseTemplate::new(302)).await, Kind::Unexplained { status: 302 });
    let html = ResponseTemplate::new(200).set_body_string("<html>");
    assert_eq!(kind(html).await, Kind::Unexplained { status: 200 });
    assert!(matches!(kind(ok(json!({"data": null}))).await, Kind::Invalid(_)));
}

/// The body of a 401 may be empty, and the host of another region answers so too.
#[tokio::test]
async fn a_refused_key_says_that_it_may_be_the_region() {
    let error = error(ResponseTemplate::new(401)).await;
    assert_eq!(error.kind, Kind::LoginRefused);
    assert!(error.to_string().contains("another region"));
}

#[tokio::test]
async fn a_version_that_is_not_spoken_is_told() {
    let body = json!({"errors": [{"status": 406, "title": "Invalid/Missing API Version", "detail": "use 20290101"}]});
    let error = kind(ResponseTemplate::new(406).set_body_json(body)).await;
    assert!(matches!(error, Kind::RightMissing(reasons) if reasons[0].meaning.unwrap().to_do.contains("api_version")));
}

#[tokio::test]
async fn too_many_calls_wait_for_the_seconds_that_are_left() {
    let limited = || ResponseTemplate::new(429).insert_header("X-Rate-Limit-Limit", "50");
    let waits = async |template| match kind(template).await {
        Kind::RateLimited { retry_after } => retry_after.map(|wait: Duration| wait.as_secs()),
        other => panic!("{other}"),
    };
    assert_eq!(waits(limited()).await, None);
    assert_eq!(waits(limited().insert_header("X-Rate-Limit-Reset", "7")).await, Some(7));
    let both = limited().insert_header("X-Rate-Limit-Reset", "7").insert_header("Retry-After", "3");
    assert_eq!(waits(both).await, Some(3));
}

#[tokio::test]
async fn a_refusal_in_teamtailors_words_shows_the_key_to_be_good() {
    assert!(error(refusal(422, "is invalid")).await.shows_good_login());
    assert!(!error(ResponseTemplate::new(400).set_body_string("<html>")).await.shows_good_login());
}

#[tokio::test]
async fn a_call_that_never_left_is_told_from_one_without_an_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client_at(&format!("http://{}", listener.local_addr().unwrap()));
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    assert_eq!(company::read(&client).await.unwrap_err().kind, Kind::Unanswered);
    closing.await.unwrap();
    assert_eq!(company::read(&client).await.unwrap_err().kind, Kind::Network);
}
