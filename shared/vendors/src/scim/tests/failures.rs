//! What failed calls become.

use std::time::Duration;

use super::super::users::{self, Deleted};
use super::super::{list, lookup};
use super::*;
use crate::{Error, Kind};

async fn listed_by(template: ResponseTemplate) -> Result<(), Error> {
    list::page(&scim(&answering(template).await), None).await.map(|_| ())
}

async fn kind(template: ResponseTemplate) -> Kind {
    listed_by(template).await.unwrap_err().kind
}

#[tokio::test]
async fn each_status_has_its_cause() {
    let bare = ResponseTemplate::new;
    let seven = Some(Duration::from_secs(7));
    assert_eq!(kind(bare(400)).await, Kind::Invalid(Vec::new()));
    assert_eq!(kind(bare(401)).await, Kind::LoginRefused);
    assert_eq!(kind(bare(409)).await, Kind::Conflict(Vec::new()));
    assert_eq!(kind(bare(429)).await, Kind::RateLimited { retry_after: None });
    assert_eq!(kind(bare(429).insert_header("Retry-After", "7")).await, Kind::RateLimited { retry_after: seven });
    for status in [423, 500, 502, 503] {
        assert_eq!(kind(bare(status)).await, Kind::Unavailable { retry_after: None }, "{status}");
        let told = bare(status).insert_header("Retry-After", "7");
        assert_eq!(kind(told).await, Kind::Unavailable { retry_after: seven }, "{status}");
    }
    for status in [404, 410] {
        assert_eq!(kind(bare(status)).await, Kind::WrongAddress);
    }
    for status in [201, 204, 302, 405, 418] {
        assert_eq!(kind(bare(status)).await, Kind::Unexplained { status });
    }
}

#[tokio::test]
async fn a_right_is_missing_only_where_scim_says_so() {
    let missing = kind(refusal(403, "")).await;
    assert!(matches!(missing, Kind::RightMissing(reasons) if reasons[0].code == "refused"));
    let odd = Kind::Unexplained { status: 403 };
    assert_eq!(kind(ResponseTemplate::new(403)).await, odd);
    assert_eq!(kind(ResponseTemplate::new(403).set_body_string("<html>Access denied</html>")).await, odd);
    assert_eq!(kind(ResponseTemplate::new(403).set_body_json(json!({"message": "Forbidden"}))).await, odd);
}

#[tokio::test]
async fn a_refused_login_is_known_whatever_its_body() {
    for answer in [refusal(401, ""), ResponseTemplate::new(401).set_body_string("<html>"), ResponseTemplate::new(401)] {
        assert_eq!(kind(answer).await, Kind::LoginRefused);
    }
}

#[tokio::test]
async fn content_refused_in_scims_words_shows_the_login_to_be_good() {
    assert!(listed_by(refusal(400, "invalidValue")).await.unwrap_err().shows_good_login());
    for other in [ResponseTemplate::new(400).set_body_string("<html>"), ResponseTemplate::new(403)] {
        assert!(!listed_by(other).await.unwrap_err().shows_good_login());
    }
}

#[tokio::test]
async fn a_page_of_html_is_no_answer() {
    let html = ResponseTemplate::new(200).set_body_raw("<html>Log in</html>", "text/html");
    assert_eq!(kind(html).await, Kind::Unexplained { status: 200 });
}

#[tokio::test]
async fn failures_of_all_calls_are_told_alike() {
    let server = answering(ResponseTemplate::new(429)).await;
    let scim = scim(&server);
    let limited = Kind::RateLimited { retry_after: None };
    assert_eq!(users::read(&scim, &id()).await.unwrap_err().kind, limited);
    assert_eq!(users::create(&scim, &name(), &[]).await.unwrap_err().kind, limited);
    assert_eq!(users::patch(&scim, &id(), &[]).await.unwrap_err().kind, limited);
    assert_eq!(users::delete(&scim, &id()).await.unwrap_err().kind, limited);
    assert_eq!(lookup::by_user_name(&scim, &name()).await.unwrap_err().kind, limited);
    assert_eq!(requests(&server).await.len(), 5, "nothing is tried again");
}

/// Entra ID refuses a removal with 400 where it does not like the request.
#[tokio::test]
async fn a_refused_removal_is_no_removal() {
    let server = answering(refusal(400, "invalidValue")).await;
    assert!(matches!(users::delete(&scim(&server), &id()).await.unwrap_err().kind, Kind::Invalid(_)));
    let page = answering(ResponseTemplate::new(404).set_body_string("<html>")).await;
    let kind = users::delete(&scim(&page), &id()).await.unwrap_err().kind;
    assert_eq!(kind, Kind::Unexplained { status: 404 });
    let soft = answering(ResponseTemplate::new(200).set_body_json(dora())).await;
    assert_eq!(users::delete(&scim(&soft), &id()).await.unwrap(), Deleted::Done);
}

#[tokio::test]
async fn a_call_that_never_left_is_told_from_one_without_an_answer() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let client = client_at(&address, Login::Bearer("t".into()));
    let error = users::create(&client, &name(), &[]).await.unwrap_err();
    closing.await.unwrap();
    assert_eq!(error.kind, Kind::Unanswered);
    let error = users::create(&client, &name(), &[]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Network);
}
