use std::time::Duration;

use wiremock::matchers::query_param;

use super::super::absences::AbsenceQuery;
use super::super::operations::GET_TOKEN;
use super::*;
use crate::{Kind, Reason};

fn problem(title: &str, code: &str) -> Value {
    let address = format!("https://developer.personio.de/reference/errors#{code}");
    json!({"personio_trace_id": "aswo3f-1", "timestamp": "2026-03-01T10:00:00.000Z",
        "errors": [{"title": title, "detail": "of mina@example.com", "type": address, "_meta": {}}]})
}

async fn one(template: ResponseTemplate) -> Kind {
    absences::read(&hr(&answering(template).await), id()).await.unwrap_err().kind
}

async fn list(template: ResponseTemplate) -> Kind {
    absences::types(&hr(&answering(template).await)).await.unwrap_err().kind
}

async fn by_cursor(template: ResponseTemplate) -> Kind {
    let server = answering(template).await;
    let query = AbsenceQuery::UpdatedSince("2026-03-01T08:00:00Z".parse().unwrap());
    let from = serde_json::from_str(r#""c1""#).unwrap();
    absences::list(&hr(&server), query, Some(from)).next().await.unwrap_err().kind
}

fn reasons(code: &str) -> Vec<Reason> {
    let trace = Reason { field: Some("personio_trace_id".into()), code: "aswo3f-1".into(), meaning: None };
    vec![Reason { field: None, code: code.into(), meaning: None }, trace]
}

#[tokio::test]
async fn each_status_has_its_cause() {
    let bare = ResponseTemplate::new;
    assert_eq!(one(bare(400)).await, Kind::Invalid(Vec::new()));
    assert_eq!(list(bare(422)).await, Kind::Invalid(Vec::new()));
    assert_eq!(one(bare(403)).await, Kind::Unexplained { status: 403 });
    assert_eq!(one(bare(403).set_body_string("<html>")).await, Kind::Unexplained { status: 403 });
    assert_eq!(list(bare(404)).await, Kind::WrongAddress);
    assert_eq!(one(bare(409)).await, Kind::Conflict(Vec::new()));
    assert_eq!(list(bare(429)).await, Kind::RateLimited { retry_after: None });
    let seven = Some(Duration::from_secs(7));
    assert_eq!(list(bare(429).insert_header("Retry-After", "7")).await, Kind::RateLimited { retry_after: seven });
    assert_eq!(one(bare(500)).await, Kind::Unavailable { retry_after: None });
    assert_eq!(one(bare(503).insert_header("Retry-After", "7")).await, Kind::Unavailable { retry_after: seven });
    for status in [201, 204, 302, 405, 410, 418, 431] {
        assert_eq!(one(bare(status)).await, Kind::Unexplained { status });
    }
}

#[tokio::test]
async fn a_refusal_keeps_the_vendors_code_and_trace_and_no_value() {
    let refused = ResponseTemplate::new(400).set_body_json(problem("Bad request", "common.bad_request"));
    assert_eq!(list(refused).await, Kind::Invalid(reasons("common.bad_request")));
    let forbidden = ResponseTemplate::new(403).set_body_json(problem("Forbidden", "common.forbidden"));
    assert_eq!(one(forbidden).await, Kind::RightMissing(reasons("common.forbidden")));
}

#[tokio::test]
async fn content_refused_in_personios_own_words_shows_the_login_to_be_good() {
    let answered = async |template| absences::types(&hr(&answering(template).await)).await.unwrap_err();
    let refused = ResponseTemplate::new(400).set_body_json(problem("Bad request", "common.bad_request"));
    assert!(answered(refused).await.shows_good_login());
    for other in [ResponseTemplate::new(400).set_body_string("<html>"), ResponseTemplate::new(403)] {
        assert!(!answered(other).await.shows_good_login());
    }
}

#[tokio::test]
async fn gone_is_only_what_personio_says_is_gone() {
    let not_found = ResponseTemplate::new(404);
    let known = problem("Resource not found", "common.resource_not_found");
    let known = not_found.clone().set_body_json(known);
    let listing = async |answer: ResponseTemplate, listed: ResponseTemplate| {
        let server = answering(answer).await;
        let list = Mock::given(method("GET")).and(path("/v2/absence-periods")).and(query_param("id", id().to_string()));
        list.respond_with(listed).with_priority(1).mount(&server).await;
        absences::read(&hr(&server), id()).await.unwrap_err().kind
    };
    let nothing = ok(json!({"_data": [], "_meta": {"links": {}}}));
    for answer in [known.clone(), not_found.clone()] {
        assert_eq!(listing(answer, nothing.clone()).await, Kind::Gone);
    }
    let something = ok(json!({"_data": [{"id": id().to_string()}], "_meta": {"links": {}}}));
    assert_eq!(listing(known.clone(), something).await, Kind::Unexplained { status: 404 }, "the list holds it");
    let away = Kind::Unavailable { retry_after: None };
    assert_eq!(listing(known.clone(), ResponseTemplate::new(503)).await, away, "the list cannot be asked");
    assert_eq!(one(known).await, Kind::WrongAddress, "nothing is at the address at all");
    let route = json!({"errors": [{"title": "Not Found", "_meta": {"path": "/v3/absence-periods"}}]});
    assert_eq!(one(not_found.clone().set_body_json(route)).await, Kind::WrongAddress);
    let gateway = not_found.set_body_string("<html>404</html>");
    assert_eq!(one(gateway.clone()).await, Kind::Unexplained { status: 404 });
    let no_way = ResponseTemplate::new(404).set_body_json(json!({"error": {"message": "apinot_found"}}));
    assert_eq!(one(no_way).await, Kind::Unexplained { status: 404 });
    assert_eq!(list(gateway).await, Kind::WrongAddress);
}

#[tokio::test]
async fn the_days_and_the_person_of_something_gone_are_gone() {
    let server = answering(ResponseTemplate::new(404)).await;
    assert_eq!(absences::breakdowns(&hr(&server), id()).await.unwrap_err().kind, Kind::Gone);
    assert_eq!(persons::read(&hr(&server), "3003".parse().unwrap()).await.unwrap_err().kind, Kind::Gone);
}

#[tokio::test]
async fn a_refused_cursor_is_stale() {
    let refused = ResponseTemplate::new(400).set_body_json(problem("Bad request", "common.bad_request"));
    assert_eq!(by_cursor(refused).await, Kind::Stale(reasons("common.bad_request")));
    assert_eq!(by_cursor(ResponseTemplate::new(422)).await, Kind::Stale(Vec::new()));
    assert_eq!(by_cursor(ResponseTemplate::new(503)).await, Kind::Unavailable { retry_after: None });
    assert_eq!(by_cursor(ResponseTemplate::new(404)).await, Kind::WrongAddress);
}

#[tokio::test]
async fn odd_answers_are_unexplained() {
    for body in ["", "<html>", "null", "7", r#""x""#, "[", r#"{"id":"1d8e3f7a-"#] {
        let answer = ResponseTemplate::new(200).set_body_string(body);
        assert_eq!(one(answer.clone()).await, Kind::Unexplained { status: 200 }, "{body}");
        assert_eq!(list(answer).await, Kind::Unexplained { status: 200 }, "{body}");
    }
    assert!(matches!(one(ok(json!({}))).await, Kind::Invalid(_)));
    for body in [json!({}), json!({"_data": {}}), json!({"_data": null}), json!({"items": []})] {
        assert_eq!(list(ok(body)).await, Kind::Unexplained { status: 200 });
    }
}

#[tokio::test]
async fn a_refused_connection_is_known_not_to_have_arrived() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let hr = hr_at(&format!("http://{closed}"), Tokens::default(), "2026-03-01T10:00:00Z");
    assert_eq!(absences::read(&hr, id()).await.unwrap_err().kind, Kind::Network);
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_leaves_it_open() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let closing = tokio::spawn(async move { drop(listener.accept().await.unwrap()) });
    let hr = hr_at(&format!("http://{address}"), Tokens::default(), "2026-03-01T10:00:00Z");
    let error = absences::read(&hr, id()).await.unwrap_err();
    closing.await.unwrap();
    assert_eq!((error.operation, error.kind), (GET_TOKEN, Kind::Unanswered));
}
